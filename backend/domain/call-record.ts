import type { CallEnder } from '#contracts/calls'
import type { Call, CallCost, CallEvent, Recording } from './call.ts'
import { enderOf } from './call-end.ts'
import { waitedSeconds, wrappedSeconds } from './call-metrics.ts'
import { isOfExchange } from './exchange-call.ts'

/** What a call came to, in whole seconds; null where there was nothing, or it goes on. */
export type CallRecord = {
  readonly waitedSeconds: number | null
  /** Without the time on hold. */
  readonly talkedSeconds: number | null
  /** Null where nobody talked, so that nobody could be held. */
  readonly heldSeconds: number | null
  readonly wrapUpSeconds: number | null
  readonly endedBy: CallEnder | null
}

/** A call as it is settled up: how long for what, and who ended it. */
export function recordOf(call: Call): CallRecord {
  const { queuedAt, answeredAt, wrapUp, holdSeconds, endedAt } = call
  const waitEnd = answeredAt ?? call.queue?.leftAt ?? endedAt
  // Whoever handed the citizen over to somebody outside talks no more.
  const talkEnd = wrapUp?.since ?? endedAt
  return {
    waitedSeconds:
      queuedAt === null || waitEnd === null ? null : Math.round(waitedSeconds(call, waitEnd)),
    talkedSeconds:
      answeredAt === null || talkEnd === null
        ? null
        : Math.max(0, secondsBetween(answeredAt, talkEnd) - holdSeconds),
    heldSeconds: answeredAt === null ? null : holdSeconds,
    wrapUpSeconds: wrapUp?.doneAt == null ? null : Math.round(wrappedSeconds(call, wrapUp.doneAt)),
    endedBy: enderOf(call),
  }
}

/**
 * When the citizen had been told of a recording and went on: a message and a talk each by a sentence
 * of their own. Null where nothing says so.
 */
export function consentAtOf(call: Call, { of }: Pick<Recording, 'of'>): Date | null {
  return call[of === 'talk' ? 'talkConsentAt' : 'messageConsentAt'] ?? null
}

/** The citizen was told that their message, or the talk, is recorded. The first time counts. */
export function consentTo(call: Call, what: 'message' | 'talk', at: Date): Call {
  const field = what === 'talk' ? 'talkConsentAt' : 'messageConsentAt'
  const known = call[field]
  if (known !== undefined && known.getTime() <= at.getTime()) return call
  return { ...call, [field]: at, version: call.version + 1 }
}

/**
 * A message to us begins after its announcement, wherever it is taken: where that could not be noted,
 * because the database was away, the caller had been told when they began to speak.
 */
export function consentAfter(
  known: Call,
  { type, at, recording }: CallEvent,
): Pick<Call, 'messageConsentAt'> {
  if (type !== 'message-left' || isOfExchange(known)) return {}
  const told = new Date(at.getTime() - (recording?.durationSeconds ?? 0) * 1_000)
  const { messageConsentAt = told } = known
  return { messageConsentAt: told.getTime() < messageConsentAt.getTime() ? told : messageConsentAt }
}

const MINUTE_MS = 60_000
/** How long after the end a company is asked for the cost: it is known after a while, or never. */
const COST_ASKED_AFTER_MS = [2, 15, 60, 360, 1_440].map((minutes) => minutes * MINUTE_MS)

/** When the company is asked next what a call cost; null where it need not be. */
export function costDueAt(call: Call): Date | null {
  if (call.endedAt === null || call.cost !== undefined || isOfExchange(call)) return null
  const after = COST_ASKED_AFTER_MS[call.costAskedCount ?? 0]
  return after === undefined ? null : new Date(call.endedAt.getTime() + after)
}

/**
 * The company was asked. What some lines cost is kept only where it will not be asked again; null:
 * it knows nothing yet.
 */
export function costTold(
  call: Call,
  told: (CallCost & { readonly isWhole: boolean }) | null,
): Call {
  const costAskedCount = (call.costAskedCount ?? 0) + 1
  const isLast = costAskedCount >= COST_ASKED_AFTER_MS.length
  const isKept = told !== null && (told.isWhole || isLast)
  return {
    ...call,
    version: call.version + 1,
    costAskedCount,
    ...(isKept && { cost: { amount: told.amount, currency: told.currency } }),
  }
}

function secondsBetween(from: Date, until: Date): number {
  return Math.round((until.getTime() - from.getTime()) / 1_000)
}
