import { Timestamp } from 'bson'
import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { compareValues } from '../bson/compare.ts'
import { calculate } from '../bson/decimal.ts'
import {
  bsonType,
  isDoc,
  isNumber,
  toDouble,
  type NumberValue,
  type Value,
} from '../bson/values.ts'
import { addToSet, pop, pull, pullAll, push } from './array-operators.ts'
import type { Change } from './path-change.ts'
import { idOf, type OperatorContext } from './operator-context.ts'

/** An update operator: from its operand to the change of the field. */
export interface UpdateOperator {
  readonly make: (operand: Value, context: OperatorContext) => Change
  /** Whether it makes missing parents of its field. */
  readonly creates: boolean
  /** Whether it does nothing where another value stands in its way. */
  readonly mayBeBlocked?: boolean
}

const creating = (make: UpdateOperator['make']): UpdateOperator => ({ make, creates: true })
const changing = (make: UpdateOperator['make']): UpdateOperator => ({ make, creates: false })

/** All operators of an update document but `$rename`, which has two paths. */
export const updateOperators: ReadonlyMap<string, UpdateOperator> = new Map([
  ['$set', creating((operand) => () => operand)],
  ['$setOnInsert', creating((operand) => () => operand)],
  ['$unset', { make: () => () => undefined, creates: false, mayBeBlocked: true }],
  ['$inc', creating((operand, context) => arithmetic('add', '$inc', operand, context))],
  ['$mul', creating((operand, context) => arithmetic('multiply', '$mul', operand, context))],
  ['$min', creating((operand, context) => closer(operand, -1, context))],
  ['$max', creating((operand, context) => closer(operand, 1, context))],
  ['$currentDate', creating(currentDate)],
  ['$bit', creating(bit)],
  ['$push', creating(push)],
  ['$addToSet', creating(addToSet)],
  ['$pop', changing(pop)],
  ['$pull', changing(pull)],
  ['$pullAll', changing(pullAll)],
])

function closer(operand: Value, sign: 1 | -1, { filters }: OperatorContext): Change {
  return (current) => {
    if (current === undefined) return operand
    return compareValues(operand, current, filters.compareText) * sign > 0 ? operand : current
  }
}

function arithmetic(
  operation: 'add' | 'multiply',
  name: '$inc' | '$mul',
  operand: Value,
  context: OperatorContext,
): Change {
  if (!isNumber(operand)) {
    const verb = name === '$inc' ? 'increment' : 'multiply'
    throw new CommandError(
      'TypeMismatch',
      `Cannot ${verb} with non-numeric argument: {${context.path}: ${show(operand)}}`,
    )
  }
  return (current) => {
    if (current === undefined) return operation === 'add' ? operand : zeroLike(operand)
    if (!isNumber(current)) throw nonNumeric(name, current, context)
    const result = calculate(operation, current, operand)
    if (result !== undefined)
      return compareValues(result, current) === 0 && sameType(result, current) ? current : result
    throw new CommandError(
      'BadValue',
      `Failed to apply ${name} operations to current value ((${typeof current === 'bigint' ? 'NumberLong' : 'NumberInt'})${show(current)}) for document ${idOf(context.document)}`,
    )
  }
}

function sameType(a: Value, b: Value): boolean {
  return bsonType(a)[0] === bsonType(b)[0]
}

function zeroLike(operand: NumberValue): Value {
  return calculate('multiply', operand, 0)
}

function nonNumeric(name: string, current: Value, context: OperatorContext): CommandError {
  const field = context.path.split('.').at(-1) ?? ''
  return new CommandError(
    'TypeMismatch',
    `Cannot apply ${name} to a value of non-numeric type. ${idOf(context.document)} has the field '${field}' of non-numeric type ${bsonType(current)[1]}`,
  )
}

function currentDate(operand: Value, { now }: OperatorContext): Change {
  if (typeof operand === 'boolean') return () => now
  if (!isDoc(operand)) {
    throw new CommandError(
      'BadValue',
      `${bsonType(operand)[1]} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    )
  }
  const wanted = operand.get('$type')
  const unknown = [...operand.keys()].find((name) => name !== '$type')
  if (unknown !== undefined)
    throw new CommandError('BadValue', `Unrecognized $currentDate option: ${unknown}`)
  if (wanted === 'timestamp') {
    return () => Timestamp.fromBits(1, Math.floor(now.getTime() / 1000))
  }
  if (wanted === 'date') return () => now
  throw new CommandError(
    'BadValue',
    "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
  )
}

function bit(operand: Value, context: OperatorContext): Change {
  if (isDoc(operand) && operand.size === 0) {
    throw new CommandError(
      'BadValue',
      'You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}',
    )
  }
  if (!isDoc(operand)) {
    throw new CommandError(
      'BadValue',
      `The $bit modifier is not compatible with a ${bsonType(operand)[1]}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    )
  }
  const steps = [...operand].map(([name, mask]) => {
    if (!['and', 'or', 'xor'].includes(name)) {
      throw new CommandError(
        'BadValue',
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${show(mask)}}`,
      )
    }
    if (!isWhole(mask)) {
      throw new CommandError(
        'BadValue',
        `The $bit modifier field must be an Integer(32/64 bit); a '${bsonType(mask)[1]}' is not supported here: {${name}: ${show(mask)}}`,
      )
    }
    return { name, mask }
  })
  return (current) => {
    const start = current ?? 0
    if (!isWhole(start)) {
      throw new CommandError(
        'BadValue',
        `Cannot apply $bit to a value of non-integral type.${idOf(context.document)} has the field '${context.path}' of non-integer type ${bsonType(current)[1]}`,
      )
    }
    return steps.reduce<number | bigint>(
      (value, { name, mask }) => combineBits(name, value, mask),
      start,
    )
  }
}

function isWhole(value: Value): value is number | bigint {
  return (
    typeof value === 'bigint' ||
    (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2147483648)
  )
}

function combineBits(name: string, a: number | bigint, b: number | bigint): number | bigint {
  const [x, y] = [BigInt(a), BigInt(b)]
  const result = name === 'and' ? x & y : name === 'or' ? x | y : x ^ y
  return typeof a === 'number' && typeof b === 'number' ? toDouble(result) : result
}
