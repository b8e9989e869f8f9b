import type { Print } from './print.ts'
import type { WeightOf } from './word-counts.ts'

/** What two texts have in common, each a number about 0 to 1. */
export type Comparison = {
  /** Cosine of the words, weighted by rarity. */
  readonly words: number
  readonly pairs: number
  readonly letters: number
  /** How much of the shorter text is in the longer. */
  readonly inside: number
  /** How telling the three rarest shared words are. */
  readonly rarest: number
  readonly sharedPairs: number
  /** Names and numbers of places both give: 1 shared, -1 both and different, 0 not both. */
  readonly names: number
  readonly numbers: number
}

/** Rarity at which a shared word says all it can. */
const FULL_WEIGHT = 9

/** Compares two prints. Symmetric. */
export function comparePrints(a: Print, b: Print, weightOf: WeightOf): Comparison {
  const words = overlap(a.words, b.words, weightOf)
  const pairs = overlap(a.pairs, b.pairs, weightOf)
  const letters = overlap(a.letters, b.letters, () => 1)
  const rarest = words.shared.sort((x, y) => y - x).slice(0, 3)
  return {
    words: words.cosine,
    pairs: pairs.cosine,
    letters: letters.cosine,
    inside: words.inside,
    rarest: sum(rarest) / (3 * FULL_WEIGHT),
    sharedPairs: Math.min(1, sum(pairs.shared) / (4 * FULL_WEIGHT)),
    names: agreement(
      a.names,
      b.names,
      sharesAny(a.names, b.names) || sharesAny(a.names, b.pairs) || sharesAny(b.names, a.pairs),
    ),
    numbers: agreement(a.numbers, b.numbers, sharesAny(a.numbers, b.numbers)),
  }
}

type Overlap = { readonly cosine: number; readonly inside: number; readonly shared: number[] }

function overlap(a: Uint32Array, b: Uint32Array, weightOf: WeightOf): Overlap {
  const shared: number[] = []
  let dot = 0
  forEachShared(a, b, (hash) => {
    const weight = weightOf(hash)
    shared.push(weight)
    dot += weight * weight
  })
  if (dot === 0) return { cosine: 0, inside: 0, shared }
  const [one, other] = [lengthOf(a, weightOf), lengthOf(b, weightOf)]
  return { cosine: dot / (one * other), inside: dot / Math.min(one, other) ** 2, shared }
}

function lengthOf(hashes: Uint32Array, weightOf: WeightOf): number {
  let squares = 0
  for (const hash of hashes) squares += weightOf(hash) ** 2
  return Math.sqrt(squares)
}

function sharesAny(a: Uint32Array, b: Uint32Array): boolean {
  let isShared = false
  forEachShared(a, b, () => {
    isShared = true
  })
  return isShared
}

function agreement(a: Uint32Array, b: Uint32Array, isShared: boolean): number {
  if (isShared) return 1
  return a.length > 0 && b.length > 0 ? -1 : 0
}

/** Both are sorted. */
function forEachShared(a: Uint32Array, b: Uint32Array, use: (hash: number) => void): void {
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    const one = a[i] ?? 0
    const other = b[j] ?? 0
    if (one === other) use(one)
    if (one <= other) i++
    if (other <= one) j++
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
