import { asText } from './bson/show.ts'
import { CommandError, notSupported } from './errors.ts'
import { doc, isDoc, type Doc, type Value } from './bson/values.ts'
import { filterContext, findCollection, type Engine } from './engine.ts'
import { parseFilter } from './query/filter.ts'
import { indexFromSpec, newCollection, type Collection } from './storage/catalog.ts'
import type { Transaction } from './storage/write-queue.ts'

/** The collection of that name, made with its `_id` index if it is not there yet. */
export function ensureCollection(
  engine: Engine,
  transaction: Transaction,
  db: string,
  name: string,
): Collection {
  return (
    findCollection(engine, db, name) ??
    createCollection(engine, transaction, { db, name, options: doc({}) })
  )
}

/** A collection to be. */
export interface CollectionRequest {
  readonly db: string
  readonly name: string
  readonly options: Doc
}

/** Makes a collection inside a transaction. */
export function createCollection(
  engine: Engine,
  transaction: Transaction,
  { db, name, options }: CollectionRequest,
): Collection {
  const { catalog } = engine
  checkDatabase(engine, db)
  if (name.startsWith('system.'))
    throw new CommandError('InvalidNamespace', `Invalid system namespace: ${db}.${name}`)
  const collection = newCollection(catalog.nextId(transaction), db, name, options)
  collection.validator = compileValidator(options.get('validator'))
  const spec = doc({ v: 2, key: doc({ _id: 1 }), name: '_id_' })
  collection.indexes.push(indexFromSpec(catalog.nextId(transaction), spec, compile))
  catalog.collections.set(`${db}.${name}`, collection)
  transaction.onRollback(() => catalog.collections.delete(`${db}.${name}`))
  catalog.save(transaction, collection)
  return collection
}

/** Removes a collection at once; what it held is erased in the background. */
export function dropCollection(
  engine: Engine,
  transaction: Transaction,
  collection: Collection,
): void {
  const { catalog } = engine
  const namespace = `${collection.db}.${collection.name}`
  collection.isLive = false
  catalog.collections.delete(namespace)
  transaction.onRollback(() => {
    collection.isLive = true
    catalog.collections.set(namespace, collection)
  })
  catalog.remove(transaction, collection)
  catalog.addGarbage(transaction, 'documents', collection.id)
  for (const index of collection.indexes) catalog.addGarbage(transaction, 'indexes', index.id)
}

/** Gives a collection another name, replacing what was there if asked to. */
export function renameCollection(
  engine: Engine,
  transaction: Transaction,
  collection: Collection,
  to: { db: string; name: string },
): void {
  const { catalog } = engine
  const from = { db: collection.db, name: collection.name }
  checkDatabase(engine, to.db)
  const place = (
    { db, name }: { db: string; name: string },
    old: { db: string; name: string },
  ): void => {
    catalog.collections.delete(`${old.db}.${old.name}`)
    Object.assign(collection, { db, name })
    catalog.collections.set(`${db}.${name}`, collection)
  }
  place(to, from)
  transaction.onRollback(() => {
    place(from, to)
  })
  catalog.save(transaction, collection)
}

/** Compiles a collection's validator; what filters cannot say there is refused. */
export function compileValidator(validator: Value): Collection['validator'] {
  if (validator === undefined || validator === null) return null
  if (!isDoc(validator))
    throw new CommandError(
      'TypeMismatch',
      "BSON field 'create.validator' is the wrong type, expected type 'object'",
    )
  return validator.size === 0 ? null : compile(validator)
}

function compile(filter: Doc): ReturnType<typeof parseFilter> {
  return parseFilter(filter, filterContext())
}

/** Compiles the filter of a partial index. */
export const compileFilter = compile

function checkDatabase(engine: Engine, db: string): void {
  if (db === '' || db.length > 63 || /[/\\. "$\0]/.test(db)) {
    throw new CommandError('InvalidNamespace', `Invalid database name: '${db}'`)
  }
  const lower = db.toLowerCase()
  for (const other of engine.catalog.collections.values()) {
    if (other.db !== db && other.db.toLowerCase() === lower) {
      throw new CommandError(
        13297,
        `db already exists with different case already have: [${other.db}] trying to create [${db}]`,
      )
    }
  }
}

const validation: Readonly<Record<string, readonly string[]>> = {
  validationLevel: ['off', 'strict', 'moderate'],
  validationAction: ['error', 'warn'],
}

/** Refuses kinds of collections that are left to a full MongoDB. */
export function refuseSpecialCollections(options: Doc): void {
  const [command = 'create'] = options.keys()
  for (const [field, known] of Object.entries(validation)) {
    const value = options.get(field)
    if (value === undefined || (typeof value === 'string' && known.includes(value))) continue
    throw new CommandError(
      'BadValue',
      `Enumeration value '${asText(value)}' for field '${command}.${field}' is not a valid value.`,
    )
  }
  const special: Readonly<Record<string, string>> = {
    capped: 'a capped collection',
    timeseries: 'a time-series collection',
    clusteredIndex: 'a clustered collection',
    encryptedFields: 'queryable encryption',
  }
  if (options.has('expireAfterSeconds') && !options.has('timeseries')) {
    throw new CommandError(
      'InvalidOptions',
      "'expireAfterSeconds' is only supported on time-series collections or when the 'clusteredIndex' option is specified",
    )
  }
  if (!options.get('capped') && (options.has('size') || options.has('max'))) {
    throw new CommandError(
      'InvalidOptions',
      "the 'capped' field needs to be true when either the 'size' or 'max' fields are present",
    )
  }
  if (options.has('pipeline') && !options.has('viewOn')) {
    throw new CommandError('InvalidOptions', "'pipeline' requires 'viewOn' to also be specified")
  }
  for (const [name, feature] of Object.entries(special)) {
    const value = options.get(name)
    if (value !== undefined && value !== false && value !== null) throw notSupported(feature)
  }
}
