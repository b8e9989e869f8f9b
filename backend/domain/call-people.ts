import { type Agent, freed, sentAway, stoodDown } from './agent.ts'
import type { Call, Leg } from './call.ts'

/** What a call asks of this agent now; null: nothing. The call is the truth, whatever the agent's own record says. */
export function partIn(call: Call, agentId: string): 'ringing' | 'talking' | 'wrapup' | null {
  if (call.agent?.id === agentId) {
    if (call.wrapUp !== null) return call.wrapUp.doneAt === null ? 'wrapup' : null
    if (call.endedAt !== null) return null
    return call.state === 'ringing_agent' || call.state === 'dialing' ? 'ringing' : 'talking'
  }
  if (call.endedAt !== null) return null
  if (call.transfer?.agent?.id === agentId) {
    return legOf(call, call.transfer.legRef)?.answeredAt == null ? 'ringing' : 'talking'
  }
  const isOffered = call.offers.some(
    ({ agent, outcome }) => outcome === 'pending' && agent.id === agentId,
  )
  return isOffered ? 'ringing' : null
}

/** Everyone at the telephone whom this call concerns or concerned. */
export function peopleOf(call: Call): string[] {
  const ids = [
    ...call.offers.map(({ agent }) => agent.id),
    ...call.legs.map(({ agentRef }) => agentRef),
    call.agent?.id,
    call.transfer?.agent?.id,
  ]
  return [...new Set(ids.filter((id) => id != null))]
}

/** What an agent does once the call needs them no more: who did not answer is asked no more. */
export function afterCall(agent: Agent, call: Call, at: Date): Agent {
  const theirs = call.offers.findLast(({ agent: offered }) => offered.id === agent.id)
  const wasHeard = call.legs.some(
    ({ agentRef, answeredAt }) => agentRef === agent.id && answeredAt !== null,
  )
  switch (theirs?.outcome) {
    case 'declined':
    case 'timed_out':
    case 'unreached':
      return sentAway(agent, at)
    case 'withdrawn':
      return stoodDown(agent, at)
    case 'accepted':
    case 'pending':
    case undefined:
      return wasHeard ? freed(agent, at) : stoodDown(agent, at)
  }
}

/** The agent who has to do with a call that is not done with; null where nobody has. */
export function busyAgentOf(call: Call): string | null {
  if (call.agent === null || call.wrapUp?.doneAt != null) return null
  const isOpen = call.endedAt === null || call.answeredAt !== null
  return isOpen ? call.agent.id : null
}

/** An agent's line into the call, while it is there. */
export function liveLegOf(call: Call, agentId: string): Leg | null {
  return call.legs.find(({ agentRef, leftAt }) => agentRef === agentId && leftAt === null) ?? null
}

/** The line of a reference. */
export function legOf(call: Call, ref: string): Leg | null {
  return call.legs.find((leg) => leg.ref === ref) ?? null
}

/** True where the line of this reference is in the call now. */
export function isOnLine(call: Call, ref: string): boolean {
  const leg = legOf(call, ref)
  return leg?.answeredAt != null && leg.leftAt === null
}

/** True where the agent who has the call was on the line, or rung at, and is not any more. */
export function isAgentLost(call: Call): boolean {
  const { agent } = call
  if (agent === null || call.endedAt !== null || call.wrapUp !== null) return false
  const accepted = call.offers.findLast(
    ({ agent: offered, outcome }) => outcome === 'accepted' && offered.id === agent.id,
  )
  const since = (accepted?.endedAt ?? call.startedAt).getTime()
  // By our own clock: the provider's is another, and tells whole seconds.
  const lines = call.legs.filter(
    ({ agentRef, rungAt }) =>
      agentRef === agent.id && (rungAt === undefined || rungAt.getTime() >= since),
  )
  return lines.length > 0 && lines.every(({ leftAt }) => leftAt !== null)
}

/** When an accepted or pending offer has rung for long enough; null where nothing rings. */
export function ringsUntil(call: Call): Date | null {
  if (call.state !== 'ringing_agent') return null
  const last = call.offers.at(-1)
  if (last === undefined) return null
  if (last.outcome !== 'accepted' || last.endedAt === null) return last.until
  // The agent took it: their line has as long again to be there.
  return new Date(last.endedAt.getTime() + last.until.getTime() - last.at.getTime())
}

/** When something was heard of a call last. */
export function lastHeardAt(call: Call): Date {
  const { queue, legs, offers, transcript, heldSince, wrapUp, startedAt } = call
  const moments = [
    startedAt,
    queue?.enteredAt,
    queue?.requeuedAt,
    queue?.leftAt,
    heldSince,
    wrapUp?.since,
    transcript.at(-1)?.at,
    ...legs.flatMap(({ answeredAt, leftAt }) => [answeredAt, leftAt]),
    ...offers.flatMap(({ at, endedAt }) => [at, endedAt]),
  ]
  return new Date(Math.max(...moments.map((moment) => moment?.getTime() ?? 0)))
}

/** The citizen's number on either kind of call; null where it is not known. */
export function citizenNumber({ direction, from, to }: Call): string | null {
  return direction === 'outbound' ? to : from
}
