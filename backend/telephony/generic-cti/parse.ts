import type { EndCause } from '#contracts/calls'
import type { CallEvent, CallEventType, Recording } from '#domain/call'
import { ANONYMOUS } from '#domain/call'
import { EXCHANGE_PROVIDER } from '#domain/exchange-call'
import { partyNumber } from '#domain/party-number'
import type { Push } from './push.ts'

/**
 * What a push tells of its call. `agentRef` and `rungAgents` are still the exchange's own names for
 * people; `findAgent` knows whose they are.
 */
export function parsePush(push: Push, receivedAt: Date): readonly CallEvent[] {
  const at = momentOf(push.timestamp, receivedAt)
  const common: Omit<CallEvent, 'type'> = {
    provider: EXCHANGE_PROVIDER,
    callRef: push.callId,
    legRef: push.callId,
    seq: null,
    at,
    direction: push.direction === null ? null : DIRECTION_OF[push.direction],
    from: callerIn(push),
    to: push.to === null ? null : partyNumber(push.to),
    cause: null,
    recording: null,
  }
  return EVENTS_OF[push.event](push, (type, told) => ({ ...common, type, ...told }))
}

type Tell = (type: CallEventType, told?: Partial<CallEvent>) => CallEvent

const DIRECTION_OF = { in: 'inbound', out: 'outbound' } as const

const EVENTS_OF: Record<Push['event'], (push: Push, tell: Tell) => CallEvent[]> = {
  newCall: (push, tell) => [tell('announced', rungIn(push)), ...voicemailIn(push, tell)],
  ringing: (push, tell) => [tell('ringing', rungIn(push))],
  answer: (push, tell) =>
    isVoicemail(push)
      ? voicemailIn(push, tell)
      : [tell('agent-answered', { agentRef: answererIn(push) })],
  hangup: (push, tell) => [
    ...voicemailIn(push, tell),
    tell('ended', {
      cause: CAUSE_OF.get(push.cause ?? '') ?? 'completed',
      agentRef: isVoicemail(push) ? null : push.answeringNumber,
    }),
  ],
  recording: recordingIn,
  calldata: (push, tell) => [...timesIn(push, tell), ...recordingIn(push, tell)],
}

const CAUSE_OF = new Map<string, EndCause>([
  ['normalClearing', 'completed'],
  ['busy', 'busy'],
  ['cancel', 'canceled'],
  ['noAnswer', 'no_answer'],
  ['congestion', 'congestion'],
  ['notFound', 'not_found'],
  ['forwarded', 'forwarded'],
])

/** The words of call records, without what differs between exchanges: case, spaces, dashes. */
const CAUSE_OF_STATUS = new Map<string, EndCause>([
  ['answered', 'completed'],
  ['answer', 'completed'],
  ['busy', 'busy'],
  ['abandon', 'canceled'],
  ['abandoned', 'canceled'],
  ['cancel', 'canceled'],
  ['canceled', 'canceled'],
  ['cancelled', 'canceled'],
  ['noanswer', 'no_answer'],
  ['missed', 'no_answer'],
  ['congestion', 'congestion'],
  ['failed', 'failed'],
])

/** A record of an ended call: when it began and was answered follows from how long things took. */
function timesIn(push: Push, tell: Tell): CallEvent[] {
  const cause = CAUSE_OF_STATUS.get(plain(push.status)) ?? 'completed'
  const ended = tell('ended', { cause })
  const talked = Number(push.billsec ?? 0) * 1_000
  const waited = Number(push.holdtime ?? 0) * 1_000
  const before = (ms: number) => new Date(ended.at.getTime() - ms)
  // A voice menu answers too, so a bill alone does not say that a person did.
  const isAnswered = ['answered', 'answer'].includes(plain(push.status)) && !isVoicemail(push)
  return [
    tell('announced', { at: before(talked + waited) }),
    ...(isAnswered
      ? [tell('agent-answered', { at: before(talked), agentRef: answererIn(push) })]
      : []),
    ...voicemailIn(push, tell),
    ended,
  ]
}

/** The people whose telephones ring, and our own end of the line: it may be somebody's own number. */
function rungIn({ user, direction, from, to }: Push): Partial<CallEvent> {
  const own = direction === 'out' ? from : to
  const names = [...user, own].filter((name) => name !== null && plain(name) !== 'voicemail')
  return { rungAgents: names.map(String) }
}

/** Some exchanges tell the number that picked up, some the name alone. */
function answererIn({ answeringNumber, user }: Push): string | null {
  return answeringNumber ?? (user.length === 1 ? (user[0] ?? null) : null)
}

function recordingIn(push: Push, tell: Tell): CallEvent[] {
  if (push.recordingfile === null) return []
  const recording: Recording = {
    ref: push.recordingfile,
    url: addressIn(push.recordingfile),
    durationSeconds: push.billsec === null ? null : Number(push.billsec),
    state: 'completed',
  }
  return isVoicemail(push)
    ? [tell('message-left', { recording })]
    : [tell('recording-reported', { recording: { ...recording, of: 'talk' } })]
}

/** The exchange's machine took the call; what the caller says, it will tell later, or never. */
function voicemailIn(push: Push, tell: Tell): CallEvent[] {
  if (!isVoicemail(push)) return []
  const recording: Recording = {
    ref: 'voicemail',
    url: null,
    durationSeconds: null,
    state: 'in_progress',
  }
  return [tell('recording-reported', { recording })]
}

/** Only of calls to us: what a citizen's own machine takes is no message. */
function isVoicemail({ direction, user, answeringNumber, status }: Push): boolean {
  if (direction === 'out') return false
  return [...user, answeringNumber, status].some((name) => plain(name) === 'voicemail')
}

function plain(name: string | null): string {
  return (name ?? '').toLowerCase().replace(/[\s_-]/g, '')
}

function callerIn({ event, from }: Push): string | null {
  if (from === null) return event === 'newCall' ? ANONYMOUS : null
  return partyNumber(from)
}

/** Exchanges also name a file on their own disk. */
function addressIn(file: string): string | null {
  return /^https?:\/\//i.test(file) && URL.canParse(file) ? file : null
}

const PLAUSIBLE_MS = 86_400_000

/** The exchange's clock (ISO 8601, or Unix seconds), where it is within a day of ours. */
function momentOf(timestamp: string | null, receivedAt: Date): Date {
  if (timestamp === null) return receivedAt
  const ms = /^\d{9,11}$/.test(timestamp) ? Number(timestamp) * 1_000 : isoMoment(timestamp)
  return Math.abs(ms - receivedAt.getTime()) <= PLAUSIBLE_MS ? new Date(ms) : receivedAt
}

/** Without an offset nobody knows which clock it is. */
function isoMoment(timestamp: string): number {
  return /(?:Z|[+-]\d{2}:?\d{2})$/i.test(timestamp) ? Date.parse(timestamp) : NaN
}
