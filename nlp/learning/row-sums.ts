/** From the first up to, but not including, the last. */
export type Range = { readonly from: number; readonly to: number }

/** A text or example: its rows, and what each counts for. */
type Entries = {
  readonly rows: Int32Array
  readonly values: Float32Array | Float64Array
}

/** Weights of `width` columns from `firstColumn` on, row after row. */
export type Table = {
  readonly weights: Float32Array | Int16Array
  readonly width: number
  readonly firstColumn: number
}

/** Rows taken in one pass over the columns. */
const ROWS_AT_ONCE = 4

/**
 * Adds to the sums of some columns what some entries say for them. Four rows at a time: a sum is read
 * and written once for four products. The order in which products are added is that of one row after
 * another, so the sums are the same to the bit. It stands outside of all closures, whose variables
 * would be read anew for each product.
 */
export function addRows(
  { rows, values }: Entries,
  { from: first, to: end }: Range,
  { weights, width, firstColumn }: Table,
  { from, to }: Range,
  sums: Float64Array,
): void {
  const endOfFours = end - ((end - first) % ROWS_AT_ONCE)
  for (let at = first; at < endOfFours; at += ROWS_AT_ONCE) {
    const firstValue = values[at] ?? 0
    const secondValue = values[at + 1] ?? 0
    const thirdValue = values[at + 2] ?? 0
    const fourthValue = values[at + 3] ?? 0
    const firstBase = (rows[at] ?? 0) * width - firstColumn
    const secondBase = (rows[at + 1] ?? 0) * width - firstColumn
    const thirdBase = (rows[at + 2] ?? 0) * width - firstColumn
    const fourthBase = (rows[at + 3] ?? 0) * width - firstColumn
    for (let column = from; column < to; column++) {
      sums[column] =
        (sums[column] ?? 0) +
        firstValue * (weights[firstBase + column] ?? 0) +
        secondValue * (weights[secondBase + column] ?? 0) +
        thirdValue * (weights[thirdBase + column] ?? 0) +
        fourthValue * (weights[fourthBase + column] ?? 0)
    }
  }
  for (let at = endOfFours; at < end; at++) {
    const value = values[at] ?? 0
    const base = (rows[at] ?? 0) * width - firstColumn
    for (let column = from; column < to; column++) {
      sums[column] = (sums[column] ?? 0) + value * (weights[base + column] ?? 0)
    }
  }
}
