import { CommandError, withContext } from '../errors.ts'
import { show } from '../bson/show.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import type { Filter, FilterContext } from '../query/filter-types.ts'
import { parseFilter } from '../query/filter.ts'
import { isIdentifier } from './path-change.ts'

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
    const parsed = parsedFilter(filter, filters)
    const name = identifierOf(filter)
    checkIdentifier(name)
    if (result.has(name)) {
      throw new CommandError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      )
    }
    result.set(name, parsed)
  }
  return result
}

function parsedFilter(filter: Doc, filters: FilterContext): Filter {
  try {
    return parseFilter(filter, filters)
  } catch (error) {
    throw withContext(error, 'Error parsing array filter')
  }
}

function checkIdentifier(name: string): void {
  if (/^[a-z][a-zA-Z0-9]*$/.test(name)) return
  throw new CommandError(
    'BadValue',
    `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
  )
}

function identifiersOf(filter: Doc): string[] {
  return [...filter].flatMap(([name, value]) => {
    if (!name.startsWith('$')) return [name.split('.')[0] ?? '']
    return Array.isArray(value) ? value.filter(isDoc).flatMap(identifiersOf) : []
  })
}

function identifierOf(filter: Doc): string {
  const [first, ...others] = identifiersOf(filter)
  const second = others.find((name) => name !== first)
  if (second !== undefined) {
    throw new CommandError(
      'FailedToParse',
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${first ?? ''}' and '${second}'`,
    )
  }
  if (first !== undefined) return first
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
    steps.flatMap((step) => step.steps.filter(isIdentifier).map((name) => name.slice(2, -1))),
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
      (name) => isIdentifier(name) && name !== '$[]' && !filters.has(name.slice(2, -1)),
    )
    if (missing) {
      throw new CommandError(
        'BadValue',
        `No array filter found for identifier '${missing.slice(2, -1)}' in path '${step.path}'`,
      )
    }
  }
}
