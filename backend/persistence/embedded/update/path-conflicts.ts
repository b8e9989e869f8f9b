import { CommandError } from '../errors.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { arrayIndex } from '../query/paths.ts'
import {
  identifiedElements,
  isIdentifier,
  isPlaceholder,
  type Placeholders,
} from './path-change.ts'

/** Refuses two paths of one update, in the order they were written, that can never go together. */
export function refuseConflicts(paths: readonly string[]): void {
  const seen = new Map<string, 'leaf' | 'fields' | 'elements'>()
  for (const path of paths) {
    const steps = path.split('.')
    steps.forEach((_, i) => {
      const prefix = steps.slice(0, i + 1).join('.')
      const below = steps[i + 1]
      const kind = below === undefined ? 'leaf' : isIdentifier(below) ? 'elements' : 'fields'
      const before = seen.get(prefix)
      if (before && (before !== kind || kind === 'leaf')) {
        throw new CommandError(
          'ConflictingUpdateOperators',
          `Updating the path '${path}' would create a conflict at '${prefix}'`,
        )
      }
      seen.set(prefix, kind)
    })
  }
}

type Steps = readonly string[]

/** The pairs of paths that only a document can show to meet, because a placeholder tells them apart. */
export function pairsThatMayMeet(paths: readonly Steps[]): [Steps, Steps][] {
  return paths.flatMap((a, i) =>
    paths.slice(i + 1).flatMap((b): [Steps, Steps][] => {
      const at = a.findIndex((name, k) => name !== b[k])
      const names = [a[at] ?? '', b[at] ?? '']
      return names.some(isPlaceholder) ? [[a, b]] : []
    }),
  )
}

/** Refuses two paths that lead to the same field of this document. */
export function refuseMeeting(
  document: Doc,
  pairs: readonly [Steps, Steps][],
  placeholders: Placeholders,
): void {
  for (const [a, b] of pairs) {
    const meeting = meetingPoint({ a, b, placeholders }, document, [])
    if (!meeting) continue
    throw new CommandError(
      'ConflictingUpdateOperators',
      `Update created a conflict at '${meeting.join('.')}'`,
    )
  }
}

interface Meeting {
  readonly a: Steps
  readonly b: Steps
  readonly placeholders: Placeholders
}

function meetingPoint(pair: Meeting, value: Value, taken: Steps): Steps | null {
  const [x, y] = [pair.a[taken.length], pair.b[taken.length]]
  if (x === undefined || y === undefined) return taken
  if (x === y && !isPlaceholder(x)) {
    return meetingPoint(pair, isDoc(value) ? value.get(x) : elementAt(value, x), [...taken, x])
  }
  if (x === y) {
    const elements = elementsAt(x, value, pair.placeholders).map((index) => elementAt(value, index))
    return firstFound(elements.length > 0 ? elements : [undefined], (element) =>
      meetingPoint(pair, element, [...taken, x]),
    )
  }
  const others = elementsAt(y, value, pair.placeholders)
  const common = elementsAt(x, value, pair.placeholders).filter((index) => others.includes(index))
  return firstFound(common, (index) =>
    meetingPoint(pair, elementAt(value, index), [...taken, String(index)]),
  )
}

function firstFound<T>(values: readonly T[], find: (value: T) => Steps | null): Steps | null {
  for (const value of values) {
    const found = find(value)
    if (found) return found
  }
  return null
}

function elementAt(value: Value, name: string | number): Value {
  return Array.isArray(value) ? value[Number(name)] : undefined
}

function elementsAt(name: string, value: Value, placeholders: Placeholders): number[] {
  if (!Array.isArray(value)) return []
  if (!isPlaceholder(name)) return [arrayIndex(name)].filter((index) => index !== null)
  if (name === '$') return [placeholders.position].filter((index) => index !== null)
  return identifiedElements(value, name, placeholders.arrayFilters)
}
