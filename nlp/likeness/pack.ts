import { type Print, PRINT_PARTS } from './print.ts'

/** Stored prints of another format are made anew. Raised when hashing or packing changes. */
export const PRINT_FORMAT = 1

const NOTHING = new Uint32Array(0)
const HASH_BYTES = 4
const COUNT_BYTES = 2
const HEADER_BYTES = PRINT_PARTS.length * COUNT_BYTES

/** A print as bytes: the sizes of its parts, then their hashes. */
export function packPrint(print: Print): Uint8Array {
  const size = PRINT_PARTS.reduce((sum, part) => sum + print[part].length, 0)
  const bytes = new Uint8Array(HEADER_BYTES + size * HASH_BYTES)
  const view = new DataView(bytes.buffer)
  let at = HEADER_BYTES
  PRINT_PARTS.forEach((part, index) => {
    view.setUint16(index * COUNT_BYTES, print[part].length, true)
    for (const hash of print[part]) {
      view.setUint32(at, hash, true)
      at += HASH_BYTES
    }
  })
  return bytes
}

/** Reads what `packPrint` made; bytes that are no print are an empty one. */
export function unpackPrint(bytes: Uint8Array): Print {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const counts = PRINT_PARTS.map((_, index) =>
    bytes.length < HEADER_BYTES ? 0 : view.getUint16(index * COUNT_BYTES, true),
  )
  const size = counts.reduce((sum, count) => sum + count, 0)
  const isWhole = bytes.length === HEADER_BYTES + size * HASH_BYTES
  let at = HEADER_BYTES
  const [words, pairs, letters, names, numbers] = counts.map((count) => {
    const hashes = new Uint32Array(isWhole ? count : 0)
    for (let i = 0; i < hashes.length; i++, at += HASH_BYTES) hashes[i] = view.getUint32(at, true)
    return hashes
  })
  return {
    words: words ?? NOTHING,
    pairs: pairs ?? NOTHING,
    letters: letters ?? NOTHING,
    names: names ?? NOTHING,
    numbers: numbers ?? NOTHING,
  }
}
