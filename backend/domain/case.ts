import type {
  CaseEventName,
  CaseStatus,
  Channel,
  Consent,
  Kind,
  Language,
  TriageReason,
  Urgency,
} from '#contracts/vocabulary'
import type { Message } from './message.ts'
import type { JoinedCase, MergedInto } from './merged-case.ts'
import type { MainCase, SubCase } from './sub-case.ts'
import type { Understanding } from './understanding.ts'

/** Who did something. The citizen and the system have no id. */
export type Actor =
  | { readonly kind: 'citizen' }
  | { readonly kind: 'system' }
  | { readonly kind: 'staff'; readonly id: string; readonly name: string }

export const CITIZEN: Actor = { kind: 'citizen' }
export const SYSTEM: Actor = { kind: 'system' }

/** A person or an agency by id and the name it had at the time. */
export type NamedRef = { readonly id: string; readonly name: string }

/** One entry of the record: who, when, what, why, from, to. Never changed once written. */
export type TimelineStep = {
  readonly at: Date
  readonly type: CaseEventName
  readonly by: Actor
  /** Version of the case that this step made. */
  readonly version: number
  readonly from: string | null
  readonly to: string | null
  readonly agency: NamedRef | null
  readonly reason: string | null
  readonly text: string | null
}

/** How to reach the citizen; the phone number is in E.164. */
export type Contact = {
  readonly name: string | null
  readonly phone: string | null
  readonly email: string | null
}

/** Where it happened, with the unit's name as it was then. */
export type Place = {
  readonly lat: number | null
  readonly lng: number | null
  readonly address: string | null
  readonly unitCode: string | null
  readonly provinceCode: string | null
  readonly unitName: string | null
  readonly formerly: string | null
}

/** A photo or document, re-encoded and stored. */
export type Attachment = {
  readonly id: string
  readonly mediaType: string
  readonly byteCount: number
  readonly hasThumbnail: boolean
}

/** The answer on its way: written, checked, signed, published. */
export type Response = {
  readonly text: string
  readonly publicText: string
  readonly state: 'draft' | 'submitted' | 'sent-back' | 'published'
  readonly draftedBy: NamedRef
  readonly draftedAt: Date
  readonly approvedBy: NamedRef | null
  readonly publishedAt: Date | null
  readonly sentBackReason: string | null
}

/** A note among staff. */
export type Note = {
  readonly id: string
  readonly by: NamedRef
  readonly at: Date
  readonly text: string
}

/** What we route, answer and close. One document; a change makes the next version. */
export type Case = {
  readonly code: string
  readonly version: number
  readonly status: CaseStatus
  readonly kind: Kind
  readonly urgency: Urgency
  readonly channel: Channel
  readonly lang: Language
  readonly text: string
  /** First words without personal data: what lists and live events show. */
  readonly summary: string
  /** The whole text without personal data: what an officer and, after consent, the public reads. */
  readonly redactedText: string
  readonly understanding: Understanding
  readonly field: string | null
  readonly topic: string | null
  readonly isFieldConfirmed: boolean
  /** Matters taken out of this case; absent where there never was one. */
  readonly subCases?: readonly SubCase[]
  /** The case that this one is a part of. */
  readonly mainCase?: MainCase
  /** The case that this one repeats, while it is merged into it. */
  readonly mergedInto?: MergedInto | null
  /** Cases that repeat this one. */
  readonly mergedCases?: readonly JoinedCase[]
  readonly triageReason: TriageReason | null
  readonly agency: NamedRef | null
  readonly suggestedAgency: NamedRef | null
  readonly returnCount: number
  readonly assignee: NamedRef | null
  readonly place: Place | null
  readonly contact: Contact | null
  readonly consents: readonly Consent[]
  readonly attachments: readonly Attachment[]
  readonly receivedAt: Date
  /** When the present clock started: receipt, or the last reopening. */
  readonly clockStartedAt: Date
  readonly dueAt: Date | null
  readonly isExtended: boolean
  readonly warnedLevel: 0 | 50 | 80 | 100
  readonly response: Response | null
  readonly pastResponses: readonly Response[]
  readonly rating: { readonly score: number; readonly comment: string | null } | null
  readonly disputeReason: string | null
  readonly notes: readonly Note[]
  readonly timeline: readonly TimelineStep[]
  /** Text messages from and to the citizen after the opening; absent where there never was one. */
  readonly messages?: readonly Message[]
  readonly publishedAt: Date | null
  /** Keyed hash of the PIN; the PIN itself is never stored. */
  readonly pinHash: string
  readonly intake: Intake
}

/** What makes a repeated submission answer the same: kept from the first time. */
export type Intake = {
  readonly idempotencyKey: string | null
  /** Hash of the submitted text, so that another report under the same key is refused. */
  readonly contentHash: string
  readonly receiptStatus: CaseStatus
  readonly receiptField: string | null
  readonly receiptAgency: NamedRef | null
  readonly receiptDueAt: Date | null
}
