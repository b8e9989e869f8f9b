import { Decimal128 } from 'bson'
import { CommandError } from '../errors.ts'
import { compareValues, equalValues, type CompareText } from '../bson/compare.ts'
import { show } from '../bson/show.ts'
import { calculate } from '../bson/decimal.ts'
import { divideDecimal } from '../bson/rounding.ts'
import {
  bsonType,
  doubleValue,
  isDoc,
  isNumber,
  toDouble,
  type Doc,
  type NumberValue,
  type Value,
} from '../bson/values.ts'
import { isTruthy } from './binding-operators.ts'
import { regexOperators } from './regex-operators.ts'
import { angleOperators } from './angle-operators.ts'
import { deviationOf } from './deviation.ts'
import { nOperators } from './n-operators.ts'
import { setOperators } from './set-operators.ts'
import { textOperators } from './text-operators.ts'
import { datePartOperators } from './date-parts.ts'
import { dateOperators } from './date-operators.ts'
import { conversionOperators } from './conversion-operators.ts'
import { listOperators } from './list-operators.ts'
import { numberOperators } from './number-operators.ts'
import { isNil, nameOf } from './operands.ts'
import { percentiles } from './percentile.ts'
import { dateBuildingOperators } from './date-building.ts'
import { sizeOperators } from './size-operators.ts'

type ValueOperator = (operands: readonly Value[], compareText?: CompareText) => Value

const compared =
  (decide: (sign: number) => boolean): ValueOperator =>
  ([a, b], compareText) =>
    decide(compareMissing(a, b, compareText))

/** Operators on evaluated operands whose answer depends on the types of BSON. */
export const valueOperators: ReadonlyMap<string, ValueOperator> = new Map<string, ValueOperator>([
  ...dateOperators,
  ...datePartOperators,
  ...dateBuildingOperators,
  ...sizeOperators,
  ...numberOperators,
  ...textOperators,
  ...regexOperators,
  ...conversionOperators,
  ...listOperators,
  ...setOperators,
  ...angleOperators,
  ...nOperators,
  ['$eq', compared((sign) => sign === 0)],
  ['$ne', compared((sign) => sign !== 0)],
  ['$lt', compared((sign) => sign < 0)],
  ['$lte', compared((sign) => sign <= 0)],
  ['$gt', compared((sign) => sign > 0)],
  ['$gte', compared((sign) => sign >= 0)],
  ['$cmp', ([a, b], compareText) => Math.sign(compareMissing(a, b, compareText))],
  ['$not', ([operand]) => !isTruthy(operand)],
  ['$in', isIn],
  ['$add', add],
  ['$subtract', subtract],
  ['$multiply', (operands) => fold('$multiply', 'multiply', operands, 1)],
  ['$type', ([operand]) => (operand === undefined ? 'missing' : bsonType(operand)[1])],
  ['$isArray', ([operand]) => Array.isArray(operand)],
  ['$isNumber', ([operand]) => isNumber(operand)],
  ['$mergeObjects', mergeObjects],
  ['$objectToArray', objectToArray],
  ['$arrayElemAt', arrayElemAt],
  ['$sum', (operands) => sumOf(flattened(operands))],
  ['$avg', (operands) => averageOf(flattened(operands))],
  ['$stdDevPop', (operands) => deviationOf(flattened(operands), 'population')],
  ['$stdDevSamp', (operands) => deviationOf(flattened(operands), 'sample')],
  ['$min', (operands, compareText) => extremeOf(flattened(operands), -1, compareText)],
  ['$max', (operands, compareText) => extremeOf(flattened(operands), 1, compareText)],
  ['$percentile', ([spec]) => percentiles('$percentile', spec, inputsOf(spec))],
  ['$median', ([spec]) => percentiles('$median', spec, inputsOf(spec))],
  ['$concatArrays', concatArrays],
  ['$size', ([operand]) => sizeOf(operand)],
])

function inputsOf(spec: Value): readonly Value[] {
  const input = isDoc(spec) ? spec.get('input') : null
  return Array.isArray(input) ? input : [input]
}

// In expressions missing comes before null.
function compareMissing(a: Value, b: Value, compareText?: CompareText): number {
  if (a === undefined || b === undefined) {
    if (a === b) return 0
    const other = a === undefined ? b : a
    if (other === null) return a === undefined ? -1 : 1
  }
  return compareValues(a, b, compareText)
}

function isIn([value, array]: readonly Value[], compareText?: CompareText): boolean {
  if (!Array.isArray(array))
    throw new CommandError(
      40081,
      `$in requires an array as a second argument, found: ${nameOf(array)}`,
    )
  return array.some((each) => equalValues(each, value, compareText))
}

function fold(
  name: string,
  operation: 'add' | 'multiply',
  operands: readonly Value[],
  start: number,
): Value {
  if (operands.some(isNil)) return null
  return operands.reduce<NumberValue>((total, operand) => {
    if (!isNumber(operand)) {
      throw new CommandError(
        'TypeMismatch',
        `${name} only supports numeric ${name === '$add' ? 'or date ' : ''}types, not ${bsonType(operand)[1]}`,
      )
    }
    return combine(operation, total, operand)
  }, start)
}

