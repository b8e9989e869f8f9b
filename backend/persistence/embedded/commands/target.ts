import { CommandError } from '../errors.ts'
import { doc, type Doc, type Value } from '../bson/values.ts'
import { decodeDocument } from '../bson/decode.ts'
import { filterContext, findCollection, type Engine } from '../engine.ts'
import { parseFilter } from '../query/filter.ts'
import type { Filter } from '../query/filter-types.ts'
import type { CompareText } from '../bson/compare.ts'
import type { Found } from '../query/found.ts'
import type { Search } from '../query/search.ts'
import type { Transaction } from '../storage/write-queue.ts'
import { beginQuery, findAll, forEachFound, refuseLate, type Query } from './execution.ts'
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
  /** By when the command that aims at it has to be done. */
  readonly deadline: number
}

// What a write may look at and how long it may take inside one transaction, while others wait.
const candidatesInTransaction = 2000
export const documentsPerTransaction = 500
const transactionMs = 15

/** Parses the filter of a write. */
export function parseTarget(
  place: { db: string; name: string },
  filterDoc: Doc,
  options: {
    sort?: Doc | null
    hint?: Value
    compareText?: CompareText | undefined
    variables?: ReadonlyMap<string, Value>
    deadline?: number
    isUpsert?: boolean
  },
): Target {
  const { sort = null, hint, compareText, variables, deadline = Infinity } = options
  const { isUpsert = false } = options
  const filter = parseFilter(filterDoc, { ...filterContext(variables, compareText), isUpsert })
  return { ...place, filterDoc, filter, sort, hint, compareText, deadline }
}

/** The first match; `none` when there is none; `slow` when finding out would take too long here. */
export function findFirst(engine: Engine, target: Target): Found | 'none' | 'slow' {
  const query = queryOf(engine, target, 1)
  if (!query) return 'none'
  const { search, results } = beginQuery(engine, query)
  const isSlow = slowness(search)
  while (!results.isDone()) {
    const [found] = results.read(1)
    if (found) return found
    if (isSlow()) return 'slow'
  }
  return 'none'
}

function slowness(search: Search): () => boolean {
  const ends = performance.now() + transactionMs
  return () =>
    !search.isDone && (search.docsExamined > candidatesInTransaction || performance.now() > ends)
}

/** The first match, found outside of any transaction: it may have changed meanwhile. */
export async function findFirstSlowly(engine: Engine, target: Target): Promise<Found | null> {
  const query = queryOf(engine, target, 1)
  const [found] = query ? await findAll(engine, query, target.deadline) : []
  return found ?? null
}

/** All matches by their record's number; null when finding them would take too long here. */
export function findEvery(engine: Engine, target: Target): Found[] | null {
  const query = queryOf(engine, target, 0)
  if (!query) return []
  const { search, results } = beginQuery(engine, query)
  const isSlow = slowness(search)
  const found: Found[] = []
  while (!results.isDone()) {
    found.push(...results.read(1000))
    if (isSlow()) return null
  }
  return found
}

/** The numbers of all records that match, found outside of any transaction. */
export async function findEverySlowly(engine: Engine, target: Target): Promise<number[]> {
  const query = queryOf(engine, target, 0)
  if (!query) return []
  const records: number[] = []
  await forEachFound(engine, query, target.deadline, ({ record }) => records.push(record))
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

/**
 * Does `work` to every record that still matches, in as many transactions as it takes to keep
 * nobody waiting, and answers how many there were and how many `work` says it changed.
 */
export async function inTransactions(
  engine: Engine,
  target: Target,
  records: readonly number[],
  work: (transaction: Transaction, found: Found) => boolean,
): Promise<{ matched: number; changed: number }> {
  let [next, matched, changed] = [0, 0, 0]
  while (next < records.length) {
    refuseLate(target.deadline)
    const step = await engine.queue.run((transaction) => {
      const outcomes: boolean[] = []
      const ends = performance.now() + transactionMs
      let at = next
      do {
        const found = stillMatching(engine, target, records[at] ?? 0)
        if (found) outcomes.push(work(transaction, found))
        at += 1
      } while (
        at < Math.min(records.length, next + documentsPerTransaction) &&
        performance.now() < ends
      )
      return { at, outcomes }
    })
    next = step.at
    matched += step.outcomes.length
    changed += step.outcomes.filter((isChanged) => isChanged).length
  }
  return { matched, changed }
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
