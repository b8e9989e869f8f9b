import { ObjectId, Timestamp } from 'bson'
import { Temporal } from 'temporal-polyfill'
import { CommandError } from '../errors.ts'
import { asText } from '../bson/show.ts'
import { isDoc, isNumber, toDouble, type Doc, type Value } from '../bson/values.ts'
import { nameOf } from './operands.ts'
import { daysPerUnit, monthsPerUnit, msPerUnit } from './time-units.ts'

/**
 * Date operators that have to follow the calendar of a time zone. mingo's cut by the parts of the
 * date in UTC, which in Vietnam puts the first seven hours of a month into the month before.
 */
export const dateOperators: ReadonlyMap<string, (operands: readonly Value[]) => Value> = new Map([
  ['$dateTrunc', ([operand]: readonly Value[]) => truncate(fieldsOf('$dateTrunc', operand))],
  ['$dateAdd', ([operand]: readonly Value[]) => shift('$dateAdd', operand, 1)],
  ['$dateSubtract', ([operand]: readonly Value[]) => shift('$dateSubtract', operand, -1)],
])

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

function fieldsOf(name: string, operand: Value): Doc {
  if (isDoc(operand)) return operand
  throw new CommandError(5439007, `${name} only supports an object as its argument`)
}

/** The time zone that is asked for: undefined where none is, null where it is missing. */
export function zoneIn(fields: Doc): Value {
  return fields.has('timezone') ? (fields.get('timezone') ?? null) : undefined
}

/** The date on the clocks of the time zone, or null when there is none. */
export function localDate(
  date: Value,
  timezone: Value,
  refusal: readonly [code: number, message: string] = [
    16006,
    `can't convert from BSON type ${nameOf(date)} to Date`,
  ],
): Temporal.ZonedDateTime | null {
  const zone = timezone === undefined ? 'UTC' : timezone === null ? null : zoneOf(timezone)
  if (date === null || date === undefined || zone === null) return null
  const moment = dateIn(date)
  if (!moment) throw new CommandError(...refusal)
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone)
}

/** The date that a value is or carries, or null. */
export function dateIn(value: Value): Date | null {
  if (value instanceof Date) return value
  if (value instanceof ObjectId) return value.getTimestamp()
  return value instanceof Timestamp ? new Date(value.t * 1000) : null
}

/** The name of a unit of time. */
export function unitOf(name: string, unit: Value): string {
  if (typeof unit !== 'string')
    throw new CommandError(
      5439013,
      `${name} requires 'unit' to be a string, but got ${nameOf(unit)}`,
    )
  if (monthsPerUnit.has(unit) || daysPerUnit.has(unit) || msPerUnit.has(unit)) return unit
  throw new CommandError(
    'FailedToParse',
    `${name} parameter 'unit' value parsing failed :: caused by :: unknown time unit value: ${unit}`,
  )
}

/** The time zone that a command names, as Temporal names it. */
export function zoneOf(timezone: Value): string {
  if (typeof timezone !== 'string') {
    throw new CommandError(40517, `timezone must evaluate to a string, found ${nameOf(timezone)}`)
  }
  const offset = /^([+-]\d{2}):?(\d{2})?$/.exec(timezone)
  const name = offset ? `${offset[1] ?? ''}:${offset[2] ?? '00'}` : timezone
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId
  } catch {
    throw new CommandError(40485, `unrecognized time zone identifier: "${timezone}"`)
  }
}

