import type { Scan } from '../text/scan.ts'
import type { Mended } from './features.ts'
import { createMender } from './mending.ts'
import { createMetWords, HELD, type MetWords } from './met-words.ts'
import type { Model } from './model.ts'
import type { Range } from './row-sums.ts'
import { frequencyOf, LAST_STAMP, type SparseVector } from './vocabulary.ts'
import { type Vocabulary, weigh } from './vocabulary.ts'
import { findPlain, findWritten, type FoundRows, roomForRows } from './word-rows.ts'
import { roomForWords, type WordsRead } from './word-rows.ts'

/**
 * A text as heads score it: the vector that `createVectorizer` makes of it, but for its groups of
 * letters. What they say is summed up word by word, each as often as it occurs, and the vector only
 * takes off what that is too much.
 */
export type WeighedText = {
  /** The rows of words and pairs come first, up to `wordEnd`. */
  readonly vector: SparseVector
  wordEnd: number
  /** By column, for those asked for; counts `letterScale` times. */
  readonly letterSums: Float64Array
  letterScale: number
  /** The share of its words that are in the vocabulary. */
  knownShare: number
}

/** The rows of the groups of letters that occur more than once in the text, and how often each does. */
type LetterRows = {
  count: number
  /** Of all groups of letters, each as often as it occurs. */
  squares: number
  readonly rows: Int32Array
  readonly occurrences: Int32Array
}

/**
 * Of each row met in this text: `first` and where it stands; of a row of letters `first` alone when
 * it is met once, one more and where it stands when it is met again. Of others, less.
 */
type Stamps = { readonly ofRow: Int32Array; first: number }

/** All that one text is read with. */
type Reading = {
  readonly vocabulary: Vocabulary
  readonly met: MetWords
  readonly stamps: Stamps
  words: WordsRead
  letters: LetterRows
  found: FoundRows
  text: WeighedText
}

/**
 * Makes a reader with buffers of its own, which each text overwrites. It sums up letters for a range
 * of columns.
 */
export function createTextWeigher(model: Model): (scan: Scan, columns: Range) => WeighedText {
  const { vocabulary, columnCount } = model
  const mend = createMender(vocabulary)
  const reading: Reading = {
    vocabulary,
    met: createMetWords(model),
    stamps: { ofRow: new Int32Array(vocabulary.rowCount), first: 1 },
    words: roomForWords(0),
    letters: roomForLetters(0),
    found: roomForRows(0),
    text: roomForText(0, columnCount),
  }
  return (scan, columns) => {
    ensureRoom(reading, scan)
    lookUpWords(reading, scan, columns)
    const mended = mend(scan, reading.words)
    const { stamps, text, words } = reading
    text.vector.count = 0
    addGroup(reading, findWritten(reading, scan, mended))
    addGroup(reading, findPlain(reading, scan, mended))
    text.wordEnd = text.vector.count
    addLetterExcess(reading)
    stamps.first += text.vector.count
    text.knownShare = shareOfKnown(scan.count, words, mended)
    return text
  }
}

function lookUpWords(
  { met, stamps, words, letters, text }: Reading,
  scan: Scan,
  range: Range,
): void {
  const { held } = met
  const { letterSums } = text
  letterSums.fill(0, range.from, range.to)
  letters.count = 0
  letters.squares = 0
  for (let word = 0; word < scan.count; word++) {
    const place = met.placeOf(scan, word)
    const start = place * HELD.size
    words.written[word] = held[start + HELD.writtenHash] ?? 0
    words.writtenRows[word] = held[start + HELD.writtenRow] ?? 0
    words.plain[word] = held[start + HELD.plainHash] ?? 0
    words.plainRows[word] = held[start + HELD.plainRow] ?? 0
    countLetterRows(held, start, stamps, letters)
    letters.squares += met.sums[place * met.sumCount] ?? 0
    addLetterSums(met, place, range, letterSums)
  }
  stamps.first += letters.count + 1
}

