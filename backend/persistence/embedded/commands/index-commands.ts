import { CommandError } from '../errors.ts'
import { equalValues } from '../bson/compare.ts'
import { asText, show } from '../bson/show.ts'
import { bsonType, doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { ensureCollection } from '../collections.ts'
import { findCollection, requireCollection, type Engine } from '../engine.ts'
import { type Collection, type Index } from '../storage/catalog.ts'
import { buildIndex, checkIndexSpec, existingIndex } from './index-building.ts'
import { listBatch } from './list-batch.ts'
import { arrayOf, collectionName, wrongType, type Command } from './request.ts'

/** `createIndexes`: builds the indexes that are not there yet. */
export const createIndexes: Command = async (request, { engine }) => {
  const name = collectionName(request)
  const given = arrayOf(request.body, 'indexes')
  if (given.length === 0)
    throw new CommandError('BadValue', 'Must specify at least one index to create')
  const existing = findCollection(engine, request.db, name)
  const specs = given.map((spec) => {
    if (isDoc(spec)) return checkIndexSpec(existing, spec)
    throw new CommandError(
      'TypeMismatch',
      `BSON field 'createIndexes.indexes' is the wrong type '${bsonType(spec)[1]}', expected type 'object'`,
    )
  })
  const collection =
    existing ??
    (await engine.queue.run((transaction) =>
      ensureCollection(engine, transaction, request.db, name),
    ))
  const before = collection.indexes.length
  for (const spec of specs) await buildOnce(engine, collection, spec)
  const after = collection.indexes.length
  return doc({
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically: existing === undefined,
    ...(after === before ? { note: 'all indexes already exist' } : {}),
  })
}

// Two clients may ask for the same index at once: the second waits and finds it there.
const running = new WeakMap<Collection, Promise<void>>()

async function buildOnce(engine: Engine, collection: Collection, spec: Doc): Promise<void> {
  const previous = running.get(collection) ?? Promise.resolve()
  const mine = previous
    .catch(() => undefined)
    .then(async () => {
      if (!existingIndex(collection, spec)) await buildIndex(engine, collection, spec)
    })
  running.set(collection, mine)
  await mine
}

/** `listIndexes`: the indexes of a collection. */
export const listIndexes: Command = (request, { engine }) => {
  const name = collectionName(request)
  const collection = requireCollection(engine, request.db, name)
  const rows = collection.indexes.map(({ spec }) => spec)
  return listBatch(engine, request, `${request.db}.${name}`, rows)
}

/** `dropIndexes`: removes indexes by name, by key pattern, or all but `_id`. */
export const dropIndexes: Command = (request, { engine }) => {
  const name = collectionName(request)
  checkWanted(request.body.get('index'))
  return engine.queue.run((transaction) => {
    const collection = findCollection(engine, request.db, name)
    if (!collection)
      throw new CommandError('NamespaceNotFound', `ns not found ${request.db}.${name}`)
    const before = collection.indexes
    const dropped = chosenIndexes(collection, request.body.get('index'))
    collection.indexes = before.filter((index) => !dropped.includes(index))
    transaction.onRollback(() => {
      collection.indexes = before
    })
    for (const index of dropped) engine.catalog.addGarbage(transaction, 'indexes', index.id)
    engine.catalog.save(transaction, collection)
    const isAll = request.body.get('index') === '*'
    return doc({
      nIndexesWas: before.length,
      ...(isAll ? { msg: 'non-_id indexes dropped for collection' } : {}),
    })
  })
}

function checkWanted(wanted: Value): void {
  for (const each of Array.isArray(wanted) ? wanted : [wanted]) {
    if (typeof each === 'string' || (isDoc(each) && each === wanted)) continue
    throw wrongType('dropIndexes.index', wanted, '[string, object, array]')
  }
}

function chosenIndexes(collection: Collection, wanted: Value): Index[] {
  if (wanted === '*') return collection.indexes.filter((index) => index.name !== '_id_')
  const names = Array.isArray(wanted) ? wanted : [wanted]
  return names.map((each) => {
    const [found, ...others] = collection.indexes.filter((index) =>
      isDoc(each) ? equalValues(index.spec.get('key'), each) : index.name === each,
    )
    if (isDoc(each) && others.length > 0) {
      throw new CommandError(
        'AmbiguousIndexKeyPattern',
        `${String(others.length + 1)} indexes found for key: ${show(each)}, identify by name instead.`,
      )
    }
    if (!found) {
      const what = isDoc(each)
        ? `can't find index with key: ${show(each)}`
        : `index not found with name [${asText(each)}]`
      throw new CommandError('IndexNotFound', what)
    }
    if (found.name === '_id_') throw new CommandError('InvalidOptions', 'cannot drop _id index')
    return found
  })
}
