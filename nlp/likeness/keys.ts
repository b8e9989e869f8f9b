import type { Print } from './print.ts'
import type { Sighting } from './score.ts'
import type { WeightOf } from './word-counts.ts'

const WORDS_AT_PLACE = 6
const NAMES_AT_PLACE = 2
const PAIRS_ANYWHERE = 4
const ANSWER_WORDS = 5
const BANDS = 4
/** A text this short says too little to be recognised anywhere but at its place. */
const LEAST_PAIRS = 4

/**
 * The keys under which a report is found by others: its rarest words at its ward, the names it gives
 * there, its rarest pairs in the province, and four bands of its smallest hashes, which copies share
 * wherever they come from. Two reports that share none of them are not compared.
 */
export function sightingKeys(sighting: Sighting, weightOf: WeightOf): string[] {
  const { print, unitCode, provinceCode } = sighting
  const words = rarest(print.words, weightOf, WORDS_AT_PLACE)
  const pairs = rarest(print.pairs, weightOf, PAIRS_ANYWHERE)
  const names = rarest(print.names, weightOf, NAMES_AT_PLACE)
  const isBroad = print.pairs.length >= LEAST_PAIRS
  return [
    ...(unitCode === null ? [] : words.map((hash) => `u${unitCode}:${shown(hash)}`)),
    ...names.map((hash) => `n${unitCode ?? provinceCode ?? ''}:${shown(hash)}`),
    ...(isBroad ? pairs.map((hash) => `p${provinceCode ?? ''}:${shown(hash)}`) : []),
    ...(isBroad ? bandsOf(print).map((hash) => `b:${shown(hash)}`) : []),
  ]
}

/** The keys under which an answer is found by the words of its question: pairs of its rare words. */
export function answerKeys(print: Print, field: string | null, weightOf: WeightOf): string[] {
  const words = rarest(print.words, weightOf, ANSWER_WORDS)
  const couples = words.flatMap((one, at) =>
    words.slice(at + 1).map((other) => `a:${[shown(one), shown(other)].sort().join('+')}`),
  )
  return [...couples, ...words.map((hash) => `f${field ?? ''}:${shown(hash)}`)]
}

function rarest(hashes: Uint32Array, weightOf: WeightOf, count: number): number[] {
  return [...hashes].sort((a, b) => weightOf(b) - weightOf(a) || a - b).slice(0, count)
}

/** For each of a few shuffles, the smallest two of the pairs' hashes as one. */
function bandsOf({ pairs }: Print): number[] {
  return Array.from({ length: BANDS }, (_, band) => {
    let [least, second] = [0xffffffff, 0xffffffff]
    for (const pair of pairs) {
      const hash = shuffled(pair, band)
      if (hash < least) [least, second] = [hash, least]
      else if (hash < second) second = hash
    }
    return shuffled(least ^ Math.imul(second, 0x9e3779b1), band)
  })
}

function shuffled(hash: number, seed: number): number {
  let mixed = Math.imul(hash ^ Math.imul(seed + 1, 0x85ebca6b), 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x27d4eb2f)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

function shown(hash: number): string {
  return hash.toString(36)
}
