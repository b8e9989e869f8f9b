import type { Call } from '#domain/call'
import { countsAs } from '#domain/call-metrics'
import { isoDay, vietnamDay } from '#domain/epoch-day'
import type { Ports } from './ports.ts'

/** A day that ended so many days ago changes no more, but for calls that are told of late. */
const SETTLED_AFTER_DAYS = 2

/** The last day whose figures are kept: its calls are over, their wrap-ups too. */
export function lastSettledDay(at: Date): number {
  return vietnamDay(at) - SETTLED_AFTER_DAYS
}

/** What became known of a call days later: its day is counted anew. To be told after it was saved. */
export async function forgetDaysOf(
  before: Call | null,
  next: Call,
  ports: Pick<Ports, 'callDays' | 'now'>,
): Promise<void> {
  const last = lastSettledDay(ports.now())
  const days = [before ?? next, next].map(({ startedAt }) => vietnamDay(startedAt))
  const kept = [...new Set(days)].filter((day) => day <= last)
  // Nearly every call is of today: what it counts as is compared for the others alone.
  if (kept.length === 0 || (before !== null && countsAs(before) === countsAs(next))) return
  await ports.callDays.forget(kept.map(isoDay))
}
