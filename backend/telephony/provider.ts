import type { Language } from '#contracts/vocabulary'

/** What a caller hears and does next, in no vendor's words. */
export type CallStep =
  | Say
  | Play
  | { readonly type: 'pause'; readonly seconds: number }
  | Gather
  | {
      readonly type: 'record'
      readonly maxSeconds: number
      readonly silenceSeconds: number
      readonly query?: Query
      /** Its end and its file are told at the doors that need no database. */
      readonly isFallback?: boolean
    }
  /** Begins to write down what is said; sentences arrive at the `transcript` door. */
  | { readonly type: 'transcribe'; readonly lang: Language; readonly isCallerAlone?: boolean }
  /** Waits for an agent; the plan of the `wait` door is carried out again and again meanwhile. */
  | { readonly type: 'wait-in-queue' }
  /** Ends the waiting and goes on with the plan of `left-queue`. */
  | { readonly type: 'leave-queue' }
  /** Joins the conference of the call, where the agent is or will be. */
  | { readonly type: 'join-conference'; readonly callRef: string; readonly isCaller: boolean }
  | { readonly type: 'go-to'; readonly door: CallDoor; readonly query?: Query }
  | { readonly type: 'hang-up' }
export type CallPlan = readonly CallStep[]

/** One sentence. */
export type Say = {
  readonly type: 'say'
  readonly lang: Language
  readonly text: string
  /** It tells that the talk which follows is recorded. */
  readonly isRecordingNotice?: true
}

/** Music or another sound file; null: our own waiting melody. */
export type Play = { readonly type: 'play'; readonly url: string | null }

/** Asks; the answer arrives at `door`, silence goes on with the next step. */
export type Gather = {
  readonly type: 'gather'
  readonly lang: Language
  readonly door: CallDoor
  readonly query?: Query
  readonly prompts: readonly (Say | Play | { readonly type: 'pause'; readonly seconds: number })[]
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

/** Where webhooks arrive, named for what they are about. */
export type CallDoor =
  // A caller who hears and chooses.
  | 'voice'
  | 'menu'
  | 'case-code'
  | 'case-pin'
  | 'instead'
  // A message: its end, its file, its words.
  | 'recorded'
  | 'recording-status'
  | 'transcript'
  // The wait for an agent, and the talk.
  | 'wait'
  | 'wait-offer'
  | 'left-queue'
  | 'join'
  | 'requeued'
  | 'conference'
  | 'left-conference'
  | 'talk-recorded'
  // The call's own progress, other lines, and what to do where all else failed.
  | 'status'
  | 'agent-leg'
  | 'fallback'
  | 'fallback-recorded'
  | 'fallback-reported'

/** A telephone company, seen from inside. */
export type TelephonyProvider = {
  /** True only for what the provider itself sent. */
  verify(webhook: Webhook): boolean
  /** The answer that makes the provider carry out a plan. */
  render(plan: CallPlan): { readonly mediaType: string; readonly body: string }
}
