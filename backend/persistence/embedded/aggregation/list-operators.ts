import { CommandError } from '../errors.ts'
import { compareValues, equalValues, type CompareText } from '../bson/compare.ts'
import { doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { sortOrder } from '../query/sort-order.ts'
import { isTruthy } from './binding-operators.ts'
import { isNil, nameOf } from './operands.ts'

type Operator = (operands: readonly Value[], compareText?: CompareText) => Value

/** Operators on arrays, and between arrays and documents. */
export const listOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$slice', slice],
  ['$reverseArray', reverse],
  ['$range', range],
  ['$zip', ([spec]) => zip(spec)],
  ['$indexOfArray', indexOfArray],
  ['$setEquals', setEquals],
  ['$setIsSubset', isSubset],
  ['$allElementsTrue', ([list]) => elements('$allElementsTrue', 17040, list).every(isTruthy)],
  ['$anyElementTrue', ([list]) => elements('$anyElementTrue', 17041, list).some(isTruthy)],
  ['$arrayToObject', arrayToObject],
  ['$sortArray', ([spec], compareText) => sortArray(spec, compareText)],
  ['$first', ([list]) => end('$first', list)],
  ['$last', ([list]) => end('$last', list)],
])

function end(name: string, list: Value): Value {
  if (isNil(list)) return null
  if (Array.isArray(list)) return list.at(name === '$first' ? 0 : -1)
  throw new CommandError(28689, `${name}'s argument must be an array, but is ${nameOf(list)}`)
}

function sortArray(spec: Value, compareText?: CompareText): Value {
  const [list, by] = isDoc(spec) ? [spec.get('input'), spec.get('sortBy')] : []
  if (isNil(list)) return null
  if (!Array.isArray(list)) {
    throw new CommandError(
      2942504,
      `The input argument to $sortArray must be an array, but was of type: ${nameOf(list)}`,
    )
  }
  if (isDoc(by)) {
    const order = sortOrder(by, compareText)
    return list
      .map((value) => ({ value, keys: order.keysOf(isDoc(value) ? value : doc({})) }))
      .sort((a, b) => order.compare(a.keys, b.keys))
      .map(({ value }) => value)
  }
  if (!isNumber(by)) {
    throw new CommandError(
      2942507,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    )
  }
  const sign = toDouble(by)
  if (sign !== 1 && sign !== -1)
    throw new CommandError(2942506, 'The $sort element value must be either 1 or -1')
  return list.toSorted((a, b) => compareValues(a, b, compareText) * sign)
}

function elements(name: string, code: number, list: Value): readonly Value[] {
  if (Array.isArray(list)) return list
  throw new CommandError(code, `${name}'s argument must be an array, but is ${nameOf(list)}`)
}

function slice([list, first, count]: readonly Value[]): Value {
  if (isNil(list) || isNil(first) || count === null) return null
  if (!Array.isArray(list)) {
    throw new CommandError(
      28724,
      `First argument to $slice must be an array, but is of type: ${nameOf(list)}`,
    )
  }
  const from = whole(28725, 'Second argument to $slice', first)
  if (count === undefined) return from < 0 ? list.slice(from) : list.slice(0, from)
  const length = whole(28727, 'Third argument to $slice', count)
  if (length <= 0) {
    throw new CommandError(28729, `Third argument to $slice must be positive: ${String(length)}`)
  }
  const start = from < 0 ? Math.max(0, list.length + from) : from
  return list.slice(start, start + length)
}

/** A whole number; a value that is none is refused with `code`, a fraction with the next one. */
function whole(code: number, what: string, value: Value): number {
  if (!isNumber(value))
    throw new CommandError(code, `${what} must be numeric, but is of type: ${nameOf(value)}`)
  const number = toDouble(value)
  if (Number.isInteger(number)) return number
  throw new CommandError(
    code + 1,
    `${what} can't be represented as a 32-bit integer: ${String(number)}`,
  )
}

function reverse([list]: readonly Value[]): Value {
  if (isNil(list)) return null
  if (Array.isArray(list)) return list.toReversed()
  throw new CommandError(
    34435,
    `The argument to $reverseArray must be an array, but was of type: ${nameOf(list)}`,
  )
}

function range([start, stop, step = 1]: readonly Value[]): Value {
  const from = whole(34443, "$range's starting value", start)
  const to = whole(34445, "$range's ending value", stop)
  const by = whole(34447, "$range's step value", step)
  if (by === 0)
    throw new CommandError(34449, '$range requires a non-zero step value, found step value of 0')
  const length = Math.max(0, Math.ceil((to - from) / by))
  return Array.from({ length }, (_, i) => from + i * by)
}

