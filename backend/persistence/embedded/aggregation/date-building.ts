import { Temporal } from 'temporal-polyfill'
import { CommandError } from '../errors.ts'
import { show } from '../bson/show.ts'
import { isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { zoneOf } from './date-operators.ts'
import { isNil, nameOf } from './operands.ts'
import { parseDate, parseFormatted } from './date-texts.ts'

type Operator = (operands: readonly Value[]) => Value

/** Operators that make a date of its parts or of a text. */
export const dateBuildingOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$dateFromParts', ([spec]) => (isDoc(spec) ? fromParts(spec) : null)],
  ['$dateFromString', ([spec]) => (isDoc(spec) ? fromString(spec) : null)],
])

/** Refuses parts of both calendars together, or a date without a year. */
export function checkDateParts(spec: Doc): void {
  if (!spec.has('year') && !spec.has('isoWeekYear')) {
    throw new CommandError(
      40516,
      "$dateFromParts requires either 'year' or 'isoWeekYear' to be present",
    )
  }
  const has = (names: readonly string[]): boolean => names.some((name) => spec.has(name))
  if (spec.has('year') && has(['isoWeekYear', 'isoWeek', 'isoDayOfWeek'])) {
    throw new CommandError(
      40489,
      '$dateFromParts does not allow mixing natural dates with ISO dates',
    )
  }
  if (spec.has('isoWeekYear') && has(['month', 'day'])) {
    throw new CommandError(
      40525,
      '$dateFromParts does not allow mixing ISO dates with natural dates',
    )
  }
}

// A part that is too large or too small carries into the next one.
function fromParts(spec: Doc): Value {
  const part = (name: string, fallback: number, isBounded = true): number | null =>
    partOf(spec, name, fallback, isBounded)
  const [hours, minutes] = [part('hour', 0), part('minute', 0)]
  const [seconds, milliseconds] = [part('second', 0, false), part('millisecond', 0, false)]
  const isIso = !spec.has('year')
  const year = part(isIso ? 'isoWeekYear' : 'year', 1970, false)
  const [larger, smaller] = isIso
    ? [part('isoWeek', 1), part('isoDayOfWeek', 1)]
    : [part('month', 1), part('day', 1)]
  const zone = spec.has('timezone') ? spec.get('timezone') : 'UTC'
  if (
    year === null ||
    larger === null ||
    smaller === null ||
    hours === null ||
    minutes === null ||
    seconds === null ||
    milliseconds === null ||
    isNil(zone)
  )
    return null
  if (year < 1 || year > 9999) {
    throw new CommandError(
      isIso ? 31095 : 40523,
      `'${isIso ? 'isoWeekYear' : 'year'}' must evaluate to an integer in the range 1 to 9999, found ${String(year)}`,
    )
  }
  const day = isIso
    ? firstIsoWeek(year).add({ days: (larger - 1) * 7 + smaller - 1 })
    : new Temporal.PlainDate(year, 1, 1).add({ months: larger - 1 }).add({ days: smaller - 1 })
  try {
    const local = day
      .toPlainDateTime()
      .add({ hours })
      .add({ minutes })
      .add({ seconds })
      .add({ milliseconds })
    return new Date(local.toZonedDateTime(zoneOf(zone)).epochMilliseconds)
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError('Overflow', 'the parts of $dateFromParts are no date that can be stored')
  }
}

function firstIsoWeek(year: number): Temporal.PlainDate {
  const inFirstWeek = new Temporal.PlainDate(year, 1, 4)
  return inFirstWeek.subtract({ days: inFirstWeek.dayOfWeek - 1 })
}

function partOf(spec: Doc, name: string, fallback: number, isBounded: boolean): number | null {
  const value = spec.has(name) ? spec.get(name) : fallback
  if (isNil(value)) return null
  const number = isNumber(value) ? toDouble(value) : Number.NaN
  if (!Number.isInteger(number)) {
    throw new CommandError(
      40515,
      `'${name}' must evaluate to an integer, found ${nameOf(value)} with value ${show(value)}`,
    )
  }
  if (isBounded && (number < -32_768 || number > 32_767)) {
    throw new CommandError(
      31034,
      `'${name}' must evaluate to a value in the range [-32768, 32767]; value ${String(number)} is not in range`,
    )
  }
  return number
}

function fromString(spec: Doc): Value {
  const format = spec.get('format')
  if (!isNil(format) && typeof format !== 'string') {
    throw new CommandError(
      40684,
      `$dateFromString requires that 'format' be a string, found: ${nameOf(format)} with value ${show(format)}`,
    )
  }
  const timezone = spec.has('timezone') ? spec.get('timezone') : 'UTC'
  const zone = isNil(timezone) ? null : zoneOf(timezone)
  const text = spec.get('dateString')
  if (isNil(text)) return spec.get('onNull') ?? null
  try {
    if (typeof text !== 'string') {
      throw new CommandError(
        'ConversionFailure',
        `$dateFromString requires that 'dateString' be a string, found: ${nameOf(text)} with value ${show(text)}`,
      )
    }
    if (zone === null || (spec.has('format') && isNil(format))) return null
    const ownZone = spec.has('timezone') ? zone : null
    return isNil(format) ? parseDate(text, ownZone) : parseFormatted(text, format, ownZone)
  } catch (error) {
    const isRefusal = error instanceof CommandError && error.codeName === 'ConversionFailure'
    if (isRefusal && spec.has('onError')) return spec.get('onError')
    throw error
  }
}
