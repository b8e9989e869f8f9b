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

/** Rows taken in one pass over the columns. */
const ROWS_AT_ONCE = 4

/**
 * Four rows at a time: a column's sum is read and written once for four products. The order in
 * which products are added is that of one row after another, so the scores are the same to the bit.
 */
export function createColumnSums({ columnCount, quantized, scales, biases }: Model): ColumnSums {
  let weights = new Float64Array(1024)
  let bases = new Int32Array(1024)
  let count = 0
  let groupEnds: Int32Array = new Int32Array(GROUP_COUNT)

  function take({ rows, values, ...vector }: SparseVector): void {
    ;({ count, groupEnds } = vector)
    if (weights.length < count) {
      weights = new Float64Array(count * 2)
      bases = new Int32Array(count * 2)
    }
    for (let at = 0; at < count; at++) {
      const row = rows[at] ?? 0
      weights[at] = (values[at] ?? 0) * (scales[row] ?? 0)
      bases[at] = row * columnCount
    }
  }

  function addFour(at: number, from: number, to: number, columns: Float64Array): void {
    const [first, second, third, fourth] = [at, at + 1, at + 2, at + 3]
    const firstWeight = weights[first] ?? 0
    const secondWeight = weights[second] ?? 0
    const thirdWeight = weights[third] ?? 0
    const fourthWeight = weights[fourth] ?? 0
    const firstBase = bases[first] ?? 0
    const secondBase = bases[second] ?? 0
    const thirdBase = bases[third] ?? 0
    const fourthBase = bases[fourth] ?? 0
    for (let column = from; column < to; column++) {
      columns[column] =
        (columns[column] ?? 0) +
        firstWeight * (quantized[firstBase + column] ?? 0) +
        secondWeight * (quantized[secondBase + column] ?? 0) +
        thirdWeight * (quantized[thirdBase + column] ?? 0) +
        fourthWeight * (quantized[fourthBase + column] ?? 0)
    }
  }

  function addOne(at: number, from: number, to: number, columns: Float64Array): void {
    const weight = weights[at] ?? 0
    const base = bases[at] ?? 0
    for (let column = from; column < to; column++) {
      columns[column] = (columns[column] ?? 0) + weight * (quantized[base + column] ?? 0)
    }
  }

  function add(first: number, end: number, from: number, to: number, columns: Float64Array): void {
    const endOfFours = end - ((end - first) % ROWS_AT_ONCE)
    for (let at = first; at < endOfFours; at += ROWS_AT_ONCE) addFour(at, from, to, columns)
    for (let at = endOfFours; at < end; at++) addOne(at, from, to, columns)
  }

  return {
    take,
    score: ({ firstColumn, labels, reads }, columns) => {
      const to = firstColumn + labels.length
      for (let column = firstColumn; column < to; column++) columns[column] = biases[column] ?? 0
      if (reads !== 'words') {
        add(0, count, firstColumn, to, columns)
        return
      }
      add(0, groupEnds[Group.written] ?? 0, firstColumn, to, columns)
      add(groupEnds[Group.letters] ?? 0, count, firstColumn, to, columns)
    },
  }
}
