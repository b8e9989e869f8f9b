import { type Language, LANGUAGES } from '#contracts/vocabulary'
import type { Query } from './provider.ts'

/** What the address of a webhook remembers of the caller, so that no database has to. */
export type CallerState = {
  readonly language: Language
  /** How often they were asked the same without an answer that helps. */
  readonly tries: number
}

/** The state in an address; what is missing or odd counts as the beginning. */
export function stateIn(query: Query): CallerState {
  const language = LANGUAGES.find((lang) => lang === query['lang']) ?? 'vi'
  return { language, tries: /^[0-9]$/.test(query['tries'] ?? '') ? Number(query['tries']) : 0 }
}

/** The same state for the next address. */
export function queryOf({ language, tries }: CallerState): Query {
  return { lang: language, tries: String(tries) }
}
