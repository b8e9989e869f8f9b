import type { Print } from './print.ts'

/** In how many texts of the corpus each word and each pair was met, by its hash. */
export type WordCounts = {
  readonly textCount: number
  readonly counts: ReadonlyMap<number, number>
}

/** How much a word or pair tells: the rarer in the corpus the more, and most where it was never met. */
export type WeightOf = (hash: number) => number

const ENTRY_BYTES = 8
const LEAST_MET = 2

/** Counts the words and pairs of prints. */
export function countWords(prints: readonly Print[]): WordCounts {
  const counts = new Map<number, number>()
  for (const { words, pairs } of prints) {
    for (const hash of [...words, ...pairs]) counts.set(hash, (counts.get(hash) ?? 0) + 1)
  }
  const kept = [...counts].filter(([, count]) => count >= LEAST_MET)
  return { textCount: prints.length, counts: new Map(kept) }
}

/** The weight of words by these counts. */
export function weightsFrom({ textCount, counts }: WordCounts): WeightOf {
  return (hash) => Math.log((textCount + 2) / ((counts.get(hash) ?? 0.5) + 0.5))
}

/** As bytes; the same counts always make the same bytes. */
export function encodeWordCounts({ textCount, counts }: WordCounts): Uint8Array {
  const bytes = new Uint8Array(4 + counts.size * ENTRY_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, textCount)
  const entries = [...counts].sort(([a], [b]) => a - b)
  entries.forEach(([hash, count], index) => {
    view.setUint32(4 + index * ENTRY_BYTES, hash)
    view.setUint32(8 + index * ENTRY_BYTES, count)
  })
  return bytes
}

/** Reads what `encodeWordCounts` made; throws where it is cut short. */
export function decodeWordCounts(bytes: Uint8Array): WordCounts {
  if (bytes.length < 4 || (bytes.length - 4) % ENTRY_BYTES !== 0) {
    throw new Error('The file of word counts is cut short; build it again.')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const counts = new Map<number, number>()
  for (let at = 4; at < bytes.length; at += ENTRY_BYTES) {
    counts.set(view.getUint32(at), view.getUint32(at + 4))
  }
  return { textCount: view.getUint32(0), counts }
}
