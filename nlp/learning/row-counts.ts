import type { SvmProblem } from './svm.ts'

/** What the examples of a problem hold of each row; row by row, one number a label. */
export type RowCounts = {
  readonly withLabel: Float32Array
  /** Of each row, whatever the label. */
  readonly overall: Float64Array
  /** Of each label, whatever the row. */
  readonly ofLabel: Float64Array
  readonly total: number
}

/**
 * Sums up, over the problem's own examples and by their weights, what `amountOf` makes of each
 * value: 1 counts in how many examples a row stands, the value itself how much there is of it.
 */
export function countRows(problem: SvmProblem, amountOf: (value: number) => number): RowCounts {
  const { matrix, examples, labels, weights, labelCount, rowCount } = problem
  const withLabel = new Float32Array(rowCount * labelCount)
  const overall = new Float64Array(rowCount)
  const ofLabel = new Float64Array(labelCount)
  let total = 0
  for (const example of examples) {
    const label = labels[example] ?? 0
    const weight = weights[example] ?? 1
    const end = matrix.offsets[example + 1] ?? 0
    for (let at = matrix.offsets[example] ?? 0; at < end; at++) {
      const row = matrix.rows[at] ?? 0
      const amount = amountOf(matrix.values[at] ?? 0) * weight
      const place = row * labelCount + label
      withLabel[place] = (withLabel[place] ?? 0) + amount
      overall[row] = (overall[row] ?? 0) + amount
      ofLabel[label] = (ofLabel[label] ?? 0) + amount
      total += amount
    }
  }
  return { withLabel, overall, ofLabel, total }
}
