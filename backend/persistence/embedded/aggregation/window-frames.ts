import { CommandError } from '../errors.ts'
import { compareValues } from '../bson/compare.ts'
import { isDoc, isNumber, toDouble, type Value } from '../bson/values.ts'
import { nameOf } from './operands.ts'
import { msPerUnit, daysPerUnit } from './time-units.ts'

type Bound = number | 'unbounded' | 'current'

/** Which documents around one belong to its window: by their places, or by what they are sorted by. */
export interface Frame {
  readonly kind: 'documents' | 'range'
  readonly lower: Bound
  readonly upper: Bound
  /** Milliseconds of one step, when the bounds are about time. */
  readonly unitMs: number | null
}

/** A stretch of a partition: from a place to before another. */
export type Stretch = readonly [from: number, to: number]

const whole: Frame = { kind: 'documents', lower: 'unbounded', upper: 'unbounded', unitMs: null }

/** True for a window of all documents of the partition. */
export function isWhole({ lower, upper }: Frame): boolean {
  return lower === 'unbounded' && upper === 'unbounded'
}

/** The window that a field asks for; null when its unit has no fixed length. */
export function parseFrame(window: Value): Frame | null {
  if (window === undefined) return whole
  if (!isDoc(window)) throw new CommandError('FailedToParse', "'window' field must be an object")
  const unknown = [...window.keys()].find((name) => !['documents', 'range', 'unit'].includes(name))
  if (unknown !== undefined) {
    throw new CommandError(
      'FailedToParse',
      `'window' field can only contain 'documents' as the only argument or 'range' with an optional 'unit' field`,
    )
  }
  if (window.size === 0) return whole
  if (window.has('documents') === window.has('range')) {
    throw new CommandError(
      'FailedToParse',
      "Window bounds can specify either 'documents' or 'unit', not both.",
    )
  }
  const kind = window.has('documents') ? 'documents' : 'range'
  const [lower, upper] = parseBounds(window.get(kind), kind)
  const unit = window.get('unit')
  if (unit === undefined) return { kind, lower, upper, unitMs: null }
  const days = typeof unit === 'string' ? daysPerUnit.get(unit) : undefined
  const ms = typeof unit === 'string' ? msPerUnit.get(unit) : undefined
  const unitMs = days === undefined ? ms : days * 86_400_000
  return unitMs === undefined ? null : { kind, lower, upper, unitMs }
}

function parseBounds(bounds: Value, kind: string): readonly [Bound, Bound] {
  if (!Array.isArray(bounds) || bounds.length !== 2) {
    throw new CommandError('FailedToParse', `Window bounds must be a 2-element array: ${kind}`)
  }
  const [lower, upper] = bounds.map((bound) => parseBound(bound, kind))
  if (typeof lower === 'number' && typeof upper === 'number' && lower > upper) {
    throw new CommandError(
      5339900,
      `Lower bound must not exceed upper bound: [${String(lower)}, ${String(upper)}]`,
    )
  }
  return [lower ?? 'unbounded', upper ?? 'unbounded']
}

function parseBound(bound: Value, kind: string): Bound {
  if (bound === 'unbounded' || bound === 'current') return bound
  const number = isNumber(bound) ? toDouble(bound) : Number.NaN
  if (!Number.isNaN(number) && (kind === 'range' || Number.isInteger(number))) return number
  throw new CommandError(
    'FailedToParse',
    kind === 'documents' && isNumber(bound)
      ? 'Numeric document-based bounds must be an integer'
      : "Window bounds must be 'unbounded', 'current', or a number.",
  )
}

/** The window of every document of a partition, whose sort keys are given in order. */
export function stretchesOf(frame: Frame, keys: readonly Value[]): Stretch[] {
  if (frame.kind === 'documents') return keys.map((_, i) => byPlace(frame, i, keys.length))
  return keys.map((key) => byRange(frame, key, keys))
}

function byPlace({ lower, upper }: Frame, at: number, count: number): Stretch {
  const from = lower === 'unbounded' ? 0 : at + (lower === 'current' ? 0 : lower)
  const to = upper === 'unbounded' ? count : at + (upper === 'current' ? 0 : upper) + 1
  return [Math.min(Math.max(from, 0), count), Math.max(Math.min(to, count), 0)]
}

function byRange(frame: Frame, key: Value, keys: readonly Value[]): Stretch {
  const edge = (bound: Bound): Value => shifted(frame, key, bound === 'current' ? 0 : Number(bound))
  const low = frame.lower === 'unbounded' ? null : edge(frame.lower)
  const high = frame.upper === 'unbounded' ? null : edge(frame.upper)
  const from = low === null ? 0 : keys.findIndex((other) => compareValues(other, low) >= 0)
  const last =
    high === null ? keys.length - 1 : keys.findLastIndex((other) => compareValues(other, high) <= 0)
  return [from < 0 ? keys.length : from, last + 1]
}

function shifted({ unitMs }: Frame, key: Value, by: number): Value {
  if (unitMs !== null) {
    if (key instanceof Date) return new Date(key.getTime() + by * unitMs)
    throw new CommandError(
      5429513,
      `Invalid range: Expected the sortBy field to be a Date, but it was ${nameOf(key)}`,
    )
  }
  if (isNumber(key)) return toDouble(key) + by
  throw new CommandError(
    5429414,
    `Invalid range: Expected the sortBy field to be a number, but it was ${nameOf(key)}`,
  )
}
