import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { doubleValue, isDoc, isNumber, toDouble, type Value } from '../bson/values.ts'

/** `$percentile` or `$median` of the numbers among the values: the value at each rank, or null. */
export function percentiles(name: string, spec: Value, values: readonly Value[]): Value {
  const ranks = ranksOf(name, spec)
  const sorted = values
    .filter(isNumber)
    .map(toDouble)
    .sort((a, b) => a - b)
  const found = ranks.map((rank) => {
    const value = sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)]
    return value === undefined ? null : doubleValue(value)
  })
  return name === '$median' ? (found[0] ?? null) : found
}

/** Refuses operands of `$percentile` and `$median` that mongod refuses. */
export function ranksOf(name: string, spec: Value): readonly number[] {
  if (!isDoc(spec)) {
    throw new CommandError(
      name === '$median' ? 7436100 : 7436200,
      `specification must be an object; found ${name}: ${show(spec)}`,
    )
  }
  const known = name === '$median' ? ['input', 'method'] : ['input', 'p', 'method']
  for (const field of spec.keys()) {
    if (!known.includes(field))
      throw new CommandError(
        'IDLUnknownField',
        `BSON field '${name}.${field}' is an unknown field.`,
      )
  }
  if (spec.get('method') !== 'approximate') {
    throw new CommandError(
      'BadValue',
      "Currently only 'approximate' can be used as percentile 'method'.",
    )
  }
  if (name === '$median') return [0.5]
  const wanted = "The $percentile 'p' field must be an array of numbers from [0.0, 1.0], but found:"
  const p = spec.get('p')
  if (!Array.isArray(p) || p.length === 0)
    throw new CommandError(7750301, `${wanted} ${show(p ?? null)}`)
  return p.map((each) => {
    if (!isNumber(each)) throw new CommandError(7750302, `${wanted} ${show(each)}`)
    const rank = toDouble(each)
    if (rank >= 0 && rank <= 1) return rank
    throw new CommandError(7750303, `${wanted} ${String(rank)}`)
  })
}
