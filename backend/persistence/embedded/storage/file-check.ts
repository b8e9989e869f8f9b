import { chmodSync, closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs'

// The head of an LMDB data file, format 2: two pages, each with the state after a commit; the one
// with the later transaction is in force. (lmdb.h and mdb.c, struct MDB_meta; 64 bits.)
const headBytes = 8192
const magic = 0xbeefc0de
const fileFormat = 2
const at = { magic: 24, format: 28, pageSize: 48, lastPage: 144, transaction: 152 } as const

/**
 * Looks at a data file before the storage engine does, which would end the process without a word
 * where the file is cut short. Throws an error that says what is wrong with it. A file shorter than
 * its head says is filled up with zeros; the answer is then the length that it had.
 */
export function checkStoreFile(file: string, wasUsedBefore: boolean): { length: number } | null {
  const handle = openExisting(file)
  if (handle === null) return null
  try {
    chmodSync(file, 0o600)
    const { size } = fstatSync(handle)
    if (size === 0 && !wasUsedBefore) return null
    if (size < headBytes) {
      throw new Error(`it is ${size === 0 ? 'empty' : 'cut short'}: ${String(size)} bytes`)
    }
    const wanted = lengthByHead(handle)
    if (size >= wanted) return null
    // Reading past the end would kill the process; pages of zeros are reported as damaged instead.
    ftruncateSync(handle, wanted)
    return { length: size }
  } finally {
    closeSync(handle)
  }
}

/** Gives a file that turned out to be damaged its old length back, so that nothing hides it. */
export function restoreLength(file: string, length: number): void {
  const handle = openSync(file, 'r+')
  ftruncateSync(handle, length)
  closeSync(handle)
}

function openExisting(file: string): number | null {
  try {
    return openSync(file, 'r+')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function lengthByHead(handle: number): number {
  const head = Buffer.alloc(headBytes)
  readSync(handle, head, 0, headBytes, 0)
  const pageSize = head.readUInt32LE(at.pageSize)
  const metas = [head, head.subarray(pageSize)].filter((meta) => meta.length >= 160)
  const isOurs = (meta: Buffer): boolean =>
    meta.readUInt32LE(at.magic) === magic && (meta.readUInt32LE(at.format) & 0xff) === fileFormat
  if (metas.length < 2 || !metas.every(isOurs)) throw new Error('its head is not one of a database')
  const [first, second] = metas.map((meta) => ({
    transaction: meta.readBigUInt64LE(at.transaction),
    lastPage: Number(meta.readBigUInt64LE(at.lastPage)),
  }))
  const latest = (first?.transaction ?? 0n) > (second?.transaction ?? 0n) ? first : second
  return ((latest?.lastPage ?? 0) + 1) * pageSize
}
