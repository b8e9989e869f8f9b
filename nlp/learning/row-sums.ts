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
const ROWS_AT_ONCE = 8

/**
 * Adds to the sums of some columns what some entries say for them. Eight rows at a time: a sum is read
 * and written once for eight products, and what the last pass has too few of counts nothing. The order
 * in which products are added is that of one row after another, so the sums are the same to the bit. It
 * stands outside of all closures, whose variables would be read anew for each product.
 */
export function addRows(
  { rows, values }: Entries,
  { from: first, to: end }: Range,
  { weights, width, firstColumn }: Table,
  { from, to }: Range,
  sums: Float64Array,
): void {
  for (let at = first; at < end; at += ROWS_AT_ONCE) {
    const value0 = values[at] ?? 0
    const value1 = at + 1 < end ? (values[at + 1] ?? 0) : 0
    const value2 = at + 2 < end ? (values[at + 2] ?? 0) : 0
    const value3 = at + 3 < end ? (values[at + 3] ?? 0) : 0
    const value4 = at + 4 < end ? (values[at + 4] ?? 0) : 0
    const value5 = at + 5 < end ? (values[at + 5] ?? 0) : 0
    const value6 = at + 6 < end ? (values[at + 6] ?? 0) : 0
    const value7 = at + 7 < end ? (values[at + 7] ?? 0) : 0
    const base0 = (rows[at] ?? 0) * width - firstColumn
    const base1 = at + 1 < end ? (rows[at + 1] ?? 0) * width - firstColumn : base0
    const base2 = at + 2 < end ? (rows[at + 2] ?? 0) * width - firstColumn : base0
    const base3 = at + 3 < end ? (rows[at + 3] ?? 0) * width - firstColumn : base0
    const base4 = at + 4 < end ? (rows[at + 4] ?? 0) * width - firstColumn : base0
    const base5 = at + 5 < end ? (rows[at + 5] ?? 0) * width - firstColumn : base0
    const base6 = at + 6 < end ? (rows[at + 6] ?? 0) * width - firstColumn : base0
    const base7 = at + 7 < end ? (rows[at + 7] ?? 0) * width - firstColumn : base0
    for (let column = from; column < to; column++) {
      sums[column] =
        (sums[column] ?? 0) +
        value0 * (weights[base0 + column] ?? 0) +
        value1 * (weights[base1 + column] ?? 0) +
        value2 * (weights[base2 + column] ?? 0) +
        value3 * (weights[base3 + column] ?? 0) +
        value4 * (weights[base4 + column] ?? 0) +
        value5 * (weights[base5 + column] ?? 0) +
        value6 * (weights[base6 + column] ?? 0) +
        value7 * (weights[base7 + column] ?? 0)
    }
  }
}
