import type { Doc } from '../bson/values.ts'
import type { Filter } from './filter-types.ts'

/**
 * The index of the array element that made the filter match, for `$` in updates and projections.
 * Of several clauses the last one that met an array decides, as in mongod.
 */
export function matchedPosition(document: Doc, filter: Filter): number | null {
  const place = placeOf(document, filter)
  return place === null || place < 0 ? null : place
}

function placeOf(document: Doc, filter: Filter): number | null {
  if (filter.kind === 'or')
    return isOneField(filter.clauses) ? first(document, filter.clauses) : null
  if (filter.kind !== 'and') return filter.place?.(document) ?? null
  const places = filter.clauses.map((clause) => matchedPosition(document, clause))
  return places.findLast((place) => place !== null) ?? null
}

// Alternatives for one field are `$in`; other alternatives tell of no element.
function isOneField(clauses: readonly Filter[]): boolean {
  const paths = clauses.map((clause) =>
    clause.kind === 'in' || (clause.kind === 'range' && clause.operator === '$eq')
      ? clause.path
      : null,
  )
  return clauses.length === 1 || (paths[0] !== null && paths.every((path) => path === paths[0]))
}

function first(document: Doc, clauses: readonly Filter[]): number | null {
  const places = clauses
    .map((clause) => matchedPosition(document, clause))
    .filter((place) => place !== null)
  return places.length > 0 ? Math.min(...places) : null
}
