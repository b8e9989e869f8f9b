import { z } from 'zod'
import { AGENCY_LEVELS, URGENCIES } from './vocabulary.ts'

/** A text in both languages of the screens. */
export const Bilingual = z.strictObject({ vi: z.string(), en: z.string() })
export type Bilingual = z.infer<typeof Bilingual>

/** A topic within a field. */
export const Topic = z.strictObject({
  id: z.string(),
  name: Bilingual,
  urgency: z.enum(URGENCIES),
})
export type Topic = z.infer<typeof Topic>

/** What cases can be about; an administrator edits it. */
export const Field = z.strictObject({
  id: z.string(),
  name: Bilingual,
  topics: z.array(Topic),
})
export type Field = z.infer<typeof Field>

/** An agency as everyone may see it. */
export const AgencyRef = z.strictObject({ id: z.string(), name: z.string() })
export type AgencyRef = z.infer<typeof AgencyRef>

/** An agency with what it answers for. */
export const Agency = z.strictObject({
  id: z.string(),
  name: z.string(),
  nameEn: z.string(),
  level: z.enum(AGENCY_LEVELS),
  unitCode: z.string().nullable(),
  fields: z.array(z.string()),
  isActive: z.boolean(),
})
export type Agency = z.infer<typeof Agency>

/** An administrative unit a citizen can pick: province (2-digit code) or ward/commune (5-digit code). */
export const Unit = z.strictObject({
  code: z.string(),
  name: z.string(),
  fullName: z.string(),
  level: z.enum(['province', 'ward']),
  provinceCode: z.string(),
  provinceName: z.string(),
  /** Former names by which people still look for it, when one of them matched. */
  formerly: z.string().nullable(),
  lat: z.number().nullable(),
  lng: z.number().nullable(),
})
export type Unit = z.infer<typeof Unit>

/** `GET /api/units?q=`: units by name, old names too, accents not needed. */
export const UnitQuery = z.strictObject({
  q: z.string().max(100).default(''),
  province: z
    .string()
    .regex(/^\d{2}$/)
    .optional(),
  near: z
    .string()
    .regex(/^-?\d{1,3}(\.\d+)?,-?\d{1,3}(\.\d+)?$/)
    .optional(),
})
export type UnitQuery = z.infer<typeof UnitQuery>

/** `GET /api/catalogue`: what forms and filters need. */
export const Catalogue = z.strictObject({
  fields: z.array(Field),
  provinces: z.array(Unit),
  emergencyNumbers: z.array(z.strictObject({ number: z.string(), name: Bilingual })),
  proofOfWork: z.boolean(),
  /** Tile template (`…/{z}/{x}/{y}.png`) for maps, null where none is set. */
  tileUrl: z.string().nullable(),
})
export type Catalogue = z.infer<typeof Catalogue>
