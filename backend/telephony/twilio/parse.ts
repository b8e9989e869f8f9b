import type { EndCause } from '#contracts/calls'
import type { CallDirection, CallEvent, Recording, RecordingState } from '#domain/call'
import { callIdOf } from '#domain/call'
import type { QueueResult, Told } from '../door.ts'
import type { Query, WebhookFields } from '../provider.ts'
import { placingIn } from './placing.ts'
import { CAUSE_OF, numberIn, partyIn, refIn, textIn, timeIn, urlIn } from './fields.ts'

/** What all events of one webhook have in common. */
type Common = Omit<CallEvent, 'type'>

/** The way in which most of a kind of webhook are read. */
type Parse = (fields: WebhookFields, receivedAt: Date, query?: Query) => Told | null

/** The caller is on the line, and may have pressed or said something. */
export const parseCaller = parseCall((_fields, common) => [{ ...common, type: 'answered' }])

/** A caller who hangs up ends the message and the call at once. */
export const parseMessage = parseCall((fields, common) => [
  { ...common, type: 'message-left', recording: recordingIn(fields, null) },
])

/** What became of the recording's file. */
export const parseRecording = parseCall((fields, common) => [
  {
    ...common,
    type: 'recording-reported',
    recording: recordingIn(fields, RECORDING_STATE_OF.get(statusIn(fields, 'RecordingStatus'))),
  },
])

/** What became of a talk's recording. A conference does not say of which call it is; the address does. */
export function parseTalkRecording(
  fields: WebhookFields,
  receivedAt: Date,
  query: Query,
): Told | null {
  const told = parseRecording({ ...fields, CallSid: query['call'] ?? '' }, receivedAt)
  if (told === null) return null
  const events = told.events.map((event) => ({
    ...event,
    recording: event.recording && { ...event.recording, of: 'talk' as const },
  }))
  return { ...told, events }
}

/** How far the call got. */
export const parseStatus = parseCall((fields, common) => {
  if (causeIn(fields) !== undefined) return []
  const isAnswered = statusIn(fields, 'CallStatus') === 'in-progress'
  return [{ ...common, type: isAnswered ? 'answered' : 'announced' }]
})

/** The caller left the queue or the conference; whether the call is over stands in its status. */
export const parseLeft = parseCall(() => [])

/** A webhook about a call: the events that `eventsOf` finds, then its end, where it ended. */
export function parseCall(eventsOf: (fields: WebhookFields, common: Common) => CallEvent[]): Parse {
  return (fields, receivedAt, query = {}) => {
    const told = commonIn(fields, receivedAt)
    if (told === null) return null
    const placing = placingIn(query)
    const common = placing === null ? told : { ...told, placing }
    const cause = causeIn(fields)
    const ended: CallEvent[] = cause === undefined ? [] : [{ ...common, type: 'ended', cause }]
    return {
      callId: callIdOf(common),
      callRef: common.callRef,
      from: common.from,
      events: [...eventsOf(fields, common), ...ended],
      heard: { pressed: keysIn(fields), said: speechIn(fields) },
      queueResult: QUEUE_RESULT_OF.get(statusIn(fields, 'QueueResult')) ?? null,
      problem: null,
    }
  }
}

function commonIn(fields: WebhookFields, receivedAt: Date): Common | null {
  const legRef = refIn(fields, 'CallSid')
  const parentRef = fields['ParentCallSid'] === undefined ? legRef : refIn(fields, 'ParentCallSid')
  if (legRef === null || parentRef === null) return null
  return {
    provider: 'twilio',
    callRef: parentRef,
    legRef,
    seq: numberIn(fields, 'SequenceNumber'),
    at: timeIn(fields, 'Timestamp', receivedAt) ?? receivedAt,
    direction: directionOf(textIn(fields, 'Direction')),
    from: partyIn(fields, 'From'),
    to: partyIn(fields, 'To'),
    cause: null,
    recording: null,
  }
}

const RECORDING_STATE_OF = new Map<string, RecordingState>([
  ['in-progress', 'in_progress'],
  ['absent', 'absent'],
  ['failed', 'failed'],
  ['completed', 'completed'],
])

const QUEUE_RESULT_OF = new Map<string, QueueResult>([
  ['bridged', 'connected'],
  ['bridging-in-process', 'connected'],
  ['redirected', 'connected'],
  ['redirected-from-bridged', 'connected'],
  ['hangup', 'hung-up'],
  ['leave', 'left'],
  ['queue-full', 'full'],
  ['error', 'failed'],
  ['system-error', 'failed'],
])

function statusIn(fields: WebhookFields, name: string): string {
  return textIn(fields, name) ?? ''
}

function causeIn(fields: WebhookFields): EndCause | undefined {
  return CAUSE_OF.get(statusIn(fields, 'CallStatus'))
}

function recordingIn(
  fields: WebhookFields,
  state: RecordingState | null | undefined,
): Recording | null {
  const url = urlIn(fields, 'RecordingUrl')
  // A message's end may name its recording by the address alone.
  const ref = refIn(fields, 'RecordingSid') ?? /\bRE[0-9a-f]{32}\b/i.exec(url ?? '')?.[0] ?? null
  if (ref === null) return null
  return { ref, url, durationSeconds: numberIn(fields, 'RecordingDuration'), state: state ?? null }
}

function directionOf(direction: string | null): CallDirection | null {
  if (direction === null) return null
  return direction.startsWith('outbound') ? 'outbound' : 'inbound'
}

function keysIn(fields: WebhookFields): string | null {
  const keys = textIn(fields, 'Digits') ?? ''
  return /^[0-9*#]{1,32}$/.test(keys) ? keys : null
}

function speechIn(fields: WebhookFields): string | null {
  const said = textIn(fields, 'SpeechResult')?.trim() ?? ''
  return said === '' ? null : said
}
