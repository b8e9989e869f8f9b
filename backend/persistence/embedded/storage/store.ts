import { open, type Database, type RootDatabase } from 'lmdb'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../errors.ts'
import { addressFile } from '../secret.ts'
import { checkStoreFile, restoreLength } from './file-check.ts'

/** A table of the storage engine: bytes to bytes, in the order of the keys' bytes. */
export type Table = Database<Buffer, Buffer>

/** The open data folder: its tables and the transactions over them. */
export interface Store {
  readonly documents: Table
  readonly indexes: Table
  readonly catalog: Table
  readonly sessions: Table
  /** Runs `work` in one transaction that is on disk when this returns, or leaves no trace. */
  transaction: (work: () => void) => void
  sizeOnDisk: () => number
  close: () => Promise<void>
}

/** The file that holds everything. */
export const storeFile = 'store.mdb'

/** The format of the data folder; a folder written by a newer one is refused. */
export const formatVersion = 1

const formatKey = Buffer.from('format')

/** Opens a data folder, creating what is missing. */
export function openStore(folder: string): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, storeFile)
  const short = whole(folder, () => checkStoreFile(file, existsSync(join(folder, addressFile))))
  if (!short) return whole(folder, () => openTables(folder))
  try {
    const store = whole(folder, () => openTables(folder))
    whole(folder, () => {
      refuseLostPages(store)
    })
    return store
  } catch (error) {
    restoreLength(file, short.length)
    throw error
  }
}

function openTables(folder: string): Store {
  const root = openRoot(folder)
  const table = (name: string): Table => root.openDB<Buffer, Buffer>({ name, ...plainBytes })
  const store: Store = {
    documents: table('documents'),
    indexes: table('indexes'),
    catalog: table('catalog'),
    sessions: table('sessions'),
    transaction: (work) => {
      root.transactionSync(work)
    },
    sizeOnDisk: () => statNumber(root.getStats(), 'mapSize'),
    close: () => root.close(),
  }
  checkFormat(store, folder)
  return store
}

// Left to itself, lmdb makes a memory block of its own for every value that it reads, which costs
// more than the reading. It reads into a buffer that is longer than it says: hence the two steps.
const plainBytes = {
  keyEncoding: 'binary',
  encoding: 'binary',
  encoder: {
    encode: (value: Buffer): Buffer => value,
    decode: (bytes: Buffer): Buffer => {
      const copy = Buffer.allocUnsafe(bytes.length)
      copy.set(bytes.subarray(0, bytes.length))
      return copy
    },
  },
} as const

/** Reads the documents of a folder that this process has open already, from another thread. */
export interface Reader {
  readonly documents: Table
  /** Makes what was committed until now seen. */
  readonly refresh: () => void
}

/** Opens the documents for reading, beside the thread that writes. */
export function openReader(folder: string): Reader {
  const root = openRoot(folder)
  return {
    documents: root.openDB<Buffer, Buffer>({ name: 'documents', ...plainBytes }),
    refresh: () => {
      root.resetReadTxn()
    },
  }
}

function openRoot(folder: string): RootDatabase<Buffer, Buffer> {
  return open<Buffer, Buffer>({
    ...fileOptions(folder),
    // A transaction's commit returns when it is on disk: what is acknowledged is durable.
    overlappingSync: false,
    maxDbs: 8,
    maxReaders: 64,
  })
}

/** Does a step of opening; where that fails, says what to do about the file. */
function whole<T>(folder: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The database in ${folder} cannot be opened (${reason}). If its file is damaged, move ` +
        `${join(folder, storeFile)} away and restore the last backup with "npm run restore".`,
    )
  }
}

/** A commit may leave the end of the file unwritten, but no page that anything refers to. */
function refuseLostPages({ documents, indexes, catalog, sessions }: Store): void {
  for (const table of [documents, indexes, catalog, sessions]) {
    for (const { value } of table.getRange()) {
      // A long value has pages of its own, which read as zeros where they are missing.
      if (value.length > 1000 && value.readUInt32LE(0) === 0) throw new Error('its end is missing')
    }
  }
}

function fileOptions(folder: string) {
  return {
    path: join(folder, storeFile),
    noSubdir: true,
    keyEncoding: 'binary',
    encoding: 'binary',
  } as const
}

/** Copies a folder's store as of now into a file, while another process may go on writing. */
export async function copyStore(folder: string, target: string): Promise<void> {
  const root = open<Buffer, Buffer>({ ...fileOptions(folder), readOnly: true, maxDbs: 8 })
  try {
    await root.backup(target, true)
  } finally {
    await root.close()
  }
  if (!existsSync(target)) throw new Error(`the copy ${target} was not written`)
}

function checkFormat(store: Store, folder: string): void {
  const stored = store.catalog.get(formatKey)
  if (stored === undefined) {
    store.transaction(() => {
      store.catalog.putSync(formatKey, Buffer.from([formatVersion]))
    })
    return
  }
  const version = stored[0] ?? 0
  if (version !== formatVersion) {
    throw new Error(
      `The database in ${folder} has format ${String(version)}; this version reads format ` +
        `${String(formatVersion)}. Export it with the version that wrote it and import the result.`,
    )
  }
}

function statNumber(stats: object, name: string): number {
  const value: unknown = Object.entries(stats).find(([key]) => key === name)?.[1]
  return typeof value === 'number' ? value : 0
}

/** Says what a failed transaction means to the client: a full disk is no fault of the request. */
export function storageError(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error)
  if (/MDB_PANIC|had fatal error/.test(message)) endOfStore(message)
  if (isDamage(message)) {
    return new CommandError(
      'InternalError',
      `the data file is damaged (${message}). Stop the database and restore the last backup with "npm run restore"`,
    )
  }
  // LMDB tells of a write that was cut short, as the last one before a full disk is, as an I/O error.
  if (
    /ENOSPC|No space left|MAP_FULL|EFBIG|File too large|EDQUOT|quota|Input\/output error/i.test(
      message,
    )
  ) {
    return new CommandError(
      'OutOfDiskSpace',
      `the disk is full or failing: the write was refused and nothing of it was stored (${message}). Make room; reading goes on meanwhile`,
    )
  }
  return error instanceof Error ? error : new Error(message)
}

/** True where LMDB found a page that cannot be one of its own. */
function isDamage(message: string): boolean {
  return /MDB_(PAGE_NOTFOUND|CORRUPTED|INVALID)/.test(message)
}

/**
 * LMDB takes no writes any more after it could not write the head of its file. Only a new start
 * helps, and whoever supervises the process gives it one.
 */
function endOfStore(message: string): void {
  setImmediate(() => {
    throw new Error(`the storage engine has to be started again (${message})`)
  })
}
