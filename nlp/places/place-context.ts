import type { Word } from '../text/words.ts'
import { phraseKey, phraseKeys } from './phrase-keys.ts'
import { EVERYDAY_NAMES, PLACE_PREPOSITIONS, UNMISTAKABLE_NAMES } from './place-words.ts'

/** "tphcm", "bmt": without a vowel it is no everyday word. */
const VOWEL = /[aeiouy]/
const EVERYDAY = phraseKeys(EVERYDAY_NAMES)
/** "văn bản", "là gì", "vẫn làm" without their accents. */
const NEVER_PLAIN: ReadonlySet<string> = new Set(['van ban', 'la gi', 'van lam', 'tay ho'])
const UNMISTAKABLE: ReadonlySet<string> = new Set(UNMISTAKABLE_NAMES)

/** Something besides the letters says that these words name a place. */
export function hasPlaceContext(
  text: string,
  words: readonly Word[],
  { first, last, plain }: { first: number; last: number; plain: string },
  textHasDiacritics: boolean,
): boolean {
  const name = words.slice(first, last + 1)
  if (UNMISTAKABLE.has(plain)) return true
  const isSmall = name.every((word) => !word.isCapitalised)
  if (isSmall && NEVER_PLAIN.has(plain) && name.every((word) => !word.hasDiacritics)) return false
  const isEveryday = isSmall && EVERYDAY.get(plain) === phraseKey(name)
  if (!isEveryday && name.some((word) => word.hasDiacritics)) return true
  if (name.every((word) => word.isCapitalised) && name.length > 1) return true
  if (!name.some((word) => VOWEL.test(word.plain))) return true
  if (isAfterPreposition(words, first, textHasDiacritics)) return true
  if (isEveryday) return false
  const before = words[first - 1]
  return isApart(text, before?.end ?? 0, words[first]?.start ?? 0) && before !== undefined
}

/** "ở", "về", "in" … stand before. */
export function isAfterPreposition(
  words: readonly Word[],
  at: number,
  textHasDiacritics: boolean,
): boolean {
  const before = words[at - 1]
  if (!before || !PLACE_PREPOSITIONS.has(before.plain)) return false
  return textHasDiacritics || !before.hasDiacritics
}

/** "chu" is hardly ever the town of Chũ. */
export function isTooShort(name: readonly Word[]): boolean {
  const [only] = name
  if (only === undefined || name.length > 1 || only.hasDiacritics || only.isCapitalised)
    return false
  return only.plain.length <= 3 && VOWEL.test(only.plain)
}

/** "tài chính cũ, chi cục": a mark within is no name. */
export function isDivided(text: string, name: readonly Word[]): boolean {
  return name.some(
    (word, at) => at > 0 && /[,;:!?()\n]/.test(text.slice(name[at - 1]?.end ?? 0, word.start)),
  )
}

/** A comma, a dash or a line break stands between. */
function isApart(text: string, from: number, to: number): boolean {
  return /[,;\n\-–(]/.test(text.slice(from, to))
}

/** All in capitals, as short forms are written. */
export function isUpperCase(text: string, name: readonly Word[]): boolean {
  return name.every(({ start, end }) => {
    const written = text.slice(start, end)
    return written === written.toUpperCase() && written !== written.toLowerCase()
  })
}
