import { Temporal } from 'temporal-polyfill'
import { CommandError } from '../errors.ts'
import { asText, show } from '../bson/show.ts'
import { bsonType, isDoc, type Doc, type Value } from '../bson/values.ts'
import { dateIn, localDate, unitOf, weekStart, zoneIn } from './date-operators.ts'
import { isNil, nameOf } from './operands.ts'
import { monthsPerUnit, msPerUnit } from './time-units.ts'

type Local = Temporal.ZonedDateTime

const parts: Readonly<Record<string, (local: Local) => Value>> = {
  $year: (local) => local.year,
  $month: (local) => local.month,
  $dayOfMonth: (local) => local.day,
  $hour: (local) => local.hour,
  $minute: (local) => local.minute,
  $second: (local) => local.second,
  $millisecond: (local) => local.millisecond,
  $dayOfYear: (local) => local.dayOfYear,
  $dayOfWeek: (local) => (local.dayOfWeek % 7) + 1,
  $isoDayOfWeek: (local) => local.dayOfWeek,
  $week: (local) => weekOf(local),
  $isoWeek: (local) => local.weekOfYear ?? 0,
  $isoWeekYear: (local) => BigInt(local.yearOfWeek ?? 0),
}

/** The operators of one part of a date. */
export const datePartNames: ReadonlySet<string> = new Set(Object.keys(parts))

/** Operators that read a date on the clocks of a time zone. */
export const datePartOperators: ReadonlyMap<string, (operands: readonly Value[]) => Value> =
  new Map([
    ...Object.entries(parts).map(
      ([name, part]) =>
        [
          name,
          ([operand]: readonly Value[]) => {
            const local = localOf(operand, name)
            return local && part(local)
          },
        ] as const,
    ),
    ['$dateToString', ([spec]: readonly Value[]) => dateToString(spec)] as const,
    ['$dateToParts', ([spec]: readonly Value[]) => dateToParts(spec)] as const,
    ['$dateDiff', ([spec]: readonly Value[]) => dateDiff(spec)] as const,
  ])

function localOf(operand: Value, name?: string): Local | null {
  const spec = isDoc(operand) ? operand : new Map<string, Value>([['date', operand]])
  if (name !== undefined) checkSpec(name, spec)
  return localDate(dateOf(spec.get('date')), zoneIn(spec))
}

function checkSpec(name: string, spec: Doc): void {
  const unknown = [...spec.keys()].find((field) => field !== 'date' && field !== 'timezone')
  if (unknown !== undefined)
    throw new CommandError(40535, `unrecognized option to ${name}: "${unknown}"`)
  if (spec.has('date')) return
  throw new CommandError(
    40539,
    `missing 'date' argument to ${name}, provided: ${name}: ${show(spec)}`,
  )
}

function dateOf(value: Value): Value {
  if (value === null || value === undefined) return value
  const date = dateIn(value)
  if (date) return date
  throw new CommandError(16006, `can't convert from BSON type ${bsonType(value)[1]} to Date`)
}

// Weeks begin on Sunday; the days before the first one are week 0.
function weekOf(local: Local): number {
  return Math.floor((local.dayOfYear + 6 - (local.dayOfWeek % 7)) / 7)
}

function dateToParts(spec: Value): Value {
  const local = localOf(spec)
  if (!isDoc(spec)) return null
  const isIso = spec.has('iso8601') ? spec.get('iso8601') : false
  if (isNil(isIso)) return null
  if (typeof isIso !== 'boolean')
    throw new CommandError(40521, `iso8601 must evaluate to a bool, found ${nameOf(isIso)}`)
  if (!local) return null
  const names = isIso
    ? { isoWeekYear: '$isoWeekYear', isoWeek: '$isoWeek', isoDayOfWeek: '$isoDayOfWeek' }
    : { year: '$year', month: '$month', day: '$dayOfMonth' }
  const times = { hour: '$hour', minute: '$minute', second: '$second', millisecond: '$millisecond' }
  return new Map(
    Object.entries({ ...names, ...times }).map(([name, operator]) => {
      const value = parts[operator]?.(local)
      return [name, typeof value === 'bigint' ? Number(value) : value]
    }),
  )
}

const padded = (length: number) => (value: Value) => String(Number(value)).padStart(length, '0')
const months =
  'January February March April May June July August September October November December'

