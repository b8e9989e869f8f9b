import type { AfterCallState, AgentState } from '#contracts/telephony'
import type { Language } from '#contracts/vocabulary'

/** An agent as the telephone sees one: what they do, since when, which calls are theirs to take. */
export type Agent = {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly state: AgentState
  readonly since: Date
  /** The call that rings, is talked to or is wrapped up. */
  readonly callId: string | null
  /** What they are once that call is done with; null: ready for the next. */
  readonly afterCall: AfterCallState | null
  readonly languages: readonly Language[]
  /** Fields answered; empty: all. */
  readonly fields: readonly string[]
  /** When the browser last said that its softphone is registered. */
  readonly aliveAt: Date | null
  /** When the last call was over: the longest idle is asked first. */
  readonly idleSince: Date
}

/** A softphone that was silent for longer than this is taken for lost; a hidden tab loses it silently. */
export const SILENT_AFTER_MS = 40_000

/** An agent who was never seen before. */
export function newAgent(id: string, name: string, at: Date): Agent {
  return {
    id,
    name,
    version: 0,
    state: 'offline',
    since: at,
    callId: null,
    afterCall: null,
    languages: ['vi', 'en'],
    fields: [],
    aliveAt: null,
    idleSince: at,
  }
}

const BUSY: readonly AgentState[] = ['ringing', 'talking']

/**
 * What an agent chooses. A call is not left by it: while one rings, is talked to or wrapped up, the
 * choice is kept for afterwards, and `available` takes it back.
 */
export function choosePresence(
  agent: Agent,
  state: 'available' | 'away' | 'offline',
  at: Date,
): Agent {
  if (waitsForCall(agent, state)) return choosing(agent, state === 'available' ? null : state)
  const alive = state === 'offline' ? { aliveAt: null } : { aliveAt: at }
  return moved({ ...agent, ...alive, afterCall: null }, state, null, at)
}

/** True where a choice is kept until the agent's call is done with. */
export function waitsForCall(
  { state, afterCall }: Pick<Agent, 'state' | 'afterCall'>,
  chosen: 'available' | AfterCallState,
): boolean {
  if (BUSY.includes(state)) return true
  // Whoever is ready, with nothing to take back, is done with the wrap-up.
  const endsWrapUp = chosen === 'available' && afterCall === null
  return state === 'wrapup' && !endsWrapUp
}

/** The softphone says that it is there. */
export function heardFrom(agent: Agent, at: Date): Agent {
  return { ...agent, aliveAt: at, version: agent.version + 1 }
}

/** True where a call may ring there. */
export function isFree(agent: Agent, at: Date): boolean {
  const isAlive =
    agent.aliveAt !== null && at.getTime() - agent.aliveAt.getTime() <= SILENT_AFTER_MS
  return agent.state === 'available' && isAlive
}

/**
 * A call begins to ring, is talked to, or is wrapped up. Who was away and took or placed one
 * themselves is so again afterwards.
 */
export function occupied(
  agent: Agent,
  state: 'ringing' | 'talking' | 'wrapup',
  callId: string,
  at: Date,
): Agent {
  const before = agent.state
  const afterCall = before === 'away' || before === 'offline' ? before : agent.afterCall
  return moved({ ...agent, afterCall }, state, callId, at)
}

/** The call is over, or somebody else's: what was chosen during it holds, else the next may come. */
export function freed(agent: Agent, at: Date): Agent {
  return { ...stoodDown(agent, at), idleSince: at }
}

/** The call that rang went elsewhere: as idle as before, so first in turn again. */
export function stoodDown(agent: Agent, at: Date): Agent {
  return leftCall(agent, agent.afterCall ?? 'available', at)
}

/** Which calls are theirs to take. */
export function withSkills(agent: Agent, skills: Pick<Agent, 'languages' | 'fields'>): Agent {
  const { languages, fields } = skills
  return { ...agent, languages, fields, version: agent.version + 1 }
}

/** Did not answer, or is not reached any more: no call is offered until they say so. */
export function sentAway(agent: Agent, at: Date): Agent {
  return leftCall(agent, agent.afterCall ?? 'away', at)
}

/** True where the agent can serve a call of this field and language. */
export function serves(
  agent: Pick<Agent, 'languages' | 'fields'>,
  wanted: { readonly field: string | null; readonly language: Language },
): boolean {
  const knowsField =
    wanted.field === null || agent.fields.length === 0 || agent.fields.includes(wanted.field)
  return knowsField && agent.languages.includes(wanted.language)
}

function choosing(agent: Agent, afterCall: AfterCallState | null): Agent {
  return { ...agent, afterCall, version: agent.version + 1 }
}

function leftCall(agent: Agent, state: 'available' | AfterCallState, at: Date): Agent {
  const alive = state === 'offline' ? { aliveAt: null } : {}
  return moved({ ...agent, ...alive, afterCall: null }, state, null, at)
}

function moved(agent: Agent, state: AgentState, callId: string | null, at: Date): Agent {
  const since = state === agent.state ? agent.since : at
  return { ...agent, state, callId, since, version: agent.version + 1 }
}
