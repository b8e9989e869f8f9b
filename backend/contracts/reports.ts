import { z } from 'zod'
import { AgencyRef } from './catalogue.ts'
import { freeText } from './text.ts'
import {
  CASE_EVENTS,
  CASE_STATUSES,
  CONSENTS,
  KINDS,
  LANGUAGES,
  TRIAGE_REASONS,
  URGENCIES,
} from './vocabulary.ts'

export const REPORT_TEXT_MAX = 10_000
export const PHOTO_MAX_BYTES = 10 * 1024 * 1024
export const PHOTO_MAX_COUNT = 5

/** How to reach the citizen; every part may be left out. */
export const NewContact = z.strictObject({
  name: freeText(1, 100).optional(),
  phone: freeText(3, 30).optional(),
  email: z.email().max(254).optional(),
})
export type NewContact = z.infer<typeof NewContact>

/** Where it happened; `unitCode` is a gazetteer code (province 2 digits, ward 5). */
export const NewPlace = z.strictObject({
  lat: z.number().min(-90).max(90).optional(),
  lng: z.number().min(-180).max(180).optional(),
  address: freeText(1, 300).optional(),
  unitCode: z
    .string()
    .regex(/^(\d{2}|\d{5})$/)
    .optional(),
})
export type NewPlace = z.infer<typeof NewPlace>

/** `POST /api/reports`. As multipart/form-data the same JSON is the part `report`, files are `photos`. */
export const NewReport = z.strictObject({
  text: freeText(1, REPORT_TEXT_MAX),
  contact: NewContact.optional(),
  place: NewPlace.optional(),
  consents: z.array(z.enum(CONSENTS)).max(CONSENTS.length).default([]),
  lang: z.enum(LANGUAGES).default('vi'),
  /** Field the citizen chose over what was understood. */
  fieldId: z.string().max(60).optional(),
  /** Solved proof of work (base64), where the installation asks for one. */
  proof: z.string().max(4_000).optional(),
})
export type NewReport = z.infer<typeof NewReport>

/** Answer to a report taken in; the PIN is shown here and never again. */
export const ReportReceipt = z.strictObject({
  code: z.string(),
  pin: z.string(),
  status: z.enum(CASE_STATUSES),
  field: z.string().nullable(),
  fieldName: z.string().nullable(),
  agency: AgencyRef.nullable(),
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  /** Working days until then, by the calendar with its holidays; null without a deadline. */
  workingDaysLeft: z.int().nullable(),
  urgency: z.enum(URGENCIES),
  /** Sentence to read at once when somebody may be in danger, else null. */
  emergencyAdvice: z.string().nullable(),
})
export type ReportReceipt = z.infer<typeof ReportReceipt>

/** `POST /api/reports/preview`. */
export const ReportPreviewQuery = z.strictObject({
  text: freeText(1, REPORT_TEXT_MAX),
  place: NewPlace.optional(),
  lang: z.enum(LANGUAGES).default('vi'),
})
export type ReportPreviewQuery = z.infer<typeof ReportPreviewQuery>

/** What we understood before anything is sent, and open cases that look the same. */
export const ReportPreview = z.strictObject({
  kind: z.enum(KINDS),
  field: z.string().nullable(),
  fieldName: z.string().nullable(),
  confidence: z.number(),
  isSure: z.boolean(),
  alternatives: z.array(z.strictObject({ field: z.string(), fieldName: z.string() })),
  urgency: z.enum(URGENCIES),
  agency: AgencyRef.nullable(),
  triageReason: z.enum(TRIAGE_REASONS).nullable(),
  dueAt: z.iso.datetime().nullable(),
  /** Working days until then, by the calendar with its holidays; null without a deadline. */
  workingDaysLeft: z.int().nullable(),
  place: z
    .strictObject({ unitCode: z.string(), name: z.string(), certain: z.boolean() })
    .nullable(),
  hasPersonalData: z.boolean(),
  emergencyAdvice: z.string().nullable(),
  similar: z.array(
    z.strictObject({
      summary: z.string(),
      status: z.enum(CASE_STATUSES),
      receivedAt: z.iso.datetime(),
      distanceMeters: z.number().nullable(),
      agencyName: z.string().nullable(),
    }),
  ),
})
export type ReportPreview = z.infer<typeof ReportPreview>

/** One step a citizen sees; `text` is a sentence in the language asked for. */
export const PublicStep = z.strictObject({
  at: z.iso.datetime(),
  type: z.enum(CASE_EVENTS),
  text: z.string(),
})
export type PublicStep = z.infer<typeof PublicStep>

/** `GET /api/reports/{code}` with `X-Report-Pin` (or `X-Report-Phone`). */
export const ReportStatus = z.strictObject({
  code: z.string(),
  status: z.enum(CASE_STATUSES),
  statusText: z.string(),
  field: z.string().nullable(),
  fieldName: z.string().nullable(),
  agency: AgencyRef.nullable(),
  text: z.string(),
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  /** Working days until then, by the calendar with its holidays; null without a deadline. */
  workingDaysLeft: z.int().nullable(),
  isOverdue: z.boolean(),
  response: z.strictObject({ text: z.string(), publishedAt: z.iso.datetime() }).nullable(),
  rating: z.strictObject({ score: z.int(), comment: z.string().nullable() }).nullable(),
  canRate: z.boolean(),
  canDispute: z.boolean(),
  canSupplement: z.boolean(),
  canWithdraw: z.boolean(),
  attachments: z.array(z.strictObject({ id: z.string(), mediaType: z.string() })),
  timeline: z.array(PublicStep),
})
export type ReportStatus = z.infer<typeof ReportStatus>

/** `POST /api/reports/{code}/rating`. */
export const NewRating = z.strictObject({
  score: z.int().min(1).max(5),
  comment: freeText(1, 1_000).optional(),
})
export type NewRating = z.infer<typeof NewRating>

/** `POST /api/reports/{code}/dispute`: not solved, and why. */
export const NewDispute = z.strictObject({ reason: freeText(5, 2_000) })
export type NewDispute = z.infer<typeof NewDispute>

/** `POST /api/reports/{code}/messages`: more from the citizen. */
export const NewSupplement = z.strictObject({ text: freeText(1, 2_000) })
export type NewSupplement = z.infer<typeof NewSupplement>

/** `GET /api/reports/challenge`: a proof-of-work puzzle in altcha's format. */
export const Challenge = z.looseObject({})
export type Challenge = z.infer<typeof Challenge>
