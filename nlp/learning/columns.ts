import { type Head, type Model, tableOf } from './model.ts'
import { addRows, type Range } from './row-sums.ts'
import type { WeighedText } from './weighed-text.ts'

/** Writes what a text says for the labels of a head into the head's columns. */
export function scoreHead(
  model: Model,
  { vector, wordEnd, letterSums, letterScale }: WeighedText,
  { firstColumn, labels, reads }: Head,
  columns: Float64Array,
): void {
  const table = tableOf(model, firstColumn)
  const range = { from: firstColumn, to: firstColumn + labels.length }
  const readsLetters = reads !== 'words'
  for (let column = range.from; column < range.to; column++) {
    columns[column] = readsLetters ? letterScale * (letterSums[column] ?? 0) : 0
  }
  const end = readsLetters ? vector.count : wordEnd
  addRows(vector, { from: 0, to: end }, table, range, columns)
  const { scales, biases } = model
  for (let column = range.from; column < range.to; column++) {
    columns[column] = (biases[column] ?? 0) + (scales[column] ?? 0) * (columns[column] ?? 0)
  }
}

/** The columns of those of the heads that look at groups of letters. */
export function letterColumns(heads: Iterable<Head>): Range {
  let from = Infinity
  let to = 0
  for (const { reads, firstColumn, labels } of heads) {
    if (reads === 'words') continue
    from = Math.min(from, firstColumn)
    to = Math.max(to, firstColumn + labels.length)
  }
  return { from: Math.min(from, to), to }
}
