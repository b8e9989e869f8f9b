import { setImmediate as nextTurn } from 'node:timers/promises'
import { doc, type Doc, type Value } from '../bson/values.ts'
import { decodeDocument } from '../bson/decode.ts'
import { requireCollection, type Engine } from '../engine.ts'
import { uint32, type Collection, type Index } from '../storage/catalog.ts'
import { keysOf, recordKey, recordLength } from '../storage/records.ts'
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
  const errors: string[] = []
  const expected = await checkDocuments(engine, collection, errors)
  const keysPerIndex: [string, Value][] = []
  for (const index of collection.indexes) {
    const found = await countEntries(engine, collection, index, errors)
    const wanted = expected.get(index.id) ?? 0
    if (found !== wanted)
      errors.push(
        `index ${index.name} has ${String(found)} entries, its documents ask for ${String(wanted)}`,
      )
    keysPerIndex.push([index.name, found])
  }
  return { errors, keysPerIndex: new Map(keysPerIndex) }
}

async function checkDocuments(
  engine: Engine,
  collection: Collection,
  errors: string[],
): Promise<Map<number, number>> {
  const expected = new Map<number, number>()
  const { documents } = engine.store
  let start = uint32(collection.id)
  let seen = 0
  for (;;) {
    const part = [
      ...documents.getRange({ start, end: uint32(collection.id + 1), limit: entriesPerTurn }),
    ]
    for (const { key, value } of part) {
      seen += 1
      checkDocument(
        engine,
        collection,
        { record: key.readUIntBE(4, recordLength), bytes: value },
        expected,
        errors,
      )
    }
    const last = part.at(-1)
    if (!last || part.length < entriesPerTurn) break
    start = recordKey(collection.id, last.key.readUIntBE(4, recordLength) + 1)
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
  engine: Engine,
  collection: Collection,
  { record, bytes }: { record: number; bytes: Buffer },
  expected: Map<number, number>,
  errors: string[],
): void {
  try {
    const document = decodeDocument(bytes)
    for (const index of collection.indexes) {
      const { keys } = keysOf(index, document)
      expected.set(index.id, (expected.get(index.id) ?? 0) + keys.length)
      for (const key of keys) {
        if (!hasEntry(engine, index, key, record))
          errors.push(`index ${index.name} misses record ${String(record)}`)
      }
    }
  } catch (error) {
    errors.push(
      `record ${String(record)} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function hasEntry(engine: Engine, index: Index, key: Buffer, record: number): boolean {
  const { indexes } = engine.store
  if (index.unique) return indexes.get(key)?.readUIntBE(0, recordLength) === record
  const suffix = Buffer.allocUnsafe(recordLength)
  suffix.writeUIntBE(record, 0, recordLength)
  return indexes.get(Buffer.concat([key, suffix])) !== undefined
}

async function countEntries(
  engine: Engine,
  collection: Collection,
  index: Index,
  errors: string[],
): Promise<number> {
  const { indexes } = engine.store
  let start = uint32(index.id)
  let isFirst = true
  let count = 0
  for (;;) {
    const range = {
      start,
      end: uint32(index.id + 1),
      limit: entriesPerTurn,
      exclusiveStart: !isFirst,
    }
    const part = [...indexes.getRange(range)]
    count += part.length
    for (const { key, value } of part) {
      const record = index.unique
        ? value.readUIntBE(0, recordLength)
        : key.readUIntBE(key.length - recordLength, recordLength)
      if (!engine.store.documents.doesExist(recordKey(collection.id, record))) {
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
