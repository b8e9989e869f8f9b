import type { SparseVector } from './vocabulary.ts'

/** Sparse rows of examples, one after the other. */
export type Matrix = {
  readonly count: number
  readonly offsets: Float64Array
  readonly rows: Int32Array
  readonly values: Float32Array
  /** Squared length of each example. */
  readonly squares: Float32Array
}

/** Collects vectors into a matrix. */
export type MatrixBuilder = {
  readonly add: (vector: SparseVector) => void
  readonly build: () => Matrix
}

/** Starts an empty matrix. */
export function createMatrixBuilder(): MatrixBuilder {
  let rows = new Int32Array(1 << 16)
  let values = new Float32Array(1 << 16)
  let used = 0
  const offsets: number[] = [0]
  const squares: number[] = []
  return {
    add: (vector) => {
      if (used + vector.count > rows.length) {
        rows = resized(rows, new Int32Array((used + vector.count) * 2))
        values = resized(values, new Float32Array((used + vector.count) * 2))
      }
      let square = 0
      for (let at = 0; at < vector.count; at++) {
        const value = vector.values[at] ?? 0
        rows[used] = vector.rows[at] ?? 0
        values[used++] = value
        square += value * value
      }
      offsets.push(used)
      squares.push(square)
    },
    build: () => ({
      count: squares.length,
      offsets: Float64Array.from(offsets),
      rows: rows.subarray(0, used),
      values: values.subarray(0, used),
      squares: Float32Array.from(squares),
    }),
  }
}

/** The same examples with the entries of the first rows alone. */
export function firstRows(matrix: Matrix, rowCount: number): Matrix {
  const { count, offsets, rows, values } = matrix
  const kept = { rows: rows.slice(), values: values.slice() }
  const keptOffsets = new Float64Array(count + 1)
  const squares = new Float32Array(count)
  let used = 0
  for (let example = 0; example < count; example++) {
    let square = 0
    const end = offsets[example + 1] ?? 0
    for (let at = offsets[example] ?? 0; at < end; at++) {
      const row = rows[at] ?? 0
      if (row >= rowCount) continue
      const value = values[at] ?? 0
      kept.rows[used] = row
      kept.values[used++] = value
      square += value * value
    }
    keptOffsets[example + 1] = used
    squares[example] = square
  }
  return {
    count,
    offsets: keptOffsets,
    rows: kept.rows.subarray(0, used),
    values: kept.values.subarray(0, used),
    squares,
  }
}

function resized<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
