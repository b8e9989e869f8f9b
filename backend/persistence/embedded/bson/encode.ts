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
  serialize,
  Timestamp,
} from 'bson'
import { isInt32, RawDocument, type Doc, type Value } from './values.ts'

// One scratch buffer serves every call: encoding is synchronous and the result is copied out.
let scratch = Buffer.allocUnsafe(1 << 16)
let at = 0

/**
 * Writes a document as BSON, stored documents within it copied byte for byte.
 * `prefix` bytes are left free in front for the caller's header.
 */
export function encodeDocument(document: Doc, prefix = 0): Buffer {
  at = prefix
  writeDocument(document)
  const result = Buffer.allocUnsafe(at)
  scratch.copy(result, 0, 0, at)
  if (scratch.length > 1 << 24) scratch = Buffer.allocUnsafe(1 << 16)
  return result
}

function reserve(length: number): void {
  if (at + length <= scratch.length) return
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, at + length))
  scratch.copy(larger, 0, 0, at)
  scratch = larger
}

function writeDocument(document: Doc): void {
  const start = at
  reserve(5)
  at += 4
  for (const [name, value] of document) writeElement(name, value)
  reserve(1)
  scratch[at++] = 0
  scratch.writeInt32LE(at - start, start)
}

function writeArray(values: readonly Value[]): void {
  const start = at
  reserve(5)
  at += 4
  for (let i = 0; i < values.length; i++) writeElement(String(i), values[i] ?? null)
  reserve(1)
  scratch[at++] = 0
  scratch.writeInt32LE(at - start, start)
}

function writeElement(name: string, value: Value): void {
  if (typeof value === 'string') {
    writeHead(0x02, name)
    writeText(value)
  } else if (typeof value === 'number') {
    writeNumber(name, value)
  } else if (typeof value === 'boolean') {
    writeHead(0x08, name)
    scratch[at++] = value ? 1 : 0
  } else if (typeof value === 'bigint') {
    writeHead(0x12, name)
    at = scratch.writeBigInt64LE(BigInt.asIntN(64, value), at)
  } else if (value !== undefined) {
    writeObjectElement(name, value)
  }
}

function writeNumber(name: string, value: number): void {
  if (isInt32(value)) {
    writeHead(0x10, name)
    at = scratch.writeInt32LE(value, at)
  } else {
    writeHead(0x01, name)
    at = scratch.writeDoubleLE(value, at)
  }
}

function writeObjectElement(name: string, value: Exclude<Value, undefined | string | number>) {
  if (value === null) {
    writeHead(0x0a, name)
  } else if (value instanceof Map) {
    writeHead(0x03, name)
    writeDocument(value)
  } else if (Array.isArray(value)) {
    writeHead(0x04, name)
    writeArray(value)
  } else if (value instanceof RawDocument) {
    writeHead(0x03, name)
    writeBytes(value.bytes)
  } else if (value instanceof ObjectId) {
    writeHead(0x07, name)
    writeBytes(value.id)
  } else if (value instanceof Date) {
    writeHead(0x09, name)
    const time = value.getTime()
    at = scratch.writeBigInt64LE(Number.isNaN(time) ? 0n : BigInt(time), at)
  } else if (value instanceof Double) {
    writeHead(0x01, name)
    at = scratch.writeDoubleLE(value.value, at)
  } else if (value instanceof Binary) {
    writeBinary(name, value)
  } else {
    writeRareElement(name, value)
  }
}

function writeRareElement(name: string, value: Value): void {
  if (value instanceof Timestamp) {
    writeHead(0x11, name)
    at = scratch.writeBigUInt64LE(BigInt.asUintN(64, value.toBigInt()), at)
  } else if (value instanceof Decimal128) {
    writeHead(0x13, name)
    writeBytes(value.bytes)
  } else if (value instanceof BSONRegExp) {
    writeHead(0x0b, name)
    writeName(value.pattern)
    writeName(value.options)
  } else if (value instanceof BSONSymbol) {
    writeHead(0x0e, name)
    writeText(value.value)
  } else if (value instanceof MinKey) {
    writeHead(0xff, name)
  } else if (value instanceof MaxKey) {
    writeHead(0x7f, name)
  } else if (value instanceof Code) {
    writeCode(name, value)
  } else {
    throw new TypeError(`cannot store a value of this kind: ${typeof value}`)
  }
}

function writeCode(name: string, value: Code): void {
  if (!value.scope) {
    writeHead(0x0d, name)
    writeText(value.code)
    return
  }
  writeHead(0x0f, name)
  const start = at
  at += 4
  writeText(value.code)
  writeBytes(scopeBytes(value.scope))
  scratch.writeInt32LE(at - start, start)
}

function scopeBytes(scope: object): Uint8Array {
  // Scopes are read as one level of our own values; writing must not disturb the shared buffer.
  return serialize(scope, { ignoreUndefined: true })
}

function writeBinary(name: string, value: Binary): void {
  writeHead(0x05, name)
  const bytes = value.buffer.subarray(0, value.position)
  at = scratch.writeInt32LE(bytes.length, at)
  scratch[at++] = value.sub_type
  writeBytes(bytes)
}

function writeHead(type: number, name: string): void {
  reserve(32)
  scratch[at++] = type
  writeName(name)
  reserve(16)
}

function writeName(name: string): void {
  reserve(name.length * 3 + 1)
  at += scratch.write(name, at, 'utf8')
  scratch[at++] = 0
}

function writeText(text: string): void {
  reserve(text.length * 3 + 5)
  const length = scratch.write(text, at + 4, 'utf8')
  scratch.writeInt32LE(length + 1, at)
  at += 4 + length
  scratch[at++] = 0
}

function writeBytes(bytes: Uint8Array): void {
  reserve(bytes.length + 1)
  scratch.set(bytes, at)
  at += bytes.length
}
