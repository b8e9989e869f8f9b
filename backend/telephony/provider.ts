import type { Language } from '#contracts/vocabulary'
import type { CallEvent } from '#domain/call'

/** What a caller hears and does next, in no vendor's words. */
export type CallStep =
  | { readonly type: 'say'; readonly lang: Language; readonly text: string }
  | { readonly type: 'play'; readonly url: string }
  | { readonly type: 'pause'; readonly seconds: number }
  | Gather
  | { readonly type: 'record'; readonly maxSeconds: number; readonly silenceSeconds: number }
  /** Begins to write down what is said; sentences arrive at the `transcript` door. */
  | { readonly type: 'transcribe'; readonly lang: Language }
  /** Waits for an agent; the plan of the `wait` door is carried out again and again meanwhile. */
  | { readonly type: 'wait-in-queue' }
  /** Ends the waiting and goes on with the plan of `left-queue`. */
  | { readonly type: 'leave-queue' }
  /** Joins the conference of the call, where the agent is or will be. */
  | { readonly type: 'join-conference'; readonly callRef: string; readonly isCaller: boolean }
  | { readonly type: 'go-to'; readonly door: CallDoor; readonly query?: Query }
  | { readonly type: 'hang-up' }
export type CallPlan = readonly CallStep[]

/** Asks; the answer arrives at `door`, silence goes on with the next step. */
export type Gather = {
  readonly type: 'gather'
  readonly lang: Language
  readonly door: CallDoor
  readonly query?: Query
  readonly prompts: readonly (
    | { readonly type: 'say'; readonly lang: Language; readonly text: string }
    | { readonly type: 'play'; readonly url: string }
    | { readonly type: 'pause'; readonly seconds: number }
  )[]
  /** Keys expected, a hash before the last one ends early; null: any number, ended by a hash. */
  readonly digits: number | null
  readonly isSpeechHeard: boolean
  /** Words that are likely, to hear them better. */
  readonly hints?: readonly string[]
  readonly silenceSeconds: number
}

/** What a door's address carries on to the next webhook, e.g. the language chosen. */
export type Query = Readonly<Record<string, string>>

/** Fields of a webhook, decoded; a name that came more than once has all its values. */
export type WebhookFields = Readonly<Record<string, string | readonly string[]>>

/** A webhook as it arrived: the path and query it was sent to, who signed it, what it carries. */
export type Webhook = {
  readonly originalUrl: string
  readonly signature: string | undefined
  readonly fields: WebhookFields
}

/** What a webhook is about: an incoming call, a message's end, its file, the call's progress. */
export const CALL_DOORS = ['voice', 'recorded', 'recording-status', 'status'] as const
export type CallDoor = (typeof CALL_DOORS)[number]

/** A telephone company, seen from inside. */
export type TelephonyProvider = {
  /** True only for what the provider itself sent. */
  verify(webhook: Webhook): boolean
  /** The events in a webhook; null where it does not say which call it is about. Pure. */
  parse(door: CallDoor, fields: WebhookFields, receivedAt: Date): readonly CallEvent[] | null
  /** The answer that makes the provider carry out a plan. */
  render(plan: CallPlan): { readonly mediaType: string; readonly body: string }
}
