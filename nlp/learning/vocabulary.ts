import type { Features } from './features.ts'
import type { KnownWords } from './known-words.ts'
import { Group, GROUP_COUNT } from './features.ts'

/** Hash → row, as an open-addressing table that is stored and shared as it is. */
export type Vocabulary = {
  readonly rowCount: number
  /** The first rows are of words and pairs of words, those after them of groups of letters. */
  readonly wordRowCount: number
  /**
   * A hash and its row by turns, so that one look into memory finds both; as many pairs as a power
   * of two. A hash of 0 is an empty slot.
   */
  readonly slots: Uint32Array
  readonly idf: Float32Array
  /** What slips are mended to. */
  readonly words: KnownWords
}

/** A sparse text vector. Reused by the next vectorising. */
export type SparseVector = {
  count: number
  rows: Int32Array
  values: Float64Array
}

/** Stamps are 32-bit integers; whoever counts up to here begins anew. */
export const LAST_STAMP = 0x7fffffff

/** Counts in how many texts each n-gram occurs, then keeps the frequent ones. */
export type VocabularyBuilder = {
  /** Starts the next text; its n-grams count once, however many views of it are added. */
  readonly nextText: () => void
  readonly add: (features: Features) => void
  readonly build: (minimumTexts: number, fits: VocabularyLimit) => Omit<Vocabulary, 'words'>
}

/** Whether a vocabulary of so many rows is small enough. */
export type VocabularyLimit = (size: Pick<Vocabulary, 'rowCount' | 'wordRowCount'>) => boolean

/** Row of a hash, or -1. */
export function rowOf({ slots }: Pick<Vocabulary, 'slots'>, hash: number): number {
  const mask = slots.length - 1
  let at = (hash << 1) & mask
  for (;;) {
    const key = slots[at]
    if (key === hash) return slots[at + 1] ?? -1
    if (key === 0 || key === undefined) return -1
    at = (at + 2) & mask
  }
}

/** How many places the table of so many rows has; each holds a hash and a row. */
export function slotCountFor(rowCount: number): number {
  let capacity = 16
  while (capacity < rowCount * 2) capacity *= 2
  return capacity
}

