import { Binary, BSONRegExp, BSONSymbol, Code, ObjectId, Timestamp } from 'bson'
import { compareNumbers } from './decimal.ts'
import { isDoc, isNumber, order, typeOrder, type Doc, type Value } from './values.ts'

/** Orders two strings; the default is MongoDB's, by the bytes of their UTF-8. */
export type CompareText = (a: string, b: string) => number

/** Compares two values in MongoDB's order across and within types. Missing counts as null. */
export function compareValues(
  a: Value,
  b: Value,
  compareText: CompareText = compareStrings,
): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  const type = typeOrder(a)
  const difference = type - typeOrder(b)
  if (difference !== 0) return difference < 0 ? -1 : 1
  return compareSameType(type, a, b, compareText)
}

/** True when MongoDB's `$eq` would call the two values equal. */
export function equalValues(a: Value, b: Value, compareText?: CompareText): boolean {
  return compareValues(a, b, compareText) === 0
}

/** A value with the fields of its documents by name, to compare them whatever their order is. */
export function inNameOrder(value: Value): Value {
  if (Array.isArray(value)) return value.map(inNameOrder)
  if (!isDoc(value)) return value
  const fields = [...value].sort(([a], [b]) => compareStrings(a, b))
  return new Map(fields.map(([name, each]) => [name, inNameOrder(each)]))
}

/** Orders strings by code point, which is the order of their UTF-8 bytes. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    // UTF-16 puts surrogate pairs before U+E000–U+FFFF, UTF-8 after them.
    if (x >= 0xd800 && y >= 0xd800) return afterSurrogates(x) - afterSurrogates(y) < 0 ? -1 : 1
    return x < y ? -1 : 1
  }
  return a.length < b.length ? -1 : 1
}

function afterSurrogates(unit: number): number {
  return unit >= 0xe000 ? unit - 0x2000 : unit + 0x2000
}

function compareSameType(type: number, a: Value, b: Value, compareText: CompareText): number {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id)
  if (a instanceof Date && b instanceof Date) return Math.sign(time(a) - time(b))
  if (a instanceof Map && b instanceof Map) return compareDocuments(a, b, compareText)
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b, compareText)
  if (type === order.string) return compareText(text(a), text(b))
  if (a instanceof Binary && b instanceof Binary) return compareBinaries(a, b)
  if (a instanceof Timestamp && b instanceof Timestamp) {
    const x = a.toBigInt()
    const y = b.toBigInt()
    return x < y ? -1 : x > y ? 1 : 0
  }
  if (a instanceof BSONRegExp && b instanceof BSONRegExp) {
    return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options)
  }
  if (a instanceof Code && b instanceof Code) return compareStrings(a.code, b.code)
  return 0
}

function time(value: Date): number {
  const result = value.getTime()
  return Number.isNaN(result) ? 0 : result
}

function text(value: Value): string {
  if (value instanceof BSONSymbol) return value.value
  return typeof value === 'string' ? value : ''
}

function compareDocuments(a: Doc, b: Doc, compareText: CompareText): number {
  const others = b.entries()
  for (const [name, value] of a) {
    const next = others.next()
    if (next.done) return 1
    const [otherName, otherValue] = next.value
    const difference =
      Math.sign(typeOrder(value) - typeOrder(otherValue)) ||
      compareStrings(name, otherName) ||
      compareValues(value, otherValue, compareText)
    if (difference !== 0) return difference
  }
  return a.size < b.size ? -1 : 0
}

function compareArrays(a: readonly Value[], b: readonly Value[], compareText: CompareText): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = compareValues(a[i], b[i], compareText)
    if (difference !== 0) return difference
  }
  return Math.sign(a.length - b.length)
}

function compareBinaries(a: Binary, b: Binary): number {
  return (
    Math.sign(a.position - b.position) ||
    Math.sign(a.sub_type - b.sub_type) ||
    Buffer.compare(a.buffer.subarray(0, a.position), b.buffer.subarray(0, b.position))
  )
}
