import type { AgentState } from '#contracts/telephony'
import type { Call, QueueStay } from './call.ts'

/** An answer within this time counts for the service level (80/20). */
const ANSWERED_WITHIN_S = 20
/** Who hangs up this soon was not kept waiting. */
const SHORT_ABANDON_S = 5

/** Raised with every change of a formula: figures of days long past are made anew then. */
export const FIGURES_FORMAT = 1

/** As much of a call as the figures are made of. */
export type CountedCall = Pick<
  Call,
  'direction' | 'queuedAt' | 'answeredAt' | 'endedAs' | 'endedAt' | 'wrapUp'
> & { readonly queue: Pick<QueueStay, 'field' | 'leftAt'> | null }

/** A day of one queue (a field; null: the whole centre) in figures. */
export type QueueDay = CallFigures & { readonly day: string; readonly queue: string | null }

/** What a stretch of time came to; shares from 0 to 1, seconds; null where nothing was counted. */
export type CallFigures = {
  readonly offered: number
  readonly answered: number
  readonly abandoned: number
  readonly serviceLevel: number | null
  readonly averageAnswerSeconds: number | null
  readonly abandonment: number | null
  readonly averageHandleSeconds: number | null
  readonly occupancy: number | null
}

/**
 * The centre's figures, by the usual formulas:
 * service level = answered within 20 s ÷ (offered − abandoned within 5 s);
 * average speed of answer = Σ seconds waited by the answered ÷ answered;
 * abandonment = abandoned ÷ offered, without those abandoned within 5 s;
 * average handling = (talk + hold + wrap-up) ÷ handled;
 * occupancy = (talk + hold + wrap-up) ÷ (that + time available).
 * Offered are inbound calls that waited for an agent, each from the moment it is decided how it
 * counts: answered, gone from the line, or waiting for longer than the target. `availableSeconds` is
 * of all agents together.
 */
export function figuresOf(
  calls: readonly CountedCall[],
  availableSeconds: number,
  at: Date,
): CallFigures {
  const offered = calls.filter((call) => wasOffered(call) && isDecided(call, at))
  const answered = offered.filter(({ answeredAt }) => answeredAt !== null)
  const abandoned = offered.filter(wasAbandoned)
  const short = abandoned.filter((call) => waitedSeconds(call, at) <= SHORT_ABANDON_S)
  const counted = offered.length - short.length
  const inTime = answered.filter((call) => waitedSeconds(call, at) <= ANSWERED_WITHIN_S)
  const handled = calls.filter(wasHandled)
  const handleSeconds = sum(handled.map((call) => handledSeconds(call, at)))
  return {
    offered: offered.length,
    answered: answered.length,
    abandoned: abandoned.length,
    serviceLevel: ratio(inTime.length, counted),
    averageAnswerSeconds: ratio(
      sum(answered.map((call) => waitedSeconds(call, at))),
      answered.length,
    ),
    abandonment: ratio(abandoned.length - short.length, counted),
    averageHandleSeconds: ratio(handleSeconds, handled.length),
    occupancy: ratio(handleSeconds, handleSeconds + availableSeconds),
  }
}

/** The same for two calls that add the same to the figures of the same day. */
export function countsAs(call: CountedCall & Pick<Call, 'startedAt'>): string {
  const { startedAt, direction, queuedAt, answeredAt, endedAs, endedAt, wrapUp, queue } = call
  const stay = queue === null ? null : [queue.field, queue.leftAt]
  return JSON.stringify([
    startedAt,
    direction,
    queuedAt,
    answeredAt,
    endedAs,
    endedAt,
    wrapUp,
    stay,
  ])
}

/** How long the caller waited for an agent, or has waited so far, in seconds. */
export function waitedSeconds(call: CountedCall, at: Date): number {
  if (call.queuedAt === null) return 0
  const until = call.answeredAt ?? call.queue?.leftAt ?? call.endedAt ?? at
  return Math.max(0, secondsBetween(call.queuedAt, until))
}

/** Talk, hold and wrap-up of a call, in seconds. Hold is part of the time on the line. */
function handledSeconds(call: CountedCall, at: Date): number {
  if (call.answeredAt === null) return 0
  const lineEnd = call.wrapUp?.since ?? call.endedAt ?? at
  return Math.max(0, secondsBetween(call.answeredAt, lineEnd)) + wrappedSeconds(call, at)
}

/** How long was written down what came of a call, or has been so far, in seconds. */
export function wrappedSeconds({ wrapUp }: Pick<Call, 'wrapUp'>, at: Date): number {
  return wrapUp === null ? 0 : Math.max(0, secondsBetween(wrapUp.since, wrapUp.doneAt ?? at))
}

/** How long agents were in one state within a stretch of time, in seconds. */
export function secondsInState(
  spells: readonly AgentSpell[],
  state: AgentState,
  from: Date,
  until: Date,
): number {
  return sum(
    spells
      .filter((spell) => spell.state === state)
      .map((spell) =>
        Math.max(0, secondsBetween(later(spell.from, from), earlier(spell.until ?? until, until))),
      ),
  )
}

/** A stretch of time that an agent spent in one state; `until` is null while it goes on. */
export type AgentSpell = {
  readonly agentId: string
  readonly state: AgentState
  readonly from: Date
  readonly until: Date | null
}

function wasOffered({ direction, queuedAt }: CountedCall): boolean {
  return direction !== 'outbound' && queuedAt !== null
}

/** Whoever began to wait a moment ago is neither in time nor late yet. */
function isDecided(call: CountedCall, at: Date): boolean {
  const isOver = call.answeredAt !== null || call.endedAt !== null || call.queue?.leftAt != null
  return isOver || waitedSeconds(call, at) > ANSWERED_WITHIN_S
}

function wasAbandoned({ answeredAt, endedAs }: CountedCall): boolean {
  return answeredAt === null && endedAs === 'abandoned'
}

function wasHandled({ answeredAt, endedAt }: CountedCall): boolean {
  return answeredAt !== null && endedAt !== null
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function secondsBetween(from: Date, until: Date): number {
  return (until.getTime() - from.getTime()) / 1_000
}

function later(a: Date, b: Date): Date {
  return a.getTime() > b.getTime() ? a : b
}

function earlier(a: Date, b: Date): Date {
  return a.getTime() < b.getTime() ? a : b
}
