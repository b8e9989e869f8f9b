import { Group, GROUP_COUNT } from './features.ts'
import type { Head, Model } from './model.ts'
import { addRows, type Table } from './row-sums.ts'
import type { SparseVector } from './vocabulary.ts'

/** Adds up what a text's rows say for the labels of heads, with buffers of its own. */
export type ColumnSums = {
  /** The text that is scored from here on. */
  readonly take: (vector: SparseVector) => void
  /** Writes the scores of the head's labels into their columns. */
  readonly score: (head: Head, columns: Float64Array) => void
}

/** Makes sums over the columns of a model. */
export function createColumnSums({ quantized, columnCount, scales, biases }: Model): ColumnSums {
  const table: Table = { weights: quantized, width: columnCount }
  /** The text's own rows, each with what it counts for in this model. */
  const entries: SparseVector = {
    count: 0,
    rows: new Int32Array(0),
    values: new Float64Array(1024),
    groupEnds: new Int32Array(GROUP_COUNT),
  }
  return {
    take: (vector) => {
      weigh(vector, scales, entries)
    },
    score: ({ firstColumn, labels, reads }, columns) => {
      const range = { from: firstColumn, to: firstColumn + labels.length }
      columns.set(biases.subarray(range.from, range.to), range.from)
      const { count, groupEnds } = entries
      if (reads !== 'words') {
        addRows(entries, { from: 0, to: count }, table, range, columns)
        return
      }
      addRows(entries, { from: 0, to: groupEnds[Group.written] ?? 0 }, table, range, columns)
      const plain = { from: groupEnds[Group.letters] ?? 0, to: count }
      addRows(entries, plain, table, range, columns)
    },
  }
}

function weigh(vector: SparseVector, scales: Float32Array, into: SparseVector): void {
  const { count, rows } = vector
  if (into.values.length < count) into.values = new Float64Array(count * 2)
  into.count = count
  into.rows = rows
  into.groupEnds.set(vector.groupEnds)
  for (let at = 0; at < count; at++) {
    into.values[at] = (vector.values[at] ?? 0) * (scales[rows[at] ?? 0] ?? 0)
  }
}
