import { Temporal } from 'temporal-polyfill'
import { CommandError } from '../errors.ts'
import { zoneOf } from './date-operators.ts'

/** The parts of a date that a text told. */
type Parts = Readonly<Partial<Record<string, string>>>

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

const time = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?:\s*(?<half>[ap]m))?`
const zone = String.raw`(?<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?|[A-Z][a-z]+(?:/[A-Za-z_+-]+)+)`
const suffix = String.raw`(?:(?:T|\s+|,\s*)${time})?(?:\s*${zone})?`
const monthName = String.raw`(?<monthName>[a-z]{3,9})`

const shapes = [
  String.raw`(?<year>\d{4})([-/])(?<month>\d{1,2})\2(?<day>\d{1,2})`,
  String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)`,
  String.raw`(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})`,
  String.raw`(?<day>\d{1,2})[.-](?<month>\d{1,2})[.-](?<year>\d{4})`,
  String.raw`${monthName}\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})`,
  String.raw`(?:[a-z]{3,9},?\s+)?(?<day>\d{1,2})(?:st|nd|rd|th)?[ -]${monthName}[ -](?<year>\d{4})`,
].map((date) => new RegExp(`^\\s*${date}${suffix}\\s*$`, 'i'))

function failed(text: string, reason: string): CommandError {
  return new CommandError('ConversionFailure', `Error parsing date string '${text}'; ${reason}`)
}

/**
 * The date in a text without a given format: ISO 8601 and the usual ways of writing a whole date.
 * `ownZone` is the zone that the command names, if any; a text then must not name one.
 */
export function parseDate(text: string, ownZone: string | null): Date {
  for (const shape of shapes) {
    const parts = shape.exec(text)?.groups
    if (parts) return dateOf(text, parts, ownZone)
  }
  throw failed(text, '0: an incomplete date/time string has been found, with elements missing')
}

const specifiers: Readonly<Record<string, string>> = {
  Y: String.raw`(?<year>\d{4})`,
  m: String.raw`(?<month>\d{1,2})`,
  d: String.raw`(?<day>\d{1,2})`,
  H: String.raw`(?<hour>\d{1,2})`,
  M: String.raw`(?<minute>\d{1,2})`,
  S: String.raw`(?<second>\d{1,2})`,
  L: String.raw`(?<fraction>\d{1,3})`,
  j: String.raw`(?<dayOfYear>\d{1,3})`,
  G: String.raw`(?<isoWeekYear>\d{4})`,
  V: String.raw`(?<isoWeek>\d{1,2})`,
  u: String.raw`(?<isoDayOfWeek>\d)`,
  b: String.raw`(?<monthName>[A-Za-z]{3})`,
  B: String.raw`(?<monthName>[A-Za-z]+)`,
  z: zone,
  Z: String.raw`(?<minutesOfZone>[+-]?\d{1,4})`,
  '%': '%',
}

const formats = new Map<string, RegExp>()

/** The date in a text that is written as the format says. */
export function parseFormatted(text: string, format: string, ownZone: string | null): Date {
  const shape = formats.get(format) ?? shapeOf(format)
  if (formats.size > 100) formats.clear()
  formats.set(format, shape)
  const parts = shape.exec(text)?.groups
  if (!parts) throw failed(text, `0: it is not of the format '${format}'`)
  return dateOf(text, parts, ownZone)
}

function shapeOf(format: string): RegExp {
  const seen = new Set<string>()
  const source = format.replace(/%(.?)|[$()*+./?[\\\]^{|}-]/gsu, (whole, letter?: string) => {
    if (letter === undefined) return `\\${whole}`
    if (letter === '') throw new CommandError(18535, "Unmatched '%' at end of format string")
    const specifier = Object.hasOwn(specifiers, letter) ? specifiers[letter] : undefined
    if (specifier === undefined)
      throw new CommandError(18536, `Invalid format character '${whole}' in format string`)
    const name = /\?<(\w+)>/.exec(specifier)?.[1] ?? ''
    const isAgain = name !== '' && seen.has(name)
    seen.add(name)
    return isAgain ? specifier.replace(/\?<\w+>/, '?:') : specifier
  })
  return new RegExp(`^${source}$`)
}

function dateOf(text: string, parts: Parts, ownZone: string | null): Date {
  const day = dayOf(text, parts)
  const named = zoneNamed(parts)
  if (named !== null && ownZone !== null) {
    throw failed(
      text,
      `you cannot pass in a date/time string with time zone information ('${parts['zone'] ?? ''}') together with a timezone argument`,
    )
  }
  try {
    const [hour, minute, second] = ['hour', 'minute', 'second'].map((name) => numberOf(parts, name))
    const local = day.toPlainDateTime(
      Temporal.PlainTime.from(
        {
          hour: hourOf(hour ?? 0, parts['half']),
          minute: minute ?? 0,
          second: second ?? 0,
          millisecond: Number((parts['fraction'] ?? '0').padEnd(3, '0').slice(0, 3)),
        },
        { overflow: 'reject' },
      ),
    )
    return new Date(local.toZonedDateTime(named ?? ownZone ?? 'UTC').epochMilliseconds)
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw failed(text, '0: The parsed time was invalid')
  }
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
}

function numberOf(parts: Parts, name: string): number | undefined {
  const digits = parts[name]
  return digits === undefined ? undefined : Number(digits)
}

function dayOf(text: string, parts: Parts): Temporal.PlainDate {
  const [year, day, dayOfYear] = ['year', 'day', 'dayOfYear'].map((name) => numberOf(parts, name))
  const [isoYear, week] = ['isoWeekYear', 'isoWeek'].map((name) => numberOf(parts, name))
  const month =
    numberOf(parts, 'month') ??
    (parts['monthName'] === undefined
      ? undefined
      : monthNames.indexOf(parts['monthName'].slice(0, 3).toLowerCase()) + 1)
  try {
    if (isoYear !== undefined) {
      const inFirstWeek = new Temporal.PlainDate(isoYear, 1, 4)
      const days = ((week ?? 1) - 1) * 7 + (numberOf(parts, 'isoDayOfWeek') ?? 1)
      return inFirstWeek.add({ days: days - inFirstWeek.dayOfWeek })
    }
    if (year !== undefined && dayOfYear !== undefined)
      return new Temporal.PlainDate(year, 1, 1).add({ days: dayOfYear - 1 })
    if (year !== undefined && month !== undefined && day !== undefined)
      return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    throw failed(text, '0: The parsed date was invalid')
  }
  throw failed(text, '0: an incomplete date/time string has been found, with elements missing')
}

function zoneNamed(parts: Parts): string | null {
  const minutes = numberOf(parts, 'minutesOfZone')
  if (minutes !== undefined) {
    const size = Math.abs(minutes)
    const clock = [Math.floor(size / 60), size % 60].map((each) => String(each).padStart(2, '0'))
    return `${minutes < 0 ? '-' : '+'}${clock.join(':')}`
  }
  const name = parts['zone']
  if (name === undefined) return null
  return /^(?:Z|UTC|GMT)$/i.test(name) ? 'UTC' : zoneOf(name)
}
