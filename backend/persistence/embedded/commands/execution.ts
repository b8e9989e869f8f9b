import { setImmediate as nextTurn } from 'node:timers/promises'
import { CommandError } from '../errors.ts'
import type { CompareText } from '../bson/compare.ts'
import type { RawDocument } from '../bson/values.ts'
import { type Doc, type Value } from '../bson/values.ts'
import type { Batch, NextBatch } from '../cursors.ts'
import type { Engine } from '../engine.ts'
import type { Filter } from '../query/filter-types.ts'
import { planQuery, type Access } from '../query/planner.ts'
import { sortResults, streamResults, type Results } from '../query/results.ts'
import type { Found } from '../query/found.ts'
import { openSearch, type Search } from '../query/search.ts'
import type { Collection } from '../storage/catalog.ts'

/** A query, parsed. */
export interface Query {
  readonly collection: Collection
  readonly filter: Filter
  readonly sort: Doc | null
  readonly skip: number
  readonly limit: number
  readonly hint: Value
  readonly compareText?: CompareText | undefined
}

/** A query that has begun. */
export interface Execution {
  readonly access: Access
  readonly search: Search
  readonly results: Results
}

// Between two turns of a long command others wait no longer than this.
const turnMs = 0.4
/** What the documents of one reply may come to. */
export const maxBatchBytes = 16 * 1024 * 1024

/** Plans a query and begins its search; nothing is read yet. */
export function beginQuery(engine: Engine, query: Query): Execution {
  const { collection, filter, sort, hint, compareText } = query
  const access = planQuery({
    collection,
    filter,
    sort,
    hint,
    usesBinaryOrder: compareText === undefined,
  })
  const search = openSearch(engine.store, {
    collection,
    access,
    filter,
    lookOn: engine.scans.begin,
  })
  const results = comesSorted(access, sort)
    ? streamResults(search, query)
    : sortResults(search, query)
  return { access, search, results }
}

/** True where what is found this way comes in the wanted order by itself. */
export function comesSorted(access: Access, sort: Doc | null): boolean {
  if (sort === null || sort.size === 0 || sort.has('$natural')) return true
  return access.kind === 'index' && access.sorted
}

/** Everything a query finds, giving other clients their turn meanwhile. */
export async function findAll(engine: Engine, query: Query, deadline = Infinity): Promise<Found[]> {
  const { results } = beginQuery(engine, query)
  const found: Found[] = []
  const pause = createPause(deadline, results)
  while (!results.isDone()) {
    for (const each of results.read(1000)) found.push(each)
    if (pause.isDue()) await pause.take()
  }
  return found
}

/** Hands everything that a query finds to `use`, without keeping it. */
export async function forEachFound(
  engine: Engine,
  query: Query,
  deadline: number,
  use: (found: Found) => void,
): Promise<void> {
  const { results } = beginQuery(engine, query)
  const pause = createPause(deadline, results)
  while (!results.isDone()) {
    for (const found of results.read(1000)) use(found)
    if (pause.isDue()) await pause.take()
  }
}

/** Reads a query's results in batches, each document in the form that `present` gives it. */
export function batches(
  results: Results,
  present: (found: Found) => RawDocument | Doc,
  deadline: number,
): NextBatch {
  let isFirst = true
  return (count): Batch | Promise<Batch> => {
    // A deadline is for the work of one command; later batches have their own.
    const pause = createPause(isFirst ? deadline : Infinity, results)
    isFirst = false
    const documents: (RawDocument | Doc)[] = []
    let bytes = 0
    const isFull = (): boolean =>
      documents.length >= count || bytes >= maxBatchBytes || results.isDone()
    const readTurn = (): void => {
      while (!isFull() && !pause.isDue()) {
        for (const found of results.read(Math.min(count - documents.length, batchRoom(bytes)))) {
          bytes += found.bytes.length
          documents.push(present(found))
        }
      }
    }
    const goOn = async (): Promise<Batch> => {
      while (!isFull()) {
        await pause.take()
        readTurn()
      }
      return { documents, isDone: results.isDone() }
    }
    // What takes one turn is answered within it, as most queries are.
    readTurn()
    return isFull() ? { documents, isDone: results.isDone() } : goOn()
  }
}

// Documents can be 16 MB each; read few at a time once a batch is large.
function batchRoom(bytes: number): number {
  return bytes > 1024 * 1024 ? 1 : 100
}

/** Keeps a long command from holding the server, and from running past its deadline. */
export interface Pause {
  readonly isDue: () => boolean
  readonly take: () => Promise<void>
}

/** Makes the pause of a command that has until `deadline`, and may have results to wait for. */
export function createPause(deadline: number, results?: Results): Pause {
  let turnEnds = performance.now() + turnMs
  return {
    isDue: () => performance.now() >= turnEnds || (results?.isWaiting() ?? false),
    take: async () => {
      refuseLate(deadline)
      await (results ? results.rest() : nextTurn())
      turnEnds = performance.now() + turnMs
    },
  }
}

/** Ends a command that has run past its deadline. */
export function refuseLate(deadline: number): void {
  if (performance.now() > deadline)
    throw new CommandError('MaxTimeMSExpired', 'operation exceeded time limit')
}
