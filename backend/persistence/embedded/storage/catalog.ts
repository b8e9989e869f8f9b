import { Binary } from 'bson'
import { randomUUID } from 'node:crypto'
import { decodeDocument } from '../bson/decode.ts'
import { encodeDocument } from '../bson/encode.ts'
import { asText } from '../bson/show.ts'
import { doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { hasPosition } from '../indexes/extract.ts'
import type { Filter } from '../query/filter-types.ts'
import type { Store } from './store.ts'
import type { Transaction } from './write-queue.ts'

/** A secondary (or the `_id`) index of a collection. */
export interface Index {
  readonly id: number
  readonly name: string
  /** The key pattern and options as the client gave them and `listIndexes` answers them. */
  spec: Doc
  readonly paths: readonly (readonly string[])[]
  /** Those of the paths on which a number may be a position in an array. */
  readonly numberedPaths: readonly (readonly string[])[]
  readonly fields: readonly string[]
  readonly descending: readonly boolean[]
  /** The place among the fields of the one that is hashed; −1 where none is. */
  readonly hashedField: number
  readonly unique: boolean
  readonly sparse: boolean
  readonly partial: Filter | null
  /** For each field whether some document has an array there, and so several entries here. */
  arrays: readonly boolean[]
  /** Some key was too long to be kept whole, so the order here is not exact. */
  truncated: boolean
}

/** A collection: its options and indexes, and counts that are saved with every commit. */
export interface Collection {
  readonly id: number
  db: string
  name: string
  readonly uuid: Binary
  options: Doc
  validator: Filter | null
  indexes: Index[]
  /** Indexes that are being built: kept up to date, but not used yet. */
  building: Index[]
  count: number
  bytes: number
  nextRecord: number
  /** False once it was dropped or lost its place: what is still running must stop. */
  isLive: boolean
}

/** All collections of the server, in memory and on disk. */
export interface Catalog {
  readonly collections: Map<string, Collection>
  readonly nextId: (transaction: Transaction) => number
  readonly save: (transaction: Transaction, collection: Collection) => void
  readonly remove: (transaction: Transaction, collection: Collection) => void
  readonly saveCounts: (transaction: Transaction, collection: Collection) => void
  /** Remembers that the contents of an id are to be erased in the background. */
  readonly addGarbage: (transaction: Transaction, kind: 'documents' | 'indexes', id: number) => void
  readonly garbage: () => { kind: 'documents' | 'indexes'; id: number }[]
  readonly isGarbage: (kind: 'documents' | 'indexes', id: number) => boolean
  readonly forgetGarbage: (kind: 'documents' | 'indexes', id: number) => void
}

/** Compiles what is stored as BSON: an index's filter, a collection's validator. */
export type CompileFilter = (filter: Doc) => Filter

const lastIdKey = Buffer.from('last-id')

/** Reads the catalogue from the store. */
export function openCatalog(store: Store, compile: CompileFilter): Catalog {
  const collections = new Map<string, Collection>()
  for (const { value } of store.catalog.getRange({
    start: Buffer.from('c:'),
    end: Buffer.from('c;'),
  })) {
    const collection = readCollection(store, decodeDocument(value), compile)
    collections.set(namespaceOf(collection), collection)
  }
  let lastId = store.catalog.get(lastIdKey)?.readUInt32BE(0) ?? 0
  return {
    collections,
    nextId: (transaction) => {
      lastId += 1
      transaction.beforeCommit(lastIdKey, () => {
        store.catalog.putSync(lastIdKey, uint32(lastId))
      })
      return lastId
    },
    save: (_transaction, collection) => {
      store.catalog.putSync(collectionKey(collection.id), encodeDocument(describe(collection)))
    },
    remove: (_transaction, collection) => {
      store.catalog.removeSync(collectionKey(collection.id))
      store.catalog.removeSync(countsKey(collection.id))
    },
    saveCounts: (transaction, collection) => {
      transaction.beforeCommit(collection, () => {
        if (!collection.isLive) return
        const counts = Buffer.allocUnsafe(16)
        counts.writeDoubleBE(collection.count, 0)
        counts.writeDoubleBE(collection.bytes, 8)
        store.catalog.putSync(countsKey(collection.id), counts)
      })
    },
    addGarbage: (_transaction, kind, id) => {
      store.catalog.putSync(garbageKey(kind, id), Buffer.alloc(0))
    },
    garbage: () => listGarbage(store),
    isGarbage: (kind, id) => store.catalog.doesExist(garbageKey(kind, id)),
    forgetGarbage: (kind, id) => {
      store.catalog.removeSync(garbageKey(kind, id))
    },
  }
}

/** The `db.collection` name of a collection. */
export function namespaceOf(collection: { readonly db: string; readonly name: string }): string {
  return `${collection.db}.${collection.name}`
}

/** A new, empty collection in memory; its caller saves it. */
export function newCollection(id: number, db: string, name: string, options: Doc): Collection {
  const uuid = new Binary(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4)
  const counts = { count: 0, bytes: 0, nextRecord: 1, isLive: true }
  return { id, db, name, uuid, options, validator: null, indexes: [], building: [], ...counts }
}

/** An index from its specification; numbers it with the id under which its entries are stored. */
export function indexFromSpec(id: number, spec: Doc, compile: CompileFilter): Index {
  const key = spec.get('key')
  const pattern = isDoc(key) ? key : doc({})
  const fields = [...pattern.keys()]
  const paths = fields.map((field) => field.split('.'))
  const partial = spec.get('partialFilterExpression')
  return {
    id,
    name: asText(spec.get('name')),
    spec,
    fields,
    paths,
    numberedPaths: paths.filter(hasPosition),
    descending: [...pattern.values()].map((direction) => Number(direction) < 0),
    hashedField: [...pattern.values()].indexOf('hashed'),
    unique: isTrue(spec.get('unique')) || isIdPattern(pattern),
    sparse: isTrue(spec.get('sparse')),
    partial: isDoc(partial) ? compile(partial) : null,
    arrays: fields.map(() => false),
    truncated: false,
  }
}

/** True where some document has several entries in an index. */
export function isMultikey({ arrays }: Pick<Index, 'arrays'>): boolean {
  return arrays.includes(true)
}

/** True for an index that is kept up to date, but that no query may use. */
export function isHidden({ spec }: Pick<Index, 'spec'>): boolean {
  return spec.get('hidden') === true
}

/** True for the key pattern `{ _id: 1 }`. */
function isIdPattern(pattern: Doc): boolean {
  return pattern.size === 1 && pattern.get('_id') === 1
}

/** True for the ways in which clients write a set flag. */
export function isTrue(value: Value): boolean {
  return value === true || (isNumber(value) && toDouble(value) !== 0)
}

function describe(collection: Collection): Doc {
  return doc({
    id: collection.id,
    db: collection.db,
    name: collection.name,
    uuid: collection.uuid,
    options: collection.options,
    indexes: collection.indexes.map((index) =>
      doc({
        id: index.id,
        spec: index.spec,
        multikey: isMultikey(index),
        arrays: [...index.arrays],
        truncated: index.truncated,
      }),
    ),
  })
}

function readCollection(store: Store, stored: Doc, compile: CompileFilter): Collection {
  const id = Number(stored.get('id'))
  const options = stored.get('options')
  const uuid = stored.get('uuid')
  const base = newCollection(
    id,
    asText(stored.get('db')),
    asText(stored.get('name')),
    isDoc(options) ? options : doc({}),
  )
  const validator = base.options.get('validator')
  const counts = store.catalog.get(countsKey(id))
  const indexes = stored.get('indexes')
  return {
    ...base,
    uuid: uuid instanceof Binary ? uuid : base.uuid,
    validator: isDoc(validator) ? compile(validator) : null,
    indexes: (Array.isArray(indexes) ? indexes : [])
      .filter(isDoc)
      .map((each) => readIndex(each, compile)),
    count: counts?.readDoubleBE(0) ?? 0,
    bytes: counts?.readDoubleBE(8) ?? 0,
    nextRecord: lastRecord(store, id) + 1,
  }
}

function readIndex(stored: Doc, compile: CompileFilter): Index {
  const spec = stored.get('spec')
  const index = indexFromSpec(Number(stored.get('id')), isDoc(spec) ? spec : doc({}), compile)
  const arrays = stored.get('arrays')
  // What an older version wrote does not tell the fields apart.
  index.arrays = Array.isArray(arrays)
    ? arrays.map((each) => each === true)
    : index.fields.map(() => stored.get('multikey') === true)
  index.truncated = stored.get('truncated') === true
  return index
}

function lastRecord(store: Store, id: number): number {
  const range = store.documents.getKeys({
    start: uint32(id + 1),
    end: uint32(id),
    reverse: true,
    limit: 1,
  })
  for (const key of range) return key.readUInt32BE(0) === id ? key.readUIntBE(4, 6) : 0
  return 0
}

function listGarbage(store: Store): { kind: 'documents' | 'indexes'; id: number }[] {
  const keys = [...store.catalog.getKeys({ start: Buffer.from('g:'), end: Buffer.from('g;') })]
  return keys.map((key) => {
    const [, kind, id] = key.toString('latin1').split(':')
    return { kind: kind === 'indexes' ? 'indexes' : 'documents', id: Number(id) }
  })
}

function collectionKey(id: number): Buffer {
  return Buffer.from(`c:${String(id).padStart(10, '0')}`)
}

function countsKey(id: number): Buffer {
  return Buffer.from(`n:${String(id)}`)
}

function garbageKey(kind: string, id: number): Buffer {
  return Buffer.from(`g:${kind}:${String(id)}`)
}

/** Four bytes, most significant first: the prefix under which a collection or index keeps its own. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(value, 0)
  return bytes
}
