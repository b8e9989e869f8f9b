import { CommandError } from '../errors.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'

/** The array index that a path component names, or null. */
export function arrayIndex(name: string): number | null {
  return /^(0|[1-9]\d{0,8})$/.test(name) ? Number(name) : null
}

/**
 * Calls `visit` with every value that a path leads to, going through arrays as MongoDB's filters
 * do, until it answers true. A path that leads nowhere is visited once with `undefined`.
 */
export function someValueAt(
  start: Value,
  path: readonly string[],
  visit: (value: Value) => boolean,
  from = 0,
): boolean {
  let value = start
  for (let i = from; i < path.length; i++) {
    if (Array.isArray(value)) return someElementAt(value, path, visit, i)
    if (!isDoc(value)) return visit(undefined)
    value = value.get(path[i] ?? '')
  }
  return visit(value)
}

function someElementAt(
  array: readonly Value[],
  path: readonly string[],
  visit: (value: Value) => boolean,
  from: number,
): boolean {
  const index = arrayIndex(path[from] ?? '')
  if (index !== null && index < array.length) {
    if (someValueAt(array[index], path, visit, from + 1)) return true
  }
  return array.some((element) => isDoc(element) && someValueAt(element, path, visit, from))
}

/** What `placeAt` answers for a match on the way to which there is no array. */
export const withoutArray = -1

/**
 * The place in the first array on a path of the element that leads to a match; null where nothing
 * matches. `leaf` answers the same about the value at the path's end.
 */
export function placeAt(
  document: Doc,
  path: readonly string[],
  leaf: (value: Value) => number | null,
): number | null {
  let value: Value = document
  for (let i = 0; i < path.length; i++) {
    if (Array.isArray(value)) return elementAt(value, path, (each) => leaf(each) !== null, i)
    if (!isDoc(value)) return leaf(undefined)
    value = value.get(path[i] ?? '')
  }
  return leaf(value)
}

function elementAt(
  array: readonly Value[],
  path: readonly string[],
  visit: (value: Value) => boolean,
  from: number,
): number | null {
  const named = arrayIndex(path[from] ?? '')
  const found = array.findIndex(
    (element, place) =>
      (isDoc(element) && someValueAt(element, path, visit, from)) ||
      (place === named && someValueAt(element, path, visit, from + 1)),
  )
  return found < 0 ? null : found
}

/** The value at a path that does not go through arrays, or undefined. */
export function valueAt(document: Doc, path: readonly string[]): Value {
  let value: Value = document
  for (const name of path) {
    if (!isDoc(value)) return undefined
    value = value.get(name)
  }
  return value
}

/** Refuses a path of an aggregation or a projection with a field that has no name. */
export function refuseEmptySteps(path: string): void {
  if (path === '')
    throw new CommandError(40352, 'FieldPath cannot be constructed with empty string')
  if (path.endsWith('.')) throw new CommandError(40353, "FieldPath must not end with a '.'.")
  if (path.split('.').includes(''))
    throw new CommandError(15998, 'FieldPath field names may not be empty strings.')
}
