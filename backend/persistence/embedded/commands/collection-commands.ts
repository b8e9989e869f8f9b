import { CommandError, notSupported } from '../errors.ts'
import { equalValues } from '../bson/compare.ts'
import { show } from '../bson/show.ts'
import { doc, type Doc } from '../bson/values.ts'
import {
  createCollection,
  dropCollection,
  refuseSpecialCollections,
  renameCollection,
} from '../collections.ts'
import { filterContext, findCollection, findNamespace } from '../engine.ts'
import { parseFilter } from '../query/filter.ts'
import { namespaceOf, type Collection } from '../storage/catalog.ts'
import { collectionsOf } from './statistics.ts'
import { viewOptions } from './view-definition.ts'
import { checkSpecification, isIdIndex } from './index-options.ts'
import { listBatch } from './list-batch.ts'
import { checkedName, collectionName, docOf, looseFlagOf, textOf, type Command } from './request.ts'

const keptOptions = [
  'validator',
  'validationLevel',
  'validationAction',
  'collation',
  'comment',
  'expireAfterSeconds',
  'changeStreamPreAndPostImages',
]

/** `create`: a collection, with a validator if wanted, or a view. */
export const create: Command = async (request, { engine }) => {
  const { db, body } = request
  const name = collectionName(request)
  refuseSpecialCollections(body)
  checkIdIndex(body)
  const isView = body.has('viewOn')
  const options = isView ? viewOptions(engine, request) : collectionOptions(body)
  await engine.queue.run((transaction) => {
    const existing = findNamespace(engine, db, name)
    if (!existing) {
      createCollection(engine, transaction, { db, name, options })
      return
    }
    if (equalValues(existing.options, options)) return
    const known = JSON.stringify([...existing.options.keys()])
    throw new CommandError(
      'NamespaceExists',
      `namespace ${db}.${name} already exists${isView ? '' : `, but with different options: ${known}`}`,
    )
  })
  return doc({})
}

/** The specification of the index on `_id`, which clients may write down but not change. */
function checkIdIndex(body: Doc): void {
  const spec = docOf(body, 'idIndex')
  if (!spec) return
  if (body.has('viewOn'))
    throw new CommandError('InvalidOptions', "'idIndex' is not allowed with 'viewOn'")
  const { key } = checkSpecification(spec)
  if (isIdIndex(key)) return
  throw new CommandError(
    'BadValue',
    `The field 'key' for an _id index must be {_id: 1}, but got ${show(key)}`,
  )
}

function collectionOptions(body: Doc): Doc {
  const collation = docOf(body, 'collation')
  if (collation && collation.get('locale') !== 'simple')
    throw notSupported('a collection with a collation')
  return new Map([...body].filter(([key]) => keptOptions.includes(key)))
}

/** `drop`: removes a collection. */
export const drop: Command = async (request, { engine }) => {
  const name = collectionName(request)
  return engine.queue.run((transaction) => {
    // A view goes the same way; what it shows stays.
    const collection = findNamespace(engine, request.db, name)
    if (!collection) return doc({})
    dropCollection(engine, transaction, collection)
    return doc({ nIndexesWas: collection.indexes.length, ns: namespaceOf(collection) })
  })
}

/** `dropDatabase`: removes every collection of a database. */
export const dropDatabase: Command = ({ db }, { engine }) =>
  engine.queue.run((transaction) => {
    const collections = collectionsOf(engine, db)
    for (const collection of collections) dropCollection(engine, transaction, collection)
    return collections.length > 0 ? doc({ dropped: db }) : doc({})
  })

/** `renameCollection`: another name, perhaps in another database. */
export const rename: Command = async ({ db, body }, { engine }) => {
  if (db !== 'admin') {
    throw new CommandError(
      'Unauthorized',
      'renameCollection may only be run against the admin database.',
    )
  }
  const [from, to] = [
    splitNamespace(textOf(body, 'renameCollection')),
    splitNamespace(textOf(body, 'to')),
  ]
  if (from.db === to.db && from.name === to.name)
    throw new CommandError('IllegalOperation', "Can't rename a collection to itself")
  await engine.queue.run((transaction) => {
    const collection = findCollection(engine, from.db, from.name)
    if (!collection)
      throw new CommandError(
        'NamespaceNotFound',
        `Source collection ${from.db}.${from.name} does not exist`,
      )
    const target = findNamespace(engine, to.db, to.name)
    if (target?.options.has('viewOn'))
      throw new CommandError(
        'NamespaceExists',
        `a view already exists with that name: ${namespaceOf(target)}`,
      )
    if (target && body.get('dropTarget') !== true)
      throw new CommandError('NamespaceExists', 'target namespace exists')
    if (target) dropCollection(engine, transaction, target)
    renameCollection(engine, transaction, collection, to)
  })
  return doc({})
}

function splitNamespace(namespace: string): { db: string; name: string } {
  const dot = namespace.indexOf('.')
  const db = namespace.slice(0, Math.max(dot, 0))
  return { db, name: checkedName(db, dot < 0 ? '' : namespace.slice(dot + 1)) }
}

/** `listCollections`: the collections of a database. */
export const listCollections: Command = (request, { engine }) => {
  const { db, body } = request
  const nameOnly = looseFlagOf(body, 'nameOnly')
  const filter = parseFilter(docOf(body, 'filter') ?? doc({}), filterContext())
  const rows = collectionsOf(engine, db).map((collection) =>
    describeCollection(collection, nameOnly),
  )
  return listBatch(
    engine,
    request,
    `${db}.$cmd.listCollections`,
    rows.filter((row) => filter.matches(row)),
  )
}

function describeCollection({ name, uuid, options }: Collection, nameOnly: boolean): Doc {
  const isView = options.has('viewOn')
  if (nameOnly) return doc({ name, type: isView ? 'view' : 'collection' })
  if (isView) return doc({ name, type: 'view', options, info: doc({ readOnly: true }) })
  return doc({
    name,
    type: 'collection',
    options,
    info: doc({ readOnly: false, uuid }),
    idIndex: doc({ v: 2, key: doc({ _id: 1 }), name: '_id_' }),
  })
}

/** `listDatabases`: the databases that have collections. */
export const listDatabases: Command = ({ body }, { engine }) => {
  const names = [...new Set([...engine.catalog.collections.values()].map(({ db }) => db))].sort()
  const nameOnly = looseFlagOf(body, 'nameOnly')
  const filter = parseFilter(docOf(body, 'filter') ?? doc({}), filterContext())
  const sizeOf = (db: string): number =>
    collectionsOf(engine, db).reduce((sum, { bytes }) => sum + bytes, 0)
  const databases = names
    .map((name) =>
      nameOnly ? doc({ name }) : doc({ name, sizeOnDisk: BigInt(sizeOf(name)), empty: false }),
    )
    .filter((database) => filter.matches(database))
  if (nameOnly) return doc({ databases })
  const total = names.reduce((sum, name) => sum + sizeOf(name), 0)
  return doc({
    databases,
    totalSize: BigInt(total),
    totalSizeMb: BigInt(Math.trunc(total / 1048576)),
  })
}
