import type { CallEnder, CallEnding, CallState, EndCause, RecordingProblem } from '#contracts/calls'
import type { MonitorMode } from '#contracts/call-record'
import type { Disposition, OfferOutcome } from '#contracts/telephony'
import type { Language } from '#contracts/vocabulary'
import type { AgentAnswer } from './call-answer.ts'
import type { NamedRef } from './case.ts'

/** Stands for the number of a caller who withheld it. */
export const ANONYMOUS = 'anonymous'

export type CallDirection = 'inbound' | 'outbound'

/** What is known of a recording's file; later words say more than earlier ones. */
export const RECORDING_STATES = ['in_progress', 'absent', 'failed', 'completed'] as const
export type RecordingState = (typeof RECORDING_STATES)[number]

/** What a caller said, kept by the provider under `ref`. */
export type Recording = {
  readonly ref: string
  /** What was recorded: a message to us (also where not said), or a talk with an agent. */
  readonly of?: 'message' | 'talk' | undefined
  readonly url: string | null
  readonly durationSeconds: number | null
  /** Null until the provider told: the end of a message may be heard of before its file exists. */
  readonly state: RecordingState | null
  /** Our own copy. */
  readonly kept?: KeptFile | undefined
  /** True while the company still has it beside our copy. */
  readonly isAtCompany?: boolean | undefined
  /** Why there is no copy of an exchange's recording. */
  readonly problem?: RecordingProblem | undefined
  /** When retention removed it, here and at the provider. */
  readonly deletedAt?: Date | undefined
  /** When somebody of the staff first listened to it. */
  readonly heardAt?: Date | undefined
}

/** A recording in our own storage. */
export type KeptFile = {
  readonly key: string
  readonly sha256: string
  readonly byteCount: number
  readonly keptAt: Date
}

/** What happened to a call, in the past tense; an adapter translates its vendor's words to these. */
export type CallEventType =
  | 'announced'
  | 'answered'
  | 'message-left'
  | 'recording-reported'
  | 'transcribed'
  | 'ringing'
  | 'agent-answered'
  | 'agent-left'
  | 'citizen-left'
  | 'ended'

/** A sentence of a call, as heard by a machine. */
export type TranscriptSegment = {
  readonly seq: number
  readonly speaker: 'citizen' | 'agent'
  readonly at: Date
  readonly text: string
}

/** Another line than the caller's own: the agent's, a colleague's, a listening supervisor's. */
export type Leg = {
  readonly ref: string
  /** Whose line it is, as the adapter matched it; null where nobody of ours. */
  readonly agentRef: string | null
  /** Their name, where we called them in. */
  readonly name?: string
  /** How a supervisor takes part; left out for everyone else. */
  readonly monitor?: MonitorMode
  /** When we had it rung; left out for a line of which we only heard. */
  readonly rungAt?: Date
  readonly answeredAt: Date | null
  readonly leftAt: Date | null
  readonly cause: EndCause | null
}

/** A call offered to one agent. */
export type Offer = {
  readonly agent: NamedRef
  readonly at: Date
  readonly until: Date
  readonly outcome: OfferOutcome
  readonly endedAt: Date | null
}

/** A stay in the queue. Those sent back to it stand before everyone who waits for the first time. */
export type QueueStay = {
  /** Which agents serve it: those of this field; null: all. */
  readonly field: string | null
  readonly language: Language
  readonly enteredAt: Date
  readonly requeuedAt: Date | null
  readonly leftAt: Date | null
  readonly leftAs: 'answered' | 'abandoned' | 'call-back' | 'voicemail' | null
}

/** A colleague, or somebody outside, who was called in to take the call over. */
export type TransferUnderWay = {
  /** Null: a number outside. */
  readonly agent: NamedRef | null
  readonly legRef: string
  readonly since: Date
  /** Warm: the first agent stays until both have talked. */
  readonly isWarm: boolean
}

/** What an agent still has to write down once the line is free. */
export type WrapUpState = {
  readonly since: Date
  readonly until: Date
  readonly doneAt: Date | null
}

/** Who let the line go, as far as it was noted before the end was told. */
export type LetGo = { readonly by: CallEnder; readonly at: Date }

/** What the company charges for a call, all its lines together. */
export type CallCost = { readonly amount: number; readonly currency: string }

