import type { HotlineSettings } from '#contracts/hotline'
import type { MonitorMode } from '#contracts/call-record'
import type { TranscriptSaid } from '#contracts/telephony'
import type { Language } from '#contracts/vocabulary'
import type { RecordingProblem } from '#contracts/calls'
import type { Agent } from '#domain/agent'
import type { Call, CallCost, CallEvent, KeptFile, Placing, Recording } from '#domain/call'
import type { CallBack } from '#domain/call-back'
import type { AgentSpell, QueueDay } from '#domain/call-metrics'
import type { Refusal } from '#domain/errors'
import type { SoundType } from '#domain/recording-type'

/** Agents at the telephone, one document each. */
export type AgentRepository = {
  findById(id: string): Promise<Agent | null>
  list(): Promise<readonly Agent[]>
  /** Writes `next` over the version before it (0: a new one); false where another got there first. */
  save(next: Agent, loadedVersion: number): Promise<boolean>
}

/**
 * What we make the telephone company do to a call that goes on. Everything may refuse with
 * `unavailable` (`provider-refused`): the company is down, refuses, or does not know the call any more.
 */
export type CallControl = {
  /** The company's name, as in the ids of its calls. */
  readonly provider: string
  /** Where it carries our calls, as it names its places; null where that was not chosen. */
  readonly region: string | null
  /** Takes the waiting caller out of the queue into the call's conference. */
  connectCaller(call: Call): Promise<void>
  /** Calls the agent's softphone into the conference; answers the reference of the new leg. */
  ringAgent(call: Call, agentId: string, ringSeconds: number): Promise<string>
  /** Calls a number into the conference, e.g. another office for a transfer. */
  ringNumber(call: Call, number: string, callerId: string): Promise<string>
  /** A supervisor's softphone joins: hears, is heard by the agent alone, or by both. */
  monitor(call: Call, supervisorId: string, agentLegRef: string, mode: MonitorMode): Promise<string>
  hold(call: Call, isHeld: boolean): Promise<void>
  /** Takes one leg out of the conference. */
  removeLeg(call: Call, legRef: string): Promise<void>
  /** Sends the caller back to the waiting music. */
  sendToQueue(call: Call): Promise<void>
  /**
   * Calls a citizen from an agent's softphone; answers the reference of the new call. Everything told
   * of that call says why it was placed. Refused, nothing rings.
   */
  dial(to: string, callerId: string, placing: Placing): Promise<string>
  hangUp(call: Call): Promise<void>
  /** What an ended call cost, all its lines together; null where that is not known yet. */
  costOf(call: Call): Promise<(CallCost & { readonly isWhole: boolean }) | null>
  /** The recording's bytes. */
  fetchRecording(recording: Recording): Promise<Uint8Array>
  /** Removes a recording at the company once it is kept here or was deleted by retention. */
  deleteRecording(recording: Recording): Promise<void>
}

/** What an exchange's server gave, or why nothing was taken from it; `reason` is for the log. */
export type FetchedRecording =
  | { readonly bytes: Uint8Array; readonly type: SoundType }
  | { readonly problem: RecordingProblem; readonly reason: string }

/** The recordings of a telephone exchange, as far as an administrator lets us ask for them. */
export type ExchangeRecordings = {
  fetch(url: string): Promise<FetchedRecording>
}

/** Recordings in our own storage; what is put is durable before the promise resolves. */
export type RecordingFiles = {
  /** An MP3, unless `type` says otherwise. */
  put(name: string, bytes: Uint8Array, at: Date, type?: SoundType): Promise<KeptFile>
  /** Null where it is not there, or not as it was put. */
  open(kept: KeptFile): Promise<Uint8Array | null>
  remove(kept: KeptFile): Promise<void>
}

/**
 * Events that could not be recorded while the database was away, in a file of our own. What was
 * appended is durable before the promise resolves.
 */
export type CallEventJournal = {
  append(events: readonly CallEvent[]): Promise<void>
  /** Hands over what waits, oldest first, and forgets what `record` took; answers how many it took. */
  replay(record: (event: CallEvent) => Promise<unknown>): Promise<number>
}

/** What agents did, for the figures. */
export type AgentSpells = {
  /** Adds a spell that is over; once, however often it is told. */
  add(spell: AgentSpell & { readonly version: number }): Promise<void>
  /** Spells that touch this stretch of time. */
  between(from: Date, until: Date): Promise<readonly AgentSpell[]>
}

/** The figures of days that are over, so that nobody has to read their calls again. */
export type CallDays = {
  /** Days from the first to the last (`isoDay`) whose figures were kept by today's formulas. */
  between(firstDay: string, lastDay: string): Promise<readonly KeptDay[]>
  keep(days: readonly KeptDay[]): Promise<void>
  /** These days have changed after all: they are counted anew when they are next looked at. */
  forget(days: readonly string[]): Promise<void>
}

/** A day's rows: the whole centre's and its queues'; none where nobody called. */
export type KeptDay = { readonly day: string; readonly rows: readonly QueueDay[] }

/** Lets an agent's browser register as a softphone. */
export type SoftphoneTokens = {
  issue(agentId: string, at: Date): { readonly token: string; readonly expiresAt: Date }
  readonly edge: string | null
}

/** Who hears of what happens at the telephone. Called with what is durable already. */
export type TelephonePublisher = {
  callChanged(call: Call): void
  callOffered(offered: {
    readonly callId: string
    readonly agentId: string
    readonly until: Date
  }): void
  agentChanged(agent: Agent): void
  /** The text carries no personal data. */
  transcriptSaid(agentId: string, said: TranscriptSaid): void
  /** Something that an agent asked for failed after the answer. */
  told(agentId: string, refusal: Refusal): void
}

/** Makes text of a recording. Refuses with `unavailable` where the server does. */
export type SpeechToText = {
  transcribe(audio: Uint8Array, language: Language): Promise<string>
}

export type { CallBack }

/** Promises to call back, one document each. */
export type CallBackRepository = {
  /** Adds it unless one with its id is there; false then. */
  add(callBack: CallBack): Promise<boolean>
  findById(id: string): Promise<CallBack | null>
  save(next: CallBack, loadedVersion: number): Promise<boolean>
  /** Open ones, due first. */
  listOpen(limit: number): Promise<readonly CallBack[]>
  /** How many open ones are due at `at`. */
  countDue(at: Date): Promise<number>
}

/** How long a call takes an agent these hours, talk, hold and wrap-up, in seconds. */
export type HandleTime = { averageSeconds(): Promise<number> }

/** The hotline's settings, as an administrator keeps them. */
export type Hotline = HotlineSettings
