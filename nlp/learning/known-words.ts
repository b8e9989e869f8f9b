import type { Scan } from '../text/scan.ts'
import { wordKey } from '../text/scan.ts'
import { hashWord, PLAIN_MASK, writtenFeature } from './features.ts'
import type { Vocabulary } from './vocabulary.ts'
import { rowOf } from './vocabulary.ts'

/** Words of the training texts as they were written; word `i` is `letters[from[i]..from[i + 1])`. */
export type KnownWords = {
  readonly from: Uint32Array
  readonly letters: Int32Array
  readonly tones: Int32Array
}

/** Gathers the words that slips are mended to. */
export type KnownWordsBuilder = {
  readonly add: (scan: Scan) => void
  readonly build: (vocabulary: Pick<Vocabulary, 'slots'>) => KnownWords
}

/** Shorter words are within one slip of too many others. */
const SHORTEST_MENDED = 3
const LONGEST_MENDED = 20
/** What was written less often may be a slip itself. */
const LEAST_OCCURRENCES = 3
const MOST_WORDS = 20_000

type Counted = { readonly letters: Int32Array; readonly tone: number; count: number }

/** Starts with no words. */
export function createKnownWordsBuilder(): KnownWordsBuilder {
  const counted = new Map<number, Counted>()
  return {
    add: (scan) => {
      for (let word = 0; word < scan.count; word++) {
        const from = scan.from[word] ?? 0
        const to = scan.from[word + 1] ?? 0
        if (!canBeMended(scan.letters, from, to)) continue
        const tone = scan.tones[word] ?? 0
        const key = wordKey(scan.letters, from, to, tone)
        const known = counted.get(key)
        if (known) known.count++
        else counted.set(key, { letters: scan.letters.slice(from, to), tone, count: 1 })
      }
    },
    build: (vocabulary) => {
      const kept = [...counted.values()]
        .filter(
          ({ letters, tone, count }) =>
            count >= LEAST_OCCURRENCES &&
            rowOf(vocabulary, writtenFeature(hashWord(letters, 0, letters.length, tone, -1))) >= 0,
        )
        .sort((a, b) => b.count - a.count)
        .slice(0, MOST_WORDS)
      return pack(kept)
    },
  }
}

/** Whether a word is long enough to be mended, and made of Latin letters alone. */
export function canBeMended(letters: Int32Array, from: number, to: number): boolean {
  if (to - from < SHORTEST_MENDED || to - from > LONGEST_MENDED) return false
  for (let at = from; at < to; at++) {
    const plain = (letters[at] ?? 0) & PLAIN_MASK
    if (plain < 0x61 || plain > 0x7a) return false
  }
  return true
}

function pack(words: readonly Counted[]): KnownWords {
  const from = new Uint32Array(words.length + 1)
  words.forEach(({ letters }, at) => {
    from[at + 1] = (from[at] ?? 0) + letters.length
  })
  const letters = new Int32Array(from[words.length] ?? 0)
  words.forEach((word, at) => {
    letters.set(word.letters, from[at] ?? 0)
  })
  return { from, letters, tones: Int32Array.from(words, ({ tone }) => tone) }
}
