import { z } from 'zod'
import { ERROR_CODES } from './vocabulary.ts'

/** One refused field: where it is (`/contact/phone`) and what to do, in the caller's language. */
export const FieldError = z.strictObject({
  pointer: z.string(),
  reason: z.string(),
  detail: z.string(),
})
export type FieldError = z.infer<typeof FieldError>

/** Every refusal over HTTP: RFC 9457 problem details (`application/problem+json`). */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(ERROR_CODES),
  detail: z.string(),
  requestId: z.string().optional(),
  retryAfterSeconds: z.int().optional(),
  errors: z.array(FieldError).optional(),
  /** With `conflict` on a case: what changed since the caller's version, newest last. */
  changes: z
    .array(z.strictObject({ at: z.iso.datetime(), type: z.string(), by: z.string() }))
    .optional(),
  currentVersion: z.int().optional(),
})
export type Problem = z.infer<typeof Problem>
