import type { HotlineSettings, SpokenText } from '#contracts/hotline'
import type { Language } from '#contracts/vocabulary'
import { tellsOfRecording } from '#domain/recording-notice'
import { fill } from '#presenters/texts/texts'
import { en } from './en.ts'
import { vi } from './vi.ts'

/** Every sentence the hotline says. Places to fill are `{like this}`. */
export type SpokenTexts = Readonly<Record<SpokenText, string>>

/** Values for the places of a sentence. */
export type SpokenValues = Readonly<Record<string, string>>

const SPOKEN: Record<Language, SpokenTexts> = { vi, en }

/** Sentences after which something is recorded: whoever writes them anew, this is said. */
const NOTICES: ReadonlySet<SpokenText> = new Set(['consent', 'recorded'])

/** A sentence as this installation says it: the administrator's own, else the product's. */
export function spoken(
  { texts }: Pick<HotlineSettings, 'texts'>,
  lang: Language,
  name: SpokenText,
  values: SpokenValues = {},
): string {
  const own = texts[name]?.[lang]
  if (own === undefined) return fill(productText(lang, name), values)
  const isNoticeMissing = NOTICES.has(name) && !tellsOfRecording(own)
  return fill(isNoticeMissing ? `${productText(lang, 'recorded')} ${own}` : own, values)
}

/** A sentence as the product says it where no administrator wrote another, its places unfilled. */
export function productText(lang: Language, name: SpokenText): string {
  return SPOKEN[lang][name]
}
