import type { Transaction as Snapshot } from 'lmdb'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { doc, type Doc, type Value } from '../bson/values.ts'
import { decodeDocument } from '../bson/decode.ts'
import { requireCollection, type Engine } from '../engine.ts'
import { uint32, type Collection, type Index } from '../storage/catalog.ts'
import { readRecords, type StoredDocument } from '../storage/record-range.ts'
import { keysOf, recordKey, recordLength } from '../storage/records.ts'
import type { Store } from '../storage/store.ts'
import { collectionName, type Command } from './request.ts'

const entriesPerTurn = 500

/** `validate`: checks that every document is readable and every index is equal to the data. */
export const validate: Command = async (request, { engine }) => {
  const name = collectionName(request)
  const collection = requireCollection(engine, request.db, name)
  const { errors, keysPerIndex } = await validateCollection(engine, collection)
  return doc({
    ns: `${request.db}.${name}`,
    nrecords: collection.count,
    nIndexes: collection.indexes.length,
    keysPerIndex,
    valid: errors.length === 0,
    warnings: [],
    errors: errors.slice(0, 100),
  })
}

/** What is wrong with a collection, and how many entries each of its indexes has. */
export async function validateCollection(
  engine: Engine,
  collection: Collection,
): Promise<{ errors: string[]; keysPerIndex: Doc }> {
  const { id, count } = collection
  // All of it is read as of one moment, so that what is written meanwhile is no error.
  const snapshot = engine.store.documents.useReadTransaction()
  const check: Check = {
    store: engine.store,
    collection: { id, count },
    indexes: collection.indexes,
    snapshot,
    errors: [],
  }
  try {
    const expected = await checkDocuments(check)
    const keysPerIndex: [string, Value][] = []
    for (const index of check.indexes) {
      const found = await countEntries(check, index)
      const wanted = expected.get(index.id) ?? 0
      if (found !== wanted)
        check.errors.push(
          `index ${index.name} has ${String(found)} entries, its documents ask for ${String(wanted)}`,
        )
      keysPerIndex.push([index.name, found])
    }
    return { errors: check.errors, keysPerIndex: new Map(keysPerIndex) }
  } finally {
    snapshot.done()
  }
}

/** A validation under way. */
interface Check {
  readonly store: Store
  readonly collection: { readonly id: number; readonly count: number }
  readonly indexes: readonly Index[]
  readonly snapshot: Snapshot
  readonly errors: string[]
}

async function checkDocuments(check: Check): Promise<Map<number, number>> {
  const { store, collection, snapshot, errors } = check
  const expected = new Map<number, number>()
  let from = 0
  let seen = 0
  for (;;) {
    const part = readRecords(store, collection.id, from, entriesPerTurn, snapshot)
    for (const each of part) checkDocument(check, each, expected)
    seen += part.length
    const last = part.at(-1)
    if (!last || part.length < entriesPerTurn) break
    from = last.record + 1
    await nextTurn()
  }
  if (seen !== collection.count) {
    errors.push(
      `the collection has ${String(seen)} documents, its count says ${String(collection.count)}`,
    )
  }
  return expected
}

function checkDocument(
  check: Check,
  { record, bytes }: StoredDocument,
  expected: Map<number, number>,
): void {
  const { errors, indexes } = check
  try {
    const document = decodeDocument(bytes)
    for (const index of indexes) {
      const { keys } = keysOf(index, document)
      expected.set(index.id, (expected.get(index.id) ?? 0) + keys.length)
      for (const key of keys) {
        if (!hasEntry(check, index, key, record))
          errors.push(`index ${index.name} misses record ${String(record)}`)
      }
    }
  } catch (error) {
    errors.push(
      `record ${String(record)} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function hasEntry({ store, snapshot }: Check, index: Index, key: Buffer, record: number): boolean {
  const { indexes } = store
  const of = { transaction: snapshot }
  if (index.unique) return indexes.get(key, of)?.readUIntBE(0, recordLength) === record
  const suffix = Buffer.allocUnsafe(recordLength)
  suffix.writeUIntBE(record, 0, recordLength)
  return indexes.get(Buffer.concat([key, suffix]), of) !== undefined
}

async function countEntries(check: Check, index: Index): Promise<number> {
  const { collection, snapshot, errors } = check
  const { indexes, documents } = check.store
  let start = uint32(index.id)
  let isFirst = true
  let count = 0
  for (;;) {
    const range = {
      start,
      end: uint32(index.id + 1),
      limit: entriesPerTurn,
      exclusiveStart: !isFirst,
      transaction: snapshot,
    }
    const part = [...indexes.getRange(range)]
    count += part.length
    for (const { key, value } of part) {
      const record = index.unique
        ? value.readUIntBE(0, recordLength)
        : key.readUIntBE(key.length - recordLength, recordLength)
      if (
        documents.get(recordKey(collection.id, record), { transaction: snapshot }) === undefined
      ) {
        errors.push(`index ${index.name} points to record ${String(record)}, which is not there`)
      }
    }
    const last = part.at(-1)
    if (!last || part.length < entriesPerTurn) return count
    start = last.key
    isFirst = false
    await nextTurn()
  }
}
