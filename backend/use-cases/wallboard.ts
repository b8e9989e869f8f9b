import type { Agent } from '#domain/agent'
import type { Call } from '#domain/call'
import { type AgentSpell, type CallFigures, figuresOf, secondsInState } from '#domain/call-metrics'
import { isoDay, startOfVietnamDay, vietnamDay } from '#domain/epoch-day'
import type { Ports } from './ports.ts'

/** The centre as it is now, and what this day has come to. */
export type WallboardNow = {
  readonly at: Date
  readonly waiting: number
  readonly longestWaitSince: Date | null
  readonly agents: readonly Agent[]
  readonly today: CallFigures
  readonly callBacksDue: number
  readonly unheardVoicemails: number
}

/** A day of one queue (a field; null: no field) in figures. */
export type QueueDay = CallFigures & { readonly day: string; readonly queue: string | null }

// More calls in a day, or agents at once, than one centre has.
const MANY = 100_000

/** Everything a supervisor's wall shows. */
export async function readWallboard(ports: Ports): Promise<WallboardNow> {
  const at = ports.now()
  const from = startOfVietnamDay(vietnamDay(at))
  const [waiting, agents, calls, spells, callBacks, unheardVoicemails] = await Promise.all([
    ports.calls.findWaiting(),
    ports.agents.list(),
    ports.calls.findStartedBetween(from, at, MANY),
    ports.agentSpells.between(from, at),
    ports.callBacks.listOpen(MANY),
    ports.calls.countUnheard(),
  ])
  const all = [...spells, ...agents.map(spellNow)]
  return {
    at,
    waiting: waiting.length,
    longestWaitSince: longestWaitSince(waiting),
    agents: agents.filter(({ state }) => state !== 'offline'),
    today: figuresOf(calls, secondsInState(all, 'available', from, at), at),
    callBacksDue: callBacks.filter(({ dueAt }) => dueAt.getTime() <= at.getTime()).length,
    unheardVoicemails,
  }
}

/**
 * Figures a day, oldest first: the whole centre's, then each queue's. How busy agents were is the
 * whole centre's alone, because they serve several queues.
 */
export async function readHistory(
  firstDay: number,
  lastDay: number,
  ports: Ports,
): Promise<QueueDay[]> {
  const from = startOfVietnamDay(firstDay)
  const until = startOfVietnamDay(lastDay + 1)
  const [calls, spells, agents] = await Promise.all([
    ports.calls.findStartedBetween(from, until, MANY),
    ports.agentSpells.between(from, until),
    ports.agents.list(),
  ])
  const all = [...spells, ...agents.map(spellNow)]
  const at = ports.now()
  const rows: QueueDay[] = []
  for (const [day, ofDay] of groupBy(calls, ({ startedAt }) => vietnamDay(startedAt))) {
    const begins = startOfVietnamDay(day)
    const ends = new Date(Math.min(startOfVietnamDay(day + 1).getTime(), at.getTime()))
    const available = secondsInState(all, 'available', begins, ends)
    rows.push({ day: isoDay(day), queue: null, ...figuresOf(ofDay, available, at) })
    for (const [queue, ofQueue] of groupBy(ofDay, (call) => call.queue?.field ?? null)) {
      if (queue === null) continue
      rows.push({ day: isoDay(day), queue, ...figuresOf(ofQueue, 0, at), occupancy: null })
    }
  }
  return rows.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : byQueue(a, b)))
}

function byQueue(a: QueueDay, b: QueueDay): number {
  if (a.queue === null || b.queue === null) return a.queue === null ? -1 : 1
  return a.queue < b.queue ? -1 : 1
}

function longestWaitSince(waiting: readonly Call[]): Date | null {
  const since = waiting.map(({ queuedAt, startedAt }) => (queuedAt ?? startedAt).getTime())
  return since.length === 0 ? null : new Date(Math.min(...since))
}

/** What an agent does now, as the spell that goes on. */
function spellNow({ id, state, since }: Agent): AgentSpell {
  return { agentId: id, state, from: since, until: null }
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group === undefined) groups.set(keyOf(value), [value])
    else group.push(value)
  }
  return groups
}
