import type { Scan } from '../text/scan.ts'
import type { Mended } from './features.ts'
import { markedWordFeature, markFeature, plainFeature, plainPairFeature } from './features.ts'
import { writtenFeature, writtenPairFeature } from './features.ts'
import type { WordsLookedUp } from './mending.ts'
import { rowOf, type Vocabulary } from './vocabulary.ts'

/** Of each word of a text: its hashes and rows, as written and without diacritics. */
export type WordsRead = WordsLookedUp & {
  readonly written: Int32Array
  readonly writtenRows: Int32Array
}

/** The rows of a group of words and pairs as they occur, -1 where the vocabulary has none. */
export type FoundRows = {
  readonly rows: Int32Array
  /** The features of those that were looked for. */
  readonly hashes: Uint32Array
}

type WordsToFind = {
  readonly vocabulary: Vocabulary
  readonly words: WordsRead
  readonly found: FoundRows
}

/** Room for a text of so many words. */
export function roomForWords(size: number): WordsRead {
  const room = (): Int32Array => new Int32Array(size)
  return { written: room(), writtenRows: room(), plain: room(), plainRows: room() }
}

/** Room for so many rows. */
export function roomForRows(size: number): FoundRows {
  return { rows: new Int32Array(size), hashes: new Uint32Array(size) }
}

/** Finds the rows of words and pairs as written, and of the marks that end them; answers how many. */
export function findWritten(
  { vocabulary, words, found }: WordsToFind,
  scan: Scan,
  mended: Mended | null,
): number {
  const { hashes, rows } = found
  let count = 0
  let before = 0
  for (let word = 0; word < scan.count; word++) {
    const form = mended?.words[word] ?? -1
    const hash = (form < 0 ? words.written[word] : mended?.written[form]) ?? 0
    rows[word] =
      form < 0 ? (words.writtenRows[word] ?? -1) : rowOf(vocabulary, writtenFeature(hash))
    if (word > 0) hashes[count++] = writtenPairFeature(before, hash)
    const mark = scan.marks[word] ?? 0
    if (mark > 0) {
      hashes[count++] = markFeature(mark)
      hashes[count++] = markedWordFeature(hash, mark)
    }
    before = hash
  }
  findRows(vocabulary, found, scan.count, count)
  return scan.count + count
}

/** Finds the rows of words and pairs without diacritics; answers how many. */
export function findPlain(
  { vocabulary, words, found }: WordsToFind,
  scan: Scan,
  mended: Mended | null,
): number {
  const { hashes, rows } = found
  let count = 0
  let before = 0
  for (let word = 0; word < scan.count; word++) {
    const form = mended?.words[word] ?? -1
    const hash = (form < 0 ? words.plain[word] : mended?.plain[form]) ?? 0
    rows[word] = form < 0 ? (words.plainRows[word] ?? -1) : rowOf(vocabulary, plainFeature(hash))
    if (word > 0) hashes[count++] = plainPairFeature(before, hash)
    before = hash
  }
  findRows(vocabulary, found, scan.count, count)
  return scan.count + count
}

/**
 * Writes the rows of many hashes, or -1, after the first `start` rows. Each look into the table is a far
 * way in memory: the first looks are all on their way before any is waited for.
 */
function findRows(
  vocabulary: Vocabulary,
  { hashes, rows }: FoundRows,
  start: number,
  count: number,
): void {
  const { slots } = vocabulary
  const mask = slots.length - 1
  for (let at = 0; at < count; at++) {
    rows[start + at] = slots[((hashes[at] ?? 0) << 1) & mask] ?? 0
  }
  for (let at = 0; at < count; at++) {
    const hash = hashes[at] ?? 0
    const isThere = (rows[start + at] ?? 0) >>> 0 === hash
    rows[start + at] = isThere ? (slots[((hash << 1) & mask) + 1] ?? -1) : rowOf(vocabulary, hash)
  }
}
