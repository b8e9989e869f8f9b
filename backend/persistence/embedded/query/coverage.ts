import { Double, ObjectId } from 'bson'
import type { FieldBounds } from '../indexes/bounds.ts'
import type { Index } from '../storage/catalog.ts'
import { order, type Value } from '../bson/values.ts'
import type { Filter } from './filter-types.ts'

// Short of where keys are cut: a bound within the kept part tells long keys from short ones.
const longestText = 256

/**
 * True when what lies within the bounds is what the clauses want, no more: then no document has
 * to be opened to see whether it matches. Where this is not plain to see it says no.
 */
export function boundsDecide(
  index: Index,
  bounds: readonly FieldBounds[],
  clauses: readonly Filter[],
): boolean {
  if (!clauses.every(isPlainClause)) return false
  if (!bounds.every((own, i) => isStrict(own, index.fields[i] ?? ''))) return false
  const used = bounds.reduce((sum, own) => sum + clausesWithin(own), 0)
  return used === clauses.length
}

function isPlainClause(clause: Filter): boolean {
  if (clause.kind === 'range') return isPlain(clause.value)
  return clause.kind === 'in' && clause.values.every(isPlain)
}

function isPlain(value: Value): boolean {
  if (typeof value === 'number') return !Number.isNaN(value)
  if (typeof value === 'string') return value.length <= longestText
  if (typeof value === 'boolean' || typeof value === 'bigint') return true
  if (value instanceof Double) return !Number.isNaN(value.value)
  return value instanceof Date || value instanceof ObjectId
}

function isStrict(own: FieldBounds, field: string): boolean {
  // A number in a path may be the place in an array or a name: indexes and filters see both.
  if (/(^|\.)\d/.test(field)) return false
  // NaN sorts before every number, but is less than none.
  return own.kind !== 'range' || own.lower !== null || own.type !== order.number
}

/** How many clauses the bounds of one field stand for. */
function clausesWithin(own: FieldBounds): number {
  if (own.kind === 'points') return 1
  if (own.kind === 'prefix') return 0
  return (own.lower ? 1 : 0) + (own.upper ? 1 : 0)
}
