import { z } from 'zod'
import { Agency, Field, Topic } from './catalogue.ts'
import { HotlineSettings } from './hotline.ts'
import { freeText } from './text.ts'
import { KINDS, TRIAGE_REASONS, URGENCIES } from './vocabulary.ts'

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,59}$/)
const bilingual = z.strictObject({ vi: freeText(1, 5_000), en: freeText(1, 5_000) })
const dayHours = z.array(z.tuple([z.string().max(5), z.string().max(5)])).max(6)
const date = z.iso.date()

/** Who answers for a field or a topic of it: agencies in order of preference. */
const RoutingRule = z.strictObject({
  field: id,
  topic: id.nullable(),
  steps: z.array(z.string().max(100)).max(10),
  supporting: z.array(z.string().max(100)).max(10),
  triage: z.enum(TRIAGE_REASONS).nullable(),
})

/** Working hours and special days. */
const Calendar = z.strictObject({
  timeZone: z.literal('Asia/Ho_Chi_Minh'),
  week: z.strictObject({
    monday: dayHours,
    tuesday: dayHours,
    wednesday: dayHours,
    thursday: dayHours,
    friday: dayHours,
    saturday: dayHours,
    sunday: dayHours,
  }),
  specialDays: z
    .array(
      z.strictObject({
        date,
        name: z.string().max(200),
        kind: z.enum(['public', 'substitute', 'swap_off', 'make_up_workday']),
      }),
    )
    .max(2_000),
  announcedYears: z.array(z.int()).max(100),
  lunar: z.strictObject({
    tet: z.record(z.string(), date),
    gioTo: z.record(z.string(), date),
  }),
})

const allowance = z.strictObject({
  unit: z.enum(['working-days', 'working-minutes', 'clock-minutes']),
  amount: z.int().min(1).max(100_000),
})

/** How fast cases must be handled. */
const ServiceLevels = z.strictObject({
  triage: z.strictObject({ ordinary: allowance, emergency: allowance, legal: allowance }),
  forward: allowance,
  answer: z.strictObject({
    byUrgency: z.record(z.enum(URGENCIES), allowance),
    complex: allowance,
    byKind: z.partialRecord(z.enum(KINDS), allowance.nullable()),
  }),
})

const CannedAnswers = distinct(
  z.array(z.strictObject({ id, title: bilingual, text: bilingual })).max(500),
)

/** A telephone number as people write it. */
const dialled = z
  .string()
  .max(40)
  .regex(/^\+?\d[\d .()-]*$/)
/** How numbers begin; empty for all of them. */
const prefix = z
  .string()
  .max(40)
  .regex(/^(?:\+?\d[\d .()-]*)?$/)
/** A caller who withholds the number has none. */
const blocked = z
  .string()
  .max(40)
  .regex(/^(?:anonymous|\+?\d[\d .()-]*)$/)

/** Whom a connected exchange turns away, and which number it shows to those it calls. */
const Cti = z.strictObject({
  blocked: z.array(blocked).max(10_000),
  callerIds: z.array(z.strictObject({ prefix, callerId: dialled })).max(1_000),
})

const SettledTopic = Topic.extend({ id, name: bilingual })
const SettledField = Field.extend({
  id,
  name: bilingual,
  topics: distinct(z.array(SettledTopic).max(200)),
  keywords: z.array(freeText(1, 100)).max(200).optional(),
})

/** `PUT /api/settings/{name}`: one contract a part. */
export const SettingContracts = {
  fields: distinct(z.array(SettledField).min(1).max(500)),
  routing: z.array(RoutingRule).max(5_000),
  calendar: Calendar,
  'service-levels': ServiceLevels,
  'canned-answers': CannedAnswers,
  hotline: HotlineSettings,
  cti: Cti,
} as const
export type SettingName = keyof typeof SettingContracts

/** `PUT /api/agencies/{id}`: an agency as an administrator writes it. */
export const AgencyUpdate = Agency.extend({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*(@\d{2,5})?$/)
    .max(100),
  name: freeText(1, 300),
  nameEn: freeText(0, 300),
  unitCode: z
    .string()
    .regex(/^(\d{2}|\d{5})$/)
    .nullable(),
  fields: z.array(z.string().max(60)).max(500),
})

/** The same list, refused where an id is used twice. */
function distinct<T extends z.ZodArray<z.ZodObject<{ id: z.ZodString }>>>(list: T): T {
  return list.superRefine((items, context) => {
    const seen = new Set<string>()
    for (const [index, { id }] of items.entries()) {
      if (seen.has(id)) {
        const path = [index, 'id']
        context.addIssue({ code: 'custom', path, params: { reason: 'repeated' } })
      }
      seen.add(id)
    }
  })
}