const formats: Readonly<Record<string, (local: Local) => string>> = {
  Y: (local) => padded(4)(local.year),
  G: (local) => padded(4)(local.yearOfWeek ?? 0),
  m: (local) => padded(2)(local.month),
  d: (local) => padded(2)(local.day),
  H: (local) => padded(2)(local.hour),
  M: (local) => padded(2)(local.minute),
  S: (local) => padded(2)(local.second),
  L: (local) => padded(3)(local.millisecond),
  j: (local) => padded(3)(local.dayOfYear),
  w: (local) => String((local.dayOfWeek % 7) + 1),
  u: (local) => String(local.dayOfWeek),
  U: (local) => padded(2)(weekOf(local)),
  V: (local) => padded(2)(local.weekOfYear ?? 0),
  z: (local) => local.offset.replace(':', ''),
  Z: (local) => String(local.offsetNanoseconds / 60e9),
  b: (local) => monthName(local).slice(0, 3),
  B: monthName,
  '%': () => '%',
}

function monthName(local: Local): string {
  return months.split(' ')[local.month - 1] ?? ''
}

function dateToString(spec: Value): Value {
  if (!isDoc(spec)) {
    throw new CommandError(18629, '$dateToString only supports an object as its argument')
  }
  const format = spec.has('format') ? spec.get('format') : defaultFormat(spec)
  if (!isNil(format)) checkFormat(format)
  const local = localOf(spec)
  if (isNil(spec.get('date'))) return spec.get('onNull') ?? null
  if (!local || typeof format !== 'string') return null
  return format.replace(/%(.)/gsu, (_, letter: string) => formats[letter]?.(local) ?? '')
}

function checkFormat(format: Value): void {
  if (typeof format !== 'string') {
    throw new CommandError(
      18533,
      `$dateToString requires that 'format' be a string, found: ${bsonType(format)[1]} with value ${asText(format)}`,
    )
  }
  if (/(?<!%)(?:%%)*%$/.test(format))
    throw new CommandError(18535, "Unmatched '%' at end of format string")
  for (const [whole, letter = ''] of format.matchAll(/%(.)/gsu)) {
    if (Object.hasOwn(formats, letter)) continue
    throw new CommandError(18536, `Invalid format character '${whole}' in format string`)
  }
}

// Only a time that is UTC's by default says so.
function defaultFormat(spec: Doc): string {
  return `%Y-%m-%dT%H:%M:%S.%L${spec.has('timezone') ? '' : 'Z'}`
}

/** How many borders of the unit lie between two dates. */
function dateDiff(spec: Value): Value {
  if (!isDoc(spec))
    throw new CommandError(5166301, '$dateDiff only supports an object as its argument')
  const [start, end] = ['startDate', 'endDate'].map((name) => spec.get(name))
  const unit = spec.get('unit')
  if ([start, end, unit].some(isNil)) return null
  const timezone = zoneIn(spec)
  const [from, to] = (['startDate', 'endDate'] as const).map((name) =>
    localDate(spec.get(name), timezone, [
      5166307,
      `$dateDiff requires '${name}' to be a date, but got ${nameOf(spec.get(name))}`,
    ]),
  )
  if (!from || !to) return null
  const name = unitOf('$dateDiff', unit)
  const size = monthsPerUnit.get(name)
  if (size !== undefined) return BigInt(monthIndex(to, size) - monthIndex(from, size))
  if (name === 'day' || name === 'week') {
    const step = name === 'day' ? 1 : 7
    const shift = name === 'day' ? 0 : weekStart(spec.get('startOfWeek'), '$dateDiff')
    return BigInt(dayIndex(to, shift, step) - dayIndex(from, shift, step))
  }
  const ms = msPerUnit.get(name)
  if (ms === undefined) throw new CommandError('FailedToParse', `unknown time unit value: ${name}`)
  return BigInt(timeIndex(to, ms) - timeIndex(from, ms))
}

function monthIndex(local: Local, size: number): number {
  return Math.floor((local.year * 12 + local.month - 1) / size)
}

// The first of January 1970 was a Thursday, the fourth day of its week.
function dayIndex(local: Local, weekday: number, step: number): number {
  const days = Temporal.PlainDate.from('1970-01-01').until(local.toPlainDate()).days
  return Math.floor((days + (step === 1 ? 0 : 4 - weekday)) / step)
}

function timeIndex(local: Local, ms: number): number {
  return Math.floor((local.epochMilliseconds + local.offsetNanoseconds / 1e6) / ms)
}
