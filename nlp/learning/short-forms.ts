import type { WordMap } from '../text/scan.ts'
import { scanWords, wordKey } from '../text/scan.ts'

/** Short forms as the scanner wants them. */
export function shortFormsToMap(shortForms: Readonly<Record<string, string>>): WordMap {
  return new Map(
    Object.entries(shortForms).flatMap(([short, long]) => {
      const [word, ...others] = scanWords(short)
      if (!word || others.length > 0) return []
      return [[wordKey(word.letters, 0, word.letters.length, word.tone), scanWords(long)]]
    }),
  )
}