/** Why a citizen was called. Travels with the call, so that its first event says so by itself. */
export type Placing = {
  readonly agentRef: string
  readonly caseCode: string | null
  readonly callBackId: string | null
}

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
  /** Whose line rings, answers or leaves. */
  readonly agentRef?: string | null
  /** At whose telephones it rings, where an exchange says so. */
  readonly rungAgents?: readonly string[]
  readonly segment?: TranscriptSegment | null
  /** On calls that an agent placed. */
  readonly placing?: Placing | null
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
  readonly language: Language | null
  /** What the caller chose, in order: `menu:1`, `status`, `queue`. */
  readonly ivrPath: readonly string[]
  readonly queue: QueueStay | null
  /** When the caller first waited for an agent; a later stay does not change it. */
  readonly queuedAt: Date | null
  readonly offers: readonly Offer[]
  /** Who has the call now, or had it last. */
  readonly agent: NamedRef | null
  readonly legs: readonly Leg[]
  readonly heldSince: Date | null
  readonly holdSeconds: number
  readonly transcript: readonly TranscriptSegment[]
  readonly wrapUp: WrapUpState | null
  readonly disposition: Disposition | null
  readonly wrapUpNote: string | null
  readonly transfer?: TransferUnderWay | null
  /** Accounts at whose telephones an exchange rang. */
  readonly rungAgents?: readonly string[]
  /** The promise that this call keeps. */
  readonly callBackId?: string
  /** Who called the citizen; left out for calls to us. */
  readonly placedBy?: NamedRef
  readonly letGo?: LetGo | null
  /** When the caller was told that a message is recorded, and went on. */
  readonly messageConsentAt?: Date
  /** When the citizen was told that the talk is recorded, and went on. */
  readonly talkConsentAt?: Date
  /** Where the company carried it, as it names its places; left out where that was not chosen. */
  readonly region?: string
  /** Known only a while after the end. */
  readonly cost?: CallCost
  /** How often it was asked for in vain. */
  readonly costAskedCount?: number
}

/** The call an event belongs to. */
export function callIdOf(event: Pick<CallEvent, 'provider' | 'callRef'>): string {
  return `${event.provider}:${event.callRef}`
}

/** The same for every delivery of one event, different for any two events. */
export function dedupKey(event: CallEvent): string {
  const { provider, legRef, type, seq, cause, recording, segment, agentRef, rungAgents } = event
  return [
    provider,
    legRef,
    type,
    seq ?? '',
    cause ?? '',
    recording?.ref ?? '',
    recording?.state ?? '',
    ...(segment == null ? [] : [segment.speaker, segment.seq]),
    ...(agentRef == null ? [] : [agentRef]),
    ...(rungAgents === undefined ? [] : [rungAgents.join('+')]),
  ].join(':')
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
  return call.caseCode === null && (messageOf(call) !== null || saidInMessage(call).length > 0)
}

/** What the caller said to the machine, sentence by sentence; nothing of a talk with an agent. */
export function saidInMessage(call: Call): readonly string[] {
  const isTalk = call.direction === 'outbound' || call.agent !== null || call.answeredAt !== null
  if (isTalk) return []
  return call.transcript
    .filter(({ speaker, text }) => speaker === 'citizen' && text !== '')
    .map(({ text }) => text)
}

/** True once the caller has stopped speaking: what was said is all there is, or nearly so. */
export function isMessageOver({ recordings, endedAt }: Call): boolean {
  return (
    endedAt !== null || recordings.some(({ of, state }) => of !== 'talk' && state !== 'in_progress')
  )
}

/** True where a recorded message can be listened to by a machine, and none has written it down. */
export function awaitsTranscript(call: Call): boolean {
  return messageOf(call)?.state === 'completed' && call.transcript.length === 0
}

function isMessage({ of, durationSeconds, state }: Recording): boolean {
  if (of === 'talk') return false
  return durationSeconds === null ? state === 'completed' : durationSeconds > 0
}

/** Recordings whose file is at the provider alone, and may yet be fetched. */
export function unkeptRecordings(call: Call): readonly Recording[] {
  return call.recordings.filter(
    ({ state, kept, deletedAt, problem }) =>
      state === 'completed' &&
      kept === undefined &&
      deletedAt === undefined &&
      (problem === undefined || problem === 'unreachable'),
  )
}

/** Recordings that are kept here and not yet removed at the company. */
export function recordingsToRemove(call: Call): readonly Recording[] {
  return call.recordings.filter(
    ({ isAtCompany, deletedAt }) => isAtCompany === true && deletedAt === undefined,
  )
}

/** The call after its recording of this reference changed. */
export function withRecordingChange(
  call: Call,
  ref: string,
  change: (recording: Recording) => Recording,
): Call {
  const recordings = call.recordings.map((each) => (each.ref === ref ? change(each) : each))
  return { ...call, recordings, version: call.version + 1 }
}

/** True while a message waits to be listened to by somebody. */
export function isMessageUnheard(call: Call): boolean {
  const message = messageOf(call)
  return message !== null && message.heardAt === undefined && message.deletedAt === undefined
}
