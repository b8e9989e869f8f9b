import type {
  CallDirection,
  CallEvent,
  CallEventType,
  EndCause,
  Recording,
  RecordingState,
} from '#domain/call'
import type { CallDoor, WebhookFields } from '../provider.ts'
import { partyNumber } from './caller-number.ts'
import { numberIn, refIn, textIn } from './fields.ts'

/** The events in a Twilio webhook; null where it does not name its call. */
export function parseTwilio(
  door: CallDoor,
  fields: WebhookFields,
  receivedAt: Date,
): readonly CallEvent[] | null {
  const legRef = refIn(fields, 'CallSid')
  const parentRef = fields['ParentCallSid'] === undefined ? legRef : refIn(fields, 'ParentCallSid')
  if (legRef === null || parentRef === null) return null
  const common: Omit<CallEvent, 'type'> = {
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
  return eventsAt(door, fields, common)
}

function eventsAt(
  door: CallDoor,
  fields: WebhookFields,
  common: Omit<CallEvent, 'type'>,
): CallEvent[] {
  const status = textIn(fields, 'CallStatus') ?? ''
  const cause = CAUSE_OF.get(status)
  const ended: CallEvent[] = cause === undefined ? [] : [{ ...common, type: 'ended', cause }]
  const event = (type: CallEventType, recording: Recording | null = null): CallEvent => ({
    ...common,
    type,
    recording,
  })
  switch (door) {
    case 'voice':
      return [event('answered'), ...ended]
    case 'recorded':
      // A caller who hangs up ends the message and the call at once.
      return [event('message-left', recordingIn(fields, null)), ...ended]
    case 'recording-status':
      return [event('recording-reported', recordingIn(fields, recordingState(fields)))]
    case 'status':
      if (ended.length > 0) return ended
      return [event(status === 'in-progress' ? 'answered' : 'announced')]
  }
}

const CAUSE_OF = new Map<string, EndCause>([
  ['completed', 'completed'],
  ['busy', 'busy'],
  ['failed', 'failed'],
  ['no-answer', 'no_answer'],
  ['canceled', 'canceled'],
])

const RECORDING_STATE_OF = new Map<string, RecordingState>([
  ['in-progress', 'in_progress'],
  ['absent', 'absent'],
  ['failed', 'failed'],
  ['completed', 'completed'],
])

function recordingState(fields: WebhookFields): RecordingState | null {
  return RECORDING_STATE_OF.get(textIn(fields, 'RecordingStatus') ?? '') ?? null
}

function recordingIn(fields: WebhookFields, state: RecordingState | null): Recording | null {
  const url = urlIn(fields, 'RecordingUrl')
  // A message's end may name its recording by the address alone.
  const ref = refIn(fields, 'RecordingSid') ?? /\bRE[0-9a-f]{32}\b/i.exec(url ?? '')?.[0] ?? null
  if (ref === null) return null
  return { ref, url, durationSeconds: numberIn(fields, 'RecordingDuration'), state }
}

function directionOf(direction: string | null): CallDirection | null {
  if (direction === null) return null
  return direction.startsWith('outbound') ? 'outbound' : 'inbound'
}

function partyIn(fields: WebhookFields, name: string): string | null {
  const text = textIn(fields, name)
  return text === null ? null : partyNumber(text)
}

function urlIn(fields: WebhookFields, name: string): string | null {
  const text = textIn(fields, name)
  return text !== null && text.length <= 2_000 && URL.canParse(text) ? text : null
}

const PLAUSIBLE_MS = 86_400_000

/** The provider's clock (RFC 2822), where it is within a day of ours. */
function timeIn(fields: WebhookFields, name: string, receivedAt: Date): Date | null {
  const time = Date.parse(textIn(fields, name) ?? '')
  return Math.abs(time - receivedAt.getTime()) <= PLAUSIBLE_MS ? new Date(time) : null
}
