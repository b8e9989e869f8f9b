import { CommandError } from '../errors.ts'
import { compareValues, equalValues } from '../bson/compare.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import {
  allowsNull,
  continued,
  fieldBounds,
  keyRange,
  type FieldBounds,
  type KeyRange,
} from '../indexes/bounds.ts'
import { encodeKey, fitKey, isTooLong, lowerBound, upperBound } from '../indexes/key-encoding.ts'
import { uint32, type Collection, type Index } from '../storage/catalog.ts'
import { boundsDecide } from './coverage.ts'
import type { Filter } from './filter-types.ts'
import { impliesFilter } from './implication.ts'

/** How the documents for a query are found. */
export type Access =
  | { readonly kind: 'scan'; readonly reverse: boolean }
  | IndexAccess
  | { readonly kind: 'union'; readonly parts: readonly IndexAccess[] }

/** A walk over stretches of one index. */
export interface IndexAccess {
  readonly kind: 'index'
  readonly index: Index
  readonly ranges: readonly KeyRange[]
  readonly bounds: readonly FieldBounds[]
  readonly reverse: boolean
  /** The documents come in the wanted order. */
  readonly sorted: boolean
  /** The one key that a unique index is asked for. */
  readonly lookup: Buffer | null
  /** What is found this way matches: no document has to be opened to see that. */
  readonly exact: boolean
}

/** What the planner is asked. */
export interface PlanRequest {
  readonly collection: Collection
  readonly filter: Filter
  readonly sort: Doc | null
  readonly hint: Value
  /** False when texts compare by a collation, which no index here follows. */
  readonly usesBinaryOrder: boolean
}

// So many stretches of an index at most: beyond that the next field is left to the filter.
const maxPoints = 2000
const maxPointsOfOneField = 100_000

/** Chooses the index that narrows the search most, or a scan of the collection. */
export function planQuery(request: PlanRequest): Access {
  const { collection, filter, sort, hint } = request
  const natural = isDoc(hint) ? hint.get('$natural') : sort?.get('$natural')
  if (natural !== undefined) return { kind: 'scan', reverse: Number(natural) < 0 }
  const scan: Access = { kind: 'scan', reverse: false }
  const hinted = hint === undefined || hint === null ? null : hintedIndex(collection, hint)
  if (!request.usesBinaryOrder) return scan
  const clauses = conjuncts(filter)
  let best: IndexAccess | null = null
  for (const index of hinted ? [hinted] : collection.indexes) {
    const access = indexAccess(index, clauses, sort, hinted !== null)
    // Nothing narrows more than the one document that a unique key leads to.
    if (access?.lookup) return access
    if (access && (!best || score(access) > score(best))) best = access
  }
  if (best && (hinted || best.bounds.length > 0)) return best
  return unionAccess(request, clauses) ?? best ?? scan
}

/** The clauses that must all hold. */
function conjuncts(filter: Filter): readonly Filter[] {
  if (filter.kind === 'and') return filter.clauses.flatMap(conjuncts)
  if (filter.kind !== 'element') return [filter]
  // What one element of an array must be, some element is: the same paths, one level down.
  return [filter, ...conjuncts(filter.inner).flatMap((inner) => nested(filter.path, inner))]
}

function nested(parent: string, inner: Filter): Filter[] {
  if (!('path' in inner) || inner.kind === 'exists') return []
  return [{ ...inner, path: `${parent}.${inner.path}` }]
}

function hintedIndex(collection: Collection, hint: Value): Index {
  const found = collection.indexes.find((index) => {
    const key = index.spec.get('key')
    return typeof hint === 'string' ? index.name === hint : equalValues(key, hint)
  })
  if (found) return found
  throw new CommandError(
    'BadValue',
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  )
}

function indexAccess(
  index: Index,
  clauses: readonly Filter[],
  sort: Doc | null,
  forced: boolean,
): IndexAccess | null {
  if (index.partial && !forced && !impliesFilter(clauses, index.partial)) return null
  const bounds = indexBounds(index, clauses)
  if (index.sparse && !forced && bounds.every(allowsNull)) return null
  const direction = sortDirection(index, bounds, sort)
  if (bounds.length === 0 && direction === 0 && !forced) return null
  const lookup = isExact(index, bounds, clauses) ? wholeKey(index, bounds) : null
  const ranges = lookup ? [] : keyRanges(index, bounds)
  return {
    kind: 'index',
    index,
    bounds,
    ranges: direction < 0 ? ranges.reverse() : ranges,
    reverse: direction < 0,
    sorted: direction !== 0,
    lookup,
    exact: lookup !== null || boundsDecide(index, bounds, clauses),
  }
}

