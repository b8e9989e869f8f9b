import { CommandError } from '../errors.ts'
import { doc, type Doc, type Value } from '../bson/values.ts'
import { decodeDocument } from '../bson/decode.ts'
import { filterContext, findCollection, type Engine } from '../engine.ts'
import { parseFilter } from '../query/filter.ts'
import type { Filter } from '../query/filter-types.ts'
import type { CompareText } from '../bson/compare.ts'
import type { Found } from '../query/search.ts'
import { beginQuery, findAll, forEachFound, type Query } from './execution.ts'
import { readRecord } from './document-writes.ts'

/** What an update or delete is aimed at. */
export interface Target {
  readonly db: string
  readonly name: string
  readonly filterDoc: Doc
  readonly filter: Filter
  readonly sort: Doc | null
  readonly hint: Value
  readonly compareText: CompareText | undefined
}

const candidatesInTransaction = 2000

/** Parses the filter of a write. */
export function parseTarget(
  place: { db: string; name: string },
  filterDoc: Doc,
  options: {
    sort?: Doc | null
    hint?: Value
    compareText?: CompareText | undefined
    variables?: ReadonlyMap<string, Value>
  },
): Target {
  const { sort = null, hint, compareText, variables } = options
  const filter = parseFilter(filterDoc, filterContext(variables, compareText))
  return { ...place, filterDoc, filter, sort, hint, compareText }
}

/** The first match; `none` when there is none; `slow` when finding out would take too long here. */
export function findFirst(engine: Engine, target: Target): Found | 'none' | 'slow' {
  const query = queryOf(engine, target, 1)
  if (!query) return 'none'
  const { search, results } = beginQuery(engine, query)
  while (!results.isDone()) {
    const [found] = results.read(1)
    if (found) return found
    if (search.docsExamined > candidatesInTransaction && !search.isDone) return 'slow'
  }
  return 'none'
}

/** The first match, found outside of any transaction: it may have changed meanwhile. */
export async function findFirstSlowly(engine: Engine, target: Target): Promise<Found | null> {
  const query = queryOf(engine, target, 1)
  const [found] = query ? await findAll(engine, query) : []
  return found ?? null
}

/** All matches by their record's number; null when finding them would take too long here. */
export function findEvery(engine: Engine, target: Target): Found[] | null {
  const query = queryOf(engine, target, 0)
  if (!query) return []
  const { search, results } = beginQuery(engine, query)
  const found: Found[] = []
  while (!results.isDone()) {
    found.push(...results.read(1000))
    if (search.docsExamined > candidatesInTransaction && !search.isDone) return null
  }
  return found
}

/** The numbers of all records that match, found outside of any transaction. */
export async function findEverySlowly(engine: Engine, target: Target): Promise<number[]> {
  const query = queryOf(engine, target, 0)
  if (!query) return []
  const records: number[] = []
  await forEachFound(engine, query, Infinity, ({ record }) => records.push(record))
  return records
}

/** The record as it is now, if it still matches. */
export function stillMatching(engine: Engine, target: Target, record: number): Found | null {
  const collection = findCollection(engine, target.db, target.name)
  const bytes = collection ? readRecord(engine, collection, record) : undefined
  if (!bytes) return null
  const document = decodeDocument(bytes)
  return target.filter.matches(document) ? { record, bytes, document } : null
}

function queryOf(engine: Engine, target: Target, limit: number): Query | null {
  const collection = findCollection(engine, target.db, target.name)
  if (!collection) return null
  const { filter, sort, hint, compareText } = target
  return { collection, filter, sort: sort ?? doc({}), skip: 0, limit, hint, compareText }
}

/** Gives up on a document that others keep changing. */
export function tooContended(): CommandError {
  return new CommandError(
    112,
    'WriteConflict error: this operation conflicted with another operation. Please retry your operation.',
    {
      errorLabels: ['TransientTransactionError'],
    },
  )
}
