import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson'
import { isUtf8 } from 'node:buffer'
import { CommandError } from '../errors.ts'
import { doubleValue, type Doc, type Value } from './values.ts'

const maxDepth = 200

/**
 * Reads one BSON document, refusing wrong lengths, invalid UTF-8 and nesting beyond mongod's limit.
 * The `bson` package's own reader loses field order and the difference between number types.
 */
export function decodeDocument(bytes: Buffer, start = 0): Doc {
  const end = documentEnd(bytes, start, bytes.length)
  return readDocument({ bytes, at: start + 4 }, end, 1)
}

/** Reads only the fields of these names, in their order; what lies between is stepped over. */
export function decodeFields(bytes: Buffer, names: ReadonlySet<string>): Doc {
  const result: Doc = new Map()
  const reader = { bytes, at: 4 }
  const end = documentEnd(bytes, 0, bytes.length)
  for (;;) {
    const type = bytes[reader.at++] ?? 0
    if (type === 0) return result
    const name = readName(reader, end)
    if (names.has(name)) result.set(name, readValue(reader, type, end, 1))
    else skipValue(reader, type, end)
  }
}

/** A copy of the document without the fields of these names, or with no others. */
export function pickFields(bytes: Buffer, names: ReadonlySet<string>, isKept: boolean): Buffer {
  const reader = { bytes, at: 4 }
  const end = documentEnd(bytes, 0, bytes.length)
  const result = Buffer.allocUnsafe(bytes.length)
  let length = 4
  for (;;) {
    const start = reader.at
    const type = bytes[reader.at++] ?? 0
    if (type === 0) break
    const name = readName(reader, end)
    skipValue(reader, type, end)
    if (names.has(name) === isKept) length += bytes.copy(result, length, start, reader.at)
  }
  result[length++] = 0
  result.writeInt32LE(length, 0)
  return result.subarray(0, length)
}

/** The length that the document at `start` declares, checked against what is there. */
export function documentLength(bytes: Buffer, start: number, limit: number): number {
  return documentEnd(bytes, start, limit) - start
}

interface Reader {
  readonly bytes: Buffer
  at: number
}

function documentEnd(bytes: Buffer, start: number, limit: number): number {
  if (start + 5 > limit) throw invalid('a document is cut short')
  const length = bytes.readInt32LE(start)
  if (length < 5 || start + length > limit) throw invalid('a document has a wrong length')
  if (bytes[start + length - 1] !== 0) throw invalid('a document does not end with a zero byte')
  return start + length
}

function readDocument(reader: Reader, end: number, depth: number): Doc {
  if (depth > maxDepth) {
    throw new CommandError('Overflow', `cannot nest more than ${String(maxDepth)} levels of BSON`)
  }
  const result: Doc = new Map()
  for (;;) {
    const type = reader.bytes[reader.at++]
    if (type === 0) break
    const name = readName(reader, end)
    result.set(name, readValue(reader, type ?? 0, end, depth))
  }
  if (reader.at !== end) throw invalid('a document ends before its declared length')
  return result
}

function readArray(reader: Reader, end: number, depth: number): Value[] {
  if (depth > maxDepth) {
    throw new CommandError('Overflow', `cannot nest more than ${String(maxDepth)} levels of BSON`)
  }
  const result: Value[] = []
  for (;;) {
    const type = reader.bytes[reader.at++]
    if (type === 0) break
    skipName(reader, end)
    result.push(readValue(reader, type ?? 0, end, depth))
  }
  if (reader.at !== end) throw invalid('an array ends before its declared length')
  return result
}

function readValue(reader: Reader, type: number, end: number, depth: number): Value {
  const { bytes } = reader
  switch (type) {
    case 0x01:
      return doubleValue(bytes.readDoubleLE(take(reader, 8, end)))
    case 0x02:
      return readString(reader, end)
    case 0x03:
    case 0x04: {
      const nestedEnd = documentEnd(bytes, reader.at, end)
      reader.at += 4
      return type === 3
        ? readDocument(reader, nestedEnd, depth + 1)
        : readArray(reader, nestedEnd, depth + 1)
    }
    case 0x05:
      return readBinary(reader, end)
    case 0x06:
    case 0x0a:
      return null
    case 0x07: {
      const at = take(reader, 12, end)
      return new ObjectId(Uint8Array.prototype.slice.call(bytes, at, at + 12))
    }
    case 0x08:
      return bytes[take(reader, 1, end)] !== 0
    case 0x09:
      return new Date(Number(bytes.readBigInt64LE(take(reader, 8, end))))
    case 0x0b: {
      const pattern = readName(reader, end)
      return new BSONRegExp(pattern, readName(reader, end))
    }
    case 0x10:
      return bytes.readInt32LE(take(reader, 4, end))
    case 0x11:
      return new Timestamp(bytes.readBigUInt64LE(take(reader, 8, end)))
    case 0x12:
      return bytes.readBigInt64LE(take(reader, 8, end))
    default:
      return readRareValue(reader, type, end, depth)
  }
}

