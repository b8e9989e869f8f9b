import { CommandError } from '../errors.ts'
import { compareValues, equalValues } from '../bson/compare.ts'
import { isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import {
  allowsNull,
  continued,
  fieldBounds,
  keyRanges,
  type FieldBounds,
  type KeyRange,
} from '../indexes/bounds.ts'
import { encodeKey, fitKey, isTooLong, lowerBound, upperBound } from '../indexes/key-encoding.ts'
import { isHidden, isMultikey, uint32, type Collection, type Index } from '../storage/catalog.ts'
import { boundsDecide } from './coverage.ts'
import type { Filter } from './filter-types.ts'
import { orderOf } from './index-order.ts'
import { impliesFilter } from './implication.ts'

/** How the documents for a query are found. */
export type Access =
  | { readonly kind: 'scan'; readonly reverse: boolean }
  | IndexAccess
  | { readonly kind: 'union'; readonly parts: readonly IndexAccess[] }

/** A stretch of an index, all of whose keys begin with the same `head` bytes. */
export type Stretch = KeyRange & { readonly head: number }

/** A walk over stretches of one index. */
export interface IndexAccess {
  readonly kind: 'index'
  readonly index: Index
  readonly ranges: readonly Stretch[]
  readonly bounds: readonly FieldBounds[]
  readonly reverse: boolean
  /** The documents come in the wanted order. */
  readonly sorted: boolean
  /** They do if the stretches are walked side by side. */
  readonly isMerged: boolean
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
// As many as mongod walks side by side; what is in more of them is sorted afterwards.
const maxMerged = 200

/** Chooses the index that narrows the search most, or a scan of the collection. */
export function planQuery(request: PlanRequest): Access {
  const { collection, filter, sort, hint } = request
  const natural = naturalOrder(hint, sort)
  if (natural !== null) return { kind: 'scan', reverse: natural < 0 }
  const scan: Access = { kind: 'scan', reverse: false }
  const hinted = hint === undefined || hint === null ? null : hintedIndex(collection, hint)
  if (!request.usesBinaryOrder) return scan
  const clauses = conjuncts(filter)
  let best: IndexAccess | null = null
  for (const index of hinted ? [hinted] : collection.indexes) {
    if (isHidden(index)) continue
    const access = indexAccess(index, clauses, sort, hinted !== null)
    // Nothing narrows more than the one document that a unique key leads to.
    if (access?.lookup) return access
    if (access && (!best || score(access) > score(best))) best = access
  }
  if (best && (hinted || best.bounds.length > 0)) return best
  return unionAccess(request, clauses) ?? best ?? scan
}

/** The direction in which a hint or an order wants the collection itself to be read. */
function naturalOrder(hint: Value, sort: Doc | null): number | null {
  const hinted = isDoc(hint) ? hint.get('$natural') : undefined
  const natural = hinted ?? sort?.get('$natural')
  if (natural === undefined) return null
  const isMixed = isDoc(hint) && (hint.size > 1 || hinted === undefined) && hint.size > 0
  const direction = isNumber(natural) ? toDouble(natural) : 0
  if (isMixed || (typeof hint === 'string' && hint !== ''))
    throw new CommandError('BadValue', '$natural cannot be combined with another hint')
  if (Math.abs(direction) !== 1) {
    const message = '$natural sort cannot be set to a value other than -1 or 1.'
    throw new CommandError('BadValue', message)
  }
  return direction
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

const plannerError = 'error processing query: planner returned error :: caused by :: '

function hintedIndex(collection: Collection, hint: Value): Index {
  const [found, other] = collection.indexes.filter(isShown).filter((index) => {
    const key = index.spec.get('key')
    return typeof hint === 'string' ? index.name === hint : equalValues(key, hint)
  })
  if (found && other) {
    const message = `Hint matched multiple indexes, must hint by index name. Matched: ${found.name} and ${other.name}`
    throw new CommandError('IndexNotFound', `${plannerError}${message}`)
  }
  if (found) return found
  throw new CommandError(
    'BadValue',
    `${plannerError}hint provided does not correspond to an existing index`,
  )
}

function isShown(index: Index): boolean {
  return !isHidden(index)
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
  const order = orderOf(index, bounds, sort)
  if (bounds.length === 0 && order === null && !forced) return null
  const lookup = isExact(index, bounds, clauses) ? wholeKey(index, bounds) : null
  const ranges = lookup ? [] : stretches(index, bounds, order?.spread ?? 0)
  const mayMerge = order !== null && order.spread > 0 && ranges.length > 1
  const isSorted = order !== null && (!mayMerge || ranges.length <= maxMerged)
  const reverse = isSorted && order.direction < 0
  return {
    kind: 'index',
    index,
    bounds,
    ranges: reverse ? ranges.reverse() : ranges,
    reverse,
    sorted: isSorted,
    isMerged: isSorted && mayMerge,
    lookup,
    exact: lookup !== null || boundsDecide(index, bounds, clauses),
  }
}

function indexBounds(index: Index, clauses: readonly Filter[]): FieldBounds[] {
  const bounds: FieldBounds[] = []
  let points = 1
  for (const [i, field] of index.fields.entries()) {
    const isArray = index.arrays[i] === true
    // Different elements of one array may meet different clauses: only one of them narrows.
    if (isArray && index.fields.slice(0, i).some((each) => headOf(each) === headOf(field))) break
    const own = fieldBounds(clauses, field, isArray)
    if (!own || mayHideMissing(index, i, own)) break
    points *= own.kind === 'points' ? own.values.length : 1
    if (points > (bounds.length === 0 ? maxPointsOfOneField : maxPoints)) break
    bounds.push(own)
    if (own.kind !== 'points') break
  }
  return bounds
}

/** Elements of an array may lack a field that is named like the place of another element. */
function mayHideMissing(index: Index, i: number, own: FieldBounds): boolean {
  const path = index.paths[i]
  return path !== undefined && index.numberedPaths.includes(path) && allowsNull(own)
}

function headOf(path: string): string {
  return path.split('.')[0] ?? path
}

/** The stretches within the bounds, in the index's order; heads are the values of `spread` fields. */
function stretches(index: Index, bounds: readonly FieldBounds[], spread: number): Stretch[] {
  const id = uint32(index.id)
  let prefixes: { readonly bytes: Buffer; readonly head: number }[] = [
    { bytes: Buffer.alloc(0), head: 0 },
  ]
  const ranges: Stretch[] = []
  bounds.forEach((own, i) => {
    const descending = index.descending[i] ?? false
    if (own.kind === 'points') {
      const values = distinct(own.values)
      prefixes = prefixes.flatMap((prefix) =>
        values.map((value) => {
          const bytes = continued(prefix.bytes, value, descending)
          return { bytes, head: i < spread ? bytes.length : prefix.head }
        }),
      )
    } else {
      for (const { bytes, head } of prefixes) {
        for (const range of keyRanges(bytes, own, descending)) ranges.push({ ...range, head })
      }
    }
  })
  const isWhole = bounds.length === index.fields.length
  const hasRange = bounds.some((own) => own.kind !== 'points')
  const result = hasRange
    ? ranges
    : prefixes.map(({ bytes, head }) => ({ ...prefixRange(bytes, isWhole), head }))
  return result
    .map(({ start, end, head }) => ({
      start: Buffer.concat([id, start]),
      end: Buffer.concat([id, end]),
      head: id.length + head,
    }))
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
    !isMultikey(index) &&
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
