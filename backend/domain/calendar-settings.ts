import type { Calendar, Shift } from './business-calendar.ts'
import { epochDayOf, weekdayOf, yearOf } from './epoch-day.ts'
import { statutoryDaysOff, type LunarDates } from './holidays.ts'

/** In the order of `Date.getDay()`. */
export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Working hours of a day, `[['07:30', '11:30'], ['13:30', '17:00']]`; empty on a day of rest. */
export type DayHours = readonly (readonly [opens: string, closes: string])[]

export const SPECIAL_DAY_KINDS = ['public', 'substitute', 'swap_off', 'make_up_workday'] as const
export type SpecialDayKind = (typeof SPECIAL_DAY_KINDS)[number]

/** A day that differs from its weekday: off, or worked to make up for another. */
export type SpecialDay = {
  readonly date: string
  readonly name: string
  readonly kind: SpecialDayKind
}

/** What an administrator edits: plain data, from which `buildCalendar` makes a calendar. */
export type CalendarSettings = {
  readonly timeZone: 'Asia/Ho_Chi_Minh'
  readonly week: Readonly<Record<Weekday, DayHours>>
  readonly specialDays: readonly SpecialDay[]
  /** Years whose days off are all listed in `specialDays`; the others also get the law's own. */
  readonly announcedYears: readonly number[]
  readonly lunar: LunarDates
}

/** The shape of the holiday seed file. */
export type HolidaySeed = {
  readonly lunar: {
    readonly tet: Readonly<Record<string, string>>
    readonly gio_to: Readonly<Record<string, string>>
  }
  readonly days: readonly { readonly date: string; readonly name: string; readonly kind: string }[]
}

const OFFICE_HOURS: DayHours = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
]

/** Monday to Friday, 07:30–11:30 and 13:30–17:00. */
const OFFICE_WEEK: Readonly<Record<Weekday, DayHours>> = {
  sunday: [],
  monday: OFFICE_HOURS,
  tuesday: OFFICE_HOURS,
  wednesday: OFFICE_HOURS,
  thursday: OFFICE_HOURS,
  friday: OFFICE_HOURS,
  saturday: [],
}

/** The first settings of a new installation: office hours and the seed's days. */
export function settingsFromSeed(seed: HolidaySeed): CalendarSettings {
  const specialDays = seed.days.map(({ date, name, kind }) => ({ date, name, kind: kindOf(kind) }))
  const announced = specialDays.filter(({ kind }) => kind === 'public')
  return {
    timeZone: 'Asia/Ho_Chi_Minh',
    week: OFFICE_WEEK,
    specialDays,
    announcedYears: [...new Set(announced.map(({ date }) => yearOf(epochDayOf(date))))],
    lunar: { tet: seed.lunar.tet, gioTo: seed.lunar.gio_to },
  }
}

/** The calendar of a new installation. */
export function calendarFromSeed(seed: HolidaySeed): Calendar {
  return buildCalendar(settingsFromSeed(seed))
}

/** Prepares settings for fast arithmetic; refuses hours that overlap and a week without work. */
export function buildCalendar(settings: CalendarSettings): Calendar {
  const week = WEEKDAYS.map((weekday) => shiftsFrom(settings.week[weekday]))
  const makeUpShifts = [...week.slice(1), ...week.slice(0, 1)].find((shifts) => shifts.length > 0)
  if (makeUpShifts === undefined) throw new RangeError('A week needs working hours')

  const special = new Map<number, readonly Shift[]>()
  for (const { date, kind } of settings.specialDays) {
    special.set(epochDayOf(date), kind === 'make_up_workday' ? makeUpShifts : [])
  }
  const shiftsOfWeekday = (day: number) => week[weekdayOf(day)] ?? []
  const isWeeklyRest = (day: number) => shiftsOfWeekday(day).length === 0
  const daysOffByYear = new Map<number, ReadonlySet<number>>(
    settings.announcedYears.map((year) => [year, new Set<number>()]),
  )
  const daysOffIn = (year: number): ReadonlySet<number> => {
    const known = daysOffByYear.get(year)
    if (known !== undefined) return known
    const daysOff = statutoryDaysOff(year, settings.lunar, isWeeklyRest)
    daysOffByYear.set(year, daysOff)
    return daysOff
  }

  return {
    shiftsOn(day) {
      const exception = special.get(day)
      if (exception !== undefined) return exception
      return daysOffIn(yearOf(day)).has(day) ? [] : shiftsOfWeekday(day)
    },
  }
}

function kindOf(text: string): SpecialDayKind {
  const kind = SPECIAL_DAY_KINDS.find((known) => known === text)
  if (kind === undefined) throw new RangeError(`Unknown kind of day: ${text}`)
  return kind
}

function shiftsFrom(hours: DayHours): Shift[] {
  const shifts = hours.map(([opens, closes]) => ({
    opensMs: msOfDay(opens),
    closesMs: msOfDay(closes),
  }))
  let previousCloseMs = 0
  for (const { opensMs, closesMs } of shifts) {
    if (opensMs < previousCloseMs || closesMs <= opensMs) {
      throw new RangeError('Working hours must follow each other without overlap')
    }
    previousCloseMs = closesMs
  }
  return shifts
}

function msOfDay(clock: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^(24):(00)$/.exec(clock)
  if (match === null) throw new RangeError(`Not a time of day: ${clock}`)
  return (Number(match[1] ?? match[3]) * 60 + Number(match[2] ?? match[4])) * 60_000
}
