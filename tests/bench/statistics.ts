/** The middle value; of an even number of values the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values)
  const middle = sorted.length / 2
  const upper = at(sorted, Math.floor(middle))
  return Number.isInteger(middle) ? (at(sorted, middle - 1) + upper) / 2 : upper
}

/** The value that `share` of all values do not exceed (nearest rank): 0.99 for the 99th percentile. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = ascending(values)
  return at(sorted, Math.max(0, Math.ceil(sorted.length * share) - 1))
}

function ascending(values: readonly number[]): Float64Array {
  if (values.length === 0) throw new Error('nothing was measured')
  return Float64Array.from(values).sort()
}

function at(sorted: Float64Array, index: number): number {
  return sorted[index] ?? Number.NaN
}
