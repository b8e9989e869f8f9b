import { dayOf } from './time.ts'

/** A stretch of days in Vietnam, both included, as `2026-11-23`. */
export type DayRange = { readonly from: string; readonly until: string }

const DAY_MS = 86_400_000
const DAYS_SHOWN = 14
/** What the server gives in one answer. */
const DAYS_MAX = 366

/** The fortnight that ends today. */
export function lastDays(now: Date): DayRange {
  return { from: dayOf(new Date(now.getTime() - (DAYS_SHOWN - 1) * DAY_MS)), until: dayOf(now) }
}

/** Why a range cannot be asked for; null where it can. */
export function rangeProblem({
  from,
  until,
}: DayRange): 'incomplete' | 'backwards' | 'tooLong' | null {
  if (from === '' || until === '') return 'incomplete'
  if (from > until) return 'backwards'
  const days = (Date.parse(until) - Date.parse(from)) / DAY_MS + 1
  return days > DAYS_MAX ? 'tooLong' : null
}

/** A day on an axis or in a table: `23/11`, with its year where that is not this one. */
export function dayLabel(day: string, now: Date): string {
  const [year, month = '', date = ''] = day.split('-')
  return year === dayOf(now).slice(0, 4) ? `${date}/${month}` : `${date}/${month}/${String(year)}`
}
