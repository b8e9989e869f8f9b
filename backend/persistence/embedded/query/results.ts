import { MinKey } from 'bson'
import { CommandError } from '../errors.ts'
import { compareValues, type CompareText } from '../bson/compare.ts'
import { doc, isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { documentOf, type Found, type Search } from './search.ts'

/** The answer to a query, read in steps. */
export interface Results {
  /** Works for a moment and returns what it has, at most `wanted`; it may be nothing yet. */
  readonly read: (wanted: number) => Found[]
  readonly isDone: () => boolean
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
const sortMemoryLimit = 100 * 1024 * 1024

/** The results of a search that already comes in the wanted order. */
export function streamResults(search: Search, { skip, limit }: Shape): Results {
  let toSkip = skip
  let left = limit === 0 ? Infinity : limit
  let ready: Found[] = []
  return {
    isDone: () => left === 0 || (search.isDone && ready.length === 0),
    read: (wanted) => {
      if (ready.length === 0 && !search.isDone) {
        const few = Math.min(toSkip + Math.min(wanted, left), candidatesPerStep)
        const found = search.step(Math.max(few, 1))
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
  let sorted: Found[] | null = null
  return {
    isDone: () => sorted !== null && sorted.length === 0,
    read: (wanted) => {
      if (sorted === null) {
        for (const found of search.step(candidatesPerStep)) {
          pool.push({ found, keys: order.keysOf(documentOf(found)) })
        }
        if (pool.length > keep * 2 + candidatesPerStep) pool = best(pool, order, keep)
        refuseTooLarge(pool)
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

function refuseTooLarge(pool: readonly Sortable[]): void {
  if (pool.length % 1000 >= candidatesPerStep) return
  const bytes = pool.reduce((sum, { found }) => sum + found.bytes.length, 0)
  if (bytes <= sortMemoryLimit) return
  throw new CommandError(
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    'Sort exceeded memory limit of 104857600 bytes, but did not opt in to external sorting.',
  )
}

/** A sort specification, ready to compare by. */
export interface SortOrder {
  readonly keysOf: (document: Doc) => Value[]
  readonly compare: (a: readonly Value[], b: readonly Value[]) => number
}

/** Reads a sort specification; an array sorts by its least or greatest element. */
export function sortOrder(sort: Doc, compareText?: CompareText): SortOrder {
  const parts = [...sort]
    .filter(([name]) => name !== '$natural')
    .map(([path, direction]) => ({ steps: path.split('.'), sign: signOf(direction) }))
  return {
    keysOf: (document) =>
      parts.map(({ steps, sign }) => sortKey(document, steps, sign, compareText)),
    compare: (a, b) => {
      for (let i = 0; i < parts.length; i++) {
        const difference = compareValues(a[i], b[i], compareText)
        if (difference !== 0) return difference * (parts[i]?.sign ?? 1)
      }
      return 0
    },
  }
}

function signOf(direction: Value): 1 | -1 {
  const sign = isNumber(direction) ? toDouble(direction) : 0
  if (sign === 1 || sign === -1) return sign
  if (isDoc(direction))
    throw new CommandError('BadValue', 'a sort by $meta needs $text, which is not supported')
  throw new CommandError(
    15975,
    '$sort key ordering must be specified using a number: 1 (for ascending) or -1 (for descending)',
  )
}

function sortKey(
  document: Doc,
  steps: readonly string[],
  sign: 1 | -1,
  compareText?: CompareText,
): Value {
  const values = leaves(document, steps, 0)
  return values.reduce<Value>(
    (chosen, value, i) =>
      i === 0 || compareValues(value, chosen, compareText) * sign < 0 ? value : chosen,
    null,
  )
}

function leaves(value: Value, steps: readonly string[], from: number): Value[] {
  if (from === steps.length) {
    if (!Array.isArray(value)) return [value]
    // An empty array sorts before null.
    return value.length > 0 ? value : [new MinKey()]
  }
  const name = steps[from] ?? ''
  if (isDoc(value)) return leaves(value.get(name), steps, from + 1)
  if (!Array.isArray(value)) return [null]
  if (/^\d+$/.test(name)) return leaves(value[Number(name)], steps, from + 1)
  const found = value.filter(isDoc).flatMap((element) => leaves(element, steps, from))
  return found.length > 0 ? found : [null]
}
