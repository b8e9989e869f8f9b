import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { arrayIndex } from '../query/paths.ts'
import type { Filter } from '../query/filter-types.ts'

/** The next value of a field; `undefined` removes it, the same value changes nothing. */
export type Change = (current: Value) => Value

/** What the placeholders in an update path stand for. */
export interface Placeholders {
  /** The array element that the filter matched, for `$`. */
  readonly position: number | null
  /** The filters named in `$[name]`. */
  readonly arrayFilters: ReadonlyMap<string, Filter>
}

/** How a path is followed. */
export interface PathChange {
  readonly path: string
  readonly steps: readonly string[]
  readonly change: Change
  /** Whether missing parents are made on the way. */
  readonly creates: boolean
  /** Whether a value on the way that has no fields ends the change quietly. */
  readonly mayBeBlocked?: boolean
  readonly placeholders: Placeholders
}

const maxPadding = 1_500_000

/** A copy of the document with the change made at the path; what is not on the path is shared. */
export function changeAt(document: Doc, request: PathChange): Doc {
  return inDocument(document, 0, request)
}

function step(value: Value, from: number, request: PathChange): Value {
  if (from === request.steps.length) return request.change(value)
  if (isDoc(value)) return inDocument(value, from, request)
  if (Array.isArray(value)) return inArray(value, from, request)
  const name = request.steps[from] ?? ''
  if (value === undefined) {
    if (isPlaceholder(name)) throw missingArray(request, from)
    if (!request.creates) return undefined
    const inner = step(undefined, from + 1, request)
    return inner === undefined ? undefined : new Map([[name, inner]])
  }
  if (isPlaceholder(name)) throw notAnArray(request, from, value)
  if (request.mayBeBlocked) return value
  throw blocked(request, from, value)
}

function inDocument(document: Doc, from: number, request: PathChange): Doc {
  const name = request.steps[from] ?? ''
  if (isPlaceholder(name)) throw notAnArray(request, from, document)
  const current = document.get(name)
  const next = step(current, from + 1, request)
  if (next === current) return document
  const copy = new Map(document)
  if (next === undefined) copy.delete(name)
  else copy.set(name, next)
  return copy
}

function inArray(array: Value[], from: number, request: PathChange): Value[] {
  const name = request.steps[from] ?? ''
  const chosen = isPlaceholder(name)
    ? chosenElements(array, name, request, from)
    : namedElement(array, name, from, request)
  let copy = array
  for (const index of chosen) {
    const current = array[index]
    const next = step(current, from + 1, request)
    if (next === current) continue
    if (copy === array) copy = [...array]
    while (copy.length < index) copy.push(null)
    copy[index] = next === undefined ? null : next
  }
  return copy
}

function namedElement(
  array: readonly Value[],
  name: string,
  from: number,
  request: PathChange,
): number[] {
  const index = arrayIndex(name)
  if (index === null) {
    if (request.mayBeBlocked) return []
    throw blocked(request, from, array as Value[])
  }
  if (index >= array.length && !request.creates) return []
  if (index - array.length > maxPadding) {
    throw new CommandError('BadValue', `can't backfill more than ${String(maxPadding)} elements`)
  }
  return [index]
}

function chosenElements(
  array: readonly Value[],
  name: string,
  request: PathChange,
  from: number,
): number[] {
  if (name === '$') return [positionOf(request, from)]
  const { arrayFilters } = request.placeholders
  const identifier = name.slice(2, -1)
  if (name !== '$[]' && !arrayFilters.has(identifier)) {
    throw new CommandError(
      'BadValue',
      `No array filter found for identifier '${identifier}' in path '${request.path}'`,
    )
  }
  return identifiedElements(array, name, arrayFilters)
}

/** The places of the elements that `$[]` or `$[name]` stands for. */
export function identifiedElements(
  array: readonly Value[],
  name: string,
  arrayFilters: Placeholders['arrayFilters'],
): number[] {
  const all = array.map((_, index) => index)
  if (name === '$[]') return all
  const identifier = name.slice(2, -1)
  const filter = arrayFilters.get(identifier)
  return all.filter((index) => filter?.matches(new Map([[identifier, array[index]]])))
}

function positionOf({ placeholders }: PathChange, from: number): number {
  if (placeholders.position !== null && from > 0) return placeholders.position
  throw new CommandError(
    'BadValue',
    'The positional operator did not find the match needed from the query.',
  )
}

/** True for `$`, `$[]` and `$[name]`. */
export function isPlaceholder(name: string): boolean {
  return name === '$' || isIdentifier(name)
}

/** True for `$[]` and `$[name]`. */
export function isIdentifier(name: string): boolean {
  return name.startsWith('$[') && name.endsWith(']')
}

function missingArray(request: PathChange, from: number): CommandError {
  if (request.steps[from] === '$') positionOf(request, from)
  const path = request.steps.slice(0, from).join('.')
  return new CommandError(
    'BadValue',
    `The path '${path}' must exist in the document in order to apply array updates.`,
  )
}

function notAnArray(request: PathChange, from: number, value: Value): CommandError {
  if (request.steps[from] === '$') positionOf(request, from)
  const field = request.steps[from - 1] ?? ''
  return new CommandError(
    'BadValue',
    `Cannot apply array updates to non-array element ${field}: ${show(value)}`,
  )
}

function blocked({ path, steps, creates }: PathChange, from: number, value: Value): CommandError {
  const name = steps[from] ?? ''
  const element = `{${steps[from - 1] ?? ''}: ${show(value)}}`
  return new CommandError(
    'PathNotViable',
    creates
      ? `Cannot create field '${name}' in element ${element}`
      : `Cannot use the part (${name}) of (${path}) to traverse the element (${element})`,
  )
}
