import { setTimeout as delay } from 'node:timers/promises'
import type { CallEvent } from '#domain/call'
import type { Case } from '#domain/case'
import type { Ports } from '#use-cases/ports'
import { recordCallEvents } from '#use-cases/record-call'
import { apologyPlan, greetingPlan, nothingHeardPlan, receiptPlan } from './call-plans.ts'
import type { CallDoor, CallPlan } from './provider.ts'

/** What answering needs; `answerWithinMs` is the longest that a caller waits for the database. */
export type Answering = {
  readonly ports: Ports
  readonly log: Log
  readonly answerWithinMs: number
}

/** Where telephony tells what a person should look at. */
export type Log = {
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/**
 * Records what a webhook tells and answers what the caller hears next; null where nobody listens.
 * A caller is always answered; a failure that nobody hears is thrown, so that it is sent again.
 */
export async function answerWebhook(
  door: CallDoor,
  events: readonly CallEvent[],
  answering: Answering,
): Promise<CallPlan | null> {
  switch (door) {
    case 'voice':
      await recordInTime(events, answering)
      return greetingPlan()
    case 'recorded':
      return planAfter(await recordInTime(events, answering), answering.ports)
    case 'recording-status':
    case 'status':
      await recordCallEvents(events, answering.ports)
      return null
  }
}

type Recorded = { readonly opened: Case | null } | 'failed'

function planAfter(recorded: Recorded, ports: Ports): CallPlan {
  if (recorded === 'failed') return apologyPlan()
  const { opened } = recorded
  if (opened === null) return nothingHeardPlan()
  // Without a known number the PIN is the only way to the status; others need not hear it.
  const isReachable = opened.contact?.phone != null
  return receiptPlan(opened, isReachable ? null : ports.secrets.pinFor(opened.code))
}

async function recordInTime(
  events: readonly CallEvent[],
  { ports, log, answerWithinMs }: Answering,
): Promise<Recorded> {
  try {
    return { opened: await within(answerWithinMs, recordCallEvents(events, ports)) }
  } catch (error) {
    log.error({ err: error, callRef: events[0]?.callRef }, 'a call was answered but not recorded')
    return 'failed'
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController()
  const tooLate = delay(milliseconds, undefined, { signal: timer.signal }).then((): never => {
    throw new Error(`not done within ${String(milliseconds)} ms`)
  })
  try {
    return await Promise.race([work, tooLate])
  } finally {
    timer.abort()
  }
}
