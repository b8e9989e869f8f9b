import { CommandError, notSupported } from '../errors.ts'
import { evaluate, scopeOf } from '../aggregation/expressions.ts'
import { checkVariables } from '../aggregation/operator-fields.ts'
import { distinctValues } from '../aggregation/set-operators.ts'
import { pickFields } from '../bson/decode.ts'
import { doc, isDoc, RawDocument, type Doc, type Value } from '../bson/values.ts'
import { inContext, type Batch, type Cursors, type NextBatch } from '../cursors.ts'
import { filterContext, findCollection, type Engine } from '../engine.ts'
import { encodeKey } from '../indexes/key-encoding.ts'
import { parseFilter } from '../query/filter.ts'
import { someValueAt } from '../query/paths.ts'
import { parseProjection, plainProjection } from '../query/projection.ts'
import { sortOrder } from '../query/sort-order.ts'
import { documentOf, type Found } from '../query/found.ts'
import { collationOf } from './collation.ts'
import { batches, beginQuery, forEachFound, type Query } from './execution.ts'
import {
  collectionName,
  docOf,
  looseFlagOf,
  numberOf,
  textOf,
  type Command,
  type Request,
} from './request.ts'

const defaultBatchSize = 101

/** `find`: documents by filter, in order, in batches. */
export const find: Command = (request, { engine }) => {
  const name = collectionName(request)
  refuseFindOptions(request.body)
  const parsed = parseFind(engine, request)
  const { body } = request
  const present = presentation(body, parsed)
  const next: NextBatch = parsed
    ? batches(beginQuery(engine, parsed).results, present, request.deadline)
    : () => ({ documents: [], isDone: true })
  const batchSize = numberOf(body, 'batchSize', defaultBatchSize)
  const isSingle = looseFlagOf(body, 'singleBatch')
  const namespace = `${request.db}.${name}`
  const checked = inContext(next, `Executor error during find command: ${namespace}`)
  return firstBatch(engine.cursors, namespace, checked, batchSize, isSingle)
}

/** How a found document is sent: as it is stored, or what the projection leaves of it. */
function presentation(body: Doc, query: Query | null): (found: Found) => RawDocument | Doc {
  const projection = docOf(body, 'projection')
  if (!projection || projection.size === 0) return (found) => new RawDocument(found.bytes)
  const filters = filterContext(letVariables(body), collationOf(body))
  const filter = query?.filter ?? parseFilter(docOf(body, 'filter') ?? doc({}), filters)
  const pick = parseProjection(projection, { filters, filter })
  const plain = plainProjection(projection)
  if (plain) {
    const { names, isKept } = plain
    return (found) => new RawDocument(pickFields(found.bytes, names, isKept))
  }
  return (found) => pick(documentOf(found))
}

/** Refuses options of a find that no collection here has, and numbers below zero. */
export function refuseFindOptions(body: Doc): void {
  refuseNegative(body, 'batchSize')
  refuseNegative(body, 'limit')
  if (looseFlagOf(body, 'tailable') || looseFlagOf(body, 'awaitData'))
    throw notSupported('a tailable cursor on a capped collection')
  for (const name of ['min', 'max', 'returnKey', 'showRecordId']) {
    const value = body.get(name)
    const isUsed = isDoc(value) ? value.size > 0 : value === true
    if (isUsed) throw notSupported(`the ${name} option of find`)
  }
}

/** How many documents the first batch of a command with a `cursor` may have. */
export function batchSizeOf(body: Doc, fallback = Number.MAX_SAFE_INTEGER): number {
  const cursor = docOf(body, 'cursor') ?? doc({})
  const unknown = [...cursor.keys()].find((name) => name !== 'batchSize')
  if (unknown !== undefined) {
    throw new CommandError('IDLUnknownField', `BSON field 'cursor.${unknown}' is an unknown field.`)
  }
  refuseNegative(cursor, 'batchSize')
  return numberOf(cursor, 'batchSize', fallback)
}

function refuseNegative(body: Doc, name: string): void {
  const value = numberOf(body, name, 0)
  if (value >= 0) return
  throw new CommandError(
    51024,
    `BSON field '${name}' value must be >= 0, actual value '${String(value)}'`,
  )
}

/** The query that a find, count or distinct asks, or null when its collection does not exist. */
export function parseFind(engine: Engine, request: Request, filterField = 'filter'): Query | null {
  const { body } = request
  const compareText = collationOf(body)
  const context = filterContext(letVariables(body), compareText)
  const filter = parseFilter(docOf(body, filterField) ?? doc({}), context)
  const sort = docOf(body, 'sort')
  if (sort) sortOrder(sort)
  refuseNegative(body, 'skip')
  const skip = numberOf(body, 'skip', 0)
  const limit = Math.abs(numberOf(body, 'limit', 0))
  const collection = findCollection(engine, request.db, textOf(body, request.name))
  return collection
    ? { collection, filter, sort, skip, limit, hint: body.get('hint'), compareText }
    : null
}

const constantNames = new Set(['NOW', 'CLUSTER_TIME', 'IS_MR', 'JS_SCOPE', 'USER_ROLES'])

