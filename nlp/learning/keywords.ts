import { findPhrases, toPhrases } from '../text/phrases.ts'
import { createWordReader } from '../text/words.ts'

/** What a keyword in the text adds to its label's score. */
export type KeywordWeight = {
  readonly start: number
  readonly end: number
  readonly weight: number
}

const PHRASE_WEIGHT = 0.7
/** A single syllable is part of many words. */
const SYLLABLE_WEIGHT = 0.25
const FURTHER_SHARE = 0.4
const MOST_COUNTED = 3

/** Finds a label's keywords in texts; each counts once, the first one fully. */
export function createKeywordFinder(
  keywords: readonly string[],
): (text: string) => readonly KeywordWeight[] {
  const read = createWordReader()
  const phrases = toPhrases(keywords).filter(({ plain }) => plain.length > 0)
  return (text) => {
    const words = read(text)
    const isPlainText = !words.some(({ hasDiacritics }) => hasDiacritics)
    const found = phrases.flatMap((phrase) => {
      const [match] = findPhrases(words, [phrase], isPlainText)
      return match ? [{ match, isPhrase: phrase.plain.length > 1 }] : []
    })
    return found
      .sort((a, b) => Number(b.isPhrase) - Number(a.isPhrase) || a.match.start - b.match.start)
      .slice(0, MOST_COUNTED)
      .map(({ match: { start, end }, isPhrase }, at) => ({
        start,
        end,
        weight: (isPhrase ? PHRASE_WEIGHT : SYLLABLE_WEIGHT) * (at === 0 ? 1 : FURTHER_SHARE),
      }))
  }
}
