import { mobileSquares, mobilities } from './contrast.ts'
import type { Matrix } from './matrix.ts'
import { createRandom, shuffle } from './random.ts'
import { addRows } from './row-sums.ts'

/** What a linear machine learns from. */
export type SvmProblem = {
  readonly matrix: Matrix
  /** The examples to learn from, as indices into the matrix. */
  readonly examples: Int32Array
  readonly labels: Int32Array
  readonly labelCount: number
  /** How much an example counts. */
  readonly weights: Float32Array
  /** How much more a label's own examples count. */
  readonly labelWeights: Float32Array
  readonly rowCount: number
}

/** One weight per row and label, label by label within a row; the last row is the bias. */
export type SvmWeights = Float32Array

/** How to learn. */
export type SvmSettings = {
  /** What a wrong example costs against large weights. */
  readonly cost: number
  /** How much a row's weight may move the more, the more it occurs with a label: see `mobilities`. */
  readonly contrast: number
  /** How long the counts' part of a label's weights is beside the machine's: see `trainLinear`. */
  readonly countsShare: number
}

const EPOCHS = 6
const TOLERANCE = 0.1
const LONGEST_REST = 3
const MOST_ACTIVE = 24
const FULL_EPOCHS = 1
const FULL_EVERY = 5

/**
 * One-against-the-rest L2-loss support vector machines by dual coordinate descent, all labels at
 * once, so that a row's weights are read together. Examples that no longer change anything rest
 * for a few rounds, labels far from an example are left out of most. Same seed, same weights.
 */
export function trainSvm(
  problem: SvmProblem,
  settings: SvmSettings,
  seed: number,
  epochs: number = EPOCHS,
): SvmWeights {
  const { matrix, labelCount } = problem
  const weights = new Float32Array((problem.rowCount + 1) * labelCount)
  const order = Int32Array.from(problem.examples)
  const rest = new Uint8Array(matrix.count)
  const restLength = new Uint8Array(matrix.count)
  const random = createRandom(seed)
  const step = createStep(problem, weights, settings)
  for (let epoch = 0; epoch < epochs; epoch++) {
    const full = epoch < FULL_EPOCHS || epoch % FULL_EVERY === 0 || labelCount <= MOST_ACTIVE
    shuffle(order, random)
    let worst = 0
    for (const example of order) {
      if ((rest[example] ?? 0) > 0) {
        rest[example] = (rest[example] ?? 0) - 1
        continue
      }
      const violation = step(example, full)
      if (violation > worst) worst = violation
      restLength[example] =
        violation < TOLERANCE / 10 ? Math.min((restLength[example] ?? 0) + 1, LONGEST_REST) : 0
      rest[example] = restLength[example] ?? 0
    }
    if (full && worst < TOLERANCE) break
  }
  return weights
}

/** The scores of one example under trained weights. */
export function scoreExample(
  problem: SvmProblem,
  weights: SvmWeights,
  example: number,
  scores: Float64Array,
): void {
  addAllMargins(problem, example, weights, scores)
}

