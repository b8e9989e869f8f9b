import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import type { Filter, FilterContext } from '../query/filter-types.ts'
import { parseFilter } from '../query/filter.ts'

/** The filters that `$[name]` in update paths refers to, by their names. */
export function parseArrayFilters(
  arrayFilters: Value,
  filters: FilterContext,
): Map<string, Filter> {
  const result = new Map<string, Filter>()
  if (arrayFilters === undefined) return result
  if (!Array.isArray(arrayFilters))
    throw new CommandError('TypeMismatch', 'arrayFilters must be an array')
  for (const filter of arrayFilters) {
    if (!isDoc(filter))
      throw new CommandError('TypeMismatch', 'arrayFilters entries must be objects')
    const name = identifierOf(filter)
    if (result.has(name)) {
      throw new CommandError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      )
    }
    result.set(name, parseFilter(filter, filters))
  }
  return result
}

function identifierOf(filter: Doc): string {
  for (const [name, value] of filter) {
    if (!name.startsWith('$')) return name.split('.')[0] ?? ''
    const inner = Array.isArray(value) ? value.find(isDoc) : undefined
    if (inner) return identifierOf(inner)
  }
  throw new CommandError(
    'FailedToParse',
    'Cannot use an expression without a top-level field name in arrayFilters',
  )
}

/** Refuses filters that no path uses and paths whose filter is missing. */
export function checkArrayFilters(
  filters: ReadonlyMap<string, Filter>,
  steps: readonly { readonly path: string; readonly steps: readonly string[] }[],
  update: Doc,
): void {
  const used = new Set(
    steps.flatMap((step) =>
      step.steps.filter((name) => name.startsWith('$[')).map((name) => name.slice(2, -1)),
    ),
  )
  for (const name of filters.keys()) {
    if (used.has(name)) continue
    throw new CommandError(
      'FailedToParse',
      `The array filter for identifier '${name}' was not used in the update ${show(update)}`,
    )
  }
  for (const step of steps) {
    const missing = step.steps.find(
      (name) => name.startsWith('$[') && name !== '$[]' && !filters.has(name.slice(2, -1)),
    )
    if (missing) {
      throw new CommandError(
        'BadValue',
        `No array filter found for identifier '${missing.slice(2, -1)}' in path '${step.path}'`,
      )
    }
  }
}
