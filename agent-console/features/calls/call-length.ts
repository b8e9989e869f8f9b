import type { CallRow } from '#contracts/calls'
import { clock } from '../../lib/clock.ts'

/** How long an ended call lasted, as `3:27`; empty while it goes on. */
export function callLength({ startedAt, endedAt }: Pick<CallRow, 'startedAt' | 'endedAt'>): string {
  if (endedAt === null) return ''
  return clock(Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000)))
}