function zip(spec: Value): Value {
  const inputs = isDoc(spec) ? spec.get('inputs') : []
  if (!isDoc(spec) || !Array.isArray(inputs)) return null
  if (inputs.some(isNil)) return null
  const lists = inputs.map((list) => {
    if (Array.isArray(list)) return list
    throw new CommandError(34468, `$zip found a non-array expression in input: ${nameOf(list)}`)
  })
  const lengths = lists.map((list) => list.length)
  const isLongest = spec.get('useLongestLength') === true
  const defaults = spec.get('defaults')
  const rest = Array.isArray(defaults) ? defaults : []
  const length = isLongest ? Math.max(...lengths) : Math.min(...lengths)
  return Array.from({ length }, (_, row) =>
    lists.map((list, i) => (row < list.length ? list[row] : (rest[i] ?? null))),
  )
}

function indexOfArray(
  [list, wanted, start = 0, stop]: readonly Value[],
  compareText?: CompareText,
): Value {
  if (isNil(list)) return null
  if (!Array.isArray(list)) {
    throw new CommandError(
      40090,
      `$indexOfArray requires an array as a first argument, found: ${nameOf(list)}`,
    )
  }
  const from = whole(40096, '$indexOfArray starting index', start)
  const to = stop === undefined ? list.length : whole(40096, '$indexOfArray ending index', stop)
  return list.findIndex(
    (each, i) => i >= from && i < to && equalValues(each, wanted ?? null, compareText),
  )
}

function setEquals(operands: readonly Value[], compareText?: CompareText): Value {
  const lists = operands.map((list, i) => {
    if (Array.isArray(list)) return list
    throw new CommandError(
      5887502,
      `All operands of $setEquals must be arrays. ${String(i + 1)}-th argument is of type: ${nameOf(list)}`,
    )
  })
  const [first = []] = lists
  return lists.every((list) => holds(list, first, compareText) && holds(first, list, compareText))
}

function holds(list: readonly Value[], part: readonly Value[], compareText?: CompareText): boolean {
  return part.every((value) => list.some((each) => equalValues(each, value, compareText)))
}

function isSubset([a, b]: readonly Value[], compareText?: CompareText): Value {
  const operands = [a, b].map((list, i) => {
    if (Array.isArray(list)) return list
    throw new CommandError(
      i === 0 ? 17046 : 17042,
      `both operands of $setIsSubset must be arrays. ${i === 0 ? 'First' : 'Second'} argument is of type: ${nameOf(list)}`,
    )
  })
  return holds(operands[1] ?? [], operands[0] ?? [], compareText)
}

function arrayToObject([list]: readonly Value[]): Value {
  if (isNil(list)) return null
  if (!Array.isArray(list)) {
    throw new CommandError(40386, `$arrayToObject requires an array input, found: ${nameOf(list)}`)
  }
  const result: Doc = doc({})
  const isOfPairs = Array.isArray(list[0])
  for (const entry of list) {
    if (isDoc(entry) ? isOfPairs : Array.isArray(entry) && !isOfPairs) throw mixed(entry)
    const [name, value] = pairOf(entry)
    result.set(name, value)
  }
  return result
}

function mixed(entry: Value): CommandError {
  const isPair = Array.isArray(entry)
  return new CommandError(
    isPair ? 40391 : 40396,
    `$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. ${isPair ? 'Object' : 'Array'} was detected, now found: ${nameOf(entry)}`,
  )
}

function pairOf(entry: Value): [string, Value] {
  if (Array.isArray(entry)) {
    if (entry.length !== 2) {
      throw new CommandError(
        40397,
        `$arrayToObject requires an array of size 2 arrays,found array of size: ${String(entry.length)}`,
      )
    }
    const [name, value] = entry
    if (typeof name === 'string') return [name, value]
    throw new CommandError(
      40395,
      `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${nameOf(name)}`,
    )
  }
  if (!isDoc(entry)) {
    throw new CommandError(
      40398,
      `Unrecognised input type format for $arrayToObject: ${nameOf(entry)}`,
    )
  }
  if (entry.size !== 2) {
    throw new CommandError(
      40392,
      `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys:${String(entry.size)}`,
    )
  }
  if (!entry.has('k') || !entry.has('v')) {
    throw new CommandError(
      40393,
      "$arrayToObject requires an object with keys 'k' and 'v'. Missing either or both keys",
    )
  }
  const name = entry.get('k')
  if (typeof name === 'string') return [name, entry.get('v')]
  throw new CommandError(
    40394,
    `$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: ${nameOf(name)}`,
  )
}
