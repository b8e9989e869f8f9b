import type { Agency, Unit } from '#contracts/catalogue'
import type { CaseQuery, CaseViewName } from '#contracts/cases'
import type { AnswerQuery } from '#contracts/answers'
import type { StaffMember } from '#domain/access'
import type { Calendar } from '#domain/business-calendar'
import type { Case, NamedRef, TimelineStep } from '#domain/case'
import type { Call, CallEvent } from '#domain/call'
import type { CountedCall } from '#domain/call-metrics'
import type { CasePrint, Likeness, PrintSearch, Sighting } from '#domain/likeness'
import type { RoutingRule } from '#domain/routing'
import type { ServiceLevels } from '#domain/service-level'
import type { DraftHint, PlaceMention, Understanding } from '#domain/understanding'
import type {
  AgentRepository,
  AgentSpells,
  CallDays,
  CallBackRepository,
  CallControl,
  ExchangeRecordings,
  HandleTime,
  Hotline,
  RecordingFiles,
  SoftphoneTokens,
  SpeechToText,
  TelephonePublisher,
} from './ports/telephony.ts'
import type { Messages } from './ports/messages.ts'
import type { Learner, ModelVersions, TrainingExamples } from './ports/learning.ts'

/** A page of things; `nextCursor` is opaque and null on the last page. */
export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null }

/** Cases, one document each. Every method may refuse with `unavailable` or `storage-full`. */
export type CaseRepository = {
  /** Writes a new case durably. `taken` names what was already used; nothing is written then. */
  add(opened: Case): Promise<{ taken: 'code' | 'idempotency-key' | null }>
  findByCode(code: string): Promise<Case | null>
  findByIdempotencyKey(key: string): Promise<Case | null>
  /** The open case that a text message of this number joins: the last one spoken of since `since`. */
  findThread(phone: string, since: Date): Promise<Case | null>
  /** Writes `next` over the version before it; refuses with `version-stale` if another got there first. */
  save(next: Case, loadedVersion: number): Promise<void>
  list(query: CaseQuery, staff: StaffMember, at: Date): Promise<Page<Case>>
  counts(staff: StaffMember, at: Date): Promise<Record<CaseViewName, number>>
  listAnswers(query: AnswerQuery): Promise<Page<Case>>
  findAnswer(code: string): Promise<Case | null>
  /** Open cases of a field around a point or in a unit, newest first; at most `limit`. */
  findOpenNear(where: NearQuery): Promise<readonly Case[]>
  /**
   * Cases whose deadline warning may be due, soonest first: open, due before `horizon`, not yet
   * warned at 100 %. `after` is the last one of the batch before.
   */
  findNearingDeadline(horizon: Date, limit: number, after?: Case): Promise<readonly Case[]>
  /** Open cases of a phone number in E.164, newest first. */
  findOpenOfPhone(phone: string, limit: number): Promise<readonly Case[]>
  /** Published cases that nobody rated or disputed since `publishedBefore`. */
  findPublishedBefore(publishedBefore: Date, limit: number): Promise<readonly Case[]>
  performance(since: Date, at: Date): Promise<PerformanceFigures>
}

export type NearQuery = {
  readonly field: string
  readonly geohashes: readonly string[]
  readonly unitCode: string | null
  readonly limit: number
}

export type PerformanceFigures = {
  readonly receivedCount: number
  readonly answeredCount: number
  readonly onTimeCount: number
  readonly averageRating: number | null
  readonly agencies: readonly {
    readonly agency: NamedRef
    readonly answeredCount: number
    readonly onTimeCount: number
    readonly openCount: number
    readonly overdueCount: number
  }[]
}

/** Agencies by id, and a search by name without diacritics. */
export type AgencyRepository = {
  findById(id: string): Promise<Agency | null>
  findActive(ids: readonly string[]): Promise<readonly Agency[]>
  search(text: string, limit: number): Promise<readonly Agency[]>
  save(agency: Agency): Promise<void>
}

/** Administrative units, old names included; in memory, so no promises. */
export type Gazetteer = {
  find(code: string): Unit | null
  search(text: string, provinceCode: string | null, limit: number): readonly Unit[]
  nearest(lat: number, lng: number): Unit | null
  provinces(): readonly Unit[]
}

/** A field with its topics, as an administrator keeps them. */
export type FieldEntry = {
  readonly id: string
  readonly name: { readonly vi: string; readonly en: string }
  readonly topics: readonly {
    readonly id: string
    readonly name: { readonly vi: string; readonly en: string }
    readonly urgency: 'emergency' | 'high' | 'normal' | 'low'
  }[]
  /** Words that tell of it, until there are examples. */
  readonly keywords?: readonly string[] | undefined
}

