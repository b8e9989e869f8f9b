import { type Connection, Schema } from 'mongoose'
import type { HotlineSettings } from '#contracts/hotline'
import { buildCalendar, type CalendarSettings } from '#domain/calendar-settings'
import type { RoutingRule } from '#domain/routing'
import type { ServiceLevels } from '#domain/service-level'
import type { FieldEntry, Settings } from '#use-cases/ports'
import { guarded } from './guard.ts'

/** What an administrator edits, as stored: one document a part. */
export type StoredSettings = {
  readonly fields: readonly FieldEntry[]
  readonly routing: readonly RoutingRule[]
  readonly calendar: CalendarSettings
  readonly 'service-levels': ServiceLevels
  readonly 'canned-answers': Settings['cannedAnswers']
}

export type SettingName = keyof StoredSettings

type SettingDocument = { readonly _id: string; readonly value: unknown }

const schema = new Schema(
  { _id: String, value: Schema.Types.Mixed },
  { collection: 'settings', versionKey: false, minimize: false },
)

/** Settings in memory, kept in MongoDB. */
export type SettingsStore = {
  current(): Settings
  stored(): StoredSettings
  /** Replaces one part durably; it holds from the next request on. */
  replace<N extends SettingName>(name: N, value: StoredSettings[N]): Promise<void>
  /** Reads what another process may have changed. */
  reload(): Promise<void>
}

/** Opens the settings, writing `seeds` for the parts that are not there yet. */
export async function openSettings(
  connection: Connection,
  seeds: StoredSettings,
): Promise<SettingsStore> {
  const settings = connection.model<SettingDocument>(
    'Setting',
    schema as unknown as Schema<SettingDocument>,
  )

  async function load(): Promise<StoredSettings> {
    const found = await settings.find().lean<SettingDocument[]>()
    // What is in the collection was written by `replace` or from the seeds, both typed.
    const values = Object.fromEntries(found.map(({ _id, value }) => [_id, value]))
    return { ...seeds, ...values }
  }

  await Promise.all(
    Object.entries(seeds).map(async ([name, value]) =>
      settings.updateOne({ _id: name }, { $setOnInsert: { value } }, { upsert: true }),
    ),
  )
  let stored = await load()
  let current = compile(stored)
  let turn: Promise<unknown> = Promise.resolve()
  // One after another: a reload that began before a change must not bring the old value back.
  const inTurn = async (act: () => Promise<void>): Promise<void> => {
    const acting = turn.then(act)
    turn = acting.catch(() => undefined)
    return acting
  }
  const changes = guarded({
    replace: async <N extends SettingName>(name: N, value: StoredSettings[N]) =>
      inTurn(async () => {
        const next = { ...stored, [name]: value }
        // Compiled first: a calendar that makes no sense is refused before it is kept.
        const compiled = compile(next)
        await settings.updateOne({ _id: name }, { $set: { value } }, { upsert: true })
        stored = next
        current = compiled
      }),
    reload: async () =>
      inTurn(async () => {
        stored = await load()
        current = compile(stored)
      }),
  })
  return {
    current: () => current,
    stored: () => stored,
    replace: changes.replace,
    reload: changes.reload,
  }
}

function compile(stored: StoredSettings): Settings {
  return {
    fields: stored.fields,
    routing: stored.routing,
    calendar: buildCalendar(stored.calendar),
    serviceLevels: stored['service-levels'],
    cannedAnswers: stored['canned-answers'],
    hotline: HOTLINE,
  }
}

const HOTLINE: HotlineSettings = {
  texts: {},
  menu: [{ key: '1', action: 'leave-report', words: { vi: [], en: [] } }],
  emergencyWords: [],
  hours: 'office',
  queue: { maxWaiting: 20, ringSeconds: 20, wrapUpSeconds: 60, musicUrl: null },
  isTranscribed: false,
  outbound: { callerId: null, quietFrom: '21:00', quietUntil: '07:00', callBackAttempts: 3 },
  recordings: { keepDays: 90 },
}
