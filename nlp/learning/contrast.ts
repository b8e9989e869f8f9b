import { countRows } from './row-counts.ts'
import type { SvmProblem } from './svm.ts'

/** Added to every count, so that what was never seen with a label is not taken for impossible. */
const SMOOTHING = 1
const STRONGEST = 4

/**
 * How easily each row's weight moves for each label: by how much more often the row occurs with
 * the label than without it (the log-count ratio of Wang and Manning, "Baselines and Bigrams",
 * 2012, mixed with 1). `contrast` 0 treats all alike, 1 goes by the counts alone. Counts only the
 * problem's own examples. Row by row, one number a label.
 */
export function mobilities(problem: SvmProblem, contrast: number): Float32Array {
  const { labelCount, rowCount } = problem
  const { withLabel, overall } = countRows(problem, () => 1)
  const labelTotals = weighLabels(problem)
  const total = labelTotals.reduce((sum, each) => sum + each, 0)
  const result = new Float32Array(rowCount * labelCount)
  for (let row = 0; row < rowCount; row++) {
    const all = overall[row] ?? 0
    for (let label = 0; label < labelCount; label++) {
      const own = withLabel[row * labelCount + label] ?? 0
      const labelTotal = labelTotals[label] ?? 0
      const inside = (own + SMOOTHING) / (labelTotal + 2 * SMOOTHING)
      const outside = (all - own + SMOOTHING) / (total - labelTotal + 2 * SMOOTHING)
      const ratio = Math.min(Math.abs(Math.log(inside / outside)), STRONGEST)
      result[row * labelCount + label] = (1 - contrast + contrast * ratio) ** 2
    }
  }
  return result
}

/** The weight of all examples of each label. */
function weighLabels({ examples, labels, weights, labelCount }: SvmProblem): Float64Array {
  const totals = new Float64Array(labelCount)
  for (const example of examples) {
    const label = labels[example] ?? 0
    totals[label] = (totals[label] ?? 0) + (weights[example] ?? 1)
  }
  return totals
}

/** What a step of one label moves its own score by, for every example: squared lengths by mobility. */
export function mobileSquares(problem: SvmProblem, mobility: Float32Array): Float32Array {
  const { matrix, examples, labelCount } = problem
  const squares = new Float32Array(matrix.count * labelCount)
  for (const example of examples) {
    const place = example * labelCount
    const end = matrix.offsets[example + 1] ?? 0
    for (let at = matrix.offsets[example] ?? 0; at < end; at++) {
      const value = matrix.values[at] ?? 0
      const base = (matrix.rows[at] ?? 0) * labelCount
      for (let label = 0; label < labelCount; label++) {
        squares[place + label] =
          (squares[place + label] ?? 0) + value * value * (mobility[base + label] ?? 1)
      }
    }
  }
  return squares
}
