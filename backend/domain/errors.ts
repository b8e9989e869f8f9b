import type { ErrorCode } from '#contracts/vocabulary'

/** Why something was refused; each has a sentence in both languages in presenters/refusals.ts. */
export const REFUSALS = [
  'case-not-found',
  'agency-not-found',
  'staff-not-found',
  'field-unknown',
  'part-senseless',
  'part-taken',
  'merge-with-itself',
  'merge-other-procedure',
  'merge-lead-itself',
  'lead-not-open',
  'unit-unknown',
  'attachment-not-found',
  'not-allowed',
  'not-your-case',
  'status-forbids',
  'version-stale',
  'already-extended',
  'no-deadline',
  'already-rated',
  'dispute-too-late',
  'response-empty',
  'agency-needed',
  'same-agency',
  'approver-wrote-it',
  'idempotency-key-reused',
  'email-taken',
  'telephone-invalid',
  'telephone-taken',
  'last-administrator',
  'database-unavailable',
  'disk-full',
  'sign-in-needed',
  'proof-missing',
  'proof-wrong',
  'phone-invalid',
  'cursor-unknown',
  'hours-senseless',
  'example-unknown',
  'model-unknown',
  'training-runs',
  'call-not-found',
  'recording-not-found',
  'call-taken',
  'call-over',
  'call-not-yours',
  'agent-busy',
  'agent-offline',
  'number-uncallable',
  'quiet-hours',
  'provider-refused',
  'speech-to-text-failed',
  'telephony-off',
  'call-back-not-found',
  'file-type',
  'file-heic',
  'file-broken',
  'file-too-large',
  'too-many-files',
  'json-broken',
  'form-broken',
  'body-too-large',
  'media-type',
  'route-unknown',
  'sender-missing',
  'number-missing',
  'number-opted-out',
  'rate-limited',
  'csrf-header',
  'input-invalid',
  'unexpected',
] as const
export type Refusal = (typeof REFUSALS)[number]

/** A refusal with a stable code; anything else thrown is a bug. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly refusal: Refusal
  readonly details: Readonly<Record<string, string | number>>
  /** Where in the input the refused value is, e.g. `/contact/phone`. */
  readonly pointer: string | null

  constructor(
    code: ErrorCode,
    refusal: Refusal,
    details: Readonly<Record<string, string | number>> = {},
    pointer: string | null = null,
  ) {
    super(`${code}: ${refusal}`)
    this.name = 'DomainError'
    this.code = code
    this.refusal = refusal
    this.details = details
    this.pointer = pointer
  }
}
