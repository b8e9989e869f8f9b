import type { Outcome } from './evaluate.ts'

/** Two models on the same texts. */
export type Comparison = {
  readonly count: number
  readonly rightA: number
  readonly rightB: number
  /** Texts that only one of the two got right. */
  readonly onlyA: number
  readonly onlyB: number
  /** Exact two-sided McNemar probability that the difference is chance. */
  readonly p: number
}

/** Compares outcomes of the same texts in the same order. */
export function compareOutcomes(a: readonly Outcome[], b: readonly Outcome[]): Comparison {
  const right = (outcome: Outcome | undefined): boolean => outcome?.label === outcome?.predicted
  const onlyA = a.filter((outcome, at) => right(outcome) && !right(b[at])).length
  const onlyB = b.filter((outcome, at) => right(outcome) && !right(a[at])).length
  return {
    count: a.length,
    rightA: a.filter(right).length,
    rightB: b.filter(right).length,
    onlyA,
    onlyB,
    p: binomialTwoSided(Math.min(onlyA, onlyB), onlyA + onlyB),
  }
}

/** Twice the chance of at most `few` heads in `tosses` throws of a fair coin. */
function binomialTwoSided(few: number, tosses: number): number {
  let logTerm = -tosses * Math.LN2
  let sum = Math.exp(logTerm)
  for (let heads = 1; heads <= few; heads++) {
    logTerm += Math.log(tosses - heads + 1) - Math.log(heads)
    sum += Math.exp(logTerm)
  }
  return Math.min(1, 2 * sum)
}