function readRareValue(reader: Reader, type: number, end: number, depth: number): Value {
  switch (type) {
    case 0x0c: {
      const collection = readString(reader, end)
      const at = take(reader, 12, end)
      const id = new ObjectId(Uint8Array.prototype.slice.call(reader.bytes, at, at + 12))
      return new Map<string, Value>([
        ['$ref', collection],
        ['$id', id],
      ])
    }
    case 0x0d:
      return new Code(readString(reader, end))
    case 0x0e:
      return new BSONSymbol(readString(reader, end))
    case 0x0f: {
      take(reader, 4, end)
      const source = readString(reader, end)
      const scopeEnd = documentEnd(reader.bytes, reader.at, end)
      reader.at += 4
      const scope = readDocument(reader, scopeEnd, depth + 1)
      return new Code(source, Object.fromEntries(scope))
    }
    case 0x13: {
      const at = take(reader, 16, end)
      return new Decimal128(Uint8Array.prototype.slice.call(reader.bytes, at, at + 16))
    }
    case 0x7f:
      return new MaxKey()
    case 0xff:
      return new MinKey()
    default:
      throw invalid(`unknown type 0x${type.toString(16)}`)
  }
}

function skipValue(reader: Reader, type: number, end: number): void {
  const { bytes } = reader
  const length = fixedLengths[type]
  if (length !== undefined) take(reader, length, end)
  else if (type === 0x02) take(reader, bytes.readInt32LE(take(reader, 4, end)), end)
  else if (type === 0x03 || type === 0x04) reader.at = documentEnd(bytes, reader.at, end)
  else if (type === 0x05) take(reader, bytes.readInt32LE(take(reader, 4, end)) + 1, end)
  else readValue(reader, type, end, 1)
}

const fixedLengths: Readonly<Record<number, number>> = {
  0x01: 8,
  0x06: 0,
  0x07: 12,
  0x08: 1,
  0x09: 8,
  0x0a: 0,
  0x10: 4,
  0x11: 8,
  0x12: 8,
  0x13: 16,
}

function take(reader: Reader, length: number, end: number): number {
  const at = reader.at
  if (length < 0 || at + length >= end) throw invalid('a value runs past the end of its document')
  reader.at = at + length
  return at
}

function readString(reader: Reader, end: number): string {
  const length = reader.bytes.readInt32LE(take(reader, 4, end))
  if (length < 1) throw invalid('a string has a wrong length')
  const at = take(reader, length, end)
  if (reader.bytes[at + length - 1] !== 0) throw invalid('a string does not end with a zero byte')
  return decodeText(reader.bytes, at, at + length - 1)
}

function readBinary(reader: Reader, end: number): Binary {
  const { bytes } = reader
  const length = bytes.readInt32LE(take(reader, 4, end))
  const subtype = bytes[take(reader, 1, end)] ?? 0
  if (length < 0) throw invalid('binary data has a wrong length')
  const at = take(reader, length, end)
  return new Binary(Uint8Array.prototype.slice.call(bytes, at, at + length), subtype)
}

function decodeText(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end)
  if (text.includes('\uFFFD') && !isUtf8(bytes.subarray(start, end))) {
    throw invalid('a string is not valid UTF-8')
  }
  return text
}

// Field names repeat from document to document; remembering them saves a native call for each.
const nameCacheSize = 4096
const nameCache = new Array<string | undefined>(nameCacheSize)

function readName(reader: Reader, end: number): string {
  const { bytes, at } = reader
  let hash = 0
  let stop = at
  for (;;) {
    const byte = bytes[stop]
    if (byte === 0) break
    if (byte === undefined || stop >= end) throw invalid('a name is not terminated')
    hash = (hash * 31 + byte) | 0
    stop++
  }
  reader.at = stop + 1
  const slot = hash & (nameCacheSize - 1)
  const cached = nameCache[slot]
  if (cached?.length === stop - at && sameAscii(cached, bytes, at)) return cached
  const name = decodeText(bytes, at, stop)
  if (name.length === stop - at && name.length <= 64) nameCache[slot] = name
  return name
}

function sameAscii(text: string, bytes: Buffer, at: number): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) !== bytes[at + i]) return false
  }
  return true
}

function skipName(reader: Reader, end: number): void {
  const stop = reader.bytes.indexOf(0, reader.at)
  if (stop < 0 || stop >= end) throw invalid('a name is not terminated')
  reader.at = stop + 1
}

function invalid(what: string): CommandError {
  return new CommandError('InvalidBSON', `invalid BSON: ${what}`)
}
