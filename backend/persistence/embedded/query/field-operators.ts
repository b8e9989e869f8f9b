import { BSONRegExp, BSONSymbol } from 'bson'
import { CommandError } from '../errors.ts'
import { equalValues, compareValues } from '../bson/compare.ts'
import { show } from '../bson/show.ts'
import {
  bsonType,
  isDoc,
  isNumber,
  order,
  toDouble,
  typeOrder,
  type Doc,
  type Value,
} from '../bson/values.ts'
import { bitTest, longPart } from './bit-tests.ts'
import type { Filter, FilterContext, Matches, Place, RangeOperator } from './filter-types.ts'
import { placeAt, someValueAt, withoutArray } from './paths.ts'
import { compileRegex, literalPrefix } from './regex.ts'
import { parseTypes } from './type-names.ts'

interface FieldInput {
  readonly path: string
  readonly operand: Value
  readonly siblings: Doc
  readonly context: FilterContext
  readonly depth: number
}

type FieldOperator = (input: FieldInput) => Filter

/** The operators that stand under a field in a filter. */
export const fieldOperators: ReadonlyMap<string, FieldOperator> = new Map<string, FieldOperator>([
  ['$eq', (input) => range(input, '$eq')],
  ['$lt', (input) => range(input, '$lt')],
  ['$lte', (input) => range(input, '$lte')],
  ['$gt', (input) => range(input, '$gt')],
  ['$gte', (input) => range(input, '$gte')],
  ['$ne', notEqual],
  ['$in', anyOf],
  ['$nin', (input) => negate(anyOf(input, '$nin'))],
  ['$exists', exists],
  ['$type', type],
  ['$regex', regex],
  ['$mod', mod],
  ['$size', size],
  ['$bitsAllSet', (input) => tested(input, bitTest('$bitsAllSet', input.operand))],
  ['$bitsAllClear', (input) => tested(input, bitTest('$bitsAllClear', input.operand))],
  ['$bitsAnySet', (input) => tested(input, bitTest('$bitsAnySet', input.operand))],
  ['$bitsAnyClear', (input) => tested(input, bitTest('$bitsAnyClear', input.operand))],
  ['$comment', () => ({ kind: 'and', clauses: [], matches: () => true })],
])

/** A test on a value, tried on the value at the path and on each element if it is an array. */
function anyValue(
  { path, context }: FieldInput,
  test: (value: Value) => boolean,
): { readonly matches: Matches; readonly place?: Place } {
  if (context.isElement) return { matches: (document) => test(document.get(path)) }
  const visit = (value: Value): boolean =>
    test(value) ||
    (Array.isArray(value) && value.some((element) => element !== undefined && test(element)))
  const steps = path.split('.')
  const place: Place = (document) => placeAt(document, steps, (value) => placeIn(value, test))
  if (steps.length === 1) return { matches: (document) => visit(document.get(path)), place }
  return { matches: (document) => someValueAt(document, steps, visit), place }
}

function tested(input: FieldInput, test: (value: Value) => boolean): Filter {
  return { kind: 'other', ...anyValue(input, test) }
}

function placeIn(value: Value, test: (value: Value) => boolean): number | null {
  const found = Array.isArray(value) ? value.findIndex(test) : -1
  if (found >= 0) return found
  return test(value) ? withoutArray : null
}

function negate(filter: Filter): Filter {
  const { matches } = filter
  return { kind: 'other', matches: (document) => !matches(document) }
}

function range(input: FieldInput, operator: RangeOperator): Filter {
  const { path, operand, context } = input
  if (operand instanceof BSONRegExp && operator !== '$eq') {
    throw new CommandError('BadValue', `Can't have RegEx as arg to predicate over field '${path}'.`)
  }
  const tests = anyValue(input, comparison(operator, operand, context))
  return { kind: 'range', path, operator, value: operand, ...tests }
}

function comparison(operator: RangeOperator, operand: Value, context: FilterContext) {
  const { compareText } = context
  const type = typeOrder(operand)
  if (operator === '$eq') return equality(operand, context)
  const wanted = wantedSigns[operator]
  const unbounded = type === order.minKey || type === order.maxKey
  const isNaNOperand = isNumber(operand) && Number.isNaN(toDouble(operand))
  return (value: Value): boolean => {
    if (value === undefined && type !== order.null)
      return unbounded && wanted(compareValues(null, operand))
    if (!unbounded && typeOrder(value) !== type) return false
    // NaN is only ever equal to itself: it is neither above nor below a number.
    if (type === order.number && isNumber(value) && isNaNOperand !== Number.isNaN(toDouble(value)))
      return false
    return wanted(compareValues(value, operand, compareText))
  }
}

const wantedSigns: Readonly<Record<Exclude<RangeOperator, '$eq'>, (sign: number) => boolean>> = {
  $lt: (sign) => sign < 0,
  $lte: (sign) => sign <= 0,
  $gt: (sign) => sign > 0,
  $gte: (sign) => sign >= 0,
}

function equality(operand: Value, { compareText }: FilterContext) {
  if (typeof operand === 'string' && !compareText) {
    return (value: Value) =>
      value === operand || (value instanceof BSONSymbol && value.value === operand)
  }
  return (value: Value) => equalValues(value, operand, compareText)
}

function notEqual(input: FieldInput): Filter {
  if (input.operand instanceof BSONRegExp) {
    throw new CommandError('BadValue', `Can't have regex as arg to $ne.`)
  }
  return negate(range(input, '$eq'))
}

