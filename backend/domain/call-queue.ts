import type { OfferOutcome } from '#contracts/telephony'
import type { Language } from '#contracts/vocabulary'
import { type Agent, isFree, serves } from './agent.ts'
import type { Call, Offer, QueueStay } from './call.ts'
import type { NamedRef } from './case.ts'
import { DomainError } from './errors.ts'

/** The caller begins to wait for an agent. A repeated webhook changes nothing. */
export function enterQueue(
  call: Call,
  wanted: { readonly field: string | null; readonly language: Language },
  at: Date,
): Call {
  if (isOver(call) || isWaiting(call)) return call
  const queue: QueueStay = {
    ...wanted,
    enteredAt: at,
    requeuedAt: call.queue === null ? null : at,
    leftAt: null,
    leftAs: null,
  }
  return changed(call, {
    state: 'queued',
    queue,
    queuedAt: call.queuedAt ?? at,
    ivrPath: [...call.ivrPath, 'queue'],
  })
}

/** Rings at one agent for a while. Refuses where it is no longer waiting. */
export function offerTo(call: Call, agent: NamedRef, at: Date, ringSeconds: number): Call {
  if (call.state !== 'queued' || !isWaiting(call)) throw taken(call)
  const until = new Date(at.getTime() + ringSeconds * 1_000)
  const offer: Offer = {
    agent: { id: agent.id, name: agent.name },
    at,
    until,
    outcome: 'pending',
    endedAt: null,
  }
  return changed(call, { state: 'ringing_agent', offers: [...call.offers, offer] })
}

/**
 * An agent takes the call: the one it rings at, or anyone who picks a waiting call from the list.
 * One wins; every other is told by whom it was taken (`call-taken` with `by`).
 */
export function acceptCall(call: Call, agent: NamedRef, at: Date): Call {
  if (call.agent?.id === agent.id && call.state === 'ringing_agent') return call
  if (isOver(call) || !isWaiting(call) || call.agent !== null) throw taken(call)
  const offer = pendingOffer(call)
  if (offer !== null && offer.agent.id !== agent.id) throw taken(call)
  const { id, name } = agent
  return changed(call, {
    state: 'ringing_agent',
    agent: { id, name },
    offers: endPending(call.offers, 'accepted', at),
  })
}

/** Nobody picked up: back to the front of the line. Changes nothing where nothing rings. */
export function endOffer(
  call: Call,
  outcome: Exclude<OfferOutcome, 'pending' | 'accepted'>,
  at: Date,
): Call {
  if (call.state !== 'ringing_agent') return call
  return changed(call, {
    state: 'queued',
    agent: null,
    queue: call.queue && { ...call.queue, requeuedAt: call.queue.requeuedAt ?? at },
    offers: endLast(call.offers, outcome, at),
  })
}

/** The agent's line was lost while the caller is still there: the front of the line again. */
export function requeue(call: Call, at: Date): Call {
  if (isOver(call) || call.state === 'queued') return call
  const before = call.queue
  const queue: QueueStay = {
    field: before?.field ?? null,
    language: before?.language ?? call.language ?? 'vi',
    enteredAt: at,
    requeuedAt: at,
    leftAt: null,
    leftAs: null,
  }
  return changed(call, {
    state: 'queued',
    agent: null,
    heldSince: null,
    wrapUp: null,
    transfer: null,
    queue,
    offers: endPending(call.offers, 'unreached', at),
  })
}

/** The caller stops waiting. Refused to nobody; a call that does not wait stays as it is. */
export function leaveQueue(call: Call, leftAs: NonNullable<QueueStay['leftAs']>, at: Date): Call {
  if (call.queue === null || !isWaiting(call)) return call
  return changed(call, {
    // The end of the call may have been heard of before.
    state: isOver(call) ? call.state : leftAs === 'answered' ? 'talking' : 'ivr',
    queue: { ...call.queue, leftAt: at, leftAs },
    offers: endPending(call.offers, leftAs === 'answered' ? 'accepted' : 'withdrawn', at),
  })
}

