import { z } from 'zod'
import { AgencyRef } from './catalogue.ts'
import { freeText } from './text.ts'
import { ROLES } from './vocabulary.ts'

/**
 * A telephone as people write it: an extension of the exchange (2–8 digits), or a number; null for
 * none. Kept as digits or in E.164, and nobody else's.
 */
const telephone = z.string().trim().min(1).max(40).nullable()

/** A staff member as colleagues see them. */
export const StaffRef = z.strictObject({ id: z.string(), name: z.string() })
export type StaffRef = z.infer<typeof StaffRef>

/** `GET /api/session`: who is signed in. */
export const Session = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  agency: AgencyRef.nullable(),
  /** Where calls of the exchange reach this person; null where nobody said. */
  telephone: z.string().nullable(),
  hasTwoFactor: z.boolean(),
})
export type Session = z.infer<typeof Session>

/** `PATCH /api/session`: what people change of their own account. */
export const OwnAccountChange = z.strictObject({ telephone })
export type OwnAccountChange = z.infer<typeof OwnAccountChange>

/** `GET /api/staff` (administrator): one account. */
export const StaffAccount = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  agency: AgencyRef.nullable(),
  telephone: z.string().nullable(),
  isActive: z.boolean(),
})
export type StaffAccount = z.infer<typeof StaffAccount>

/** `POST /api/staff` (administrator). Officers and approvers need an agency. */
export const NewStaffAccount = z.strictObject({
  name: freeText(1, 100),
  email: z.email().max(254),
  password: z.string().min(10).max(128),
  role: z.enum(ROLES),
  agencyId: z.string().max(100).optional(),
  telephone: telephone.optional(),
})
export type NewStaffAccount = z.infer<typeof NewStaffAccount>

/** `PATCH /api/staff/{id}` (administrator). */
export const StaffAccountChange = z.strictObject({
  role: z.enum(ROLES).optional(),
  agencyId: z.string().max(100).nullable().optional(),
  telephone: telephone.optional(),
  isActive: z.boolean().optional(),
})
export type StaffAccountChange = z.infer<typeof StaffAccountChange>