function indexBounds(index: Index, clauses: readonly Filter[]): FieldBounds[] {
  const bounds: FieldBounds[] = []
  let points = 1
  for (const [i, field] of index.fields.entries()) {
    // Different elements of one array may meet different clauses: only one of them narrows.
    if (index.multikey && index.fields.slice(0, i).some((each) => headOf(each) === headOf(field)))
      break
    const own = fieldBounds(clauses, field, index.multikey)
    if (!own) break
    points *= own.kind === 'points' ? own.values.length : 1
    if (points > (bounds.length === 0 ? maxPointsOfOneField : maxPoints)) break
    bounds.push(own)
    if (own.kind !== 'points') break
  }
  return bounds
}

function headOf(path: string): string {
  return path.split('.')[0] ?? path
}

function keyRanges(index: Index, bounds: readonly FieldBounds[]): KeyRange[] {
  const id = uint32(index.id)
  let prefixes: Buffer[] = [Buffer.alloc(0)]
  const ranges: KeyRange[] = []
  bounds.forEach((own, i) => {
    const descending = index.descending[i] ?? false
    if (own.kind === 'points') {
      const values = distinct(own.values)
      prefixes = prefixes.flatMap((prefix) =>
        values.map((value) => continued(prefix, value, descending)),
      )
    } else {
      ranges.push(...prefixes.map((prefix) => keyRange(prefix, own, descending)))
    }
  })
  const isWhole = bounds.length === index.fields.length
  const hasRange = bounds.some((own) => own.kind !== 'points')
  const result = hasRange ? ranges : prefixes.map((prefix) => prefixRange(prefix, isWhole))
  return result
    .map(({ start, end }) => ({ start: Buffer.concat([id, start]), end: Buffer.concat([id, end]) }))
    .sort((a, b) => Buffer.compare(a.start, b.start))
}

function prefixRange(prefix: Buffer, isWhole: boolean): KeyRange {
  if (isWhole && isTooLong(prefix)) {
    const key = fitKey(prefix)
    return { start: key, end: Buffer.concat([key, Buffer.alloc(8, 0xff)]) }
  }
  return { start: lowerBound(prefix), end: upperBound(prefix) }
}

function distinct(values: readonly Value[]): Value[] {
  const sorted = [...values].sort((a, b) => compareValues(a, b))
  return sorted.filter((value, i) => i === 0 || !equalValues(value, sorted[i - 1]))
}

/** 1 or −1 when walking the index forwards or backwards gives the wanted order, otherwise 0. */
function sortDirection(index: Index, bounds: readonly FieldBounds[], sort: Doc | null): number {
  if (!sort || sort.size === 0 || index.multikey || index.truncated) return 0
  const wanted = [...sort]
  let direction = 0
  let next = 0
  for (let i = 0; i < index.fields.length && next < wanted.length; i++) {
    const [field, order] = wanted[next] ?? ['', 0]
    const own = bounds[i]
    const isFixed = own?.kind === 'points' && own.values.length === 1
    if (field !== index.fields[i]) {
      if (isFixed) continue
      return 0
    }
    next++
    if (isFixed) continue
    const agrees = Number(order) < 0 === index.descending[i] ? 1 : -1
    if (typeof order === 'object' || (direction !== 0 && direction !== agrees)) return 0
    direction = agrees
  }
  return next === wanted.length ? direction || 1 : 0
}

function isExact(
  index: Index,
  bounds: readonly FieldBounds[],
  clauses: readonly Filter[],
): boolean {
  const [only] = clauses
  return (
    clauses.length === 1 &&
    index.unique &&
    index.fields.length === 1 &&
    !index.multikey &&
    bounds.length === 1 &&
    only?.kind === 'range' &&
    only.operator === '$eq' &&
    only.value !== null
  )
}

function wholeKey(index: Index, [bounds]: readonly FieldBounds[]): Buffer {
  const values = bounds?.kind === 'points' ? bounds.values : []
  return Buffer.concat([uint32(index.id), fitKey(encodeKey(values, index.descending))])
}

function score(access: IndexAccess): number {
  const points = access.bounds.filter((own) => own.kind === 'points')
  const ranges = access.bounds.length - points.length
  const isUniqueLookup = access.index.unique && points.length === access.index.fields.length
  const spread = Math.min(access.ranges.length, 100) / 100
  return (
    points.length * 10 +
    ranges * 5 +
    (access.sorted ? 6 : 0) +
    (isUniqueLookup ? 100 : 0) -
    spread * 4
  )
}

function unionAccess(request: PlanRequest, clauses: readonly Filter[]): Access | null {
  for (const clause of clauses) {
    if (clause.kind !== 'or') continue
    const parts = clause.clauses.map((branch) => {
      const access = planQuery({ ...request, filter: branch, sort: null, hint: null })
      return access.kind === 'index' && access.bounds.length > 0
        ? [access]
        : access.kind === 'union'
          ? access.parts
          : null
    })
    if (parts.every((part) => part !== null)) {
      return { kind: 'union', parts: parts.flat() }
    }
  }
  return null
}