function truncate(fields: Doc): Value {
  const date = fields.get('date')
  const local = localDate(date, zoneIn(fields), [
    5439012,
    `$dateTrunc requires 'date' to be a date, but got ${nameOf(date)}`,
  ])
  const unit = fields.get('unit')
  if (!local || unit === null || unit === undefined) return null
  const bin = fields.get('binSize') ?? 1
  const size = isNumber(bin) ? toDouble(bin) : Number.NaN
  if (!Number.isInteger(size)) {
    throw new CommandError(
      5439017,
      `$dateTrunc requires 'binSize' to be a 64-bit integer, but got value '${asText(bin)}' of type ${nameOf(bin)}`,
    )
  }
  if (size < 1) {
    throw new CommandError(
      5439018,
      `$dateTrunc requires 'binSize' to be greater than 0, but got value ${String(size)}`,
    )
  }
  return new Date(
    truncated(local, unitOf('$dateTrunc', unit), size, fields.get('startOfWeek')).epochMilliseconds,
  )
}

// Bins are counted from the beginning of the year 2000, as in MongoDB.
function truncated(
  local: Temporal.ZonedDateTime,
  unit: string,
  size: number,
  startOfWeek: Value,
): Temporal.ZonedDateTime {
  const origin = Temporal.PlainDate.from('2000-01-01')
  const dayStart = (date: Temporal.PlainDate): Temporal.ZonedDateTime =>
    date.toZonedDateTime(local.timeZoneId)
  const months = monthsPerUnit.get(unit)
  if (months !== undefined) {
    const passed = (local.year - 2000) * 12 + local.month - 1
    return dayStart(origin.add({ months: floorTo(passed, months * size) }))
  }
  const days = daysPerUnit.get(unit)
  if (days !== undefined) {
    const first = unit === 'week' ? origin.add({ days: weekOffset(origin, startOfWeek) }) : origin
    const passed = first.until(local.toPlainDate(), { largestUnit: 'days' }).days
    return dayStart(first.add({ days: floorTo(passed, days * size) }))
  }
  const ms = msPerUnit.get(unit)
  if (ms === undefined) throw new CommandError('FailedToParse', `unknown time unit value: ${unit}`)
  const start = dayStart(origin).epochMilliseconds
  const at = start + floorTo(local.epochMilliseconds - start, ms * size)
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(local.timeZoneId)
}

function floorTo(value: number, step: number): number {
  return Math.floor(value / step) * step
}

function weekOffset(origin: Temporal.PlainDate, startOfWeek: Value): number {
  return (weekStart(startOfWeek) - origin.dayOfWeek + 7) % 7
}

/** The day with which weeks begin: 1 is Monday, 7 Sunday. */
export function weekStart(startOfWeek: Value, operator = '$dateTrunc'): number {
  const name = startOfWeek === undefined ? 'sun' : asText(startOfWeek).slice(0, 3).toLowerCase()
  const day = weekdays.indexOf(name) + 1
  if (day === 0) {
    throw new CommandError(
      'FailedToParse',
      `${operator} parameter 'startOfWeek' value parsing failed :: caused by :: unknown day of week value: ${asText(startOfWeek)}`,
    )
  }
  return day
}

function shift(name: string, operand: Value, sign: 1 | -1): Value {
  const fields = fieldsOf(name, operand)
  const local = localDate(fields.get('startDate'), zoneIn(fields), [
    5166403,
    `${name} requires startDate to be convertible to a date`,
  ])
  const [unit, amount] = [fields.get('unit'), fields.get('amount')]
  if (!local || unit === null || unit === undefined || amount === null || amount === undefined)
    return null
  const count = isNumber(amount) ? toDouble(amount) * sign : Number.NaN
  if (!Number.isInteger(count)) {
    throw new CommandError(5166405, `${name} expects integer amount of time units`)
  }
  return new Date(local.add(durationOf(unitOf(name, unit), count)).epochMilliseconds)
}

function durationOf(unit: string, count: number): Temporal.DurationLike {
  const months = monthsPerUnit.get(unit)
  if (months !== undefined) return { months: months * count }
  const days = daysPerUnit.get(unit)
  if (days !== undefined) return { days: days * count }
  const ms = msPerUnit.get(unit)
  if (ms !== undefined) return { milliseconds: ms * count }
  throw new CommandError('FailedToParse', `unknown time unit value: ${unit}`)
}
