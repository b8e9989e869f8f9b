import type { Word } from './words.ts'
import { createWordReader } from './words.ts'

/** Where a phrase stands among the words of a text. */
export type PhraseMatch = {
  readonly first: number
  readonly last: number
  readonly start: number
  readonly end: number
}

/** A phrase to look for; its accents count where the text has accents. */
export type Phrase = { readonly plain: readonly string[]; readonly keys: readonly string[] }

/** Prepares phrases for `findPhrases`. */
export function toPhrases(texts: readonly string[]): Phrase[] {
  const read = createWordReader()
  return texts.map((text) => {
    const words = read(text)
    return { plain: words.map((word) => word.plain), keys: words.map((word) => word.key) }
  })
}

/** All places where one of the phrases stands. A text without accents is met without accents. */
export function findPhrases(
  words: readonly Word[],
  phrases: readonly Phrase[],
  isPlainText: boolean,
): PhraseMatch[] {
  const matches: PhraseMatch[] = []
  words.forEach((word, first) => {
    for (const phrase of phrases) {
      if (phrase.plain[0] !== word.plain || !standsAt(words, first, phrase, isPlainText)) continue
      const last = first + phrase.plain.length - 1
      matches.push({ first, last, start: word.start, end: words[last]?.end ?? word.end })
    }
  })
  return matches
}

function standsAt(
  words: readonly Word[],
  first: number,
  phrase: Phrase,
  isPlainText: boolean,
): boolean {
  return phrase.plain.every((plain, offset) => {
    const word = words[first + offset]
    return word?.plain === plain && (isPlainText || word.key === phrase.keys[offset])
  })
}
