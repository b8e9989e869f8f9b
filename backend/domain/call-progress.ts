import { type CallEnding, type CallState, END_CAUSES, type EndCause } from '#contracts/calls'
import {
  type Call,
  type CallEvent,
  type CallEventType,
  callIdOf,
  type Leg,
  messageOf,
  type Recording,
  RECORDING_STATES,
  type TranscriptSegment,
} from './call.ts'
import { answerAfter, fuller, watchedEnding } from './call-answer.ts'
import { rungAfter } from './exchange-call.ts'
import { letGoAfter } from './call-end.ts'
import { consentAfter } from './call-record.ts'

const STATE_RANK: Record<CallState, number> = {
  new: 0,
  ivr: 1,
  recording: 2,
  queued: 2,
  dialing: 2,
  ringing_agent: 3,
  talking: 4,
  held: 4,
  wrapup: 5,
  ended: 6,
}

// An exchange tells of its agents on the caller's own line; on other lines `joined` tells when.
const STATE_AFTER: Partial<Record<CallEventType, CallState>> = {
  announced: 'new',
  ringing: 'ringing_agent',
  answered: 'ivr',
  'agent-answered': 'talking',
  'message-left': 'recording',
  ended: 'ended',
}

// An hour of talk is some 700 sentences; a stream that never ends must not fill the document.
const TRANSCRIPT_MAX = 2_000

/**
 * The call after one more event. Events may come twice and in any order: what is known only grows,
 * the state never goes back, and the same events always add up to the same call but for `version`,
 * which counts the changes. An event that says nothing new answers the very same call.
 */
export function applyCallEvent(call: Call | null, event: CallEvent): Call {
  const known = call ?? stubOf(event)
  const isOwnLeg = event.legRef === event.callRef
  const next = withEnding(isOwnLeg ? learn(known, event) : learnLeg(known, event))
  const dated = { ...next, startedAt: earlier(next.startedAt, event.at) }
  if (call !== null && JSON.stringify(dated) === JSON.stringify(call)) return call
  return { ...dated, version: known.version + 1 }
}

/** A call of which nothing is known yet but that it is there. */
export const NOTHING_KNOWN: Omit<Call, 'id' | 'provider' | 'callRef' | 'startedAt'> = {
  version: 0,
  direction: null,
  state: 'new',
  endedAs: null,
  cause: null,
  from: null,
  to: null,
  answeredAt: null,
  answeredBy: null,
  endedAt: null,
  recordings: [],
  caseCode: null,
  language: null,
  ivrPath: [],
  queue: null,
  queuedAt: null,
  offers: [],
  agent: null,
  legs: [],
  heldSince: null,
  holdSeconds: 0,
  transcript: [],
  wrapUp: null,
  disposition: null,
  wrapUpNote: null,
}

function stubOf(event: CallEvent): Call {
  return {
    ...NOTHING_KNOWN,
    id: callIdOf(event),
    provider: event.provider,
    callRef: event.callRef,
    startedAt: event.at,
  }
}

function learn(known: Call, event: CallEvent): Call {
  const after = stateAfter(known, event)
  return {
    ...known,
    ...endAfter(known, event),
    ...answerAfter(known, event),
    ...rungAfter(known, event),
    ...letGoAfter(known, event),
    ...consentAfter(known, event),
    direction: known.direction ?? event.direction,
    from: fuller(known.from, event.from),
    to: fuller(known.to, event.to),
    state: STATE_RANK[after] > STATE_RANK[known.state] ? after : known.state,
    recordings: withRecording(known.recordings, event.recording),
    transcript: withSegment(known.transcript, event.segment ?? null),
  }
}

function stateAfter(known: Call, { type, direction, recording }: CallEvent): CallState {
  // The citizen's telephone rings, not an agent's.
  if (type === 'ringing' && direction === 'outbound') return 'dialing'
  if (type === 'recording-reported' && recording?.of !== 'talk') return 'recording'
  return STATE_AFTER[type] ?? known.state
}

/** What happened on the line of an agent, or of anyone else who was called into the call. */
function learnLeg(known: Call, event: CallEvent): Call {
  if (!['ringing', 'agent-answered', 'agent-left'].includes(event.type)) return known
  const before = known.legs.find(({ ref }) => ref === event.legRef)
  const leg: Leg = {
    ...before,
    ref: event.legRef,
    agentRef: before?.agentRef ?? event.agentRef ?? null,
    answeredAt:
      event.type === 'agent-answered'
        ? soonest(before?.answeredAt, event.at)
        : (before?.answeredAt ?? null),
    leftAt:
      event.type === 'agent-left' ? soonest(before?.leftAt, event.at) : (before?.leftAt ?? null),
    cause: before?.cause ?? event.cause,
  }
  const legs = [...known.legs.filter(({ ref }) => ref !== leg.ref), leg].sort((a, b) =>
    a.ref < b.ref ? -1 : 1,
  )
  return joined({ ...known, legs }, leg)
}

