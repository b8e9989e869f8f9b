import type { Comparison } from './compare.ts'

/** Below this chance of being luck, a difference counts. Loose: the model in use is known to work. */
const LUCK = 0.2

/** Whether the second model of a comparison may take the place of the first. */
export function isNotWorse({ onlyA, onlyB, p }: Comparison): boolean {
  return onlyB >= onlyA || p >= LUCK
}