function countLetterRows(
  held: Int32Array,
  start: number,
  { ofRow, first }: Stamps,
  letters: LetterRows,
): void {
  const { rows, occurrences } = letters
  const firstGram = start + HELD.gramRows
  const end = firstGram + (held[start + HELD.gramCount] ?? 0)
  for (let at = firstGram; at < end; at++) {
    const row = held[at] ?? 0
    const stamp = (ofRow[row] ?? 0) - first
    if (stamp < 0) {
      ofRow[row] = first
    } else if (stamp > 0) {
      occurrences[stamp - 1] = (occurrences[stamp - 1] ?? 0) + 1
    } else {
      rows[letters.count] = row
      occurrences[letters.count++] = 2
      ofRow[row] = first + letters.count
    }
  }
}

function addLetterSums(
  { sums, sumCount, firstColumn }: MetWords,
  place: number,
  { from, to }: Range,
  letterSums: Float64Array,
): void {
  const base = place * sumCount + 1 - firstColumn
  for (let column = from; column < to; column++) {
    letterSums[column] = (letterSums[column] ?? 0) + (sums[base + column] ?? 0)
  }
}

/**
 * A group of letters counts for less than its occurrences together: what it has too much in the sums
 * is taken off as a row of its own.
 */
function addLetterExcess({ letters, vocabulary: { idf }, text }: Reading): void {
  const { vector } = text
  const { rows, occurrences } = letters
  const start = vector.count
  let squares = letters.squares
  for (let at = 0; at < letters.count; at++) {
    const times = occurrences[at] ?? 0
    const row = rows[at] ?? 0
    const once = idf[row] ?? 0
    const frequency = frequencyOf(times)
    squares += (frequency * frequency - times) * once * once
    vector.rows[vector.count] = row
    vector.values[vector.count++] = (frequency - times) * once
  }
  text.letterScale = squares > 0 ? 1 / Math.sqrt(squares) : 0
  for (let at = start; at < vector.count; at++) {
    vector.values[at] = (vector.values[at] ?? 0) * text.letterScale
  }
}

/** Adds a group of rows that were found, weighed and of length 1. */
function addGroup(reading: Reading, foundCount: number): void {
  const { found, text } = reading
  const { ofRow, first } = reading.stamps
  const { rows, values } = text.vector
  const start = text.vector.count
  let count = start
  for (let at = 0; at < foundCount; at++) {
    const row = found.rows[at] ?? -1
    if (row < 0) continue
    const position = (ofRow[row] ?? 0) - first
    if (position >= start) {
      values[position] = (values[position] ?? 0) + 1
      continue
    }
    ofRow[row] = first + count
    rows[count] = row
    values[count++] = 1
  }
  text.vector.count = count
  weigh(text.vector, start, reading.vocabulary.idf)
}

/** Words are looked up as typed without diacritics: the most forgiving view. */
function shareOfKnown(count: number, { plainRows }: WordsRead, mended: Mended | null): number {
  let known = 0
  for (let word = 0; word < count; word++) {
    // A word that was mended was not met either.
    const isMended = (mended?.words[word] ?? -1) >= 0
    if (!isMended && (plainRows[word] ?? -1) >= 0) known++
  }
  return count === 0 ? 0 : known / count
}

function ensureRoom(reading: Reading, { count, from }: Scan): void {
  const { stamps, text } = reading
  const mostLetterRows = 3 * ((from[count] ?? 0) + count)
  const mostRows = mostLetterRows + 6 * count
  if (reading.words.plain.length < count) reading.words = roomForWords(count * 2)
  if (reading.letters.rows.length < mostLetterRows) {
    reading.letters = roomForLetters(mostLetterRows * 2)
  }
  if (reading.found.rows.length < 4 * count) reading.found = roomForRows(8 * count)
  if (text.vector.rows.length < mostRows) {
    reading.text = roomForText(mostRows * 2, text.letterSums.length)
  }
  if (stamps.first <= LAST_STAMP - mostLetterRows - mostRows - 1) return
  stamps.ofRow.fill(0)
  stamps.first = 1
}

function roomForLetters(size: number): LetterRows {
  return { count: 0, squares: 0, rows: new Int32Array(size), occurrences: new Int32Array(size) }
}

function roomForText(size: number, columnCount: number): WeighedText {
  return {
    vector: {
      count: 0,
      rows: new Int32Array(size),
      values: new Float64Array(size),
    },
    wordEnd: 0,
    letterSums: new Float64Array(columnCount),
    letterScale: 0,
    knownShare: 0,
  }
}
