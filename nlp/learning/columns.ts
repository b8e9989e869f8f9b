import { Group, GROUP_COUNT } from './features.ts'
import type { Head, Model } from './model.ts'
import type { SparseVector } from './vocabulary.ts'

/** Adds up what a text's rows say for the labels of heads, with buffers of its own. */
export type ColumnSums = {
  /** The text that is scored from here on. */
  readonly take: (vector: SparseVector) => void
  /** Writes the scores of the head's labels into their columns. */
  readonly score: (head: Head, columns: Float64Array) => void
}

/** The rows of a text: what each counts for, and where its weights begin. */
type WeighedRows = {
  count: number
  weights: Float64Array
  bases: Int32Array
  readonly groupEnds: Int32Array
}

/** From the first up to, but not including, the last. */
type Range = { readonly from: number; readonly to: number }

/** Rows taken in one pass over the columns. */
const ROWS_AT_ONCE = 4

/** Makes sums over the columns of a model. */
export function createColumnSums(model: Model): ColumnSums {
  const rows: WeighedRows = {
    count: 0,
    weights: new Float64Array(1024),
    bases: new Int32Array(1024),
    groupEnds: new Int32Array(GROUP_COUNT),
  }
  return {
    take: (vector) => {
      weigh(vector, model, rows)
    },
    score: ({ firstColumn, labels, reads }, columns) => {
      const range = { from: firstColumn, to: firstColumn + labels.length }
      columns.set(model.biases.subarray(range.from, range.to), range.from)
      const { count, groupEnds } = rows
      if (reads !== 'words') {
        add(rows, { from: 0, to: count }, model.quantized, range, columns)
        return
      }
      add(rows, { from: 0, to: groupEnds[Group.written] ?? 0 }, model.quantized, range, columns)
      const plain = { from: groupEnds[Group.letters] ?? 0, to: count }
      add(rows, plain, model.quantized, range, columns)
    },
  }
}

function weigh(vector: SparseVector, { scales, columnCount }: Model, into: WeighedRows): void {
  const { count, rows, values } = vector
  if (into.weights.length < count) {
    into.weights = new Float64Array(count * 2)
    into.bases = new Int32Array(count * 2)
  }
  into.count = count
  into.groupEnds.set(vector.groupEnds)
  const { weights, bases } = into
  for (let at = 0; at < count; at++) {
    const row = rows[at] ?? 0
    weights[at] = (values[at] ?? 0) * (scales[row] ?? 0)
    bases[at] = row * columnCount
  }
}

/**
 * Four rows at a time: a column's sum is read and written once for four products. The order in
 * which products are added is that of one row after another, so the scores are the same to the bit.
 * It stands outside of all closures, whose variables would be read anew for each product.
 */
function add(
  { weights, bases }: WeighedRows,
  { from: first, to: end }: Range,
  quantized: Int16Array,
  { from, to }: Range,
  columns: Float64Array,
): void {
  const endOfFours = end - ((end - first) % ROWS_AT_ONCE)
  for (let at = first; at < endOfFours; at += ROWS_AT_ONCE) {
    const firstWeight = weights[at] ?? 0
    const secondWeight = weights[at + 1] ?? 0
    const thirdWeight = weights[at + 2] ?? 0
    const fourthWeight = weights[at + 3] ?? 0
    const firstBase = bases[at] ?? 0
    const secondBase = bases[at + 1] ?? 0
    const thirdBase = bases[at + 2] ?? 0
    const fourthBase = bases[at + 3] ?? 0
    for (let column = from; column < to; column++) {
      columns[column] =
        (columns[column] ?? 0) +
        firstWeight * (quantized[firstBase + column] ?? 0) +
        secondWeight * (quantized[secondBase + column] ?? 0) +
        thirdWeight * (quantized[thirdBase + column] ?? 0) +
        fourthWeight * (quantized[fourthBase + column] ?? 0)
    }
  }
  for (let at = endOfFours; at < end; at++) {
    const weight = weights[at] ?? 0
    const base = bases[at] ?? 0
    for (let column = from; column < to; column++) {
      columns[column] = (columns[column] ?? 0) + weight * (quantized[base + column] ?? 0)
    }
  }
}