/** One example's turn: improves its dual variables and answers by how much they were off. */
function createStep(
  problem: SvmProblem,
  weights: Float32Array,
  { cost, contrast }: SvmSettings,
): (example: number, full: boolean) => number {
  const { matrix, labels, labelCount } = problem
  const mobility = contrast > 0 ? mobilities(problem, contrast) : null
  const squares = mobility ? mobileSquares(problem, mobility) : null
  const alphas = new Float32Array(matrix.count * labelCount)
  const active = new Uint16Array(matrix.count * MOST_ACTIVE)
  const activeCounts = new Uint8Array(matrix.count).fill(255)
  const turn = new Uint16Array(MOST_ACTIVE)
  const margins = new Float64Array(labelCount)
  const changed = new Uint16Array(labelCount)
  const changes = new Float64Array(labelCount)

  return (example, full) => {
    const activeCount = activeCounts[example] ?? 255
    const firstActive = example * MOST_ACTIVE
    const partly = !full && activeCount <= MOST_ACTIVE
    const turnCount = partly ? activeCount : labelCount
    if (partly) for (let at = 0; at < turnCount; at++) turn[at] = active[firstActive + at] ?? 0
    if (partly) addMargins(problem, example, weights, turn, turnCount, margins)
    else addAllMargins(problem, example, weights, margins)
    const own = labels[example] ?? 0
    const usualSquare = matrix.squares[example] ?? 0
    let changeCount = 0
    let stillActive = 0
    let worst = 0
    for (let at = 0; at < turnCount; at++) {
      const label = partly ? (turn[at] ?? 0) : at
      const sign = label === own ? 1 : -1
      const importance =
        (problem.weights[example] ?? 1) * (sign > 0 ? (problem.labelWeights[label] ?? 1) : 1)
      const diagonal = 0.5 / (cost * importance)
      const alpha = alphas[example * labelCount + label] ?? 0
      const gradient = sign * (margins[label] ?? 0) - 1 + diagonal * alpha
      if (alpha === 0 && gradient >= 0) continue
      if (!partly && stillActive++ < MOST_ACTIVE) active[firstActive + stillActive - 1] = label
      worst = Math.max(worst, Math.abs(gradient))
      const square = squares ? (squares[example * labelCount + label] ?? 0) : usualSquare
      const next = Math.max(alpha - gradient / (square + 1 + diagonal), 0)
      if (next === alpha) continue
      alphas[example * labelCount + label] = next
      changed[changeCount] = label
      changes[changeCount++] = (next - alpha) * sign
    }
    if (!partly) activeCounts[example] = stillActive <= MOST_ACTIVE ? stillActive : 255
    if (changeCount > 0) {
      const turnOf = { changed, changes, changeCount, mobility }
      applyChanges(problem, example, weights, turnOf)
    }
    return worst
  }
}

function addAllMargins(
  { matrix, labelCount, rowCount }: SvmProblem,
  example: number,
  weights: Float32Array,
  margins: Float64Array,
): void {
  const bias = rowCount * labelCount
  for (let label = 0; label < labelCount; label++) margins[label] = weights[bias + label] ?? 0
  const own = { from: matrix.offsets[example] ?? 0, to: matrix.offsets[example + 1] ?? 0 }
  const table = { weights, width: labelCount, firstColumn: 0 }
  addRows(matrix, own, table, { from: 0, to: labelCount }, margins)
}

function addMargins(
  { matrix, labelCount, rowCount }: SvmProblem,
  example: number,
  weights: Float32Array,
  turn: Uint16Array,
  turnCount: number,
  margins: Float64Array,
): void {
  for (let each = 0; each < turnCount; each++) {
    const label = turn[each] ?? 0
    margins[label] = weights[rowCount * labelCount + label] ?? 0
  }
  const end = matrix.offsets[example + 1] ?? 0
  for (let at = matrix.offsets[example] ?? 0; at < end; at++) {
    const value = matrix.values[at] ?? 0
    const base = (matrix.rows[at] ?? 0) * labelCount
    for (let each = 0; each < turnCount; each++) {
      const label = turn[each] ?? 0
      margins[label] = (margins[label] ?? 0) + value * (weights[base + label] ?? 0)
    }
  }
}

type Changes = {
  readonly changed: Uint16Array
  readonly changes: Float64Array
  readonly changeCount: number
  readonly mobility: Float32Array | null
}

function applyChanges(
  { matrix, labelCount, rowCount }: SvmProblem,
  example: number,
  weights: Float32Array,
  { changed, changes, changeCount, mobility }: Changes,
): void {
  const end = matrix.offsets[example + 1] ?? 0
  for (let at = matrix.offsets[example] ?? 0; at < end; at++) {
    const value = matrix.values[at] ?? 0
    const base = (matrix.rows[at] ?? 0) * labelCount
    for (let change = 0; change < changeCount; change++) {
      const index = base + (changed[change] ?? 0)
      const step = value * (changes[change] ?? 0)
      weights[index] = (weights[index] ?? 0) + (mobility ? step * (mobility[index] ?? 1) : step)
    }
  }
  for (let change = 0; change < changeCount; change++) {
    const index = rowCount * labelCount + (changed[change] ?? 0)
    weights[index] = (weights[index] ?? 0) + (changes[change] ?? 0)
  }
}
