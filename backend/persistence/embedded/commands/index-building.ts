import { setImmediate as nextTurn } from 'node:timers/promises'
import { CommandError, notSupported } from '../errors.ts'
import { checkPartial, checkSpecification } from './index-options.ts'
import { equalValues } from '../bson/compare.ts'
import { decodeDocument } from '../bson/decode.ts'
import { asText } from '../bson/show.ts'
import { isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { compileFilter } from '../collections.ts'
import type { Engine } from '../engine.ts'
import { parseFilter } from '../query/filter.ts'
import { filterContext } from '../engine.ts'
import {
  indexFromSpec,
  isTrue,
  namespaceOf,
  type Collection,
  type Index,
} from '../storage/catalog.ts'
import { readRecords, type StoredDocument } from '../storage/record-range.ts'
import type { Transaction } from '../storage/write-queue.ts'

const documentsPerTransaction = 1000
const maxIndexes = 64

/** A new index as it will be stored, with what mongod would refuse refused. */
export function checkIndexSpec(collection: Collection | undefined, given: Doc): Doc {
  const { key, name } = checkSpecification(given)
  if (isTrue(given.get('sparse')) && given.has('partialFilterExpression')) {
    throw new CommandError(
      'CannotCreateIndex',
      'cannot mix "partialFilterExpression" and "sparse" options',
    )
  }
  const partial = given.get('partialFilterExpression')
  if (isDoc(partial)) checkPartialFilter(partial)
  const collation = given.get('collation')
  if (isDoc(collation) && collation.get('locale') !== 'simple')
    throw notSupported('an index with a collation')
  if (collection && collection.indexes.length >= maxIndexes) {
    throw new CommandError(
      'CannotCreateIndex',
      `add index fails, too many indexes for ${collection.db}.${collection.name} key:${name}`,
    )
  }
  const kept = [
    'unique',
    'sparse',
    'partialFilterExpression',
    'expireAfterSeconds',
    'hidden',
    'background',
    'comment',
  ]
  const spec: Doc = new Map<string, Value>([
    ['v', 2],
    ['key', key],
    ['name', name],
  ])
  for (const option of kept) {
    const value = given.get(option)
    if (value === undefined) continue
    if (option === 'unique' || option === 'sparse' || option === 'hidden') {
      if (isTrue(value)) spec.set(option, true)
    } else {
      spec.set(option, value)
    }
  }
  return spec
}

function checkPartialFilter(partial: Doc): void {
  parseFilter(partial, { ...filterContext(), isPart: true })
  checkPartial(partial)
}

/** The index that already is what the specification asks for, or null; a clash is refused. */
export function existingIndex(collection: Collection, spec: Doc): Index | null {
  const sameName = collection.indexes.find((index) => index.name === spec.get('name'))
  const key = spec.get('key')
  if (
    isDoc(key) &&
    key.size === 1 &&
    isNumber(key.get('_id')) &&
    toDouble(Number(key.get('_id'))) === 1
  ) {
    return collection.indexes[0] ?? null
  }
  if (sameName) {
    if (sameDefinition(sameName.spec, spec)) return sameName
    const isSameKey = equalValues(sameName.spec.get('key'), spec.get('key'))
    if (
      isSameKey &&
      !differ(sameName.spec, spec, ['unique', 'sparse', 'partialFilterExpression'])
    ) {
      throw new CommandError(
        'IndexOptionsConflict',
        `An equivalent index already exists with the same name but different options. Requested index: ${describe(spec)}, existing index: ${describe(sameName.spec)}`,
      )
    }
    throw new CommandError(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${describe(spec)}, existing index: ${describe(sameName.spec)}`,
    )
  }
  const sameKey = collection.indexes.find((index) => sameSignature(index.spec, spec))
  if (!sameKey) return null
  throw new CommandError(
    'IndexOptionsConflict',
    `Index already exists with a different name: ${sameKey.name}`,
  )
}

function sameSignature(a: Doc, b: Doc): boolean {
  return (
    equalValues(a.get('key'), b.get('key')) &&
    !differ(a, b, ['unique', 'sparse', 'partialFilterExpression'])
  )
}

function differ(a: Doc, b: Doc, options: readonly string[]): boolean {
  return options.some((option) => !equalValues(a.get(option), b.get(option)))
}

function sameDefinition(a: Doc, b: Doc): boolean {
  const options = ['hidden', 'expireAfterSeconds']
  return sameSignature(a, b) && !differ(a, b, options)
}

function describe(spec: Doc): string {
  const key = spec.get('key')
  const parts = isDoc(key)
    ? [...key].map(([field, direction]) => `${field}: ${String(direction as number)}`)
    : []
  return `{ v: 2, key: { ${parts.join(', ')} }, name: "${asText(spec.get('name'))}" }`
}

/**
 * Builds an index while other clients go on. It takes part in every write from the start and
 * serves queries only when it is complete; a duplicate takes it away again.
 */
export async function buildIndex(engine: Engine, collection: Collection, spec: Doc): Promise<void> {
  const index = await engine.queue.run((transaction) => {
    refuseDropped(collection)
    const made = indexFromSpec(engine.catalog.nextId(transaction), spec, compileFilter)
    if (collection.count <= documentsPerTransaction)
      return buildAtOnce(engine, transaction, collection, made)
    // Should the server die while building, what was entered is erased at the next start.
    engine.catalog.addGarbage(transaction, 'indexes', made.id)
    changeBuilding(transaction, collection, [...collection.building, made])
    return made
  })
  if (collection.indexes.includes(index)) return
  await buildGradually(engine, collection, index)
}

function buildAtOnce(
  engine: Engine,
  transaction: Transaction,
  collection: Collection,
  index: Index,
): Index {
  const everything = readRecords(engine.store, collection.id, 0, Infinity)
  enter(engine, transaction, collection, index, everything)
  publish(engine, transaction, collection, index)
  return index
}

/** Enters documents into an index that is not in use yet; a duplicate among them is refused. */
function enter(
  engine: Engine,
  transaction: Transaction,
  collection: Collection,
  index: Index,
  entries: readonly StoredDocument[],
): void {
  try {
    for (const { record, bytes } of entries)
      engine.records.addToIndex(transaction, collection, index, decodeDocument(bytes), record)
  } catch (error) {
    // What was entered so far must not stay behind when the index does not come to be.
    engine.catalog.addGarbage(transaction, 'indexes', index.id)
    throw error
  }
}

function publish(
  engine: Engine,
  transaction: Transaction,
  collection: Collection,
  index: Index,
): void {
  const before = collection.indexes
  collection.indexes = [...before, index]
  transaction.onRollback(() => {
    collection.indexes = before
  })
  engine.catalog.save(transaction, collection)
}

/** The collection may have been dropped while the build waited for its turn. */
function refuseDropped(collection: Collection): void {
  if (collection.isLive) return
  throw new CommandError(
    'IndexBuildAborted',
    `Index build aborted: collection ${namespaceOf(collection)} was dropped`,
  )
}

function changeBuilding(transaction: Transaction, collection: Collection, building: Index[]): void {
  const before = collection.building
  collection.building = building
  transaction.onRollback(() => {
    collection.building = before
  })
}

async function buildGradually(engine: Engine, collection: Collection, index: Index): Promise<void> {
  let nextRecord = 0
  let isDone = false
  try {
    while (!isDone) {
      isDone = await engine.queue.run((transaction) => {
        refuseDropped(collection)
        const from = nextRecord
        // A commit that failed entered nothing: the same documents come again.
        transaction.onRollback(() => {
          nextRecord = from
        })
        const batch = readRecords(engine.store, collection.id, from, documentsPerTransaction)
        enter(engine, transaction, collection, index, batch)
        nextRecord = (batch.at(-1)?.record ?? from) + 1
        return batch.length < documentsPerTransaction
      })
      await nextTurn()
    }
    await engine.queue.run((transaction) => {
      refuseDropped(collection)
      const others = collection.building.filter((each) => each !== index)
      changeBuilding(transaction, collection, others)
      engine.catalog.forgetGarbage('indexes', index.id)
      publish(engine, transaction, collection, index)
    })
  } catch (error) {
    collection.building = collection.building.filter((each) => each !== index)
    throw error
  }
}
