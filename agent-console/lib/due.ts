import type { CaseRow } from '#contracts/cases'
import { OPEN_STATUSES, type CaseStatus, type Language } from '#contracts/vocabulary'
import { dayOf, shortDay, weekday } from './time.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A deadline in words: a text key with its number, or a day already named. */
export type DueWords =
  | {
      readonly key: 'minutesLeft' | 'hoursLeft' | 'minutesOver' | 'hoursOver' | 'daysOver'
      n: number
    }
  | { readonly key: 'none' | 'tomorrow' }
  | { readonly key: 'day'; readonly name: string }

/** How pressing a deadline is; only `overdue` is red. */
export type DueTone = 'calm' | 'soon' | 'overdue'

/** True where somebody still owes the citizen something. */
export function isOpen(status: CaseStatus): boolean {
  return (OPEN_STATUSES as readonly CaseStatus[]).includes(status)
}

/** How pressing a case's deadline is now. A case that is done has no deadline left. */
export function dueTone(row: Pick<CaseRow, 'status' | 'dueAt'>, now: Date): DueTone {
  if (row.dueAt === null || !isOpen(row.status)) return 'calm'
  const dueAt = new Date(row.dueAt)
  if (dueAt.getTime() < now.getTime()) return 'overdue'
  return dayOf(dueAt) === dayOf(now) ? 'soon' : 'calm'
}

/** A case's deadline as a colleague would say it. */
export function dueWords(
  row: Pick<CaseRow, 'status' | 'dueAt'>,
  now: Date,
  lang: Language,
): DueWords {
  if (row.dueAt === null || !isOpen(row.status)) return { key: 'none' }
  const dueAt = new Date(row.dueAt)
  const left = dueAt.getTime() - now.getTime()
  if (left < 0) return overdueWords(-left)
  if (left < HOUR_MS) return { key: 'minutesLeft', n: Math.max(1, Math.floor(left / MINUTE_MS)) }
  if (dayOf(dueAt) === dayOf(now)) return { key: 'hoursLeft', n: Math.floor(left / HOUR_MS) }
  if (dayOf(dueAt) === dayOf(new Date(now.getTime() + DAY_MS))) return { key: 'tomorrow' }
  if (left < 6 * DAY_MS) return { key: 'day', name: weekday(dueAt, lang) }
  return { key: 'day', name: shortDay(dueAt, now, lang) }
}

function overdueWords(over: number): DueWords {
  if (over < HOUR_MS) return { key: 'minutesOver', n: Math.max(1, Math.floor(over / MINUTE_MS)) }
  if (over < DAY_MS) return { key: 'hoursOver', n: Math.floor(over / HOUR_MS) }
  return { key: 'daysOver', n: Math.floor(over / DAY_MS) }
}
