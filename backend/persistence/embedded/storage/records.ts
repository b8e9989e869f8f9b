import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { doc, emptyArray, type Doc } from '../bson/values.ts'
import { extractEntries, refuseAmbiguous } from '../indexes/extract.ts'
import { encodeKey, fitKey, isTooLong } from '../indexes/key-encoding.ts'
import { namespaceOf, type Catalog, type Collection, type Index } from './catalog.ts'
import type { Store, Table } from './store.ts'
import type { Transaction } from './write-queue.ts'

/** Where documents and their index entries are written, inside a transaction. */
export interface Records {
  readonly insert: (
    transaction: Transaction,
    collection: Collection,
    document: Doc,
    bytes: Buffer,
  ) => number
  readonly replace: (transaction: Transaction, collection: Collection, change: Replacement) => void
  readonly remove: (
    transaction: Transaction,
    collection: Collection,
    record: number,
    document: Doc,
    size: number,
  ) => void
  /** Adds the entries of an existing document to a new index. */
  readonly addToIndex: (
    transaction: Transaction,
    collection: Collection,
    index: Index,
    document: Doc,
    record: number,
  ) => void
}

/** A document's old and new state. */
export interface Replacement {
  readonly record: number
  readonly before: Doc
  readonly after: Doc
  readonly bytes: Buffer
  readonly oldSize: number
}

/** The index entries of one document, as they are stored. */
export interface StoredKeys {
  readonly keys: readonly Buffer[]
  /** As in an extraction. */
  readonly arrays: readonly boolean[]
  readonly isTruncated: boolean
}

/** The length of a record's number at the end of a key. */
export const recordLength = 6

/** Makes the writer of documents and index entries. */
export function createRecords(store: Store, catalog: Catalog): Records {
  return {
    insert: (transaction, collection, document, bytes) => {
      const indexes = allIndexes(collection)
      const planned = indexes.map((index) => keysToAdd(index, document))
      indexes.forEach((index, i) => {
        refuseDuplicates(store.indexes, collection, index, planned[i]?.keys ?? [], -1, document)
      })
      const record = collection.nextRecord++
      store.documents.putSync(recordKey(collection.id, record), bytes)
      indexes.forEach((index, i) => {
        addKeys(store.indexes, index, planned[i]?.keys ?? [], record)
        noteShape(transaction, catalog, collection, index, planned[i])
      })
      count(transaction, catalog, collection, 1, bytes.length)
      return record
    },
    replace: (transaction, collection, change) => {
      const changes = allIndexes(collection).map((index) => keyChange(index, change))
      for (const each of changes) {
        refuseDuplicates(
          store.indexes,
          collection,
          each.index,
          each.added,
          change.record,
          change.after,
        )
      }
      store.documents.putSync(recordKey(collection.id, change.record), change.bytes)
      for (const each of changes) {
        removeKeys(store.indexes, each.index, each.removed, change.record)
        addKeys(store.indexes, each.index, each.added, change.record)
        noteShape(transaction, catalog, collection, each.index, each.after)
      }
      count(transaction, catalog, collection, 0, change.bytes.length - change.oldSize)
    },
    remove: (transaction, collection, record, document, size) => {
      for (const index of allIndexes(collection)) {
        removeKeys(store.indexes, index, keysOf(index, document).keys, record)
      }
      store.documents.removeSync(recordKey(collection.id, record))
      count(transaction, catalog, collection, -1, -size)
    },
    addToIndex: (transaction, collection, index, document, record) => {
      const planned = keysToAdd(index, document)
      refuseDuplicates(store.indexes, collection, index, planned.keys, record, document)
      addKeys(store.indexes, index, planned.keys, record)
      noteShape(transaction, catalog, collection, index, planned)
    },
  }
}

function allIndexes({ indexes, building }: Collection): readonly Index[] {
  return building.length === 0 ? indexes : [...indexes, ...building]
}

/** The key under which a document is stored. */
export function recordKey(collection: number, record: number): Buffer {
  const key = Buffer.allocUnsafe(10)
  key.writeUInt32BE(collection, 0)
  key.writeUIntBE(record, 4, 6)
  return key
}

/** The keys of a document in an index: the index's id and the encoded values. */
export function keysOf(index: Index, document: Doc): StoredKeys {
  if (index.partial && !index.partial.matches(document)) return noKeys
  const extraction = extractEntries(document, index.paths)
  if (index.sparse && !extraction.isPresent) return { ...noKeys, arrays: extraction.arrays }
  let isTruncated = false
  const keys = extraction.entries.map((entry) => {
    const encoded = encodeKey(entry, index.descending)
    isTruncated ||= isTooLong(encoded)
    return withId(index.id, fitKey(encoded))
  })
  return {
    keys: keys.length > 1 ? unique(keys) : keys,
    arrays: extraction.arrays,
    isTruncated,
  }
}

