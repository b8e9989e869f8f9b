import { z } from 'zod'
import { AgencyRef } from './catalogue.ts'
import { StaffRef } from './staff.ts'
import { freeText } from './text.ts'
import {
  CASE_ACTIONS,
  CASE_EVENTS,
  CASE_STATUSES,
  CHANNELS,
  CONSENTS,
  DRAFT_HINTS,
  KINDS,
  LANGUAGES,
  LIKENESS_REASONS,
  MESSAGE_STATES,
  MESSAGING,
  REDIRECT_TARGETS,
  REJECT_REASONS,
  RETURN_REASONS,
  TRIAGE_REASONS,
  URGENCIES,
} from './vocabulary.ts'

/** Half-open range of UTF-16 offsets in the case's text. */
export const TextSpan = z.strictObject({ start: z.int(), end: z.int() })
export type TextSpan = z.infer<typeof TextSpan>

/** A line of the inbox. Carries no personal data: `summary` is redacted and shortened. */
export const CaseRow = z.strictObject({
  code: z.string(),
  version: z.int(),
  status: z.enum(CASE_STATUSES),
  kind: z.enum(KINDS),
  urgency: z.enum(URGENCIES),
  channel: z.enum(CHANNELS),
  summary: z.string(),
  field: z.string().nullable(),
  confidence: z.number(),
  agency: AgencyRef.nullable(),
  unitName: z.string().nullable(),
  assignee: StaffRef.nullable(),
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  triageReason: z.enum(TRIAGE_REASONS).nullable(),
  photoCount: z.int(),
  /** Complaints and denunciations: seen by those with the right to only. */
  isRestricted: z.boolean(),
})
export type CaseRow = z.infer<typeof CaseRow>

export const CASE_VIEWS = [
  'mine',
  'open',
  'triage',
  'due-today',
  'overdue',
  'awaiting-approval',
  'closed',
  'all',
] as const
export type CaseViewName = (typeof CASE_VIEWS)[number]

