import type { Word } from '../text/words.ts'
import { createWordReader } from '../text/words.ts'

/** The plain words of a name, joined by spaces. */
export function plainNameOf(words: readonly Word[]): string {
  let name = ''
  for (const word of words) name += name === '' ? word.plain : ` ${word.plain}`
  return name
}

/** The words' keys, joined by spaces: the same only with the same accents. */
export function phraseKey(words: readonly Word[]): string {
  return words.map((word) => word.key).join(' ')
}

/** Phrases by their plain form, with the key of their accented form. */
export function phraseKeys(phrases: readonly string[]): ReadonlyMap<string, string> {
  const read = createWordReader()
  return new Map(
    phrases.map((phrase) => {
      const words = read(phrase)
      return [plainNameOf(words), phraseKey(words)]
    }),
  )
}
