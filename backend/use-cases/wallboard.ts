import type { Agent } from '#domain/agent'
import type { Call } from '#domain/call'
import { type AgentSpell, type CallFigures, figuresOf, secondsInState } from '#domain/call-metrics'
import { startOfVietnamDay, vietnamDay } from '#domain/epoch-day'
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

/** More calls in a day than one centre has. */
export const CALLS_OF_DAY_MAX = 100_000

/** Everything a supervisor's wall shows. */
export async function readWallboard(ports: Ports): Promise<WallboardNow> {
  const at = ports.now()
  const from = startOfVietnamDay(vietnamDay(at))
  const [waiting, { agents, spells }, calls, callBacksDue, unheardVoicemails] = await Promise.all([
    ports.calls.findWaiting(),
    agentsBetween(from, at, ports),
    ports.calls.findCounted(from, at, CALLS_OF_DAY_MAX),
    ports.callBacks.countDue(at),
    ports.calls.countUnheard(),
  ])
  return {
    at,
    waiting: waiting.length,
    longestWaitSince: longestWaitSince(waiting),
    agents: agents.filter(({ state }) => state !== 'offline'),
    today: figuresOf(calls, secondsInState(spells, 'available', from, at), at),
    callBacksDue,
    unheardVoicemails,
  }
}

function longestWaitSince(waiting: readonly Call[]): Date | null {
  const since = waiting.map(({ queuedAt, startedAt }) => (queuedAt ?? startedAt).getTime())
  return since.length === 0 ? null : new Date(Math.min(...since))
}

/** The agents, and what they did in this stretch of time; what they do now is a spell that goes on. */
export async function agentsBetween(
  from: Date,
  until: Date,
  ports: Pick<Ports, 'agents' | 'agentSpells'>,
): Promise<{ readonly agents: readonly Agent[]; readonly spells: readonly AgentSpell[] }> {
  const [over, agents] = await Promise.all([
    ports.agentSpells.between(from, until),
    ports.agents.list(),
  ])
  return { agents, spells: [...over, ...agents.map(spellNow)] }
}

function spellNow({ id, state, since }: Agent): AgentSpell {
  return { agentId: id, state, from: since, until: null }
}
