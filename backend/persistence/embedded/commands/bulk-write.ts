import { CommandError } from '../errors.ts'
import { decodeDocument } from '../bson/decode.ts'
import { bsonType, doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import type { Engine } from '../engine.ts'
import type { NextBatch } from '../cursors.ts'
import { deleteStatement } from './delete-statements.ts'
import { checkStatement } from './known-fields.ts'
import { batchSizeOf, firstBatch } from './read-commands.ts'
import { checkedName, encodedDocuments, flagOf, type Command, type Request } from './request.ts'
import { runStatements, type Statement, type Tally } from './statements.ts'
import { insertStatement, lazily, updateStatement } from './write-commands.ts'

type Kind = 'insert' | 'update' | 'delete'

interface Place {
  readonly db: string
  readonly name: string
}

/** `bulkWrite`: inserts, updates and deletes in several collections by one command. */
export const bulkWrite: Command = async (request, { engine }) => {
  if (request.db !== 'admin') {
    throw new CommandError('Unauthorized', 'bulkWrite may only be run against the admin database.')
  }
  const places = encodedDocuments(request, 'nsInfo').map((each) => placeOf(decoded(each)))
  const operations = encodedDocuments(request, 'ops').map(decoded)
  if (operations.length < 1 || operations.length > 100_000) {
    throw new CommandError(
      'InvalidLength',
      `Write batch sizes must be between 1 and 100000. Got ${String(operations.length)} operations.`,
    )
  }
  for (const operation of operations) checkOperation(operation, places)
  const statements = operations.map((operation) =>
    lazily(() => statementOf(engine, request, operation, places)),
  )
  const reply = await runStatements(engine, request, statements, (tally) =>
    doc({ reply: summary(operations, tally) }),
  )
  const { counts, rows } = rowsOf(reply.get('reply'), flagOf(request.body, 'errorsOnly'))
  const size = batchSizeOf(request.body)
  const cursor = await firstBatch(engine.cursors, 'admin.$cmd.bulkWrite', listed(rows), size)
  return new Map([...cursor, ...counts])
}

function decoded(input: Buffer | Doc): Doc {
  return Buffer.isBuffer(input) ? decodeDocument(input) : input
}

function placeOf(entry: Doc): Place {
  checkStatement('bulkWrite.nsInfo', entry)
  const namespace = entry.get('ns')
  if (typeof namespace !== 'string') {
    throw new CommandError(
      'TypeMismatch',
      `BSON field 'bulkWrite.nsInfo.ns' is the wrong type '${bsonType(namespace)[1]}', expected type 'string'`,
    )
  }
  const dot = namespace.indexOf('.')
  const db = namespace.slice(0, Math.max(dot, 0))
  if (dot <= 0)
    throw new CommandError(
      'InvalidNamespace',
      `Invalid namespace specified for bulkWrite: '${namespace}'`,
    )
  return { db, name: checkedName(db, namespace.slice(dot + 1)) }
}

function kindOf(operation: Doc): Kind {
  const kind = operation.keys().next().value
  if (kind === 'insert' || kind === 'update' || kind === 'delete') return kind
  throw new CommandError(
    'FailedToParse',
    `BulkWrite expects only insert, update or delete operations, found ${kind ?? 'nothing'}`,
  )
}

function checkOperation(operation: Doc, places: readonly Place[]): void {
  const kind = kindOf(operation)
  checkStatement(`bulkWrite.${kind}`, operation)
  const at = operation.get(kind)
  if (isNumber(at) && places[toDouble(at)]) return
  throw new CommandError('BadValue', `BulkWrite ops entry has an invalid nsInfo index.`)
}

function statementOf(
  engine: Engine,
  request: Request,
  operation: Doc,
  places: readonly Place[],
): Statement {
  const kind = kindOf(operation)
  const place = places[Number(operation.get(kind))] ?? { db: '', name: '' }
  const isMulti = operation.get('multi') === true
  const common = {
    q: operation.get('filter'),
    hint: operation.get('hint'),
    collation: operation.get('collation'),
  }
  if (kind === 'insert') {
    const document = operation.get('document')
    if (!isDoc(document))
      throw new CommandError(
        'TypeMismatch',
        "BSON field 'bulkWrite.ops.document' must be an object",
      )
    return insertStatement(engine, request, place, document)
  }
  if (kind === 'delete')
    return deleteStatement(engine, request, place, doc({ ...common, limit: isMulti ? 0 : 1 }))
  const spec = doc({
    ...common,
    u: operation.get('updateMods'),
    c: operation.get('constants'),
    sort: operation.get('sort'),
    multi: isMulti,
    upsert: operation.get('upsert'),
    arrayFilters: operation.get('arrayFilters'),
  })
  return updateStatement(engine, request, place, spec)
}

/** The result of each operation, and their sums, in a form that can be remembered for a retry. */
function summary(operations: readonly Doc[], tally: Tally): Doc {
  const upserted = new Map(
    tally.upserted.map((each) => [Number(each.get('index')), each.get('_id')]),
  )
  const failed = new Map(tally.errors.map((each) => [Number(each.get('index')), each]))
  const counts = {
    nErrors: failed.size,
    nInserted: 0,
    nMatched: 0,
    nModified: 0,
    nUpserted: upserted.size,
    nDeleted: 0,
  }
  const rows: Doc[] = []
  for (const [index, operation] of operations.entries()) {
    const error = failed.get(index)
    const result = tally.results[index]
    if (error)
      rows.push(
        doc({
          ok: 0,
          idx: index,
          code: error.get('code'),
          errmsg: error.get('errmsg'),
          n: 0,
          ...detailsOf(error),
        }),
      )
    if (!result || error) continue
    const kind = kindOf(operation)
    const { n, modified = 0 } = result
    if (kind === 'insert') counts.nInserted += n
    if (kind === 'delete') counts.nDeleted += n
    if (kind === 'update') {
      counts.nMatched += upserted.has(index) ? 0 : n
      counts.nModified += modified
    }
    const extra = kind === 'update' ? { nModified: modified } : {}
    const made = upserted.has(index) ? { upserted: doc({ _id: upserted.get(index) }) } : {}
    rows.push(doc({ ok: 1, idx: index, n, ...extra, ...made }))
  }
  return doc({ ...counts, rows })
}

function detailsOf(error: Doc): Record<string, Value> {
  const told = ['keyPattern', 'keyValue', 'errInfo'].map((name) => [name, error.get(name)] as const)
  return Object.fromEntries(told)
}

function rowsOf(reply: Value, errorsOnly: boolean): { counts: Doc; rows: Doc[] } {
  const stored = isDoc(reply) ? reply : doc({})
  const rows = stored.get('rows')
  const all = Array.isArray(rows) ? rows.filter(isDoc) : []
  const counts = new Map([...stored].filter(([name]) => name !== 'rows'))
  return { counts, rows: errorsOnly ? all.filter((row) => row.get('ok') === 0) : all }
}

function listed(rows: readonly Doc[]): NextBatch {
  let at = 0
  return (count) => {
    const documents = rows.slice(at, at + count)
    at += documents.length
    return Promise.resolve({ documents, isDone: at >= rows.length })
  }
}
