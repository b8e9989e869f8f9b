import type { Features } from './features.ts'
import type { KnownWords } from './known-words.ts'
import { GROUP_COUNT } from './features.ts'

/** Hash → row, as an open-addressing table that is stored and shared as it is. */
export type Vocabulary = {
  readonly rowCount: number
  /** Power of two long; 0 is an empty slot. */
  readonly keys: Uint32Array
  readonly rows: Uint32Array
  readonly idf: Float32Array
  /** What slips are mended to. */
  readonly words: KnownWords
}

/** A sparse text vector; group `g` ends at `groupEnds[g]`. Reused by the next vectorising. */
export type SparseVector = {
  count: number
  rows: Int32Array
  values: Float64Array
  readonly groupEnds: Int32Array
}

const LAST_STAMP = 0x7fffffff

/** Counts in how many texts each n-gram occurs, then keeps the frequent ones. */
export type VocabularyBuilder = {
  /** Starts the next text; its n-grams count once, however many views of it are added. */
  readonly nextText: () => void
  readonly add: (features: Features) => void
  readonly build: (minimumTexts: number, limit: number) => Omit<Vocabulary, 'words'>
}

/** Row of a hash, or -1. */
export function rowOf(vocabulary: Pick<Vocabulary, 'keys' | 'rows'>, hash: number): number {
  const mask = vocabulary.keys.length - 1
  let slot = hash & mask
  for (;;) {
    const key = vocabulary.keys[slot]
    if (key === hash) return vocabulary.rows[slot] ?? -1
    if (key === 0 || key === undefined) return -1
    slot = (slot + 1) & mask
  }
}

/** Starts counting. */
export function createVocabularyBuilder(): VocabularyBuilder {
  let capacity = 1 << 16
  let keys = new Uint32Array(capacity)
  let counts = new Uint32Array(capacity)
  let lastText = new Uint32Array(capacity)
  let used = 0
  let text = 0

  function count(hash: number): void {
    if (used * 2 > capacity) grow()
    let slot = hash & (capacity - 1)
    while (keys[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & (capacity - 1)
    if (keys[slot] === 0) {
      keys[slot] = hash
      used++
    }
    if (lastText[slot] === text) return
    lastText[slot] = text
    counts[slot] = (counts[slot] ?? 0) + 1
  }

  function grow(): void {
    const old = { keys, counts, lastText, capacity }
    capacity *= 2
    keys = new Uint32Array(capacity)
    counts = new Uint32Array(capacity)
    lastText = new Uint32Array(capacity)
    for (let from = 0; from < old.capacity; from++) {
      const hash = old.keys[from] ?? 0
      if (hash === 0) continue
      let slot = hash & (capacity - 1)
      while (keys[slot] !== 0) slot = (slot + 1) & (capacity - 1)
      keys[slot] = hash
      counts[slot] = old.counts[from] ?? 0
      lastText[slot] = old.lastText[from] ?? 0
    }
  }

  return {
    nextText: () => {
      text++
    },
    add: (features) => {
      for (let at = 0; at < features.count; at++) count(features.hashes[at] ?? 0)
    },
    build: (minimumTexts, limit) => keepFrequent(keys, counts, text, minimumTexts, limit),
  }
}

function keepFrequent(
  keys: Uint32Array,
  counts: Uint32Array,
  texts: number,
  minimumTexts: number,
  limit: number,
): Omit<Vocabulary, 'words'> {
  let minimum = minimumTexts
  const countKept = (): number => {
    let kept = 0
    for (let slot = 0; slot < keys.length; slot++) {
      if (keys[slot] !== 0 && (counts[slot] ?? 0) >= minimum) kept++
    }
    return kept
  }
  let rowCount = countKept()
  while (rowCount > limit) {
    minimum++
    rowCount = countKept()
  }
  const kept = new Uint32Array(rowCount)
  const idf = new Float32Array(rowCount)
  let row = 0
  for (let slot = 0; slot < keys.length; slot++) {
    const texted = counts[slot] ?? 0
    if (keys[slot] === 0 || texted < minimum) continue
    kept[row] = keys[slot] ?? 0
    idf[row] = Math.log((1 + texts) / (1 + texted)) + 1
    row++
  }
  return { rowCount, idf, ...tableOf(kept) }
}

function tableOf(hashes: Uint32Array): { keys: Uint32Array; rows: Uint32Array } {
  let capacity = 16
  while (capacity < hashes.length * 2) capacity *= 2
  const keys = new Uint32Array(capacity)
  const rows = new Uint32Array(capacity)
  hashes.forEach((hash, row) => {
    let slot = hash & (capacity - 1)
    while (keys[slot] !== 0) slot = (slot + 1) & (capacity - 1)
    keys[slot] = hash
    rows[slot] = row
  })
  return { keys, rows }
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
    groupEnds: new Int32Array(GROUP_COUNT),
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
      if (position >= 0) {
        values[position] = (values[position] ?? 0) + 1
        continue
      }
      stamps[row] = first + count
      rows[count] = row
      values[count++] = 1
    }
    vector.count = count
    weigh(vector, groupStart, vocabulary.idf)
    vector.groupEnds[group] = count
  }
}

function weigh(vector: SparseVector, from: number, idf: Float32Array): void {
  let squares = 0
  for (let at = from; at < vector.count; at++) {
    const occurrences = vector.values[at] ?? 0
    const frequency = occurrences > 1 ? 1 + Math.log(occurrences) : 1
    const value = frequency * (idf[vector.rows[at] ?? 0] ?? 0)
    vector.values[at] = value
    squares += value * value
  }
  if (squares === 0) return
  const scale = 1 / Math.sqrt(squares)
  for (let at = from; at < vector.count; at++) vector.values[at] = (vector.values[at] ?? 0) * scale
}
