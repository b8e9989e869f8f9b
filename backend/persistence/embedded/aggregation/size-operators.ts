import { Binary, Timestamp } from 'bson'
import { CommandError } from '../errors.ts'
import { encodeDocument } from '../bson/encode.ts'
import { isDoc, type Value } from '../bson/values.ts'
import { isNil, nameOf } from './operands.ts'

type Operator = (operands: readonly Value[]) => Value

/** Operators that tell how large a value is, or what a timestamp is made of. */
export const sizeOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$binarySize', ([value]) => binarySize(value)],
  ['$bsonSize', ([value]) => bsonSize(value)],
  ['$tsSecond', ([value]) => timestamp('$tsSecond', 5687301, value, ({ t }) => t)],
  ['$tsIncrement', ([value]) => timestamp('$tsIncrement', 5687302, value, ({ i }) => i)],
])

function binarySize(value: Value): Value {
  if (isNil(value)) return null
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (value instanceof Binary) return value.length()
  throw new CommandError(
    51276,
    `$binarySize requires a string or BinData argument, found: ${nameOf(value)}`,
  )
}

function bsonSize(value: Value): Value {
  if (isNil(value)) return null
  if (isDoc(value)) return encodeDocument(value).length
  throw new CommandError(31393, `$bsonSize requires a document input, found: ${nameOf(value)}`)
}

function timestamp(
  name: string,
  code: number,
  value: Value,
  part: (value: Timestamp) => number,
): Value {
  if (isNil(value)) return null
  if (value instanceof Timestamp) return BigInt(part(value))
  // The space in front is mongod's.
  throw new CommandError(code, ` Argument to ${name} must be a timestamp, but is ${nameOf(value)}`)
}
