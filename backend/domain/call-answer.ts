import type { CallEnding } from '#contracts/calls'
import type { Call, CallEvent } from './call.ts'

/** Who picked up a call, and when that was. */
export type AgentAnswer = { readonly agentRef: string; readonly at: Date }

type Answered = Pick<Call, 'answeredAt' | 'answeredBy'>

/**
 * When a person first picked up, and the first of whom it is known who that was. The same whichever
 * report comes first.
 */
export function answerAfter(known: Answered, event: CallEvent): Answered {
  const isAnswer = event.type === 'agent-answered'
  return {
    answeredAt: isAnswer ? earliest(known.answeredAt, event.at) : known.answeredAt,
    answeredBy: event.agentRef == null ? known.answeredBy : first(known.answeredBy, event),
  }
}

/** Whole seconds from a call's beginning until a person picked up; null where nobody did. */
export function waitingSeconds({ startedAt, answeredAt }: Call): number | null {
  return answeredAt === null ? null : secondsBetween(startedAt, answeredAt)
}

/** Whole seconds from picking up until the line was let go; null while that is not over. */
export function talkingSeconds({ answeredAt, endedAt }: Call): number | null {
  return answeredAt === null || endedAt === null ? null : secondsBetween(answeredAt, endedAt)
}

/** Exchanges that lead their calls themselves and tell us of them; no voice menu of ours answers. */
const WATCHED_PROVIDERS: ReadonlySet<string> = new Set(['cti'])

/** True for calls that an exchange leads itself and only tells us of. */
export function isWatched({ provider }: Pick<Call, 'provider'>): boolean {
  return WATCHED_PROVIDERS.has(provider)
}

/**
 * How a call ended that nobody answered, where we only watch; null where its cause says it. An
 * incoming one was missed unless it went elsewhere or to a machine that takes messages.
 */
export function watchedEnding(call: Call): CallEnding | null {
  if (!isWatched(call) || call.direction === 'outbound') return null
  if (call.recordings.some(({ state }) => state === 'in_progress')) return 'voicemail'
  return call.cause === 'forwarded' ? null : 'missed'
}

/** Of two things said of one party, the one that says more: a number, and the longer one. */
export function fuller(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  const [one = a] = [a, b].sort((x, y) => digitCount(y) - digitCount(x) || (x < y ? -1 : 1))
  return one
}

/** A word such as "anonymous" has none. */
function digitCount(party: string): number {
  return party.replace(/\D/g, '').length
}

function first(known: AgentAnswer | null, event: CallEvent): AgentAnswer | null {
  const { agentRef, at } = event
  if (agentRef == null) return known
  if (known === null) return { agentRef, at }
  const difference = at.getTime() - known.at.getTime()
  const isFirst = difference === 0 ? agentRef < known.agentRef : difference < 0
  return isFirst ? { agentRef, at } : known
}

function earliest(a: Date | null, b: Date): Date {
  return a === null || b.getTime() < a.getTime() ? b : a
}

/** An answer heard of after the end took no time. */
function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000))
}
