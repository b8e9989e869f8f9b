import { CommandError, notSupported } from '../errors.ts'
import { equalValues } from '../bson/compare.ts'
import { asText, show } from '../bson/show.ts'
import { doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { compileValidator, refuseSpecialCollections } from '../collections.ts'
import { requireCollection, type Engine } from '../engine.ts'
import { isTrue, namespaceOf, type Collection, type Index } from '../storage/catalog.ts'
import type { Transaction } from '../storage/write-queue.ts'
import {
  collectionName,
  docOf,
  looseFlagOf,
  numberOf,
  type Command,
  type Request,
} from './request.ts'

/** `collMod`: another validator, or another expiry of a TTL index. */
export const collMod: Command = async (request, { engine }) => {
  const name = collectionName(request)
  if (request.body.has('viewOn')) throw notSupported('another definition of a view (collMod)')
  refuseSpecialCollections(request.body)
  return engine.queue.run((transaction) => {
    const collection = requireCollection(engine, request.db, name)
    const reply = doc({})
    const change = docOf(request.body, 'index')
    if (change) changeIndex(engine, transaction, collection, change, reply)
    changeOptions(engine, transaction, collection, request)
    return reply
  })
}

function changeOptions(
  engine: Engine,
  transaction: Transaction,
  collection: Collection,
  { body }: Request,
): void {
  const changed = [...body].filter(([key]) =>
    ['validator', 'validationLevel', 'validationAction'].includes(key),
  )
  if (changed.length === 0) return
  const { options, validator } = collection
  const compiled = body.has('validator') ? compileValidator(body.get('validator')) : validator
  collection.options = new Map([...options, ...changed])
  collection.validator = compiled
  transaction.onRollback(() => {
    Object.assign(collection, { options, validator })
  })
  engine.catalog.save(transaction, collection)
}

function changeIndex(
  engine: Engine,
  transaction: Transaction,
  collection: Collection,
  change: Doc,
  reply: Doc,
): void {
  const index = namedIndex(collection, change)
  if (change.has('unique') || change.has('prepareUnique'))
    throw notSupported('a collMod that makes an index unique')
  if (!change.has('expireAfterSeconds') && !change.has('hidden')) {
    throw new CommandError(
      'InvalidOptions',
      'no expireAfterSeconds, hidden, unique, or prepareUnique field to update',
    )
  }
  looseFlagOf(change, 'hidden', 'collMod.index.hidden')
  const seconds = numberOf(change, 'expireAfterSeconds', 0, 'collMod.index.expireAfterSeconds')
  if (index.name === '_id_') {
    throw change.has('hidden')
      ? new CommandError('BadValue', "can't hide _id index")
      : new CommandError('InvalidOptions', 'the _id field does not support TTL indexes')
  }
  if (seconds < 0) {
    throw new CommandError(
      'InvalidOptions',
      "TTL index 'expireAfterSeconds' option must be a non-negative number",
    )
  }
  const before = index.spec
  const next = new Map(before)
  for (const option of ['expireAfterSeconds', 'hidden']) {
    if (!change.has(option)) continue
    const old: Value = before.get(option) ?? (option === 'hidden' ? false : undefined)
    if (old !== undefined) reply.set(`${option}_old`, old)
    reply.set(`${option}_new`, change.get(option) ?? null)
    next.set(option, change.get(option))
  }
  // An index that is shown is described as one that never was hidden.
  if (!isTrue(next.get('hidden'))) next.delete('hidden')
  index.spec = next
  transaction.onRollback(() => {
    index.spec = before
  })
  engine.catalog.save(transaction, collection)
}

function namedIndex(collection: Collection, change: Doc): Index {
  const [name, key] = [change.get('name'), change.get('keyPattern')]
  if (change.has('name') === change.has('keyPattern')) {
    throw new CommandError(
      'InvalidOptions',
      change.has('name')
        ? 'Cannot specify both key pattern and name.'
        : 'Must specify either index name or key pattern.',
    )
  }
  const found = collection.indexes.find((index) =>
    isDoc(key) ? equalValues(index.spec.get('key'), key) : index.name === name,
  )
  if (found) return found
  throw new CommandError(
    'IndexNotFound',
    `cannot find index ${isDoc(key) ? show(key) : asText(name)} for ns ${namespaceOf(collection)}`,
  )
}