/** The line ended while somebody waited: nothing rings any more, and nobody has the call. */
export function abandonQueue(call: Call, at: Date): Call {
  if (call.queue === null || !isWaiting(call)) return call
  return changed(call, {
    agent: null,
    queue: { ...call.queue, leftAt: at, leftAs: 'abandoned' },
    offers: endPending(call.offers, 'withdrawn', at),
  })
}

/** An agent sends the caller back to the front of the line, perhaps of another field. */
export function sendBack(call: Call, field: string | null, at: Date): Call {
  const back = requeue(call, at)
  if (back === call) throw taken(call)
  return { ...back, queue: back.queue && { ...back.queue, field } }
}

/** True while the caller waits for an agent, ringing or not. */
export function isWaiting({ queue }: Pick<Call, 'queue'>): boolean {
  return queue !== null && queue.leftAt === null
}

/** The offer that rings now. */
export function pendingOffer({ offers }: Pick<Call, 'offers'>): Offer | null {
  return offers.find(({ outcome }) => outcome === 'pending') ?? null
}

/** The order of the line: those sent back first, then who came first. */
export function inLine(calls: readonly Call[]): Call[] {
  return [...calls].sort(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      waitedSince(a).getTime() - waitedSince(b).getTime() ||
      (a.id < b.id ? -1 : 1),
  )
}

/** Which place in the line, from 1; null for a call that does not wait. */
export function positionOf(call: Call, waiting: readonly Call[]): number | null {
  const index = inLine(waiting).findIndex(({ id }) => id === call.id)
  return index < 0 ? null : index + 1
}

/**
 * How long the one at `position` will wait, in seconds; null where no agent is at work to say.
 * Those before share the agents, each busy for an average handling time.
 */
export function estimatedWaitSeconds(
  position: number,
  agentsAtWork: number,
  averageHandleSeconds: number,
): number | null {
  if (agentsAtWork === 0) return null
  return Math.ceil(position / agentsAtWork) * averageHandleSeconds
}

/** Who should be rung at now: each waiting call in turn gets the free agent who was idle longest. */
export function nextOffers(
  waiting: readonly Call[],
  agents: readonly Agent[],
  at: Date,
): { readonly call: Call; readonly agent: Agent }[] {
  const free = agents
    .filter((agent) => isFree(agent, at))
    .sort((a, b) => a.idleSince.getTime() - b.idleSince.getTime() || (a.id < b.id ? -1 : 1))
  const offers: { call: Call; agent: Agent }[] = []
  for (const call of inLine(waiting)) {
    if (call.state !== 'queued' || call.queue === null) continue
    const { queue } = call
    const index = free.findIndex((agent) => serves(agent, queue))
    const [agent] = index < 0 ? [] : free.splice(index, 1)
    if (agent !== undefined) offers.push({ call, agent })
  }
  return offers
}

function rankOf({ queue }: Call): number {
  return queue?.requeuedAt == null ? 1 : 0
}

function waitedSince(call: Call): Date {
  return call.queue?.enteredAt ?? call.startedAt
}

function isOver({ endedAt }: Call): boolean {
  return endedAt !== null
}

function endPending(
  offers: readonly Offer[],
  outcome: Exclude<OfferOutcome, 'pending'>,
  at: Date,
): readonly Offer[] {
  return offers.map((offer) =>
    offer.outcome === 'pending' ? { ...offer, outcome, endedAt: at } : offer,
  )
}

/** The offer that rings, or that was accepted by an agent whose line did not come about. */
function endLast(
  offers: readonly Offer[],
  outcome: Exclude<OfferOutcome, 'pending'>,
  at: Date,
): readonly Offer[] {
  return offers.map((offer, index) =>
    index === offers.length - 1 ? { ...offer, outcome, endedAt: at } : offer,
  )
}

function taken(call: Call): DomainError {
  const by = call.agent?.name ?? pendingOffer(call)?.agent.name
  if (by !== undefined) return new DomainError('conflict', 'call-taken', { by })
  return new DomainError('not-allowed-now', 'call-over')
}

function changed(call: Call, change: Partial<Call>): Call {
  return { ...call, ...change, version: call.version + 1 }
}
