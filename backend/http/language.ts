import type { Request } from 'express'
import { LANGUAGES, type Language } from '#contracts/vocabulary'

/** The query without `lang`, which every door understands; contracts name the rest. */
export function queryOf(request: Request): Record<string, unknown> {
  return Object.fromEntries(Object.entries(request.query).filter(([name]) => name !== 'lang'))
}

/** The caller's language: `?lang=`, else `Accept-Language`, else Vietnamese. */
export function languageOf(request: Request): Language {
  const asked = LANGUAGES.find((lang) => lang === request.query['lang'])
  if (asked !== undefined) return asked
  const accepted = request.acceptsLanguages([...LANGUAGES])
  return LANGUAGES.find((lang) => lang === accepted) ?? 'vi'
}
