import type { CallEvent } from '#domain/call'
import type { Heard } from '#domain/ivr'
import type { Ports } from '#use-cases/ports'
import type { CallEventJournal } from '#use-cases/ports/telephony'
import type { GuessLimits } from './guess-limits.ts'
import type { CallDoor, CallPlan, Query, WebhookFields } from './provider.ts'

/** How a stay in the provider's queue ended. */
export type QueueResult = 'connected' | 'hung-up' | 'left' | 'full' | 'failed'

/** What a webhook says, in no vendor's words. */
export type Told = {
  readonly callId: string
  /** The provider's own name of the call. */
  readonly callRef: string
  /** The caller's number in E.164, `ANONYMOUS`, or null where the webhook does not say. */
  readonly from: string | null
  readonly events: readonly CallEvent[]
  readonly heard: Heard
  readonly queueResult: QueueResult | null
  /** What went wrong at the provider, for the log. */
  readonly problem: string | null
}

/** A webhook at a door: what it says, and what its address carries on from the one before. */
export type Knock = Told & { readonly query: Query }

/** What answering needs; `answerWithinMs` is the longest that a caller waits for the database. */
export type Answering = {
  readonly ports: Ports
  readonly log: Log
  readonly answerWithinMs: number
  readonly guesses: GuessLimits
  /** Where events wait while the database is away. */
  readonly journal: Pick<CallEventJournal, 'append'>
}

/** Where telephony tells what a person should look at. */
export type Log = {
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** One kind of webhook: its address, how it is read, and how it is answered. */
export type Door = {
  readonly name: CallDoor
  /** Null where it does not name its call. Pure. */
  parse(fields: WebhookFields, receivedAt: Date, query: Query): Told | null
  /** What the call does next; null where nobody listens. */
  answer(knock: Knock, answering: Answering): Promise<CallPlan | null>
}