function combine(operation: 'add' | 'multiply', a: NumberValue, b: NumberValue): NumberValue {
  const exact = calculate(operation, a, b)
  if (isNumber(exact)) return exact
  return doubleValue(operation === 'add' ? toDouble(a) + toDouble(b) : toDouble(a) * toDouble(b))
}

function add(operands: readonly Value[]): Value {
  if (operands.some(isNil)) return null
  const dates = operands.filter((operand) => operand instanceof Date)
  if (dates.length > 1) throw new CommandError(16612, 'only one date allowed in an $add expression')
  const total = fold(
    '$add',
    'add',
    operands.filter((operand) => !(operand instanceof Date)),
    0,
  )
  const [date] = dates
  return date && isNumber(total) ? new Date(date.getTime() + Math.round(toDouble(total))) : total
}

function subtract([a, b]: readonly Value[]): Value {
  if (isNil(a) || isNil(b)) return null
  if (a instanceof Date) {
    if (b instanceof Date) return BigInt(a.getTime() - b.getTime())
    if (isNumber(b)) return new Date(a.getTime() - Math.round(toDouble(b)))
  }
  if (!isNumber(a) || !isNumber(b)) {
    throw new CommandError(
      'TypeMismatch',
      `can't $subtract ${bsonType(b)[1]} from ${bsonType(a)[1]}`,
    )
  }
  return combine('add', a, combine('multiply', b, -1))
}

function mergeObjects(operands: readonly Value[]): Doc {
  const documents = operands.length === 1 && Array.isArray(operands[0]) ? operands[0] : operands
  const merged: Doc = new Map()
  for (const each of documents) {
    if (isNil(each)) continue
    if (!isDoc(each)) throw notAnObject(each)
    for (const [name, value] of each) merged.set(name, value)
  }
  return merged
}

/** The refusal of a value that `$mergeObjects` cannot merge. */
export function notAnObject(value: Value): CommandError {
  return new CommandError(
    40400,
    `$mergeObjects requires object inputs, but input ${show(value)} is of type ${bsonType(value)[1]}`,
  )
}

function objectToArray([operand]: readonly Value[]): Value {
  if (isNil(operand)) return null
  if (!isDoc(operand))
    throw new CommandError(
      40390,
      `$objectToArray requires a document input, found: ${bsonType(operand)[1]}`,
    )
  return [...operand].map(
    ([k, v]) =>
      new Map<string, Value>([
        ['k', k],
        ['v', v],
      ]),
  )
}

function arrayElemAt([array, index]: readonly Value[]): Value {
  if (isNil(array) || isNil(index)) return null
  if (!Array.isArray(array))
    throw new CommandError(
      28689,
      `$arrayElemAt's first argument must be an array, but is ${bsonType(array)[1]}`,
    )
  if (!isNumber(index))
    throw new CommandError(
      28690,
      `$arrayElemAt's second argument must be a numeric value, but is ${bsonType(index)[1]}`,
    )
  const at = toDouble(index)
  if (!Number.isInteger(at)) {
    throw new CommandError(
      28691,
      `$arrayElemAt's second argument must be representable as a 32-bit integer: ${String(at)}`,
    )
  }
  return array.at(at)
}

function concatArrays(operands: readonly Value[]): Value {
  if (operands.some(isNil)) return null
  return operands.flatMap((operand) => {
    if (Array.isArray(operand)) return operand
    throw new CommandError(28664, `$concatArrays only supports arrays, not ${bsonType(operand)[1]}`)
  })
}

function sizeOf(operand: Value): Value {
  if (Array.isArray(operand)) return operand.length
  throw new CommandError(
    17124,
    `The argument to $size must be an array, but was of type: ${operand === undefined ? 'missing' : bsonType(operand)[1]}`,
  )
}

function flattened(operands: readonly Value[]): readonly Value[] {
  const [only] = operands
  return operands.length === 1 && Array.isArray(only) ? only : operands
}

/** The sum of the numbers among the values. */
export function sumOf(values: readonly Value[]): NumberValue {
  return values
    .filter(isNumber)
    .reduce<NumberValue>((total, value) => combine('add', total, value), 0)
}

/** The mean of the numbers among the values, or null. */
function averageOf(values: readonly Value[]): Value {
  const numbers = values.filter(isNumber)
  if (numbers.length === 0) return null
  const total = sumOf(numbers)
  if (total instanceof Decimal128) {
    return divideDecimal(total, numbers.length)
  }
  return doubleValue(toDouble(total) / numbers.length)
}

/** The least (−1) or greatest (1) of the values that are there, or null. */
function extremeOf(values: readonly Value[], sign: 1 | -1, compareText?: CompareText): Value {
  return values.reduce<Value>((best, value) => {
    if (isNil(value)) return best
    return isNil(best) || compareValues(value, best, compareText) * sign > 0 ? value : best
  }, null)
}
