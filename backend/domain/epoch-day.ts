/** Calendar days counted from 1 January 1970: whole numbers that can be added, compared and used as keys. */

export const DAY_MS = 86_400_000

/** The number of a day of the civil calendar; months count from 1. */
export function epochDay(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS
}

/** The number of the day written `2026-11-24`. */
export function epochDayOf(iso: string): number {
  const time = Date.parse(`${iso}T00:00:00Z`)
  // Date.parse accepts 31 February and shifts it; what does not read back the same is no date.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso) {
    throw new RangeError(`Not a date: ${iso}`)
  }
  return time / DAY_MS
}

/** The year a day lies in. */
export function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear()
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** Vietnam has kept UTC+7 without summer time since 1975: a constant is exact and costs nothing. */
export const VIETNAM_OFFSET_MS = 7 * 3_600_000

/** The day it is in Vietnam at a moment. */
export function vietnamDay(at: Date): number {
  return Math.floor((at.getTime() + VIETNAM_OFFSET_MS) / DAY_MS)
}

/** When a day begins in Vietnam. */
export function startOfVietnamDay(day: number): Date {
  return new Date(day * DAY_MS - VIETNAM_OFFSET_MS)
}

/** A day as `2026-11-24`. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
