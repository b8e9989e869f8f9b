import { z } from 'zod'
import { epochDayOf, vietnamDay } from '#domain/epoch-day'
import { DAYS_MAX } from '#use-cases/call-history'

const DAYS_SHOWN = 30

/** From which day until which, both included: the last thirty days unless said otherwise. */
export const HistoryQuery = z
  .strictObject({ from: z.iso.date().optional(), until: z.iso.date().optional() })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    path: ['from'],
    message: 'must not be after `until`',
  })

/** The days asked for, at most a year of them, up to the last one. */
export function daysOf(
  { from, until }: z.infer<typeof HistoryQuery>,
  now: Date,
): { readonly first: number; readonly last: number } {
  const last = until === undefined ? vietnamDay(now) : epochDayOf(until)
  const first = from === undefined ? last - DAYS_SHOWN + 1 : epochDayOf(from)
  return { first: Math.max(first, last - DAYS_MAX + 1), last }
}
