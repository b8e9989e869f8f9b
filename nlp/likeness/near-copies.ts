import { type Print } from './print.ts'
import { wording } from './score.ts'
import type { WeightOf } from './word-counts.ts'

/** Two texts of a list, by their places in it, that are nearly one text. */
export type NearCopy = { readonly first: number; readonly second: number; readonly wording: number }

const BLOCKING_WORDS = 6

/** Every two texts of a list whose wording is alike to at least `least`, most alike first. */
export function findNearCopies(
  prints: readonly Print[],
  weightOf: WeightOf,
  least: number,
): NearCopy[] {
  const found: NearCopy[] = []
  const byWord = new Map<number, number[]>()
  prints.forEach((print, second) => {
    const words = [...print.words]
      .sort((a, b) => weightOf(b) - weightOf(a) || a - b)
      .slice(0, BLOCKING_WORDS)
    const met = new Map<number, number>()
    for (const word of words) {
      for (const first of byWord.get(word) ?? []) met.set(first, (met.get(first) ?? 0) + 1)
      byWord.set(word, [...(byWord.get(word) ?? []), second])
    }
    for (const [first, sharedCount] of met) {
      const other = prints[first]
      if (other === undefined || sharedCount < Math.min(2, words.length)) continue
      const alike = wording(other, print, weightOf)
      if (alike >= least) found.push({ first, second, wording: alike })
    }
  })
  return found.sort((a, b) => b.wording - a.wording || a.first - b.first)
}
