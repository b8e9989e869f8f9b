import { doubleValue, isNumber, toDouble, type Value } from '../bson/values.ts'

/** The standard deviation of the numbers among the values, as a double; null where it has none. */
export function deviationOf(values: readonly Value[], kind: 'population' | 'sample'): Value {
  let [count, mean, squares] = [0, 0, 0]
  // Welford's way: the sum of squares would lose the digits of large numbers.
  for (const value of values) {
    if (!isNumber(value)) continue
    const number = toDouble(value)
    count += 1
    const distance = number - mean
    mean += distance / count
    squares += distance * (number - mean)
  }
  const divisor = kind === 'population' ? count : count - 1
  return divisor > 0 ? doubleValue(Math.sqrt(squares / divisor)) : null
}