function anyOf(input: FieldInput, name = '$in'): Filter {
  const { path, operand, context } = input
  if (!Array.isArray(operand)) throw new CommandError('BadValue', `${name} needs an array`)
  const tests = operand.map((value) => {
    if (isDoc(value) && value.keys().next().value?.startsWith('$') && !value.has('$ref')) {
      throw new CommandError('BadValue', `cannot nest $ under ${name}`)
    }
    return value instanceof BSONRegExp
      ? regexTest(value.pattern, value.options)
      : equality(value, context)
  })
  const strings = stringSet(operand, context)
  const test = strings
    ? (value: Value) =>
        typeof value === 'string'
          ? strings.has(value)
          : value instanceof BSONSymbol && strings.has(value.value)
    : (value: Value) => tests.some((matches) => matches(value))
  const tried = anyValue(input, test)
  const hasPattern = operand.some((value) => value instanceof BSONRegExp)
  return hasPattern ? { kind: 'other', ...tried } : { kind: 'in', path, values: operand, ...tried }
}

function stringSet(values: readonly Value[], { compareText }: FilterContext): Set<string> | null {
  if (compareText || values.length < 4) return null
  const texts = values.filter((value) => typeof value === 'string')
  return texts.length === values.length ? new Set(texts) : null
}

function exists({ path, operand }: FieldInput): Filter {
  const wanted = isNumber(operand) ? toDouble(operand) !== 0 : operand !== false && operand !== null
  const steps = path.split('.')
  const isThere = (value: Value): boolean => value !== undefined
  const matches = (document: Doc): boolean => someValueAt(document, steps, isThere) === wanted
  return { kind: 'exists', path, exists: wanted, matches }
}

function type(input: FieldInput): Filter {
  const { path, operand } = input
  const types = parseTypes(operand)
  const test = (value: Value): boolean => value !== undefined && types.includes(bsonType(value)[0])
  return { kind: 'type', path, types, ...anyValue(input, test) }
}

function regex(input: FieldInput): Filter {
  const { path, operand, siblings } = input
  const extra = siblings.get('$options')
  if (extra !== undefined && typeof extra !== 'string') {
    throw new CommandError('BadValue', '$options has to be a string')
  }
  if (typeof operand !== 'string' && !(operand instanceof BSONRegExp)) {
    throw new CommandError('BadValue', '$regex has to be a string')
  }
  if (typeof operand !== 'string' && operand.options !== '' && extra)
    throw new CommandError(51075, 'options set in both $regex and $options')
  const pattern = typeof operand === 'string' ? operand : operand.pattern
  const options = extra ?? (typeof operand === 'string' ? '' : operand.options)
  const tests = anyValue(input, regexTest(pattern, options))
  const prefix = literalPrefix(pattern, options)
  return prefix ? { kind: 'prefix', path, prefix, pattern, ...tests } : { kind: 'other', ...tests }
}

function regexTest(pattern: string, options: string) {
  const compiled = compileRegex(pattern, options)
  return (value: Value): boolean => {
    if (typeof value === 'string') return compiled.test(value)
    if (value instanceof BSONSymbol) return compiled.test(value.value)
    return value instanceof BSONRegExp && value.pattern === pattern && value.options === options
  }
}

function mod(input: FieldInput): Filter {
  const { operand } = input
  if (!Array.isArray(operand))
    throw new CommandError('BadValue', 'malformed mod, needs to be an array')
  if (operand.length < 2) throw new CommandError('BadValue', 'malformed mod, not enough elements')
  if (operand.length > 2) throw new CommandError('BadValue', 'malformed mod, too many elements')
  const [divisor, remainder] = operand.map((value, i) =>
    modOperand(value, i === 0 ? 'divisor' : 'remainder'),
  )
  if (divisor === 0n) throw new CommandError('BadValue', 'divisor cannot be 0')
  return tested(input, (value) => {
    const dividend = isNumber(value) ? longPart(value) : null
    return dividend !== null && divisor !== undefined && dividend % divisor === remainder
  })
}

function modOperand(value: Value, name: string): bigint {
  if (!isNumber(value)) throw new CommandError('BadValue', `malformed mod, ${name} not a number`)
  const whole = longPart(value)
  if (whole !== null) return whole
  const reason = Number.isFinite(toDouble(value))
    ? 'Out of bounds coercing to integral value'
    : 'Unable to coerce NaN/Inf to integral type'
  const message = `malformed mod, ${name} value is invalid :: caused by :: ${reason}`
  throw new CommandError('BadValue', message)
}

function size({ path, operand }: FieldInput): Filter {
  if (!isNumber(operand)) {
    throw new CommandError(
      'BadValue',
      `Failed to parse $size. Expected a number in: $size: ${show(operand)}`,
    )
  }
  const wanted = toDouble(operand)
  if (wanted < 0 || !Number.isInteger(wanted)) {
    const what = Number.isInteger(wanted) ? 'a non-negative number in' : 'an integer'
    throw new CommandError(
      'BadValue',
      `Failed to parse $size. Expected ${what}: $size: ${show(operand)}`,
    )
  }
  const steps = path.split('.')
  const isThatLong = (value: Value): boolean => Array.isArray(value) && value.length === wanted
  return { kind: 'other', matches: (document) => someValueAt(document, steps, isThatLong) }
}
