import type { WordWeight } from '../learning/classifier.ts'
import type { Evidence } from '../reading.ts'

const MOST_SPANS = 6
/** A word below this share of the strongest is left out. */
const LEAST_SHARE = 0.12
const CLOSE = 2

/** The stretches that spoke most for the label, in reading order; their weights sum to at most 1. */
export function gatherEvidence(text: string, weights: readonly WordWeight[]): Evidence[] {
  const total = weights.reduce((sum, { weight }) => sum + Math.max(weight, 0), 0)
  const strongest = weights.reduce((most, { weight }) => Math.max(most, weight), 0)
  if (total <= 0) return []
  const spans: { start: number; end: number; weight: number }[] = []
  for (const { start, end, weight } of weights) {
    if (weight < strongest * LEAST_SHARE) continue
    const last = spans.at(-1)
    const isNext =
      last && start - last.end <= CLOSE && !/[.,;!?\n]/.test(text.slice(last.end, start))
    if (isNext) {
      last.end = Math.max(last.end, end)
      last.weight += weight / total
    } else spans.push({ start, end, weight: weight / total })
  }
  return spans
    .sort((a, b) => b.weight - a.weight || a.start - b.start)
    .slice(0, MOST_SPANS)
    .sort((a, b) => a.start - b.start)
}
