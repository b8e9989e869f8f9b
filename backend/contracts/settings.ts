import { z } from 'zod'
import { Bilingual, Field } from './catalogue.ts'
import { KINDS, TRIAGE_REASONS, URGENCIES } from './vocabulary.ts'

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,59}$/)
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

const CannedAnswers = z
  .array(z.strictObject({ id, title: Bilingual, text: Bilingual }))
  .max(500)

/** `PUT /api/settings/{name}`: one contract a part. */
export const SettingContracts = {
  fields: z.array(Field).min(1).max(500),
  routing: z.array(RoutingRule).max(5_000),
  calendar: Calendar,
  'service-levels': ServiceLevels,
  'canned-answers': CannedAnswers,
} as const
export type SettingName = keyof typeof SettingContracts
