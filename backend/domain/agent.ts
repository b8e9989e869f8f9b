import type { AgentState } from '#contracts/telephony'
import type { Language } from '#contracts/vocabulary'
import { DomainError } from './errors.ts'

/** An agent as the telephone sees one: what they do, since when, which calls are theirs to take. */
export type Agent = {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly state: AgentState
  readonly since: Date
  /** The call that rings, is talked to or is wrapped up. */
  readonly callId: string | null
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
    languages: ['vi', 'en'],
    fields: [],
    aliveAt: null,
    idleSince: at,
  }
}

const BUSY: readonly AgentState[] = ['ringing', 'talking']

/** What an agent chooses. Refuses to leave a call by it. */
export function choosePresence(
  agent: Agent,
  state: 'available' | 'away' | 'offline',
  at: Date,
): Agent {
  if (BUSY.includes(agent.state)) throw new DomainError('not-allowed-now', 'agent-busy')
  const alive = state === 'offline' ? { aliveAt: null } : { aliveAt: at }
  return moved({ ...agent, ...alive }, state, null, at)
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

/** A call begins to ring, is talked to, or is wrapped up. */
export function occupied(
  agent: Agent,
  state: 'ringing' | 'talking' | 'wrapup',
  callId: string,
  at: Date,
): Agent {
  return moved(agent, state, callId, at)
}

/** The call is over, or somebody else's: the next may come. */
export function freed(agent: Agent, at: Date): Agent {
  return { ...moved(agent, 'available', null, at), idleSince: at }
}

/** The call that rang went elsewhere: as idle as before, so first in turn again. */
export function stoodDown(agent: Agent, at: Date): Agent {
  return moved(agent, 'available', null, at)
}

/** Which calls are theirs to take. */
export function withSkills(agent: Agent, skills: Pick<Agent, 'languages' | 'fields'>): Agent {
  const { languages, fields } = skills
  return { ...agent, languages, fields, version: agent.version + 1 }
}

/** Did not answer, or is not reached any more: no call is offered until they say so. */
export function sentAway(agent: Agent, at: Date): Agent {
  return moved(agent, 'away', null, at)
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

function moved(agent: Agent, state: AgentState, callId: string | null, at: Date): Agent {
  const since = state === agent.state ? agent.since : at
  return { ...agent, state, callId, since, version: agent.version + 1 }
}
