import { Group } from './features.ts'
import { type Head, type Model, tableOf } from './model.ts'
import { addRows } from './row-sums.ts'
import type { SparseVector } from './vocabulary.ts'

/** Writes what a text's rows say for the labels of a head into the head's columns. */
export function scoreHead(
  model: Model,
  vector: SparseVector,
  { firstColumn, labels, reads }: Head,
  columns: Float64Array,
): void {
  const table = tableOf(model, firstColumn)
  const range = { from: firstColumn, to: firstColumn + labels.length }
  const { count, groupEnds } = vector
  columns.fill(0, range.from, range.to)
  if (reads === 'words') {
    addRows(vector, { from: 0, to: groupEnds[Group.written] ?? 0 }, table, range, columns)
    addRows(vector, { from: groupEnds[Group.letters] ?? 0, to: count }, table, range, columns)
  } else {
    addRows(vector, { from: 0, to: count }, table, range, columns)
  }
  const { scales, biases } = model
  for (let column = range.from; column < range.to; column++) {
    columns[column] = (biases[column] ?? 0) + (scales[column] ?? 0) * (columns[column] ?? 0)
  }
}
