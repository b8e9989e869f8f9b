import { DAY_MS, VIETNAM_OFFSET_MS } from './epoch-day.ts'

/** A stretch of working time within a day, in milliseconds from midnight. */
export type Shift = { readonly opensMs: number; readonly closesMs: number }

/** Answers when people work; made from the administrator's settings by `buildCalendar`. */
export type Calendar = {
  /** The shifts of a day (an epoch day of Vietnam's civil calendar), in order; none on a day off. */
  readonly shiftsOn: (day: number) => readonly Shift[]
}

const MINUTE_MS = 60_000

/**
 * The instant at which `minutes` of working time have passed since `start`. A time outside working
 * hours starts at the next opening; a shift that is used up exactly ends the count at its closing.
 */
export function addWorkingMinutes(start: Date, minutes: number, calendar: Calendar): Date {
  if (!Number.isFinite(minutes) || minutes < 0) {
    throw new RangeError('Working minutes are a number from 0 up')
  }
  const startMs = instant(start)
  let leftMs = minutes * MINUTE_MS
  for (let day = civilDay(startMs); ; day += 1) {
    for (const shift of calendar.shiftsOn(day)) {
      const from = Math.max(startMs, at(day, shift.opensMs))
      const until = at(day, shift.closesMs)
      if (from > until) continue
      if (leftMs <= until - from) return new Date(from + leftMs)
      leftMs -= until - from
    }
  }
}

/**
 * The deadline `days` working days after `start`: the day of receipt does not count (Civil Code 2015,
 * art. 147), whatever its hour, and the last day counts to the end of its working hours.
 * Received on Tuesday at any hour, three working days end on Friday at 17:00.
 */
export function addWorkingDays(start: Date, days: number, calendar: Calendar): Date {
  if (!Number.isInteger(days) || days < 1) {
    throw new RangeError('Working days are a whole number from 1 up')
  }
  let left = days
  for (let day = civilDay(instant(start)) + 1; ; day += 1) {
    const lastShift = calendar.shiftsOn(day).at(-1)
    if (lastShift === undefined) continue
    left -= 1
    if (left === 0) return new Date(at(day, lastShift.closesMs))
  }
}

/** Working time from `a` to `b` in minutes; negative when `b` comes first. */
export function workingMinutesBetween(a: Date, b: Date, calendar: Calendar): number {
  const aMs = instant(a)
  const bMs = instant(b)
  if (bMs < aMs) return -workingMinutesBetween(b, a, calendar)
  let totalMs = 0
  const lastDay = civilDay(bMs)
  for (let day = civilDay(aMs); day <= lastDay; day += 1) {
    for (const shift of calendar.shiftsOn(day)) {
      const from = Math.max(aMs, at(day, shift.opensMs))
      const until = Math.min(bMs, at(day, shift.closesMs))
      if (until > from) totalMs += until - from
    }
  }
  return totalMs / MINUTE_MS
}

/**
 * Working days after the day of `from`, up to and with the day of `until`: what "3 working days left"
 * counts. 0 on the last day and after it.
 */
export function workingDaysLeft(from: Date, until: Date, calendar: Calendar): number {
  const lastDay = civilDay(instant(until))
  let count = 0
  for (let day = civilDay(instant(from)) + 1; day <= lastDay; day += 1) {
    if (calendar.shiftsOn(day).length > 0) count += 1
  }
  return count
}

/** Whether people work at this instant; a shift's closing time is no longer part of it. */
export function isWorkingTime(when: Date, calendar: Calendar): boolean {
  const whenMs = instant(when)
  const day = civilDay(whenMs)
  return calendar
    .shiftsOn(day)
    .some((shift) => at(day, shift.opensMs) <= whenMs && whenMs < at(day, shift.closesMs))
}

function instant(date: Date): number {
  const time = date.getTime()
  // An invalid date compares false with everything and would never end the loops above.
  if (Number.isNaN(time)) throw new RangeError('Invalid date')
  return time
}

function civilDay(time: number): number {
  return Math.floor((time + VIETNAM_OFFSET_MS) / DAY_MS)
}

function at(day: number, msOfDay: number): number {
  return day * DAY_MS + msOfDay - VIETNAM_OFFSET_MS
}