/** Starts counting. */
export function createVocabularyBuilder(): VocabularyBuilder {
  let capacity = 1 << 16
  let keys = new Uint32Array(capacity)
  let counts = new Uint32Array(capacity)
  let lastText = new Uint32Array(capacity)
  let areWords = new Uint8Array(capacity)
  let used = 0
  let text = 0

  function count(hash: number, isWord: boolean): void {
    if (used * 2 > capacity) grow()
    let slot = hash & (capacity - 1)
    while (keys[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & (capacity - 1)
    if (keys[slot] === 0) {
      keys[slot] = hash
      used++
    }
    if (isWord) areWords[slot] = 1
    if (lastText[slot] === text) return
    lastText[slot] = text
    counts[slot] = (counts[slot] ?? 0) + 1
  }

  function grow(): void {
    const old = { keys, counts, lastText, areWords, capacity }
    capacity *= 2
    keys = new Uint32Array(capacity)
    counts = new Uint32Array(capacity)
    lastText = new Uint32Array(capacity)
    areWords = new Uint8Array(capacity)
    for (let from = 0; from < old.capacity; from++) {
      const hash = old.keys[from] ?? 0
      if (hash === 0) continue
      let slot = hash & (capacity - 1)
      while (keys[slot] !== 0) slot = (slot + 1) & (capacity - 1)
      keys[slot] = hash
      counts[slot] = old.counts[from] ?? 0
      lastText[slot] = old.lastText[from] ?? 0
      areWords[slot] = old.areWords[from] ?? 0
    }
  }

  return {
    nextText: () => {
      text++
    },
    add: ({ count: featureCount, hashes, groupEnds }) => {
      const firstOfLetters = groupEnds[Group.written] ?? 0
      const endOfLetters = groupEnds[Group.letters] ?? 0
      for (let at = 0; at < featureCount; at++) {
        count(hashes[at] ?? 0, at < firstOfLetters || at >= endOfLetters)
      }
    },
    build: (minimumTexts, fits) =>
      keepFrequent({ keys, counts, areWords }, text, minimumTexts, fits),
  }
}

/** N-grams by slot: in how many texts each occurs, and whether it is made of whole words. */
type Counted = {
  readonly keys: Uint32Array
  readonly counts: Uint32Array
  readonly areWords: Uint8Array
}

function keepFrequent(
  counted: Counted,
  texts: number,
  minimumTexts: number,
  fits: VocabularyLimit,
): Omit<Vocabulary, 'words'> {
  let minimum = minimumTexts
  let size = sizeOf(counted, minimum)
  while (!fits(size) && size.rowCount > 0) {
    minimum++
    size = sizeOf(counted, minimum)
  }
  const { keys, counts, areWords } = counted
  const { rowCount, wordRowCount } = size
  const kept = new Uint32Array(rowCount)
  const idf = new Float32Array(rowCount)
  let wordRow = 0
  let letterRow = wordRowCount
  for (const slot of commonestFirst(counted, minimum, rowCount)) {
    const row = areWords[slot] === 1 ? wordRow++ : letterRow++
    kept[row] = keys[slot] ?? 0
    idf[row] = Math.log((1 + texts) / (1 + (counts[slot] ?? 0))) + 1
  }
  return { rowCount, wordRowCount, idf, slots: slotsOf(kept) }
}

/** Common rows are neighbours: what most texts look up lies close together in memory. */
function commonestFirst({ keys, counts }: Counted, minimum: number, rowCount: number): Uint32Array {
  const slots = new Uint32Array(rowCount)
  let next = 0
  for (let slot = 0; slot < keys.length; slot++) {
    if (keys[slot] !== 0 && (counts[slot] ?? 0) >= minimum) slots[next++] = slot
  }
  return slots.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
}

function sizeOf(
  { keys, counts, areWords }: Counted,
  minimum: number,
): { rowCount: number; wordRowCount: number } {
  let rowCount = 0
  let wordRowCount = 0
  for (let slot = 0; slot < keys.length; slot++) {
    if (keys[slot] === 0 || (counts[slot] ?? 0) < minimum) continue
    rowCount++
    wordRowCount += areWords[slot] ?? 0
  }
  return { rowCount, wordRowCount }
}

function slotsOf(hashes: Uint32Array): Uint32Array {
  const slots = new Uint32Array(slotCountFor(hashes.length) * 2)
  const mask = slots.length - 1
  hashes.forEach((hash, row) => {
    let at = (hash * 2) & mask
    while (slots[at] !== 0) at = (at + 2) & mask
    slots[at] = hash
    slots[at + 1] = row
  })
  return slots
}

/** Turns n-grams into a sublinear tf-idf vector, each group of length 1. */
export type Vectorizer = {
  readonly vector: SparseVector
  readonly vectorize: (features: Features) => SparseVector
  /** After `vectorize`: where row `row` stands in the vector, or -1. */
  readonly positionOf: (row: number) => number
}

/** Where the rows of the text in hand stand in its vector. */
type Places = {
  /** Of each row met in this text: `first` and where it stands in the vector; less of others. */
  readonly stamps: Int32Array
  first: number
}

/** Makes a vectorizer with its own buffers. */
export function createVectorizer(vocabulary: Vocabulary): Vectorizer {
  const vector: SparseVector = {
    count: 0,
    rows: new Int32Array(1024),
    values: new Float64Array(1024),
  }
  const places: Places = { stamps: new Int32Array(vocabulary.rowCount), first: 1 }
  return {
    vector,
    vectorize: (features) => {
      forgetLast(places, vector, features)
      collectInto(vector, places, features, vocabulary)
      return vector
    },
    positionOf: (row) => Math.max((places.stamps[row] ?? 0) - places.first, -1),
  }
}

function forgetLast(places: Places, vector: SparseVector, { count }: Features): void {
  places.first += vector.count
  if (places.first > LAST_STAMP - count) {
    places.stamps.fill(0)
    places.first = 1
  }
  vector.count = 0
  if (vector.rows.length >= count) return
  vector.rows = new Int32Array(count * 2)
  vector.values = new Float64Array(count * 2)
}

/** Stands outside of all closures, whose variables would be read anew for each n-gram. */
function collectInto(
  vector: SparseVector,
  { stamps, first }: Places,
  { hashes, groupEnds }: Features,
  vocabulary: Vocabulary,
): void {
  const { rows, values } = vector
  let count = 0
  let at = 0
  for (let group = 0; group < GROUP_COUNT; group++) {
    const groupStart = count
    const end = groupEnds[group] ?? 0
    for (; at < end; at++) {
      const row = rowOf(vocabulary, hashes[at] ?? 0)
      if (row < 0) continue
      const position = (stamps[row] ?? 0) - first
      // Of two groups that share a row by chance, each counts by itself.
      if (position >= groupStart) {
        values[position] = (values[position] ?? 0) + 1
        continue
      }
      stamps[row] = first + count
      rows[count] = row
      values[count++] = 1
    }
    vector.count = count
    weigh(vector, groupStart, vocabulary.idf)
  }
}

/** What so many occurrences in one text count for. */
export function frequencyOf(occurrences: number): number {
  return occurrences > 1 ? 1 + Math.log(occurrences) : 1
}

/** Makes values of the occurrences from `from` on, and of them a vector of length 1. */
export function weigh(vector: SparseVector, from: number, idf: Float32Array): void {
  let squares = 0
  for (let at = from; at < vector.count; at++) {
    const value = frequencyOf(vector.values[at] ?? 0) * (idf[vector.rows[at] ?? 0] ?? 0)
    vector.values[at] = value
    squares += value * value
  }
  if (squares === 0) return
  const scale = 1 / Math.sqrt(squares)
  for (let at = from; at < vector.count; at++) vector.values[at] = (vector.values[at] ?? 0) * scale
}
