import type { CallRow } from '#contracts/calls'

/** How long an ended call lasted, as `3:27`; empty while it goes on. */
export function callLength({ startedAt, endedAt }: Pick<CallRow, 'startedAt' | 'endedAt'>): string {
  if (endedAt === null) return ''
  return clock(Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000)))
}

/** Seconds as `3:27`; empty where there are none to tell. */
export function clock(seconds: number | null): string {
  if (seconds === null) return ''
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`
}
