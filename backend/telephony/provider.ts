import type { Language } from '#contracts/vocabulary'
import type { CallEvent } from '#domain/call'

/** What a caller hears and does next, in no vendor's words. */
export type CallStep =
  | { readonly type: 'say'; readonly lang: Language; readonly text: string }
  | { readonly type: 'record'; readonly maxSeconds: number; readonly silenceSeconds: number }
  | { readonly type: 'hang-up' }
export type CallPlan = readonly CallStep[]

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
