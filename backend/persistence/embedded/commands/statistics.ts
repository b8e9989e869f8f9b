import { doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { findCollection, type Engine } from '../engine.ts'
import { namespaceOf, type Collection } from '../storage/catalog.ts'
import { collectionName, numberOf, type Command } from './request.ts'

/** The numbers of a collection as `collStats` and `$collStats` give them. */
export function collectionStatistics(collection: Collection, spec: Doc): Doc {
  const storage = spec.get('storageStats')
  const scale =
    isDoc(storage) && isNumber(storage.get('scale')) ? toDouble(Number(storage.get('scale'))) : 1
  const result = doc({ ns: namespaceOf(collection), localTime: new Date() })
  if (isDoc(storage)) result.set('storageStats', doc(storageNumbers(collection, scale)))
  if (spec.has('count')) result.set('count', collection.count)
  if (spec.has('latencyStats')) result.set('latencyStats', doc({}))
  return result
}

function storageNumbers(collection: Collection, scale: number): Record<string, Value> {
  const size = Math.trunc(collection.bytes / scale)
  return {
    size,
    count: collection.count,
    avgObjSize: collection.count === 0 ? 0 : Math.trunc(collection.bytes / collection.count),
    storageSize: size,
    capped: false,
    nindexes: collection.indexes.length,
    indexDetails: doc({}),
    indexSizes: new Map(collection.indexes.map((index) => [index.name, 0])),
    totalIndexSize: 0,
    totalSize: size,
    scaleFactor: scale,
  }
}

/** The indexes of a collection as `$indexStats` gives them. */
export function indexStatistics(collection: Collection): Doc[] {
  return collection.indexes.map((index) =>
    doc({
      name: index.name,
      key: index.spec.get('key') ?? null,
      host: '127.0.0.1',
      accesses: doc({ ops: 0n, since: new Date() }),
      spec: index.spec,
    }),
  )
}

/** `collStats`: the numbers of a collection. */
export const collStats: Command = (request, { engine }) => {
  const name = collectionName(request)
  const scale = numberOf(request.body, 'scale', 1)
  const collection = findCollection(engine, request.db, name)
  const empty = {
    size: 0,
    count: 0,
    storageSize: 0,
    totalSize: 0,
    nindexes: 0,
    indexSizes: doc({}),
    totalIndexSize: 0,
    scaleFactor: scale,
  }
  return doc({
    ns: `${request.db}.${name}`,
    ...(collection ? storageNumbers(collection, scale) : empty),
  })
}

/** `dbStats`: the numbers of a database. */
export const dbStats: Command = ({ db, body }, { engine }) => {
  const scale = numberOf(body, 'scale', 1)
  const all = collectionsOf(engine, db)
  const collections = all.filter(({ options }) => !options.has('viewOn'))
  const objects = collections.reduce((sum, { count }) => sum + count, 0)
  const bytes = collections.reduce((sum, each) => sum + each.bytes, 0)
  return doc({
    db,
    collections: BigInt(collections.length),
    views: BigInt(all.length - collections.length),
    objects: BigInt(objects),
    avgObjSize: objects === 0 ? 0 : bytes / objects,
    dataSize: bytes / scale,
    storageSize: bytes / scale,
    indexes: BigInt(collections.reduce((sum, { indexes }) => sum + indexes.length, 0)),
    indexSize: 0,
    totalSize: bytes / scale,
    scaleFactor: BigInt(scale),
  })
}

/** The collections of a database. */
export function collectionsOf(engine: Engine, db: string): Collection[] {
  return [...engine.catalog.collections.values()].filter((collection) => collection.db === db)
}