/** The keys of a document that comes into an index; one that could not be found by it is refused. */
function keysToAdd(index: Index, document: Doc): StoredKeys {
  const planned = keysOf(index, document)
  if (planned !== noKeys) refuseAmbiguous(document, index.numberedPaths)
  if (index.hashedField >= 0 && planned.arrays.includes(true)) {
    const path = index.fields[planned.arrays.indexOf(true)] ?? ''
    const message = `hashed indexes do not currently support array values. Found array at path: ${path}`
    throw new CommandError(16766, message)
  }
  return planned
}

const noKeys: StoredKeys = { keys: [], arrays: [], isTruncated: false }

function withId(id: number, encoded: Buffer): Buffer {
  const key = Buffer.allocUnsafe(4 + encoded.length)
  key.writeUInt32BE(id, 0)
  encoded.copy(key, 4)
  return key
}

function unique(keys: readonly Buffer[]): Buffer[] {
  return [...new Map(keys.map((key) => [key.toString('latin1'), key])).values()]
}

interface KeyChange {
  readonly index: Index
  readonly removed: readonly Buffer[]
  readonly added: readonly Buffer[]
  readonly after: StoredKeys
}

function keyChange(index: Index, change: Replacement): KeyChange {
  if (
    !index.partial &&
    index.paths.every(([head = '']) => change.before.get(head) === change.after.get(head))
  ) {
    return { index, removed: [], added: [], after: noKeys }
  }
  const before = keysOf(index, change.before).keys
  const after = keysToAdd(index, change.after)
  const isIn = (keys: readonly Buffer[], key: Buffer): boolean =>
    keys.some((each) => each.equals(key))
  return {
    index,
    removed: before.filter((key) => !isIn(after.keys, key)),
    added: after.keys.filter((key) => !isIn(before, key)),
    after,
  }
}

function addKeys(table: Table, index: Index, keys: readonly Buffer[], record: number): void {
  for (const key of keys) {
    if (index.unique) table.putSync(key, recordBytes(record))
    else table.putSync(Buffer.concat([key, recordBytes(record)]), nothing)
  }
}

function removeKeys(table: Table, index: Index, keys: readonly Buffer[], record: number): void {
  for (const key of keys) {
    table.removeSync(index.unique ? key : Buffer.concat([key, recordBytes(record)]))
  }
}

const nothing = Buffer.alloc(0)

function recordBytes(record: number): Buffer {
  const bytes = Buffer.allocUnsafe(recordLength)
  bytes.writeUIntBE(record, 0, recordLength)
  return bytes
}

function refuseDuplicates(
  table: Table,
  collection: Collection,
  index: Index,
  keys: readonly Buffer[],
  record: number,
  document: Doc,
): void {
  if (!index.unique) return
  for (const key of keys) {
    const holder = table.get(key)
    if (holder && holder.readUIntBE(0, recordLength) !== record) {
      throw duplicateKey(collection, index, document, key)
    }
  }
}

/** The refusal of a second document with the same key in a unique index, as mongod words it. */
function duplicateKey(
  collection: Collection,
  index: Index,
  document: Doc,
  key: Buffer,
): CommandError {
  const { entries } = extractEntries(document, index.paths)
  const entry =
    entries.find((each) =>
      withId(index.id, fitKey(encodeKey(each, index.descending))).equals(key),
    ) ?? []
  const values = entry.map((value) => (value === emptyArray ? undefined : value))
  const keyValue: Doc = new Map(index.fields.map((field, i) => [field, values[i] ?? null]))
  const shown = [...keyValue].map(([name, value]) => `${name}: ${show(value)}`).join(', ')
  return new CommandError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespaceOf(collection)} index: ${index.name} dup key: { ${shown} }`,
    { keyPattern: index.spec.get('key') ?? doc({}), keyValue },
  )
}

function noteShape(
  transaction: Transaction,
  catalog: Catalog,
  collection: Collection,
  index: Index,
  keys: StoredKeys | undefined,
): void {
  if (!keys) return
  const { arrays, truncated } = index
  const hasNewArray = keys.arrays.some((isArray, i) => isArray && arrays[i] !== true)
  const becomesTruncated = keys.isTruncated && !truncated
  if (!hasNewArray && !becomesTruncated) return
  transaction.onRollback(() => {
    Object.assign(index, { arrays, truncated })
  })
  index.arrays = arrays.map((known, i) => known || keys.arrays[i] === true)
  index.truncated ||= keys.isTruncated
  catalog.save(transaction, collection)
}

function count(
  transaction: Transaction,
  catalog: Catalog,
  collection: Collection,
  documents: number,
  bytes: number,
): void {
  collection.count += documents
  collection.bytes += bytes
  transaction.onRollback(() => {
    collection.count -= documents
    collection.bytes -= bytes
  })
  if (documents !== 0 || bytes !== 0) catalog.saveCounts(transaction, collection)
}
