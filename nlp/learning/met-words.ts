import type { Scan } from '../text/scan.ts'
import { hashLetterGrams, hashWord, letterGramCount } from './features.ts'
import { PLAIN_MASK, plainFeature, writtenFeature } from './features.ts'
import type { Model, WeightTable } from './model.ts'
import { addRows } from './row-sums.ts'
import { rowOf, type Vocabulary } from './vocabulary.ts'

/**
 * Words met lately with what they lead to in the model: a few thousand syllables make up nearly all
 * of what is written. What is held of a word follows from the word alone, so that it never matters
 * what was met before.
 */
export type MetWords = {
  /** `HELD.size` numbers a place, as `HELD` has them. */
  readonly held: Int32Array
  /**
   * `sumCount` numbers a place, of all groups of letters in the word: the sum of the squared idf,
   * then of idf by weight for each column that looks at letters.
   */
  readonly sums: Float64Array
  readonly sumCount: number
  /** The first of these columns. */
  readonly firstColumn: number
  /** Where a word of a scan is held; holds good until the next word is asked for. */
  readonly placeOf: (scan: Scan, word: number) => number
}

/** Syllables have at most seven letters; longer words are looked up anew each time. */
const MOST_LETTERS = 8
const MOST_GRAMS = letterGramCount(MOST_LETTERS)
const LONGEST_WORD_GRAMS = letterGramCount(Infinity)

/** What is held of a word, and where; a row is -1 where the vocabulary has none. */
export const HELD = {
  writtenHash: 0,
  plainHash: 1,
  writtenRow: 2,
  plainRow: 3,
  /** How many of its groups of letters have rows; those follow, each as often as it occurs. */
  gramCount: 4,
  tone: 5,
  letterCount: 6,
  letters: 7,
  gramRows: 7 + MOST_LETTERS,
  size: 7 + MOST_LETTERS + MOST_GRAMS,
} as const

const MOST_BYTES = 4_000_000
const MOST_PLACES = 8_192

/** Makes room for words of a model, none of them met yet. */
export function createMetWords(model: Model): MetWords {
  const table = model.tables.find(({ rowCount }) => rowCount === model.vocabulary.rowCount)
  const sumCount = 1 + (table?.width ?? 0)
  const places = placesFor(sumCount)
  // The last place is for words that are too long to be kept.
  const held = new Int32Array((places + 1) * HELD.size + LONGEST_WORD_GRAMS)
  const sums = new Float64Array((places + 1) * sumCount)
  const older = new Uint8Array(places / 2)
  const lookUp = createLookUp(model.vocabulary, table ?? null, held, sums)

  function placeFor(hash: number, scan: Scan, word: number): number {
    const place = hash & (places - 1)
    const twin = place ^ 1
    const pair = place >> 1
    const isThere = isHeld(held, place, hash, scan, word)
    if (isThere || isHeld(held, twin, hash, scan, word)) {
      const found = isThere ? place : twin
      older[pair] = (found & 1) ^ 1
      return found
    }
    const oldest = (place & ~1) | (older[pair] ?? 0)
    older[pair] = (older[pair] ?? 0) ^ 1
    lookUp(oldest, hash, scan, word)
    return oldest
  }

  return {
    held,
    sums,
    sumCount,
    firstColumn: table?.firstColumn ?? 0,
    placeOf: (scan, word) => {
      const from = scan.from[word] ?? 0
      const to = scan.from[word + 1] ?? 0
      const hash = hashWord(scan.letters, from, to, scan.tones[word] ?? 0, -1)
      if (to - from <= MOST_LETTERS) return placeFor(hash, scan, word)
      lookUp(places, hash, scan, word)
      return places
    },
  }
}

/** As many places as fit, a power of two. */
function placesFor(sumCount: number): number {
  const bytes = Int32Array.BYTES_PER_ELEMENT * HELD.size + Float64Array.BYTES_PER_ELEMENT * sumCount
  let places = MOST_PLACES
  while (places > 2 && places * bytes > MOST_BYTES) places /= 2
  return places
}

/** Whether a place holds just this word: two words may have the same hash. */
function isHeld(held: Int32Array, place: number, hash: number, scan: Scan, word: number): boolean {
  const start = place * HELD.size
  if (held[start + HELD.writtenHash] !== hash) return false
  const from = scan.from[word] ?? 0
  const count = (scan.from[word + 1] ?? 0) - from
  if (held[start + HELD.letterCount] !== count) return false
  if (held[start + HELD.tone] !== scan.tones[word]) return false
  for (let at = 0; at < count; at++) {
    if (held[start + HELD.letters + at] !== scan.letters[from + at]) return false
  }
  return true
}

/** Fills a place with what a word leads to. */
function createLookUp(
  vocabulary: Vocabulary,
  table: WeightTable | null,
  held: Int32Array,
  sums: Float64Array,
): (place: number, hash: number, scan: Scan, word: number) => void {
  const grams = { count: 0, hashes: new Uint32Array(LONGEST_WORD_GRAMS) }
  const entries = {
    rows: new Int32Array(LONGEST_WORD_GRAMS),
    values: new Float64Array(LONGEST_WORD_GRAMS),
  }
  const columns = table && { ...table, firstColumn: 1 }
  const range = { from: 1, to: 1 + (table?.width ?? 0) }
  const own = new Float64Array(range.to)

  function collectGrams(scan: Scan, word: number): number {
    grams.count = 0
    hashLetterGrams(scan, word, -1, grams)
    let count = 0
    for (let at = 0; at < grams.count; at++) {
      const row = rowOf(vocabulary, grams.hashes[at] ?? 0)
      if (row < 0) continue
      entries.rows[count] = row
      entries.values[count++] = vocabulary.idf[row] ?? 0
    }
    return count
  }

  function sumUp(count: number): void {
    own.fill(0)
    for (let at = 0; at < count; at++) own[0] = (own[0] ?? 0) + (entries.values[at] ?? 0) ** 2
    if (columns) addRows(entries, { from: 0, to: count }, columns, range, own)
  }

  return (place, hash, scan, word) => {
    const from = scan.from[word] ?? 0
    const count = (scan.from[word + 1] ?? 0) - from
    const plain = hashWord(scan.letters, from, from + count, 0, PLAIN_MASK)
    const gramCount = collectGrams(scan, word)
    const start = place * HELD.size
    held[start + HELD.writtenHash] = hash
    held[start + HELD.plainHash] = plain
    held[start + HELD.writtenRow] = rowOf(vocabulary, writtenFeature(hash))
    held[start + HELD.plainRow] = rowOf(vocabulary, plainFeature(plain))
    held[start + HELD.gramCount] = gramCount
    held[start + HELD.tone] = scan.tones[word] ?? 0
    held[start + HELD.letterCount] = count
    for (let at = 0; at < Math.min(count, MOST_LETTERS); at++) {
      held[start + HELD.letters + at] = scan.letters[from + at] ?? 0
    }
    held.set(entries.rows.subarray(0, gramCount), start + HELD.gramRows)
    sumUp(gramCount)
    sums.set(own, place * own.length)
  }
}
