import type { EndCause } from '#contracts/calls'
import { type CallEvent, type CallEventType, callIdOf } from '#domain/call'
import type { Told } from '../door.ts'
import type { Query, WebhookFields } from '../provider.ts'
import { callRefOfConference } from './conference-name.ts'
import { CAUSE_OF, numberIn, refIn, textIn, timeIn } from './fields.ts'
import { agentOfLabel } from './softphone-identity.ts'

/**
 * What a conference tells: somebody joined or left, and that the caller hung up. Everything else in a
 * conference is either told elsewhere or moves nothing. Null where it is no conference of a call.
 */
export function parseConference(fields: WebhookFields, receivedAt: Date): Told | null {
  const callRef = callRefOfConference(textIn(fields, 'FriendlyName'))
  if (callRef === null) return null
  const legRef = refIn(fields, 'CallSid')
  const agentRef = agentOfLabel(textIn(fields, 'ParticipantLabel'))
  const type = typeOf(fields, legRef === callRef)
  if (type === undefined || legRef === null) return told(callRef, [])
  // Without an agent's label it is the caller, a guest of a transfer, or a supervisor.
  const cause = type === 'agent-left' ? 'completed' : null
  return told(callRef, [legEvent({ callRef, legRef, agentRef, type, cause }, fields, receivedAt)])
}

const TYPE_OF = new Map<string, CallEventType>([
  ['participant-join', 'agent-answered'],
  ['participant-leave', 'agent-left'],
])

/** The caller's own joining moves nothing, and they also leave for the queue, or because we hang up. */
function typeOf(fields: WebhookFields, isCaller: boolean): CallEventType | undefined {
  const type = TYPE_OF.get(textIn(fields, 'StatusCallbackEvent') ?? '')
  if (!isCaller) return type
  const hasHungUp = textIn(fields, 'ReasonParticipantLeft') === 'participant_hung_up'
  return type === 'agent-left' && hasHungUp ? 'citizen-left' : undefined
}

/** What the line of an agent tells: it rings, or it was not answered, or it is over. */
export function parseAgentLeg(fields: WebhookFields, receivedAt: Date, query: Query): Told | null {
  const callRef = refOf(query['call'])
  const legRef = refIn(fields, 'CallSid')
  if (callRef === null || legRef === null) return null
  const agentRef = refOf(query['agent'])
  const status = textIn(fields, 'CallStatus') ?? ''
  const cause = CAUSE_OF.get(status) ?? null
  if (status !== 'ringing' && cause === null) return told(callRef, [])
  const type = cause === null ? 'ringing' : 'agent-left'
  return told(callRef, [legEvent({ callRef, legRef, agentRef, type, cause }, fields, receivedAt)])
}

type LegNews = {
  readonly callRef: string
  readonly legRef: string
  readonly agentRef: string | null
  readonly type: CallEventType
  readonly cause: EndCause | null
}

function legEvent(news: LegNews, fields: WebhookFields, receivedAt: Date): CallEvent {
  return {
    ...news,
    provider: 'twilio',
    seq: numberIn(fields, 'SequenceNumber'),
    at: timeIn(fields, 'Timestamp', receivedAt) ?? receivedAt,
    direction: null,
    from: null,
    to: null,
    recording: null,
  }
}

function told(callRef: string, events: readonly CallEvent[]): Told {
  return {
    callId: callIdOf({ provider: 'twilio', callRef }),
    callRef,
    from: null,
    events,
    heard: { pressed: null, said: null },
    queueResult: null,
    problem: null,
  }
}

function refOf(text: string | undefined): string | null {
  return text !== undefined && /^[A-Za-z0-9_-]{1,100}$/.test(text) ? text : null
}
