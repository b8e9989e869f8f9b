import type { CallEnding, CallState } from '#contracts/calls'
import { type AgentAnswer, answerAfter, fuller, watchedEnding } from './call-answer.ts'

/** Stands for the number of a caller who withheld it. */
export const ANONYMOUS = 'anonymous'

export type CallDirection = 'inbound' | 'outbound'

/** How the line was let go; the order breaks a tie between two reports of the same moment. */
export const END_CAUSES = [
  'completed',
  'busy',
  'failed',
  'no_answer',
  'canceled',
  'forwarded',
  'congestion',
  'not_found',
] as const
export type EndCause = (typeof END_CAUSES)[number]

/** What is known of a recording's file; later words say more than earlier ones. */
export const RECORDING_STATES = ['in_progress', 'absent', 'failed', 'completed'] as const
export type RecordingState = (typeof RECORDING_STATES)[number]

/** What a caller said, kept by the provider under `ref`. */
export type Recording = {
  readonly ref: string
  readonly url: string | null
  readonly durationSeconds: number | null
  /** Null until the provider told: the end of a message may be heard of before its file exists. */
  readonly state: RecordingState | null
  /** True where it holds what two people said to each other; left out for a caller's message. */
  readonly isConversation?: true
}

/** What happened to a call, in the past tense; an adapter translates its vendor's words to these. */
export type CallEventType =
  | 'announced'
  | 'ringing'
  | 'answered'
  | 'agent-answered'
  | 'message-left'
  | 'recording-reported'
  | 'ended'

/** One thing a provider told us. Never changed once kept. */
export type CallEvent = {
  readonly provider: string
  readonly callRef: string
  /** The leg it happened on; equal to `callRef` on the caller's own. */
  readonly legRef: string
  readonly type: CallEventType
  /** The provider's counter, where it has one. */
  readonly seq: number | null
  readonly at: Date
  readonly direction: CallDirection | null
  /** E.164 where it can be, `ANONYMOUS` where withheld, null where the event does not say. */
  readonly from: string | null
  readonly to: string | null
  readonly cause: EndCause | null
  readonly recording: Recording | null
  /** The member of staff whose telephone it was; null or left out where nobody knows. */
  readonly agentRef?: string | null
}

/** A call: what its events add up to. */
export type Call = {
  readonly id: string
  readonly version: number
  readonly provider: string
  readonly callRef: string
  readonly direction: CallDirection | null
  readonly state: CallState
  readonly endedAs: CallEnding | null
  readonly cause: EndCause | null
  readonly from: string | null
  readonly to: string | null
  readonly startedAt: Date
  /** When a person first picked up. */
  readonly answeredAt: Date | null
  readonly answeredBy: AgentAnswer | null
  readonly endedAt: Date | null
  readonly recordings: readonly Recording[]
  readonly caseCode: string | null
}

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

const STATE_AFTER: Record<CallEventType, CallState> = {
  announced: 'new',
  ringing: 'ringing_agent',
  answered: 'ivr',
  'agent-answered': 'talking',
  'message-left': 'recording',
  'recording-reported': 'recording',
  ended: 'ended',
}

/** The call an event belongs to. */
export function callIdOf(event: Pick<CallEvent, 'provider' | 'callRef'>): string {
  return `${event.provider}:${event.callRef}`
}

/** The same for every delivery of one event, different for any two events. */
export function dedupKey(event: CallEvent): string {
  const { provider, legRef, type, seq, cause, recording, agentRef } = event
  return [
    provider,
    legRef,
    type,
    seq ?? '',
    cause ?? '',
    recording?.ref ?? '',
    recording?.state ?? '',
    ...(agentRef == null ? [] : [agentRef]),
  ].join(':')
}

/**
 * The call after one more event. Events may come twice and in any order: what is known only grows,
 * the state never goes back, and the same events always add up to the same call but for `version`,
 * which counts the changes. An event that says nothing new answers the very same call.
 */
export function applyCallEvent(call: Call | null, event: CallEvent): Call {
  const known = call ?? stubOf(event)
  const next = withEnding(event.legRef === event.callRef ? learn(known, event) : known)
  const dated = { ...next, startedAt: earlier(next.startedAt, event.at) }
  if (call !== null && JSON.stringify(dated) === JSON.stringify(call)) return call
  return { ...dated, version: known.version + 1 }
}

/** Ties the call to the case that its message opened; the first case stays. */
export function attachCase(call: Call, caseCode: string): Call {
  return call.caseCode === null ? { ...call, caseCode, version: call.version + 1 } : call
}

/** The longest thing the caller said, or null where nothing was said. */
export function messageOf(call: Call): Recording | null {
  const [longest] = call.recordings
    .filter(isMessage)
    .sort((a, b) => (b.durationSeconds ?? 0) - (a.durationSeconds ?? 0))
  return longest ?? null
}

/** True while a message waits for its case. */
export function awaitsCase(call: Call): boolean {
  return call.caseCode === null && messageOf(call) !== null
}

function stubOf(event: CallEvent): Call {
  return {
    id: callIdOf(event),
    version: 0,
    provider: event.provider,
    callRef: event.callRef,
    direction: null,
    state: 'new',
    endedAs: null,
    cause: null,
    from: null,
    to: null,
    startedAt: event.at,
    answeredAt: null,
    answeredBy: null,
    endedAt: null,
    recordings: [],
    caseCode: null,
  }
}

function learn(known: Call, event: CallEvent): Call {
  const after = stateAfter(event)
  return {
    ...known,
    ...endAfter(known, event),
    ...answerAfter(known, event),
    direction: known.direction ?? event.direction,
    from: fuller(known.from, event.from),
    to: fuller(known.to, event.to),
    state: STATE_RANK[after] > STATE_RANK[known.state] ? after : known.state,
    recordings: withRecording(known.recordings, event.recording),
  }
}

function stateAfter({ type, direction, recording }: CallEvent): CallState {
  // The citizen's telephone rings, not an agent's.
  if (type === 'ringing' && direction === 'outbound') return 'dialing'
  // Heard of at any time, and says nothing of where the call is.
  return recording?.isConversation === true ? 'new' : STATE_AFTER[type]
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
  return { ...call, endedAs: endingOf(call, call.cause) }
}

function endingOf(call: Call, cause: EndCause): CallEnding {
  if (call.answeredAt !== null) return 'answered'
  if (messageOf(call) !== null) return 'voicemail'
  return watchedEnding(call) ?? ENDING_OF[cause](call)
}

const ENDING_OF: Record<EndCause, (call: Call) => CallEnding> = {
  completed: (call) => (call.direction === 'outbound' ? 'answered' : 'abandoned'),
  busy: () => 'busy',
  failed: () => 'failed',
  no_answer: () => 'no_answer',
  canceled: () => 'canceled',
  forwarded: () => 'forwarded',
  congestion: () => 'failed',
  not_found: () => 'failed',
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
    ref: known.ref,
    url: known.url ?? reported.url,
    durationSeconds: longer(known.durationSeconds, reported.durationSeconds),
    state: isNewer ? reported.state : known.state,
    ...((known.isConversation ?? reported.isConversation) && { isConversation: true }),
  }
}

function stateRank({ state }: Recording): number {
  return state === null ? -1 : RECORDING_STATES.indexOf(state)
}

function longer(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}

function isMessage({ durationSeconds, state, isConversation }: Recording): boolean {
  if (isConversation === true) return false
  return durationSeconds === null ? state === 'completed' : durationSeconds > 0
}

function earlier(a: Date, b: Date): Date {
  return b.getTime() < a.getTime() ? b : a
}