/** The variables that a command's `let` defines: constant expressions, so `$literal` is undone. */
export function letVariables(body: Doc): ReadonlyMap<string, Value> {
  const constants = scopeOf(doc({}))
  const given = docOf(body, 'let') ?? doc({})
  const constant = [...given.keys()].find((name) => constantNames.has(name))
  if (constant !== undefined)
    throw new CommandError(4738901, `Attempt to set internal constant: ${constant}`)
  checkVariables(given)
  const defined = [...given]
  return new Map(defined.map(([name, value]) => [name, evaluate(value, constants)]))
}

/** The reply with the first part of an answer, and a cursor for the rest. */
export function firstBatch(
  cursors: Cursors,
  namespace: string,
  next: NextBatch,
  batchSize: number,
  isSingle = false,
): Doc | Promise<Doc> {
  const present = ({ documents, isDone }: Batch): Doc => {
    const id = isDone || isSingle ? 0n : cursors.open(namespace, next)
    return doc({ cursor: doc({ firstBatch: documents, id, ns: namespace }) })
  }
  if (batchSize === 0 && !isSingle) return present({ documents: [], isDone: false })
  const batch = next(batchSize === 0 ? 1 : batchSize)
  return batch instanceof Promise ? batch.then(present) : present(batch)
}

/** `getMore`: the next part of an answer. */
export const getMore: Command = async (request, { engine }) => {
  const { body } = request
  const id = body.get('getMore')
  if (typeof id !== 'bigint' && typeof id !== 'number') {
    throw new CommandError(
      'TypeMismatch',
      "BSON field 'getMore.getMore' is the wrong type, expected type 'long'",
    )
  }
  const namespace = `${request.db}.${textOf(body, 'collection')}`
  const size = numberOf(body, 'batchSize', 0)
  if (size < 0)
    throw new CommandError(
      'BadValue',
      `Batch size for getMore must be positive, but received: ${String(size)}`,
    )
  const cursor = engine.cursors.take(BigInt(id), namespace)
  cursor.isBusy = true
  try {
    const { documents, isDone } = await cursor.next(size === 0 ? Number.MAX_SAFE_INTEGER : size)
    if (isDone) engine.cursors.close(cursor.id)
    return doc({
      cursor: doc({ nextBatch: documents, id: isDone ? 0n : cursor.id, ns: namespace }),
    })
  } catch (error) {
    engine.cursors.close(cursor.id)
    throw error
  } finally {
    cursor.isBusy = false
  }
}

/** `killCursors`: forgets answers that nobody will fetch. */
export const killCursors: Command = ({ body }, { engine }) => {
  const ids = body.get('cursors')
  const known = (Array.isArray(ids) ? ids : []).filter(
    (id) => typeof id === 'bigint' || typeof id === 'number',
  )
  const killed = known.map((id) => ({ id, wasOpen: engine.cursors.close(BigInt(id)) }))
  return doc({
    cursorsKilled: killed.filter((each) => each.wasOpen).map((each) => BigInt(each.id)),
    cursorsNotFound: killed.filter((each) => !each.wasOpen).map((each) => BigInt(each.id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  })
}

/** `count`: how many documents a filter matches. */
export const count: Command = async (request, { engine }) => {
  collectionName(request)
  const query = parseFind(engine, request, 'query')
  if (!query) return doc({ n: 0 })
  const filter = docOf(request.body, 'query')
  if ((!filter || filter.size === 0) && query.hint === undefined) {
    const left = Math.max(0, query.collection.count - query.skip)
    return doc({ n: query.limit > 0 ? Math.min(left, query.limit) : left })
  }
  let n = 0
  await forEachFound(engine, { ...query, sort: null }, request.deadline, () => {
    n += 1
  })
  return doc({ n })
}

/** The field that a `distinct` asks for. */
export function distinctKey(body: Doc): string {
  const key = textOf(body, 'key')
  if (key.includes('\0'))
    throw new CommandError(31032, 'Key field cannot contain an embedded null byte')
  if (key === '') throw new CommandError('BadValue', "Field 'key' is not a valid path")
  return key
}

/** `distinct`: the values of a field, each once. */
export const distinct: Command = async (request, { engine }) => {
  collectionName(request)
  const key = distinctKey(request.body)
  const query = parseFind(engine, request, 'query')
  if (!query) return doc({ values: [] })
  const values = gatherValues(key)
  await forEachFound(engine, query, request.deadline, (found) => {
    values.add(documentOf(found))
  })
  // An index on the field gives its values in order; else they come as they were met.
  const isOrdered = query.collection.indexes.some((index) => index.fields[0] === key)
  const found = values.all()
  if (!isOrdered && !query.compareText) return doc({ values: found })
  return doc({ values: distinctValues(found, query.compareText) })
}

/** Gathers the values of a field from documents, each once. */
export function gatherValues(key: string): { add: (document: Doc) => void; all: () => Value[] } {
  const steps = key.split('.')
  const values = new Map<string, Value>()
  const keep = (value: Value): void => {
    const valueKey = encodeKey([value], []).toString('latin1')
    if (!values.has(valueKey)) values.set(valueKey, value)
  }
  return {
    add: (document) => {
      someValueAt(document, steps, (value) => {
        if (Array.isArray(value)) value.forEach(keep)
        else if (value !== undefined) keep(value)
        return false
      })
    },
    all: () => [...values.values()],
  }
}
