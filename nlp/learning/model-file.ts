import type { Model, WeightTable } from './model.ts'

/** The file is not a model of this program, or not a whole one. */
export class ModelFileError extends Error {
  override name = 'ModelFileError'
}

/** "HOIAMNLP" in ASCII. */
const MAGIC = [0x48, 0x4f, 0x49, 0x41, 0x4d, 0x4e, 0x4c, 0x50]
const FORMAT = 2
/** Magic, format, header length, body length, reserved, content hash. */
const PREFIX_BYTES = 32
const ALIGNMENT = 8

type Header = Pick<Model, 'shortForms' | 'heads' | 'columnCount'> & {
  readonly tables: readonly Omit<WeightTable, 'weights'>[]
  readonly rowCount: number
  readonly wordRowCount: number
  readonly slotCount: number
  readonly wordCount: number
  readonly letterCount: number
}

/** Where each array begins in the body; tables one after the other. */
type Places = {
  readonly slots: number
  readonly idf: number
  readonly scales: number
  readonly biases: number
  readonly wordsFrom: number
  readonly wordLetters: number
  readonly wordTones: number
  readonly tables: readonly number[]
}

/** The model as bytes: a prefix, a JSON header, then the arrays, little-endian. */
export function encodeModel(model: Omit<Model, 'version'>): Uint8Array<ArrayBuffer> {
  const { shortForms, heads, columnCount, vocabulary } = model
  const { words, rowCount, wordRowCount, slots } = vocabulary
  const header: Header = {
    shortForms,
    heads,
    columnCount,
    tables: model.tables.map(({ weights: _, ...table }) => table),
    rowCount,
    wordRowCount,
    slotCount: slots.length / 2,
    wordCount: words.tones.length,
    letterCount: words.letters.length,
  }
  const json = new Uint8Array(asciiJson(JSON.stringify(header)))
  const { places, end } = layout(header)
  const bodyStart = aligned(PREFIX_BYTES + json.length)
  const bytes = new Uint8Array(bodyStart + end)
  const view = new DataView(bytes.buffer)
  bytes.set(MAGIC)
  view.setUint32(8, FORMAT, true)
  view.setUint32(12, json.length, true)
  view.setUint32(16, end, true)
  bytes.set(json, PREFIX_BYTES)
  const put = (array: ArrayBufferView, place: number): void => {
    const from = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    bytes.set(from, bodyStart + place)
  }
  put(slots, places.slots)
  put(vocabulary.idf, places.idf)
  put(model.scales, places.scales)
  put(model.biases, places.biases)
  put(words.from, places.wordsFrom)
  put(words.letters, places.wordLetters)
  put(words.tones, places.wordTones)
  model.tables.forEach(({ weights }, at) => {
    put(weights, places.tables[at] ?? 0)
  })
  const [high, low] = contentHash(bytes)
  view.setUint32(24, high, true)
  view.setUint32(28, low, true)
  return bytes
}

/** Reads a model; throws ModelFileError for a foreign, truncated or damaged file. */
export function decodeModel(file: Uint8Array): Model {
  const bytes = file.byteOffset % ALIGNMENT === 0 ? file : Uint8Array.from(file)
  if (bytes.length < PREFIX_BYTES || MAGIC.some((byte, at) => bytes[at] !== byte)) {
    throw new ModelFileError('This is not a model file: it does not start with HOIAMNLP.')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const format = view.getUint32(8, true)
  if (format !== FORMAT) {
    throw new ModelFileError(
      `The model file has format ${String(format)}; this program reads ${String(FORMAT)}. Train it again.`,
    )
  }
  const jsonLength = view.getUint32(12, true)
  const bodyStart = aligned(PREFIX_BYTES + jsonLength)
  const expected = bodyStart + view.getUint32(16, true)
  if (bytes.length !== expected) {
    throw new ModelFileError(
      `The model file is ${bytes.length < expected ? 'cut short' : 'too long'}: ${String(bytes.length)} bytes instead of ${String(expected)}.`,
    )
  }
  const [high, low] = contentHash(bytes)
  if (view.getUint32(24, true) !== high || view.getUint32(28, true) !== low) {
    throw new ModelFileError('The model file is damaged: its content hash does not match.')
  }
  // The hash matched, so the header is the one encodeModel wrote.
  const header = JSON.parse(readAscii(bytes, PREFIX_BYTES, jsonLength)) as Header
  return assemble(header, bytes, bodyStart, hex(high) + hex(low))
}

function assemble(header: Header, bytes: Uint8Array, bodyStart: number, version: string): Model {
  const { places } = layout(header)
  const { buffer } = bytes
  const start = bytes.byteOffset + bodyStart
  const { rowCount, columnCount, slotCount, wordCount, letterCount } = header
  return {
    version,
    shortForms: header.shortForms,
    heads: header.heads,
    columnCount,
    vocabulary: {
      rowCount,
      wordRowCount: header.wordRowCount,
      slots: new Uint32Array(buffer, start + places.slots, slotCount * 2),
      idf: new Float32Array(buffer, start + places.idf, rowCount),
      words: {
        from: new Uint32Array(buffer, start + places.wordsFrom, wordCount + 1),
        letters: new Int32Array(buffer, start + places.wordLetters, letterCount),
        tones: new Int32Array(buffer, start + places.wordTones, wordCount),
      },
    },
    tables: header.tables.map((table, at) => ({
      ...table,
      weights: new Int16Array(buffer, start + (places.tables[at] ?? 0), weightCount(table)),
    })),
    scales: new Float32Array(buffer, start + places.scales, columnCount),
    biases: new Float32Array(buffer, start + places.biases, columnCount),
  }
}

function layout(header: Header): { places: Places; end: number } {
  let end = 0
  const place = (bytes: number): number => {
    const start = end
    end = aligned(end + bytes)
    return start
  }
  const places = {
    slots: place(header.slotCount * 8),
    idf: place(header.rowCount * 4),
    scales: place(header.columnCount * 4),
    biases: place(header.columnCount * 4),
    wordsFrom: place((header.wordCount + 1) * 4),
    wordLetters: place(header.letterCount * 4),
    wordTones: place(header.wordCount * 4),
    tables: header.tables.map((table) => place(weightCount(table) * 2)),
  }
  return { places, end }
}

function weightCount({ rowCount, width }: Omit<WeightTable, 'weights'>): number {
  return rowCount * width
}

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT
}

/** 64 bits over everything but the place of the hash itself. */
function contentHash(bytes: Uint8Array): [number, number] {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2)
  let high = 0x9e3779b9
  let low = 0x85ebca6b
  for (let at = 0; at < words.length; at++) {
    if (at === 6 || at === 7) continue
    const word = words[at] ?? 0
    high = Math.imul(high ^ word, 0xcc9e2d51)
    high ^= high >>> 15
    low = Math.imul(low + word, 0x1b873593) ^ (low >>> 13)
  }
  return [high >>> 0, low >>> 0]
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0')
}

/** Header text is escaped to ASCII, so that no encoder from outside the language is needed. */
function asciiJson(json: string): number[] {
  const ascii = json.replace(
    /[^\u0020-\u007e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return Array.from(ascii, (letter) => letter.charCodeAt(0))
}

function readAscii(bytes: Uint8Array, from: number, length: number): string {
  let text = ''
  for (let at = from; at < from + length; at++) text += String.fromCharCode(bytes[at] ?? 0)
  return text
}
