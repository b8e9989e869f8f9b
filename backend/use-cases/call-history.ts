import {
  type AgentSpell,
  type CountedCall,
  figuresOf,
  type QueueDay,
  secondsInState,
} from '#domain/call-metrics'
import { isoDay, startOfVietnamDay } from '#domain/epoch-day'
import { lastSettledDay } from './kept-days.ts'
import type { Ports } from './ports.ts'
import type { KeptDay } from './ports/telephony.ts'
import { agentsBetween, CALLS_OF_DAY_MAX } from './wallboard.ts'

/** So many days are shown at most. */
export const DAYS_MAX = 366
/** One run of the job, and one look at what agents did. */
const DAYS_AT_ONCE = 31

/**
 * Figures a day, oldest first: the whole centre's, then each queue's. How busy agents were is the
 * whole centre's alone, because they serve several queues.
 */
export async function readHistory(
  firstDay: number,
  lastDay: number,
  ports: Ports,
): Promise<QueueDay[]> {
  const kept = await ports.callDays.between(isoDay(firstDay), isoDay(lastDay))
  const counted = await countDays(missingDays(firstDay, lastDay, kept), ports)
  return [...kept, ...counted]
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .flatMap(({ rows }) => [...rows].sort(byQueue))
}

/** Counts days that are over and not yet kept, newest first, a month at a run. Safe to repeat. */
export async function keepCallDays(ports: Ports): Promise<void> {
  const last = lastSettledDay(ports.now())
  const first = last - DAYS_MAX + 1
  const kept = await ports.callDays.between(isoDay(first), isoDay(last))
  await countDays(missingDays(first, last, kept).slice(-DAYS_AT_ONCE), ports)
}

/** The figures of days, in order; those that change no more are kept. */
async function countDays(days: readonly number[], ports: Ports): Promise<KeptDay[]> {
  const counted: KeptDay[] = []
  for (let from = 0; from < days.length; from += DAYS_AT_ONCE) {
    counted.push(...(await countTogether(days.slice(from, from + DAYS_AT_ONCE), ports)))
  }
  return counted
}

async function countTogether(days: readonly number[], ports: Ports): Promise<KeptDay[]> {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return []
  const at = ports.now()
  const ends = [startOfVietnamDay(first), startOfVietnamDay(last + 1)] as const
  const { spells } = await agentsBetween(...ends, ports)
  const counted: KeptDay[] = []
  // One after another: a day's calls in memory are enough.
  for (const day of days) {
    const [from, until] = [startOfVietnamDay(day), startOfVietnamDay(day + 1)]
    const calls = await ports.calls.findCounted(from, until, CALLS_OF_DAY_MAX)
    counted.push({ day: isoDay(day), rows: rowsOf(day, calls, spells, at) })
  }
  const settledUntil = isoDay(lastSettledDay(at))
  await ports.callDays.keep(counted.filter(({ day }) => day <= settledUntil))
  return counted
}

function rowsOf(
  day: number,
  calls: readonly CountedCall[],
  spells: readonly AgentSpell[],
  at: Date,
): QueueDay[] {
  if (calls.length === 0) return []
  const from = startOfVietnamDay(day)
  const until = new Date(Math.min(startOfVietnamDay(day + 1).getTime(), at.getTime()))
  const available = secondsInState(spells, 'available', from, until)
  const whole = { day: isoDay(day), queue: null, ...figuresOf(calls, available, at) }
  const queues = [...groupByQueue(calls)].map(([queue, ofQueue]) => ({
    ...{ day: isoDay(day), queue, ...figuresOf(ofQueue, 0, at) },
    occupancy: null,
  }))
  return [whole, ...queues]
}

function missingDays(first: number, last: number, kept: readonly KeptDay[]): number[] {
  const known = new Set(kept.map(({ day }) => day))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).filter(
    (day) => !known.has(isoDay(day)),
  )
}

function byQueue(a: QueueDay, b: QueueDay): number {
  if (a.queue === null || b.queue === null) return a.queue === null ? -1 : 1
  return a.queue < b.queue ? -1 : 1
}

function groupByQueue(calls: readonly CountedCall[]): Map<string, CountedCall[]> {
  const groups = new Map<string, CountedCall[]>()
  for (const call of calls) {
    const field = call.queue?.field ?? null
    if (field === null) continue
    const group = groups.get(field)
    if (group === undefined) groups.set(field, [call])
    else group.push(call)
  }
  return groups
}
