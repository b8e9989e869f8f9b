import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { compareValues, equalValues } from '../bson/compare.ts'
import { bsonType, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { isOperatorDocument, parseFilter, parseValueTest } from '../query/filter.ts'
import { sortOrder } from '../query/sort-order.ts'
import { idOf, type OperatorContext } from './operator-context.ts'
import type { Change } from './path-change.ts'

/** `$push`, with `$each`, `$position`, `$slice` and `$sort`. */
export function push(operand: Value, context: OperatorContext): Change {
  const modifiers =
    isDoc(operand) && operand.has('$each')
      ? operand
      : new Map<string, Value>([['$each', [operand]]])
  for (const name of modifiers.keys()) {
    if (!['$each', '$position', '$slice', '$sort'].includes(name)) {
      throw new CommandError('BadValue', `Unrecognized clause in $push: ${name}`)
    }
  }
  const each = modifiers.get('$each')
  if (!Array.isArray(each)) {
    throw new CommandError(
      'BadValue',
      `The argument to $each in $push must be an array but it was of type: ${bsonType(each)[1]}`,
    )
  }
  const position = integer(modifiers.get('$position'), '$position')
  const slice = integer(modifiers.get('$slice'), '$slice')
  const compare = modifiers.has('$sort') ? elementOrder(modifiers.get('$sort'), context) : null
  return (current) => {
    const array = arrayOf(current, context)
    const at =
      position === null
        ? array.length
        : position < 0
          ? Math.max(0, array.length + position)
          : position
    const next = [...array.slice(0, at), ...each, ...array.slice(at)]
    if (compare) next.sort(compare)
    return slice === null ? next : slice < 0 ? next.slice(slice) : next.slice(0, slice)
  }
}

/** `$addToSet`, with `$each`. */
export function addToSet(operand: Value, context: OperatorContext): Change {
  const each = isDoc(operand) && operand.has('$each') ? operand.get('$each') : [operand]
  if (!Array.isArray(each)) {
    throw new CommandError(
      'TypeMismatch',
      `The argument to $each in $addToSet must be an array but it was of type ${bsonType(each)[1]}`,
    )
  }
  if (isDoc(operand) && operand.has('$each') && operand.size > 1) {
    throw new CommandError(
      'BadValue',
      `Found unexpected fields after $each in $addToSet: ${show(operand)}`,
    )
  }
  const isIn = (values: readonly Value[], value: Value): boolean =>
    values.some((other) => equalValues(other, value, context.filters.compareText))
  return (current) => {
    const array = arrayOf(current, context, '$addToSet')
    const added = each.filter((value, i) => !isIn(array, value) && !isIn(each.slice(0, i), value))
    return added.length === 0 && current !== undefined ? current : [...array, ...added]
  }
}

/** `$pop`: the last element, or with −1 the first. */
export function pop(operand: Value, { path }: OperatorContext): Change {
  const side = isNumber(operand) ? toDouble(operand) : Number.NaN
  if (!Number.isInteger(side)) {
    const wanted = isNumber(operand) ? 'an integer' : 'a number in'
    throw new CommandError('FailedToParse', `Expected ${wanted}: ${path}: ${show(operand)}`)
  }
  if (side !== 1 && side !== -1) {
    throw new CommandError('FailedToParse', `$pop expects 1 or -1, found: ${show(operand)}`)
  }
  return (current) => {
    if (current === undefined) return undefined
    if (!Array.isArray(current)) {
      throw new CommandError(
        'TypeMismatch',
        `Path '${path}' contains an element of non-array type '${bsonType(current)[1]}'`,
      )
    }
    if (current.length === 0) return current
    return side === 1 ? current.slice(0, -1) : current.slice(1)
  }
}

/** `$pull`: every element that equals the value or meets the condition. */
export function pull(operand: Value, context: OperatorContext): Change {
  const matches = pullCondition(operand, context)
  return (current) => {
    if (current === undefined) return undefined
    if (!Array.isArray(current))
      throw new CommandError('BadValue', 'Cannot apply $pull to a non-array value')
    const kept = current.filter((element) => !matches(element))
    return kept.length === current.length ? current : kept
  }
}

function pullCondition(operand: Value, context: OperatorContext): (element: Value) => boolean {
  const filters = { ...context.filters, bansSpecial: true }
  const isPattern =
    operand !== null &&
    typeof operand === 'object' &&
    '_bsontype' in operand &&
    operand._bsontype === 'BSONRegExp'
  if ((isOperatorDocument(operand) && !isWholeFilter(operand)) || isPattern) {
    return parseValueTest(operand, filters)
  }
  if (isDoc(operand)) {
    const filter = parseFilter(operand, filters)
    return (element) => isDoc(element) && filter.matches(element)
  }
  return (element) => equalValues(element, operand, filters.compareText)
}

// `{ $or: […] }` is about whole elements, `{ $gt: 1 }` about their value.
function isWholeFilter(condition: Doc): boolean {
  const first = condition.keys().next().value ?? ''
  return ['$and', '$or', '$nor', '$expr', '$jsonSchema', '$comment'].includes(first)
}

/** `$pullAll`: every element that equals one of the values. */
export function pullAll(operand: Value, { filters }: OperatorContext): Change {
  if (!Array.isArray(operand)) {
    throw new CommandError(
      'BadValue',
      `$pullAll requires an array argument but was given a ${bsonType(operand)[1]}`,
    )
  }
  return (current) => {
    if (current === undefined) return undefined
    if (!Array.isArray(current))
      throw new CommandError('BadValue', 'Cannot apply $pull to a non-array value')
    const kept = current.filter(
      (element) => !operand.some((value) => equalValues(element, value, filters.compareText)),
    )
    return kept.length === current.length ? current : kept
  }
}

function arrayOf(
  current: Value,
  { path, document }: OperatorContext,
  name = '$push',
): readonly Value[] {
  if (current === undefined) return []
  if (Array.isArray(current)) return current
  const field = path.split('.').at(-1) ?? ''
  throw new CommandError(
    'BadValue',
    name === '$push'
      ? `The field '${path}' must be an array but is of type ${bsonType(current)[1]} in document ${idOf(document)}`
      : `Cannot apply $addToSet to non-array field. Field named '${field}' has non-array type ${bsonType(current)[1]}`,
  )
}

function integer(value: Value, name: string): number | null {
  if (value === undefined) return null
  if (isNumber(value) && Number.isInteger(toDouble(value))) return toDouble(value)
  throw new CommandError(
    'BadValue',
    `The value for ${name} must be an integer value${name === '$position' ? ', not of type' : ' but was given type'}: ${bsonType(value)[1]}`,
  )
}

function checkElementSort(path: string, direction: Value): void {
  if (path.split('.').includes('')) {
    throw new CommandError(
      'BadValue',
      `The $sort field is a dotted field but has an empty part: ${path}`,
    )
  }
  const sign = isNumber(direction) ? toDouble(direction) : 0
  if (sign !== 1 && sign !== -1)
    throw new CommandError('BadValue', 'The $sort element value must be either 1 or -1')
}

function elementOrder(
  sort: Value,
  { filters: { compareText } }: OperatorContext,
): (a: Value, b: Value) => number {
  if (isDoc(sort)) {
    if (sort.size === 0)
      throw new CommandError(
        'BadValue',
        'The $sort pattern is empty when it should be a set of fields.',
      )
    for (const [path, direction] of sort) checkElementSort(path, direction)
    const order = sortOrder(sort, compareText)
    const keys = (element: Value): Value[] =>
      order.keysOf(isDoc(element) ? element : (new Map() as Doc))
    return (a, b) => order.compare(keys(a), keys(b))
  }
  if (!isNumber(sort)) {
    throw new CommandError(
      'BadValue',
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    )
  }
  const sign = toDouble(sort)
  if (sign !== 1 && sign !== -1) {
    throw new CommandError('BadValue', 'The $sort element value must be either 1 or -1')
  }
  return (a, b) => compareValues(a, b, compareText) * sign
}
