import { z } from 'zod'

export const CALL_STATES = [
  'new',
  'ivr',
  'recording',
  'queued',
  'ringing_agent',
  'talking',
  'held',
  'dialing',
  'wrapup',
  'ended',
] as const
export type CallState = (typeof CALL_STATES)[number]

export const CALL_ENDINGS = [
  'answered',
  'abandoned',
  'voicemail',
  'self_service',
  'callback_requested',
  'missed',
  'failed',
  'busy',
  'no_answer',
  'canceled',
  'forwarded',
] as const
export type CallEnding = (typeof CALL_ENDINGS)[number]

/** Why a recording of an exchange is not here; `unreachable` is tried again for some days. */
export const RECORDING_PROBLEMS = [
  'no-address',
  'other-host',
  'redirected',
  'not-sound',
  'too-large',
  'unreachable',
] as const
export type RecordingProblem = (typeof RECORDING_PROBLEMS)[number]
/** How a line was let go; the order breaks a tie between two reports of the same moment. */
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

/**
 * Who let a call go first: the citizen; whoever talked to them, an agent or somebody outside; we, of
 * ourselves; the telephone company, because it failed.
 */
export const CALL_ENDERS = ['citizen', 'agent', 'system', 'company'] as const
export type CallEnder = (typeof CALL_ENDERS)[number]

/** A line of the call log; the caller's number is masked unless the role may see it. */
export const CallRow = z.strictObject({
  id: z.string(),
  provider: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  state: z.enum(CALL_STATES),
  endedAs: z.enum(CALL_ENDINGS).nullable(),
  from: z.string(),
  startedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** From the call's beginning until a person picked up. */
  waitingSeconds: z.int().nullable(),
  /** From then until the line was let go. */
  talkingSeconds: z.int().nullable(),
  recordingSeconds: z.int().nullable(),
  caseCode: z.string().nullable(),
})
export type CallRow = z.infer<typeof CallRow>

/** `GET /api/calls`: newest first. */
export const CallPage = z.strictObject({
  calls: z.array(CallRow),
  nextCursor: z.string().nullable(),
})
export type CallPage = z.infer<typeof CallPage>