/** The agent who has the call is on the line: the wait is over. */
export function joined(call: Call, leg: Leg): Call {
  const isCurrent = call.agent !== null && leg.agentRef === call.agent.id
  if (!isCurrent || leg.answeredAt === null || leg.leftAt !== null) return call
  const answeredAt = soonest(call.answeredAt, leg.answeredAt)
  const { queue } = call
  const isWaiting = queue !== null && queue.leftAt === null
  return {
    ...call,
    answeredAt,
    state: STATE_RANK[call.state] < STATE_RANK.talking ? 'talking' : call.state,
    queue: isWaiting ? { ...queue, leftAt: leg.answeredAt, leftAs: 'answered' } : queue,
  }
}

function withSegment(
  known: readonly TranscriptSegment[],
  heard: TranscriptSegment | null,
): readonly TranscriptSegment[] {
  if (heard === null || known.length >= TRANSCRIPT_MAX) return known
  const isKnown = known.some(({ seq, speaker }) => seq === heard.seq && speaker === heard.speaker)
  if (isKnown) return known
  return [...known, heard].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || a.seq - b.seq || (a.speaker < b.speaker ? -1 : 1),
  )
}

/** A line ends once: of several reports the earliest moment holds, whichever arrived first. */
function endAfter(known: Call, event: CallEvent): Pick<Call, 'endedAt' | 'cause'> {
  if (event.type !== 'ended') return known
  const reported = { endedAt: event.at, cause: event.cause ?? 'completed' }
  if (known.endedAt === null || known.cause === null) return reported
  const difference =
    reported.endedAt.getTime() - known.endedAt.getTime() ||
    END_CAUSES.indexOf(reported.cause) - END_CAUSES.indexOf(known.cause)
  return difference < 0 ? reported : known
}

/** Worked out from the facts each time, because a recording may be heard of after the end. */
function withEnding(call: Call): Call {
  if (call.cause === null) return call
  const endedAs = endingOf(call, call.cause)
  // The line is free before the agent's work is done.
  const isWrappedUp = call.wrapUp === null || call.wrapUp.doneAt !== null
  return { ...call, endedAs, state: isWrappedUp ? call.state : 'wrapup' }
}

function endingOf(call: Call, cause: EndCause): CallEnding {
  if (call.answeredAt !== null) return 'answered'
  if (messageOf(call) !== null) return 'voicemail'
  return watchedEnding(call) ?? ENDING_OF[cause](call)
}

const ENDING_OF: Record<EndCause, (call: Call) => CallEnding> = {
  completed: endingOfCompleted,
  busy: () => 'busy',
  failed: () => 'failed',
  no_answer: () => 'no_answer',
  canceled: () => 'canceled',
  forwarded: () => 'forwarded',
  congestion: () => 'failed',
  not_found: () => 'failed',
}

function endingOfCompleted({ direction, queue, ivrPath }: Call): CallEnding {
  if (direction === 'outbound') return 'answered'
  if (queue?.leftAs === 'call-back' || ivrPath.includes('call-back')) return 'callback_requested'
  return ivrPath.includes('status:heard') ? 'self_service' : 'abandoned'
}

function withRecording(
  known: readonly Recording[],
  reported: Recording | null,
): readonly Recording[] {
  if (reported === null) return known
  const merged = mergeRecordings(
    known.find(({ ref }) => ref === reported.ref),
    reported,
  )
  return [...known.filter(({ ref }) => ref !== reported.ref), merged].sort((a, b) =>
    a.ref < b.ref ? -1 : 1,
  )
}

function mergeRecordings(known: Recording | undefined, reported: Recording): Recording {
  if (known === undefined) return reported
  const isNewer = stateRank(reported) > stateRank(known)
  return {
    ...known,
    of: known.of ?? reported.of,
    url: known.url ?? reported.url,
    durationSeconds: longer(known.durationSeconds, reported.durationSeconds),
    state: isNewer ? reported.state : known.state,
  }
}

function stateRank({ state }: Recording): number {
  return state === null ? -1 : RECORDING_STATES.indexOf(state)
}

function longer(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}

function earlier(a: Date, b: Date): Date {
  return b.getTime() < a.getTime() ? b : a
}

function soonest(a: Date | null | undefined, b: Date): Date {
  return a == null ? b : earlier(a, b)
}
