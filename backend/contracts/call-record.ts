import { z } from 'zod'
import { CALL_ENDERS, END_CAUSES, RECORDING_PROBLEMS } from './calls.ts'
import { StaffRef } from './staff.ts'

/** How a supervisor takes part: hears, is heard by the agent alone, is heard by both. */
export const MONITOR_MODES = ['listen', 'coach', 'barge'] as const
export type MonitorMode = (typeof MONITOR_MODES)[number]

const moment = z.iso.datetime()

/** What a call came to; seconds are null where there was nothing of it, or it goes on. */
export const CallRecord = z.strictObject({
  waitedSeconds: z.int().nullable(),
  /** Without the time on hold. */
  talkedSeconds: z.int().nullable(),
  heldSeconds: z.int().nullable(),
  wrapUpSeconds: z.int().nullable(),
  /** Who hung up first; null while it goes on, or where an exchange does not say. */
  endedBy: z.enum(CALL_ENDERS).nullable(),
  cause: z.enum(END_CAUSES).nullable(),
  /** Where the telephone company carried it, where that was chosen. */
  region: z.string().nullable(),
  /** Known a while after the end, shown to supervisors. */
  cost: z.strictObject({ amount: z.number(), currency: z.string() }).nullable(),
})
export type CallRecord = z.infer<typeof CallRecord>

/** Another line of a call than the citizen's; `agent` is null for somebody outside. */
export const LegView = z.strictObject({
  agent: StaffRef.nullable(),
  /** How a supervisor took part; null for everyone else. */
  monitor: z.enum(MONITOR_MODES).nullable(),
  rungAt: moment.nullable(),
  answeredAt: moment.nullable(),
  leftAt: moment.nullable(),
  cause: z.enum(END_CAUSES).nullable(),
})
export type LegView = z.infer<typeof LegView>

/** A transfer under way; `agent` is null for a number outside. */
export const TransferView = z.strictObject({
  agent: StaffRef.nullable(),
  isWarm: z.boolean(),
  since: moment,
  /** They have picked up. */
  isThere: z.boolean(),
})
export type TransferView = z.infer<typeof TransferView>

/** A recording of a call. */
export const RecordingView = z.strictObject({
  ref: z.string(),
  seconds: z.int().nullable(),
  isPlayable: z.boolean(),
  /** Why an exchange's recording could not be fetched. */
  problem: z.enum(RECORDING_PROBLEMS).nullable(),
  /** When the citizen had been told of it and went on. */
  consentAt: moment.nullable(),
  deletedAt: moment.nullable(),
})
export type RecordingView = z.infer<typeof RecordingView>
