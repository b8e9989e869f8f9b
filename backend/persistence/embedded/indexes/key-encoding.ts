import { Binary, BSONRegExp, BSONSymbol, Code, ObjectId, Timestamp } from 'bson'
import { createHash } from 'node:crypto'
import { splitNumber } from '../bson/decimal.ts'
import { isNumber, typeOrder, type Value } from '../bson/values.ts'

// LMDB's own limit is 1,978 bytes; what is left over is for the index's id and the record's.
const maxKeyLength = 1900
const keptLength = 1800

let scratch = Buffer.allocUnsafe(4096)
let at = 0

/**
 * Encodes the values of one index entry so that comparing the bytes compares the values in
 * MongoDB's order. Every component ends itself, so an encoding is never the prefix of another's.
 */
export function encodeKey(values: readonly Value[], descending: readonly boolean[]): Buffer {
  at = 0
  for (let i = 0; i < values.length; i++) {
    const start = at
    writeValue(values[i])
    if (descending[i]) invert(start)
  }
  return Buffer.from(scratch.subarray(0, at))
}

/** True when the key is too long to be stored whole and only its beginning is in order. */
export function isTooLong(key: Buffer): boolean {
  return key.length > maxKeyLength
}

/** The stored form of a key: itself, or its beginning and a hash of all of it. */
export function fitKey(key: Buffer): Buffer {
  if (!isTooLong(key)) return key
  const hash = createHash('sha256').update(key).digest()
  return Buffer.concat([key.subarray(0, keptLength), hash])
}

/** The start of a range: a long one is cut to what stored keys keep, which only widens the range. */
export function lowerBound(key: Buffer): Buffer {
  return key.length > keptLength ? key.subarray(0, keptLength) : key
}

/** The end of a range that takes in everything that begins with `key`. */
export function upperBound(key: Buffer): Buffer {
  return Buffer.concat([lowerBound(key), afterEverything])
}

const afterEverything = Buffer.alloc(128, 0xff)

function reserve(length: number): void {
  if (at + length <= scratch.length) return
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, at + length))
  scratch.copy(larger, 0, 0, at)
  scratch = larger
}

function invert(start: number): void {
  for (let i = start; i < at; i++) scratch[i] = 255 - (scratch[i] ?? 0)
}

function writeValue(value: Value): void {
  reserve(32)
  scratch[at++] = typeOrder(value)
  writePayload(value)
}

function writePayload(value: Value): void {
  if (value === null || value === undefined) return
  if (typeof value === 'string') writeText(value)
  else if (isNumber(value)) writeNumber(value)
  else if (typeof value === 'boolean') scratch[at++] = value ? 1 : 0
  else if (value instanceof ObjectId) writeObjectId(value)
  else if (value instanceof Date) writeTime(value)
  else if (value instanceof Map) writeEntries(value)
  else if (Array.isArray(value)) writeElements(value)
  else if (value instanceof Timestamp)
    at = scratch.writeBigUInt64BE(BigInt.asUintN(64, value.toBigInt()), at)
  else if (value instanceof Binary) writeBinary(value)
  else if (value instanceof BSONRegExp) {
    writeText(value.pattern)
    writeText(value.options)
  } else if (value instanceof BSONSymbol) writeText(value.value)
  else if (value instanceof Code) writeText(value.code)
}

function writeNumber(value: Value & (number | bigint | object)): void {
  if (typeof value === 'number') {
    writeDouble(value)
    scratch[at++] = 0
    return
  }
  const { double, rest } = splitNumber(value as Parameters<typeof splitNumber>[0])
  writeDouble(double)
  scratch[at++] = rest === 0n ? 0 : 1
  if (rest !== 0n) at = scratch.writeBigUInt64BE(rest, at)
}

function writeDouble(value: number): void {
  if (Number.isNaN(value)) {
    scratch.fill(0, at, at + 8)
    at += 8
    return
  }
  // Adding zero turns −0 into 0: they are one key.
  scratch.writeDoubleBE(value + 0, at)
  if (value < 0) invertNumber()
  else scratch[at] = (scratch[at] ?? 0) | 0x80
  at += 8
}

function invertNumber(): void {
  for (let i = at; i < at + 8; i++) scratch[i] = 255 - (scratch[i] ?? 0)
}

function writeTime(value: Date): void {
  const time = value.getTime()
  const shifted = BigInt(Number.isNaN(time) ? 0 : time) + 0x8000000000000000n
  at = scratch.writeBigUInt64BE(shifted, at)
}

/** UTF-8 with its zero bytes escaped, so that a zero pair can end it. */
function writeText(text: string): void {
  reserve(text.length * 3 + 4)
  const length = scratch.write(text, at, 'utf8')
  if (!text.includes('\0')) {
    at += length
  } else {
    const escaped = scratch.toString('latin1', at, at + length).replaceAll('\0', '\0\u00ff')
    reserve(escaped.length + 4)
    at += scratch.write(escaped, at, 'latin1')
  }
  scratch[at++] = 0
  scratch[at++] = 0
}

function writeBinary(value: Binary): void {
  const bytes = value.buffer.subarray(0, value.position)
  reserve(bytes.length + 8)
  at = scratch.writeUInt32BE(bytes.length, at)
  scratch[at++] = value.sub_type
  scratch.set(bytes, at)
  at += bytes.length
}

function writeEntries(document: Map<string, Value>): void {
  for (const [name, value] of document) {
    reserve(1)
    scratch[at++] = typeOrder(value)
    writeText(name)
    reserve(32)
    writePayload(value)
  }
  reserve(1)
  scratch[at++] = 0
}

function writeElements(values: readonly Value[]): void {
  for (const value of values) writeValue(value)
  reserve(1)
  scratch[at++] = 0
}

function writeObjectId(value: ObjectId): void {
  scratch.set(value.id, at)
  at += 12
}