/** `GET /api/cases`: the inbox. `q` searches without diacritics; a code finds its case. */
export const CaseQuery = z.strictObject({
  view: z.enum(CASE_VIEWS).default('open'),
  status: z.enum(CASE_STATUSES).optional(),
  field: z.string().max(60).optional(),
  agency: z.string().max(100).optional(),
  q: z.string().max(200).default(''),
  sort: z.enum(['due', 'newest']).default('due'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})
export type CaseQuery = z.infer<typeof CaseQuery>

/** A page of the inbox. */
export const CasePage = z.strictObject({
  rows: z.array(CaseRow),
  nextCursor: z.string().nullable(),
})
export type CasePage = z.infer<typeof CasePage>

/** `GET /api/cases/counts`: how many cases each view holds for the caller (stops at 1,000). */
export const CaseCounts = z.record(z.enum(CASE_VIEWS), z.int())
export type CaseCounts = z.infer<typeof CaseCounts>

/** The text message that a step is about; `state` is null for one that the citizen sent. */
export const StepMessage = z.strictObject({
  direction: z.enum(['inbound', 'outbound']),
  state: z.enum(MESSAGE_STATES).nullable(),
  /** The provider's code of what went wrong, or one of ours; null where nothing did. */
  errorCode: z.string().nullable(),
})
export type StepMessage = z.infer<typeof StepMessage>

/** One entry of the record, as staff see it. */
export const CaseStep = z.strictObject({
  at: z.iso.datetime(),
  type: z.enum(CASE_EVENTS),
  by: z.strictObject({ kind: z.enum(['citizen', 'staff', 'system']), name: z.string() }),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string().nullable(),
  text: z.string().nullable(),
  message: StepMessage.nullable(),
})
export type CaseStep = z.infer<typeof CaseStep>

/** A response on its way to the citizen. */
export const CaseResponse = z.strictObject({
  text: z.string(),
  state: z.enum(['draft', 'submitted', 'sent-back', 'published']),
  draftedBy: StaffRef,
  draftedAt: z.iso.datetime(),
  approvedBy: StaffRef.nullable(),
  publishedAt: z.iso.datetime().nullable(),
  /** What the public reads: personal data removed. Shown to the approver before it goes out. */
  publicText: z.string(),
  sentBackReason: z.string().nullable(),
})
export type CaseResponse = z.infer<typeof CaseResponse>

/** One case as the caller may see it; `actions` are the ones this role may take now. */
export const CaseView = z.strictObject({
  code: z.string(),
  version: z.int(),
  status: z.enum(CASE_STATUSES),
  kind: z.enum(KINDS),
  urgency: z.enum(URGENCIES),
  channel: z.enum(CHANNELS),
  lang: z.enum(LANGUAGES),
  isRestricted: z.boolean(),
  text: z.string(),
  /** The words that decided the field, heaviest first. */
  evidence: z.array(TextSpan.extend({ weight: z.number() })),
  /** Personal data found in the text (already masked in `text` where the caller may not see it). */
  personalData: z.array(TextSpan.extend({ type: z.string() })),
  field: z.string().nullable(),
  topic: z.string().nullable(),
  confidence: z.number(),
  alternatives: z.array(z.strictObject({ field: z.string(), confidence: z.number() })),
  /** Matters in the text that could be cases of their own; for whoever may split it. */
  parts: z.array(TextSpan.extend({ field: z.string(), confidence: z.number() })),
  /** Cases made of a part of this one, each with the agency that supports the lead. */
  subCases: z.array(
    z.strictObject({ code: z.string(), field: z.string(), agency: AgencyRef.nullable() }),
  ),
  /** The case this one is a part of, and the agency that led it then. */
  mainCase: z.strictObject({ code: z.string(), lead: AgencyRef.nullable() }).nullable(),
  /** The case that this one repeats and is answered with. */
  mergedInto: z.string().nullable(),
  /** Cases that repeat this one and are answered with it. */
  mergedCases: z.array(z.string()),
  modelVersion: z.string(),
  isFieldConfirmed: z.boolean(),
  triageReason: z.enum(TRIAGE_REASONS).nullable(),
  agency: AgencyRef.nullable(),
  suggestedAgency: AgencyRef.nullable(),
  returnCount: z.int(),
  assignee: StaffRef.nullable(),
  place: z
    .strictObject({
      address: z.string().nullable(),
      unitCode: z.string().nullable(),
      unitName: z.string().nullable(),
      formerly: z.string().nullable(),
      lat: z.number().nullable(),
      lng: z.number().nullable(),
    })
    .nullable(),
  contact: z
    .strictObject({
      name: z.string().nullable(),
      phone: z.string().nullable(),
      email: z.string().nullable(),
      isMasked: z.boolean(),
    })
    .nullable(),
  consents: z.array(z.enum(CONSENTS)),
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  isExtended: z.boolean(),
  attachments: z.array(
    z.strictObject({ id: z.string(), mediaType: z.string(), byteCount: z.int() }),
  ),
  response: CaseResponse.nullable(),
  rating: z.strictObject({ score: z.int(), comment: z.string().nullable() }).nullable(),
  disputeReason: z.string().nullable(),
  notes: z.array(
    z.strictObject({ id: z.string(), by: StaffRef, at: z.iso.datetime(), text: z.string() }),
  ),
  timeline: z.array(CaseStep),
  /** Whether a text message can be written to the citizen; null for roles that do not. */
  messaging: z.enum(MESSAGING).nullable(),
  actions: z.array(z.enum(CASE_ACTIONS)),
})
export type CaseView = z.infer<typeof CaseView>

const version = z.int().min(1)
const agencyId = z.string().min(1).max(100)

/**
 * `POST /api/cases/{code}/{action}`: one body per action. `version` is the one the caller saw;
 * an older one than the case's is refused with `conflict` and the changes since.
 */
export const CaseCommands = {
  correct: z.strictObject({
    version,
    fieldId: z.string().min(1).max(60),
    topicId: z.string().max(60).optional(),
  }),
  split: z.strictObject({
    version,
    start: z.int().min(0),
    end: z.int().min(1),
    fieldId: z.string().min(1).max(60),
  }),
  route: z.strictObject({ version, agencyId, reason: freeText(1, 500).optional() }),
  accept: z.strictObject({ version }),
  return: z.strictObject({
    version,
    reason: z.enum(RETURN_REASONS),
    comment: freeText(1, 1_000).optional(),
    suggestedAgencyId: agencyId.optional(),
  }),
  draft: z.strictObject({ version, text: freeText(1, 10_000) }),
  submit: z.strictObject({ version, text: freeText(1, 10_000).optional() }),
  approve: z.strictObject({ version }),
  'send-back': z.strictObject({ version, reason: freeText(1, 1_000) }),
  note: z.strictObject({ version, text: freeText(1, 5_000) }),
  extend: z.strictObject({ version, reason: freeText(5, 500) }),
  reject: z.strictObject({
    version,
    reason: z.enum(REJECT_REASONS),
    comment: freeText(1, 500).optional(),
  }),
  redirect: z.strictObject({
    version,
    target: z.enum(REDIRECT_TARGETS),
    comment: freeText(1, 500).optional(),
  }),
  merge: z.strictObject({
    version,
    leadCode: z.string().regex(/^\d{10}$/),
    reason: freeText(3, 500),
  }),
  unmerge: z.strictObject({ version, reason: freeText(3, 500) }),
  reveal: z.strictObject({ version, reason: freeText(5, 300) }),
} as const
export type CaseCommand<A extends keyof typeof CaseCommands> = z.infer<(typeof CaseCommands)[A]>

/** The longest text message that telephone companies take. */
export const MESSAGE_MAX = 1_600

/** `POST /api/cases/{code}/messages`: a text message to the citizen, by who saw `version`. */
export const NewMessage = z.strictObject({ version, text: freeText(1, MESSAGE_MAX) })
export type NewMessage = z.infer<typeof NewMessage>

/** `GET /api/cases/{code}/duplicates`: a case that is likely about the same incident. */
export const LikelyDuplicate = z.strictObject({
  row: CaseRow,
  /** How likely, 0 to 1. */
  score: z.number(),
  reasons: z.array(z.enum(LIKENESS_REASONS)),
})
export type LikelyDuplicate = z.infer<typeof LikelyDuplicate>

/** `POST /api/cases/{code}/hints`: a response as far as it is written, taken letter by letter. */
export const NewDraftReview = z.strictObject({ text: z.string().max(10_000) })
export type NewDraftReview = z.infer<typeof NewDraftReview>

/** What to look at again in it. Advice: nothing is stored and nothing is forbidden. */
export const DraftReview = z.strictObject({
  hints: z.array(
    z.strictObject({
      code: z.enum(DRAFT_HINTS),
      /** Half-open UTF-16 ranges in the text sent; empty where something is missing. */
      spans: z.array(TextSpan),
    }),
  ),
})
export type DraftReview = z.infer<typeof DraftReview>

/** `GET /api/canned-answers`. */
export const CannedAnswer = z.strictObject({
  id: z.string(),
  title: z.string(),
  text: z.string(),
})
export type CannedAnswer = z.infer<typeof CannedAnswer>