/** What an administrator edits: fields, routing, calendar, deadlines, canned answers, calls. */
export type Settings = {
  readonly fields: readonly FieldEntry[]
  readonly routing: readonly RoutingRule[]
  readonly calendar: Calendar
  readonly serviceLevels: ServiceLevels
  readonly cannedAnswers: readonly {
    readonly id: string
    readonly title: { readonly vi: string; readonly en: string }
    readonly text: { readonly vi: string; readonly en: string }
  }[]
  readonly hotline: Hotline
  readonly cti: CtiSettings
}

/** How calls of a connected telephone exchange are treated; numbers as people write them. */
export type CtiSettings = {
  /** Callers who hear the busy tone; `anonymous` for those who withhold their number. */
  readonly blocked: readonly string[]
  /** Which number those who are called see; the longest prefix that fits decides. */
  readonly callerIds: readonly { readonly prefix: string; readonly callerId: string }[]
}

/** Reading text: labels, places, personal data. */
export type Reader = {
  /** A promise only where another classifier is asked, which may take up to its time limit. */
  read(text: string): Understanding | Promise<Understanding>
  redact(text: string, knownNames?: readonly string[]): string
  findPlaces(text: string): readonly PlaceMention[]
  /** What to look at again in a draft response to what a citizen wrote. */
  reviewDraft(
    draft: string,
    question: {
      readonly text: string
      readonly kind: Case['kind']
      readonly knownNames: readonly string[]
    },
  ): readonly DraftHint[]
}

/** Finding reports about one incident and questions alike, by prints. Pure and synchronous. */
export type LikenessDetector = {
  /** Prints of another format have to be made anew. */
  readonly format: number
  /** The address given apart tells where, not what. */
  print(text: string, address?: string | null): Uint8Array
  /** Keys to keep a case under, and to look for others with. */
  sightingKeys(sighting: Sighting): string[]
  answerKeys(print: Uint8Array, field: string | null): string[]
  likeness(a: Sighting, b: Sighting): Likeness
  /** How likely two texts are about one incident, 0 to 1, where nothing else is known. */
  textLikeness(a: string, b: string): number
  /** How alike the words behind two prints are, 0 to 1. */
  wording(a: Uint8Array, b: Uint8Array): number
}

/** The prints of cases: an index that grows by one document a case. */
export type CasePrints = {
  /** Keeps the print unless there is one of a later version. */
  put(print: CasePrint): Promise<void>
  findSharing(search: PrintSearch): Promise<readonly CasePrint[]>
  /** The next cases that `markPrinted` has not passed, by code; `last` is null after the last one. */
  unprinted(
    format: number,
    limit: number,
  ): Promise<{ readonly cases: readonly Case[]; readonly last: string | null }>
  markPrinted(format: number, last: string): Promise<void>
}

/** Uploaded files; a stored file is durable before the promise resolves. */
export type AttachmentStore = {
  /** Checks by content, re-encodes, strips metadata, makes a thumbnail. */
  store(upload: Upload): Promise<Case['attachments'][number]>
  open(id: string, size: 'full' | 'thumbnail'): Promise<Uint8Array | null>
  remove(id: string): Promise<void>
}

/** A file as it arrived, in a temporary place. `name` is what the sender called it. */
export type Upload = { readonly path: string; readonly name: string; readonly byteCount: number }

/** Secret-keyed derivations; the secret never leaves the adapter. */
export type Secrets = {
  /** The PIN of a case: six digits, derived, so that a repeated submission can be told it again. */
  pinFor(code: string): string
  hashPin(code: string, pin: string): string
  isPin(code: string, pin: string, hash: string): boolean
  hashContent(text: string): string
}

