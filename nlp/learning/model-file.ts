import type { Calibration } from './calibration.ts'
import type { Head, Model } from './model.ts'

/** The file is not a model of this program, or not a whole one. */
export class ModelFileError extends Error {
  override name = 'ModelFileError'
}

/** "HOIAMNLP" in ASCII. */
const MAGIC = [0x48, 0x4f, 0x49, 0x41, 0x4d, 0x4e, 0x4c, 0x50]
const FORMAT = 1
/** Magic, format, header length, body length, reserved, content hash. */
const PREFIX_BYTES = 32
const ALIGNMENT = 8

type Header = {
  readonly shortForms: Readonly<Record<string, string>>
  readonly heads: readonly StoredHead[]
  readonly columnCount: number
  readonly rowCount: number
  readonly slotCount: number
  /** Models made before slips were mended have none. */
  readonly wordCount?: number
  readonly letterCount?: number
}

type StoredHead = Omit<Head, 'calibration'> & {
  readonly calibration: Omit<Calibration, 'strength'> & Partial<Pick<Calibration, 'strength'>>
}

type Section =
  | 'keys'
  | 'rows'
  | 'idf'
  | 'scales'
  | 'biases'
  | 'quantized'
  | 'wordsFrom'
  | 'wordLetters'
  | 'wordTones'

/** The model as bytes: a prefix, a JSON header, then the arrays, little-endian. */
export function encodeModel(model: Omit<Model, 'version'>): Uint8Array<ArrayBuffer> {
  const { words } = model.vocabulary
  const header: Header = {
    shortForms: model.shortForms,
    heads: model.heads,
    columnCount: model.columnCount,
    rowCount: model.vocabulary.rowCount,
    slotCount: model.vocabulary.keys.length,
    ...(words.tones.length > 0
      ? { wordCount: words.tones.length, letterCount: words.letters.length }
      : {}),
  }
  const json = new Uint8Array(asciiJson(JSON.stringify(header)))
  const { offsets, end } = layout(header)
  const bodyStart = aligned(PREFIX_BYTES + json.length)
  const bytes = new Uint8Array(bodyStart + end)
  const view = new DataView(bytes.buffer)
  bytes.set(MAGIC)
  view.setUint32(8, FORMAT, true)
  view.setUint32(12, json.length, true)
  view.setUint32(16, end, true)
  bytes.set(json, PREFIX_BYTES)
  const arrays: Record<Section, ArrayBufferView> = {
    keys: model.vocabulary.keys,
    rows: model.vocabulary.rows,
    idf: model.vocabulary.idf,
    scales: model.scales,
    biases: model.biases,
    quantized: model.quantized,
    wordsFrom: words.from,
    wordLetters: words.letters,
    wordTones: words.tones,
  }
  for (const [section, array] of Object.entries(arrays)) {
    if (words.tones.length === 0 && section === 'wordsFrom') continue
    const from = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    bytes.set(from, bodyStart + (offsets.get(section as Section) ?? 0))
  }
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
  const { offsets } = layout(header)
  const { buffer } = bytes
  const at = (section: Section): number =>
    bytes.byteOffset + bodyStart + (offsets.get(section) ?? 0)
  const { rowCount, columnCount, slotCount, wordCount = 0, letterCount = 0 } = header
  return {
    version,
    shortForms: header.shortForms,
    heads: header.heads.map((head) => ({
      ...head,
      // Models made before strength was fitted have none.
      calibration: { ...head.calibration, strength: head.calibration.strength ?? 0 },
    })),
    columnCount,
    vocabulary: {
      rowCount,
      keys: new Uint32Array(buffer, at('keys'), slotCount),
      rows: new Uint32Array(buffer, at('rows'), slotCount),
      idf: new Float32Array(buffer, at('idf'), rowCount),
      words: {
        from:
          header.wordCount !== undefined
            ? new Uint32Array(buffer, at('wordsFrom'), wordCount + 1)
            : new Uint32Array(1),
        letters: new Int32Array(buffer, at('wordLetters'), letterCount),
        tones: new Int32Array(buffer, at('wordTones'), wordCount),
      },
    },
    scales: new Float32Array(buffer, at('scales'), rowCount),
    biases: new Float32Array(buffer, at('biases'), columnCount),
    quantized: new Int16Array(buffer, at('quantized'), rowCount * columnCount),
  }
}

function layout(header: Header): { offsets: ReadonlyMap<Section, number>; end: number } {
  const { wordCount = 0, letterCount = 0 } = header
  const sizes: [Section, number][] = [
    ['keys', header.slotCount * 4],
    ['rows', header.slotCount * 4],
    ['idf', header.rowCount * 4],
    ['scales', header.rowCount * 4],
    ['biases', header.columnCount * 4],
    ['quantized', header.rowCount * header.columnCount * 2],
    ['wordsFrom', header.wordCount === undefined ? 0 : (wordCount + 1) * 4],
    ['wordLetters', letterCount * 4],
    ['wordTones', wordCount * 4],
  ]
  const offsets = new Map<Section, number>()
  let end = 0
  for (const [section, size] of sizes) {
    offsets.set(section, end)
    end = aligned(end + size)
  }
  return { offsets, end }
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
