import type { Doc, Value } from '../bson/values.ts'
import type { Filter } from './filter-types.ts'
import { valueAt } from './paths.ts'

/**
 * The index of the array element that made the filter match, for `$` in updates and projections.
 * A clause that fails on the empty array but holds with one element alone was met by that element.
 */
export function matchedPosition(document: Doc, arrayPath: string, filter: Filter): number | null {
  const steps = arrayPath.split('.')
  const array = valueAt(document, steps)
  if (!Array.isArray(array)) return null
  for (const clause of clausesOf(filter)) {
    if (clause.matches(withArray(document, steps, []))) continue
    const index = array.findIndex((element) =>
      clause.matches(withArray(document, steps, [element])),
    )
    if (index >= 0) return index
  }
  return null
}

function clausesOf(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.clauses.flatMap(clausesOf) : [filter]
}

function withArray(document: Doc, steps: readonly string[], array: Value[]): Doc {
  const [name = '', ...rest] = steps
  const copy = new Map(document)
  const inner = document.get(name)
  copy.set(name, rest.length > 0 && inner instanceof Map ? withArray(inner, rest, array) : array)
  return copy
}