/** The log of calls: append-only events, and the call they add up to. */
export type CallRepository = {
  /** Keeps the event durably; false where it was there already (a provider's retry). */
  addEvent(event: CallEvent): Promise<boolean>
  findCall(id: string): Promise<Call | null>
  /** Writes `next` over the version before it (0: a new call); false where another got there first. */
  saveCall(next: Call, loadedVersion: number): Promise<boolean>
  /** Calls whose message has no case yet, oldest first. */
  findAwaitingCase(limit: number): Promise<readonly Call[]>
  /** Calls since `since` whose recorded message nobody has written down yet, oldest first. */
  findUntranscribed(since: Date, limit: number): Promise<readonly Call[]>
  /** Newest first. */
  list(cursor: string | null, limit: number): Promise<Page<Call>>
  /** Calls that wait for an agent, in no order. */
  findWaiting(): Promise<readonly Call[]>
  /** The call that an agent has to do with, not yet wrapped up; the newest where there are several. */
  findBusy(agentId: string): Promise<Call | null>
  /** The newest call of an exchange that is at this agent's telephone now. */
  findPoppingUp(agentId: string): Promise<Call | null>
  /** Calls that some agent has to do with, and those that ended in the queue and are still in it. */
  findUnsettled(limit: number): Promise<readonly Call[]>
  /** Calls that have rung at an agent until `at` or longer ago. */
  findRungOut(at: Date, limit: number): Promise<readonly Call[]>
  /** Calls whose time to be wrapped up is over at `at`. */
  findWrapUpsOver(at: Date, limit: number): Promise<readonly Call[]>
  /** Calls without an end of which nothing was heard since `before`. */
  findSilent(before: Date, limit: number): Promise<readonly Call[]>
  /**
   * Calls of a provider since `since` with a recording that is there alone, newest first: one that
   * can never be fetched keeps no other waiting.
   */
  findUnkept(provider: string, since: Date, limit: number): Promise<readonly Call[]>
  /** Calls from before `before` that still have a recording, oldest first. */
  findRecordedBefore(before: Date, limit: number): Promise<readonly Call[]>
  /** Calls that began in this stretch of time, oldest first. */
  findStartedBetween(from: Date, until: Date, limit: number): Promise<readonly Call[]>
  /** As much as is counted of calls that agents had and that ended, begun since then; newest first. */
  findHandled(since: Date, limit: number): Promise<readonly CountedCall[]>
  /** Ended calls whose cost this company is to be asked for by now; longest due first. */
  findCostDue(provider: string, at: Date, limit: number): Promise<readonly Call[]>
  /** As much as is counted of the calls that began in this stretch of time, oldest first. */
  findCounted(from: Date, until: Date, limit: number): Promise<readonly CountedCall[]>
  /** Messages that nobody of the staff has listened to. */
  countUnheard(): Promise<number>
  /** Calls from or to a citizen's number in E.164, newest first. */
  findOfNumber(number: string, limit: number): Promise<readonly Call[]>
}

/** Who hears of a change. Called with what `save` or `add` already made durable. */
export type Publisher = {
  publish(changed: Case, steps: readonly TimelineStep[]): void
}

/** Changes made durable but perhaps not yet told: the outbox inside the case documents. */
export type Outbox = {
  /** Cases with changes waiting since before `since`, with the steps not yet told; at most `limit`. */
  findPending(
    since: Date,
    limit: number,
  ): Promise<readonly { readonly changed: Case; readonly steps: readonly TimelineStep[] }[]>
  /** Marks these versions as told; earlier or later ones that are not stay in the outbox. */
  markTold(told: readonly ToldRange[]): Promise<void>
}

/** Versions of a case, first and last included, whose changes everyone has heard. */
export type ToldRange = {
  readonly code: string
  readonly fromVersion: number
  readonly version: number
}

/** An audit entry: somebody looked at what is protected. */
export type AuditEntry = {
  readonly at: Date
  readonly staffId: string
  readonly staffName: string
  readonly action: string
  readonly caseCode: string | null
  readonly reason: string | null
}

export type AuditLog = { add(entry: AuditEntry): Promise<void> }

/** Everything outside that use cases need. */
export type Ports = {
  readonly now: () => Date
  readonly newId: () => string
  readonly randomDigits: (count: number) => string
  readonly cases: CaseRepository
  readonly agencies: AgencyRepository
  readonly gazetteer: Gazetteer
  readonly settings: () => Settings
  readonly reader: Reader
  readonly likeness: LikenessDetector
  readonly attachments: AttachmentStore
  readonly secrets: Secrets
  readonly calls: CallRepository
  readonly agents: AgentRepository
  readonly callBacks: CallBackRepository
  /** Null where no telephone company is set up. */
  readonly callControl: CallControl | null
  readonly softphoneTokens: SoftphoneTokens | null
  /** Null where an exchange's recordings stay with it. */
  readonly exchangeRecordings: ExchangeRecordings | null
  readonly recordingFiles: RecordingFiles
  readonly agentSpells: AgentSpells
  readonly handleTime: HandleTime
  readonly callDays: CallDays
  readonly telephone: TelephonePublisher
  /** Null where no server is set up that makes text of recordings. */
  readonly speechToText: SpeechToText | null
  readonly trainingExamples: TrainingExamples
  readonly casePrints: CasePrints
  readonly modelVersions: ModelVersions
  readonly learner: Learner
  readonly auditLog: AuditLog
  readonly publisher: Publisher
  readonly messages: Messages
}
