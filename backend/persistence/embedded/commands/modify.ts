import { ObjectId } from 'bson'
import { CommandError } from '../errors.ts'
import { checkPipeline, runUpdatePipeline } from '../aggregation/pipeline.ts'
import type { PipelineContext } from '../aggregation/types.ts'
import type { CompareText } from '../bson/compare.ts'
import { withTimestamps } from '../bson/timestamps.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { ensureCollection } from '../collections.ts'
import { filterContext, requireCollection, type Engine } from '../engine.ts'
import { matchedPosition } from '../query/positional.ts'
import { documentOf, type Found } from '../query/found.ts'
import type { Transaction } from '../storage/write-queue.ts'
import { parseUpdate, type Update } from '../update/parse-update.ts'
import { upsertSeed } from '../update/upsert.ts'
import { insertDocument, replaceDocument, type WriteOptions } from './document-writes.ts'
import {
  documentsPerTransaction,
  findEvery,
  findEverySlowly,
  findFirst,
  findFirstSlowly,
  inTransactions,
  stillMatching,
  tooContended,
  type Target,
} from './target.ts'

/** An update statement, parsed. */
export interface Modification {
  readonly target: Target
  readonly update: Update
  readonly isUpsert: boolean
  readonly options: WriteOptions
}

/** What an update did to one document. */
export interface Modified {
  readonly before: Doc | null
  readonly after: Doc
  readonly isChanged: boolean
}

const maxAttempts = 10

/** Parses the update part of a statement. */
export function parseModification(
  target: Target,
  update: Value,
  how: {
    arrayFilters: Value
    isUpsert: boolean
    variables: ReadonlyMap<string, Value>
    compareText: CompareText | undefined
    options: WriteOptions
  },
): Modification {
  const filters = filterContext(how.variables, how.compareText)
  const context: PipelineContext = {
    filters,
    variables: how.variables,
    aggregate: () =>
      Promise.reject(
        new CommandError('InvalidOptions', '$lookup is not allowed to be used within an update'),
      ),
    run: () =>
      Promise.reject(
        new CommandError('InvalidOptions', '$facet is not allowed to be used within an update'),
      ),
    pause: () => Promise.resolve(),
    within: () => context,
  }
  const parsed = parseUpdate(update, {
    filters: { ...filters, isPart: true },
    arrayFilters: how.arrayFilters,
    now: new Date(),
    checkPipeline: (pipeline) => {
      checkPipeline(pipeline, context)
    },
    runPipeline: (pipeline, document) => runUpdatePipeline(pipeline, document, context),
  })
  return { target, update: parsed, isUpsert: how.isUpsert, options: how.options }
}

/** Updates the first match or upserts; null when finding it would take too long in a transaction. */
export function modifyFirst(
  engine: Engine,
  transaction: Transaction,
  modification: Modification,
): Modified | 'none' | null {
  const found = findFirst(engine, modification.target)
  if (found === 'slow') return null
  if (found !== 'none') return modifyFound(engine, transaction, modification, found)
  return modification.isUpsert ? upsert(engine, transaction, modification) : 'none'
}

/** Updates the first match or upserts, searching without holding anybody up. */
export async function modifyFirstSlowly<T>(
  engine: Engine,
  modification: Modification,
  finish: (transaction: Transaction, modified: Modified | 'none') => T,
): Promise<T> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const found = await findFirstSlowly(engine, modification.target)
    const outcome = await engine.queue.run((transaction) => {
      if (!found) {
        const made = modification.isUpsert ? upsert(engine, transaction, modification) : 'none'
        return { value: finish(transaction, made) }
      }
      const current = stillMatching(engine, modification.target, found.record)
      if (!current) return null
      return { value: finish(transaction, modifyFound(engine, transaction, modification, current)) }
    })
    if (outcome) return outcome.value
  }
  throw tooContended()
}

/** Updates every match inside a transaction; null when that would take too long. */
export function modifyEvery(
  engine: Engine,
  transaction: Transaction,
  modification: Modification,
): Modified[] | null {
  const found = findEvery(engine, modification.target)
  if (!found || found.length > documentsPerTransaction) return null
  if (found.length === 0 && modification.isUpsert)
    return [upsert(engine, transaction, modification)]
  return found.map((each) => modifyFound(engine, transaction, modification, each))
}

/** Updates every match in several transactions; each document is updated at most once. */
export async function modifyEverySlowly(
  engine: Engine,
  modification: Modification,
): Promise<{ matched: number; modified: number; upserted: Modified | null }> {
  const records = await findEverySlowly(engine, modification.target)
  if (records.length === 0 && modification.isUpsert) {
    const upserted = await engine.queue.run((transaction) =>
      upsert(engine, transaction, modification),
    )
    return { matched: 0, modified: 0, upserted }
  }
  const { matched, changed } = await inTransactions(
    engine,
    modification.target,
    records,
    (transaction, found) => modifyFound(engine, transaction, modification, found).isChanged,
  )
  return { matched, modified: changed, upserted: null }
}

function modifyFound(
  engine: Engine,
  transaction: Transaction,
  modification: Modification,
  found: Found,
): Modified {
  const { target, update, options } = modification
  const collection = requireCollection(engine, target.db, target.name)
  const before = documentOf(found)
  const position = update.positionalPath === null ? null : matchedPosition(before, target.filter)
  const next = update.apply(before, { isInsert: false, position })
  const after = update.isReplacement && !options.keepsEmptyTimestamps ? withTimestamps(next) : next
  const isChanged = replaceDocument(
    engine,
    transaction,
    collection,
    { record: found.record, bytes: found.bytes, before, after },
    options,
  )
  return { before, after, isChanged }
}

function upsert(engine: Engine, transaction: Transaction, modification: Modification): Modified {
  const { target, update, options } = modification
  const seed = upsertSeed(target.filterDoc, update.isReplacement)
  const made = update.apply(seed, { isInsert: true, position: null })
  const document: Doc = new Map([
    ['_id', made.get('_id') ?? (made.has('_id') ? null : new ObjectId())],
    ...[...made].filter(([name]) => name !== '_id'),
  ])
  const collection = ensureCollection(engine, transaction, target.db, target.name)
  insertDocument(engine, transaction, collection, document, options)
  return { before: null, after: document, isChanged: true }
}

/** The update of a statement, refused if it is neither a document nor a pipeline. */
export function updateOf(value: Value): Value {
  if (isDoc(value) || Array.isArray(value)) return value
  throw new CommandError('FailedToParse', 'Update argument must be either an object or an array')
}
