import { CommandError } from '../errors.ts'
import type { CompareText } from '../bson/compare.ts'
import { doc, type Doc, type Value } from '../bson/values.ts'
import { fieldsOf, type Found } from './found.ts'
import type { Search } from './search.ts'
import { sortOrder, type SortOrder } from './sort-order.ts'

/** The answer to a query, read in steps. */
export interface Results {
  /** Works for a moment and returns what it has, at most `wanted`; it may be nothing yet. */
  readonly read: (wanted: number) => Found[]
  readonly isDone: () => boolean
  /** True when reading brings nothing before there was a rest. */
  readonly isWaiting: () => boolean
  /** Lets others have their turn. */
  readonly rest: () => Promise<void>
}

/** How the found documents are put in order and cut. */
export interface Shape {
  readonly sort: Doc | null
  readonly skip: number
  /** 0 means all. */
  readonly limit: number
  readonly compareText?: CompareText | undefined
}

const candidatesPerStep = 50
const stepMs = 1
/** What the documents of an order made in memory may come to, in bytes. */
export const sortMemoryLimit = 100 * 1024 * 1024

/** A search in steps that get shorter where looking at one document takes long. */
function stepper(search: Search): (wanted: number) => Found[] {
  let room = candidatesPerStep
  return (wanted) => {
    const startedAt = performance.now()
    const found = search.step(Math.min(wanted, room))
    const isLong = performance.now() - startedAt > stepMs
    room = isLong ? Math.max(1, room >> 2) : Math.min(candidatesPerStep, room * 2)
    return found
  }
}

/** The results of a search that already comes in the wanted order. */
export function streamResults(search: Search, { skip, limit }: Shape): Results {
  let toSkip = skip
  let left = limit === 0 ? Infinity : limit
  let ready: Found[] = []
  const step = stepper(search)
  return {
    rest: search.rest,
    isWaiting: () => ready.length === 0 && search.isWaiting(),
    isDone: () => left === 0 || (search.isDone && ready.length === 0),
    read: (wanted) => {
      if (ready.length === 0 && !search.isDone) {
        const found = step(Math.max(toSkip + Math.min(wanted, left), 1))
        const dropped = Math.min(toSkip, found.length)
        toSkip -= dropped
        ready = dropped > 0 ? found.slice(dropped) : found
      }
      const part = ready.splice(0, Math.min(wanted, left))
      left -= part.length
      return part
    },
  }
}

/** The results of a search that has to be sorted first, keeping no more than the limit needs. */
export function sortResults(search: Search, shape: Shape): Results {
  const order = sortOrder(shape.sort ?? doc({}), shape.compareText)
  const keep = shape.limit === 0 ? Infinity : shape.skip + shape.limit
  let pool: Sortable[] = []
  let bytes = 0
  let sorted: Found[] | null = null
  const step = stepper(search)
  return {
    rest: search.rest,
    isWaiting: search.isWaiting,
    isDone: () => sorted !== null && sorted.length === 0,
    read: (wanted) => {
      if (sorted === null) {
        for (const found of step(candidatesPerStep)) {
          pool.push({ found, keys: order.keysOf(fieldsOf(found, order.reads)) })
          bytes += found.bytes.length
        }
        if (pool.length > keep * 2 + candidatesPerStep || bytes > sortMemoryLimit) {
          pool = best(pool, order, keep)
          bytes = pool.reduce((sum, { found }) => sum + found.bytes.length, 0)
        }
        if (bytes > sortMemoryLimit) throw tooLarge()
        if (!search.isDone) return []
        sorted = best(pool, order, keep)
          .slice(shape.skip)
          .map(({ found }) => found)
        pool = []
      }
      return sorted.splice(0, wanted)
    },
  }
}

interface Sortable {
  readonly found: Found
  readonly keys: readonly Value[]
}

function best(pool: Sortable[], order: SortOrder, keep: number): Sortable[] {
  // The record's number breaks ties, so that equal keys keep the order in which they were stored.
  pool.sort((a, b) => order.compare(a.keys, b.keys) || a.found.record - b.found.record)
  return keep < pool.length ? pool.slice(0, keep) : pool
}

function tooLarge(): CommandError {
  return new CommandError(
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    `Sort exceeded memory limit of ${String(sortMemoryLimit)} bytes, but did not opt in to external sorting.`,
  )
}
