import { BSONRegExp } from 'bson'
import { order, typeOrder, type Value } from '../bson/values.ts'
import type { Filter, RangeOperator } from '../query/filter-types.ts'
import { encodeKey, lowerBound, upperBound } from './key-encoding.ts'

/** What the filter allows one index field to be: a few values, or one range of them. */
export type FieldBounds =
  | { readonly kind: 'points'; readonly values: readonly Value[] }
  | {
      readonly kind: 'range'
      readonly lower: Edge | null
      readonly upper: Edge | null
      readonly type: number
    }
  /** Texts that begin so, and the pattern itself where it is a value. */
  | { readonly kind: 'prefix'; readonly prefix: string; readonly pattern: string }

interface Edge {
  readonly value: Value
  readonly inclusive: boolean
}

/** A stretch of stored keys: `start` belongs to it, `end` does not. */
export interface KeyRange {
  readonly start: Buffer
  readonly end: Buffer
}

/**
 * The tightest bounds that the clauses on `field` allow an index to use, or null. In a multikey
 * index different elements may meet different clauses, so there only one clause counts.
 */
export function fieldBounds(
  clauses: readonly Filter[],
  field: string,
  multikey: boolean,
): FieldBounds | null {
  const own = clauses.filter((clause) => 'path' in clause && clause.path === field)
  const points = own.map(pointsOf).filter((values) => values !== null)
  const fewest = points.sort((a, b) => a.length - b.length)[0]
  if (fewest) return { kind: 'points', values: fewest }
  const prefix = own.find((clause) => clause.kind === 'prefix')
  if (prefix) return { kind: 'prefix', prefix: prefix.prefix, pattern: prefix.pattern }
  return rangeOf(own, multikey)
}

function pointsOf(clause: Filter): readonly Value[] | null {
  if (clause.kind === 'range' && clause.operator === '$eq') {
    return isPoint(clause.value) ? [clause.value] : null
  }
  if (clause.kind === 'range' && isNullRange(clause.operator, clause.value)) return [null]
  if (clause.kind === 'in') return clause.values.every(isPoint) ? clause.values : null
  if (clause.kind === 'exists' && !clause.exists) return [null]
  return null
}

// An index holds the elements of an array, not the array: equality with one cannot be looked up.
function isPoint(value: Value): boolean {
  return !Array.isArray(value) && !(value instanceof BSONRegExp)
}

function isNullRange(operator: RangeOperator, value: Value): boolean {
  return typeOrder(value) === order.null && (operator === '$gte' || operator === '$lte')
}

function rangeOf(clauses: readonly Filter[], multikey: boolean): FieldBounds | null {
  const ranges = clauses
    .filter((clause) => clause.kind === 'range')
    .filter(({ value }) => isRangeValue(value))
  const [first] = ranges
  if (!first) return null
  const type = typeOrder(first.value)
  const usable = multikey ? [first] : ranges.filter(({ value }) => typeOrder(value) === type)
  const edge = (...operators: RangeOperator[]): Edge | null => {
    const found = usable.find(({ operator }) => operators.includes(operator))
    return found ? { value: found.value, inclusive: found.operator.endsWith('e') } : null
  }
  return { kind: 'range', lower: edge('$gt', '$gte'), upper: edge('$lt', '$lte'), type }
}

function isRangeValue(value: Value): boolean {
  const type = typeOrder(value)
  return ![order.minKey, order.maxKey, order.array, order.null, order.regex].some(
    (each) => each === type,
  )
}

/** True when the bounds let null, and so missing fields, through. */
export function allowsNull(bounds: FieldBounds): boolean {
  return (
    bounds.kind === 'points' && bounds.values.some((value) => value === null || value === undefined)
  )
}

/** The stretches of keys that continue `prefix` with a value within the bounds. */
export function keyRanges(
  prefix: Buffer,
  bounds: Exclude<FieldBounds, { kind: 'points' }>,
  descending: boolean,
): KeyRange[] {
  if (bounds.kind === 'prefix') {
    const pattern = continued(prefix, new BSONRegExp(bounds.pattern), descending)
    return [
      prefixRange(prefix, bounds.prefix, descending),
      { start: lowerBound(pattern), end: upperBound(pattern) },
    ]
  }
  const { lower, upper, type } = bounds
  const before = descending ? upper : lower
  const after = descending ? lower : upper
  const range = {
    start: before ? startEdge(prefix, before, descending) : typeEdge(prefix, type, descending, 0),
    end: after ? endEdge(prefix, after, descending) : typeEdge(prefix, type, descending, 1),
  }
  return [range]
}

function startEdge(prefix: Buffer, edge: Edge, descending: boolean): Buffer {
  const key = continued(prefix, edge.value, descending)
  const isWhole = lowerBound(key) === key
  return edge.inclusive || !isWhole ? lowerBound(key) : upperBound(key)
}

function endEdge(prefix: Buffer, edge: Edge, descending: boolean): Buffer {
  const key = continued(prefix, edge.value, descending)
  const isWhole = lowerBound(key) === key
  return edge.inclusive || !isWhole ? upperBound(key) : key
}

function typeEdge(prefix: Buffer, type: number, descending: boolean, after: 0 | 1): Buffer {
  const byte = (descending ? 255 - type : type) + after
  return lowerBound(Buffer.concat([prefix, Buffer.from([byte])]))
}

function prefixRange(prefix: Buffer, text: string, descending: boolean): KeyRange {
  // Without the two zero bytes that end it, the text's encoding begins that of every longer text.
  const whole = encodeKey([text], [descending])
  const begun = Buffer.concat([prefix, whole.subarray(0, whole.length - 2)])
  return { start: lowerBound(begun), end: upperBound(begun) }
}

/** A key prefix followed by one more value. */
export function continued(prefix: Buffer, value: Value, descending: boolean): Buffer {
  return Buffer.concat([prefix, encodeKey([value], [descending])])
}
