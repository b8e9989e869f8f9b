import { createFeatures, extractFeatures } from './learning/features.ts'
import type { Model } from './learning/model.ts'
import { shortFormsToMap } from './learning/short-forms.ts'
import { rowOf } from './learning/vocabulary.ts'
import { createScanner } from './text/scan.ts'

const LETTER_SHARE = 0.4
const READ_LIMIT = 4_000

type Profile = { readonly letters: Map<number, number>; readonly words: Map<number, number> }

/** Makes a measure of how alike two texts are: 0 to 1, blind to diacritics, case and short forms. */
export function createSimilarity(model: Model): (a: string, b: string) => number {
  const scan = createScanner(shortFormsToMap(model.shortForms))
  const features = createFeatures()
  const rarest = model.vocabulary.idf.reduce((most, idf) => Math.max(most, idf), 1)

  function profile(text: string): Profile {
    extractFeatures(scan(text.slice(0, READ_LIMIT)), features, true)
    const [wordsEnd = 0, lettersEnd = 0, end = 0] = features.groupEnds
    return { letters: weigh(wordsEnd, lettersEnd), words: weigh(lettersEnd, end) }
  }

  /** A group as a vector of length 1. */
  function weigh(from: number, to: number): Map<number, number> {
    const vector = new Map<number, number>()
    for (let at = from; at < to; at++) {
      const hash = features.hashes[at] ?? 0
      vector.set(hash, (vector.get(hash) ?? 0) + 1)
    }
    let squares = 0
    for (const [hash, count] of vector) {
      const row = rowOf(model.vocabulary, hash)
      const value =
        (1 + Math.log(count)) * (row < 0 ? rarest : (model.vocabulary.idf[row] ?? rarest))
      vector.set(hash, value)
      squares += value * value
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
    for (const [hash, value] of vector) vector.set(hash, value * scale)
    return vector
  }

  return (a, b) => {
    const one = profile(a)
    const other = profile(b)
    const alike =
      LETTER_SHARE * cosine(one.letters, other.letters) +
      (1 - LETTER_SHARE) * cosine(one.words, other.words)
    return Math.min(Math.max(alike, 0), 1)
  }
}

function cosine(one: Map<number, number>, other: Map<number, number>): number {
  let sum = 0
  for (const [hash, value] of one) sum += value * (other.get(hash) ?? 0)
  return sum
}
