import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson'

/**
 * A BSON document. A Map keeps the order of integer-like names and has no prototype,
 * so `__proto__` is a field name like any other, everywhere in this server.
 */
export type Doc = Map<string, Value>

/**
 * A BSON value. Integers of 32 bits and doubles with a fraction are numbers, other doubles are
 * `Double`, 64-bit integers are bigints: what was stored comes back as the type that it was.
 * `undefined` means "missing" and is never stored.
 */
export type Value =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Date
  | Doc
  | Value[]
  | Double
  | Decimal128
  | ObjectId
  | Binary
  | BSONRegExp
  | Timestamp
  | Code
  | BSONSymbol
  | MinKey
  | MaxKey
  | RawDocument
  | EmptyArrayKey

/** A document that goes out exactly as it is stored. */
export class RawDocument {
  readonly bytes: Buffer
  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
}

/** What stands in index entries and sort keys for an array without elements; no document holds it. */
class EmptyArrayKey {
  readonly kind = 'empty array'
}

/** Sorts before null and after MinKey. */
export const emptyArray = new EmptyArrayKey()

/** The canonical order of BSON types in comparisons and indexes. */
export const order = {
  minKey: 1,
  emptyArray: 4,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  codeWithScope: 65,
  maxKey: 127,
} as const

/** Where a value's type stands in the canonical order; missing counts as null. */
export function typeOrder(value: Value): number {
  if (typeof value === 'string') return order.string
  if (typeof value === 'number' || typeof value === 'bigint') return order.number
  if (typeof value === 'boolean') return order.boolean
  if (value === undefined) return order.null
  if (value === null) return order.null
  if (value instanceof Map) return order.object
  if (Array.isArray(value)) return order.array
  if (value instanceof Date) return order.date
  if (value instanceof ObjectId) return order.objectId
  if (value instanceof Double || value instanceof Decimal128) return order.number
  if (value instanceof Binary) return order.binary
  if (value instanceof Timestamp) return order.timestamp
  if (value instanceof BSONRegExp) return order.regex
  if (value instanceof BSONSymbol) return order.string
  if (value instanceof Code) return value.scope ? order.codeWithScope : order.code
  if (value instanceof MinKey) return order.minKey
  if (value instanceof MaxKey) return order.maxKey
  if (value === emptyArray) return order.emptyArray
  return order.object
}

/** True for a document (not an array, not a scalar). */
export function isDoc(value: Value): value is Doc {
  return value instanceof Map
}

/** A number of any of the four BSON types. */
export type NumberValue = number | bigint | Double | Decimal128

/** True for a number of any of the four BSON types. */
export function isNumber(value: Value): value is NumberValue {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof Double ||
    value instanceof Decimal128
  )
}

/** The nearest double to a number of any type. */
export function toDouble(value: NumberValue): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Double) return value.value
  return Number(value.toString())
}

const int32Max = 2147483647

/** True when BSON would write this JS number as a 32-bit integer. */
export function isInt32(value: number): boolean {
  return (
    Number.isInteger(value) && value <= int32Max && value >= -int32Max - 1 && !Object.is(value, -0)
  )
}

/** A double that stays a double when it is stored, even when it has no fraction. */
export function doubleValue(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value
}

/** BSON's number and alias of a value's type, as `$type` knows them. */
export function bsonType(value: Value): [number, string] {
  if (value === null) return [10, 'null']
  if (value === undefined) return [6, 'undefined']
  if (typeof value === 'number') return isInt32(value) ? [16, 'int'] : [1, 'double']
  if (typeof value === 'bigint') return [18, 'long']
  if (typeof value === 'string') return [2, 'string']
  if (typeof value === 'boolean') return [8, 'bool']
  if (value instanceof Map) return [3, 'object']
  if (Array.isArray(value)) return [4, 'array']
  if (value instanceof Date) return [9, 'date']
  if (value instanceof ObjectId) return [7, 'objectId']
  if (value instanceof Double) return [1, 'double']
  if (value instanceof Decimal128) return [19, 'decimal']
  if (value instanceof Binary) return [5, 'binData']
  if (value instanceof Timestamp) return [17, 'timestamp']
  if (value instanceof BSONRegExp) return [11, 'regex']
  if (value instanceof BSONSymbol) return [14, 'symbol']
  if (value instanceof Code) return value.scope ? [15, 'javascriptWithScope'] : [13, 'javascript']
  if (value instanceof MinKey) return [-1, 'minKey']
  if (value instanceof MaxKey) return [127, 'maxKey']
  return [3, 'object']
}

/** A document from name and value pairs, leaving out what is missing. */
export function doc(fields: Readonly<Record<string, Value>>): Doc {
  const result: Doc = new Map()
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) result.set(name, value)
  }
  return result
}
