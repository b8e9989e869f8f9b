import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { emptyArray, isDoc, type Doc, type Value } from '../bson/values.ts'

/** The entries that a document has in an index, and whether arrays made them several. */
export interface Extraction {
  readonly entries: readonly (readonly Value[])[]
  /** For each path whether there is an array on it; empty where there is none on any. */
  readonly arrays: readonly boolean[]
  /** True when at least one of the indexed fields is there. */
  readonly isPresent: boolean
}

/** Where one index field stands on its way through the document. */
interface Position {
  readonly value: Value
  readonly rest: readonly string[]
  /** The array in which this field's way is stuck, if any. */
  readonly array: readonly Value[] | null
}

/** The index entries of a document for fields given as split paths. */
export function extractEntries(document: Doc, paths: readonly (readonly string[])[]): Extraction {
  const positions = paths.map((path) => advance(document, path))
  if (positions.every((position) => position.array === null)) {
    return {
      entries: [positions.map((position) => position.value)],
      arrays: noArrays,
      isPresent: positions.some((position) => position.value !== undefined),
    }
  }
  const entries = expand(positions, paths)
  const isPresent = entries.some((entry) => entry.some((value) => value !== undefined))
  return { entries, arrays: positions.map(({ array }) => array !== null), isPresent }
}

const noArrays: readonly boolean[] = []

/** True for a path on which a number may be a position in an array. */
export function hasPosition(path: readonly string[]): boolean {
  return path.length > 1 && path.some((name) => arrayIndex(name) !== null)
}

/**
 * Refuses a document in which a path's number is both a position in an array and the name of a
 * field in that array's elements: an index could not tell which is meant.
 */
export function refuseAmbiguous(document: Doc, paths: readonly (readonly string[])[]): void {
  for (const path of paths) refuseAmbiguousWay(document, path, 0)
}

function refuseAmbiguousWay(value: Value, path: readonly string[], from: number): void {
  const name = path[from]
  if (name === undefined) return
  if (isDoc(value)) refuseAmbiguousWay(value.get(name), path, from + 1)
  if (!Array.isArray(value)) return
  const index = arrayIndex(name)
  if (index === null || index >= value.length) {
    for (const element of value.filter(isDoc)) refuseAmbiguousWay(element, path, from)
    return
  }
  if (value.some((element) => isDoc(element) && element.has(name))) {
    throw new CommandError(
      16746,
      `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${name}' for array: ${show(value)}`,
    )
  }
  refuseAmbiguousWay(value[index], path, from + 1)
}

function advance(start: Value, path: readonly string[]): Position {
  let value = start
  for (let i = 0; i < path.length; i++) {
    const name = path[i] ?? ''
    if (isDoc(value)) {
      value = value.get(name)
    } else if (Array.isArray(value)) {
      const index = arrayIndex(name)
      if (index === null || index >= value.length) {
        return { value: undefined, rest: path.slice(i), array: value }
      }
      value = value[index]
    } else {
      return { value: undefined, rest: [], array: null }
    }
  }
  return Array.isArray(value) ? { value, rest: [], array: value } : { value, rest: [], array: null }
}

function arrayIndex(name: string): number | null {
  return /^(0|[1-9]\d{0,9})$/.test(name) ? Number(name) : null
}

function expand(positions: readonly Position[], paths: readonly (readonly string[])[]): Value[][] {
  const stuck = positions.findIndex((position) => position.array !== null)
  const array = positions[stuck]?.array
  if (!array) return [positions.map((position) => position.value)]
  const other = positions.findIndex((p) => p.array !== null && p.array !== array)
  if (other >= 0) {
    throw new CommandError(
      'CannotIndexParallelArrays',
      `cannot index parallel arrays [${pathHead(paths[other])}] [${pathHead(paths[stuck])}]`,
    )
  }
  if (array.length === 0) {
    const emptied: Position[] = positions.map((position) =>
      position.array === array
        ? { value: position.rest.length === 0 ? emptyArray : undefined, rest: [], array: null }
        : position,
    )
    return [emptied.map((position) => position.value)]
  }
  return array.flatMap((element) =>
    expand(
      positions.map((position) => (position.array === array ? enter(element, position) : position)),
      paths,
    ),
  )
}

function enter(element: Value, position: Position): Position {
  if (position.rest.length === 0) return { value: element, rest: [], array: null }
  // Arrays directly inside arrays are not looked into by name, as in MongoDB.
  if (!isDoc(element)) return { value: undefined, rest: [], array: null }
  return advance(element, position.rest)
}

function pathHead(path: readonly string[] | undefined): string {
  return path?.at(-1) ?? ''
}
