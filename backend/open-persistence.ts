import { join } from 'node:path'
import { mongoAgentRepository } from '#persistence/agent-repository'
import { mongoAgentSpells } from '#persistence/agent-spells'
import { fileCallEventJournal } from '#persistence/call-event-journal'
import { diskRecordingFiles } from '#persistence/recording-files'
import { mongoAgencyRepository, seedAgencies } from '#persistence/agency-repository'
import { diskAttachmentStore } from '#persistence/attachment-store'
import { mongoAuditLog } from '#persistence/audit-log'
import { authDatabase } from '#persistence/auth-database'
import { mongoCallBackRepository } from '#persistence/call-back-repository'
import { mongoCallDays } from '#persistence/call-days'
import { mongoCallRepository } from '#persistence/call-repository'
import { mongoCasePrints } from '#persistence/case-prints'
import { mongoCaseRepository, mongoOutbox } from '#persistence/case-repository'
import { connectDatabase, ensureIndexes, isDatabaseReady } from '#persistence/connect'
import type { EmbeddedDatabase } from '#persistence/embedded/supervisor'
import { gazetteerOf } from '#persistence/gazetteer'
import { mongoMessageLog } from '#persistence/message-log'
import { mongoModelVersions } from '#persistence/model-versions'
import { keyedSecrets, readInstallationSecret } from '#persistence/secrets'
import { openSettings, type StoredSettings } from '#persistence/settings-store'
import { mongoTrainingExamples } from '#persistence/training-examples'
import type { SettingsDoor } from '#http/settings'
import type { Outbox, Ports } from '#use-cases/ports'
import type { CallEventJournal } from '#use-cases/ports/telephony'
import type { MessageLog } from '#use-cases/ports/messages'
import type { Config } from './config.ts'
import { agencyCatalogue, readSeeds } from './seeds.ts'

/** Everything kept: the database, the files, the secrets, and how to close them. */
export type Persistence = Omit<
  Ports,
  | 'now'
  | 'newId'
  | 'randomDigits'
  | 'reader'
  | 'learner'
  | 'likeness'
  | 'publisher'
  | 'callControl'
  | 'speechToText'
  | 'messages'
  | 'softphoneTokens'
  | 'exchangeRecordings'
  | 'telephone'
  | 'handleTime'
> & {
  readonly outbox: Outbox
  readonly messageLog: MessageLog
  readonly callEventJournal: CallEventJournal
  readonly authDatabase: ReturnType<typeof authDatabase>
  readonly secret: string
  readonly settingsDoor: SettingsDoor
  readonly reloadSettings: () => Promise<void>
  readonly isReady: () => Promise<boolean>
  close(): Promise<void>
}

type Opening = {
  readonly root: string
  readonly isUnitSeeded: (provinceCode: string) => boolean
  /** The embedded database; null where a URI is set. */
  readonly database: Promise<EmbeddedDatabase | null>
}

/** Opens the database (the embedded one unless a URI is set), seeds what is empty, makes the ports. */
export async function openPersistence(
  config: Config,
  { root, isUnitSeeded, database }: Opening,
): Promise<Persistence> {
  const embedded = await database
  try {
    const connection = await connectDatabase(config.mongodbUri ?? embedded?.uri ?? '')
    const seeds = await readSeeds(join(root, 'seeds/vietnam'))
    const secret = config.installationSecret ?? (await readInstallationSecret(config.dataDir))
    const agentSpells = mongoAgentSpells(connection)
    const ports = {
      cases: mongoCaseRepository(connection),
      agencies: mongoAgencyRepository(connection),
      calls: mongoCallRepository(connection),
      agents: mongoAgentRepository(connection, agentSpells),
      agentSpells,
      callDays: mongoCallDays(connection),
      callBacks: mongoCallBackRepository(connection),
      trainingExamples: mongoTrainingExamples(connection),
      casePrints: mongoCasePrints(connection),
      modelVersions: mongoModelVersions(connection),
      auditLog: mongoAuditLog(connection),
      outbox: mongoOutbox(connection),
      messageLog: mongoMessageLog(connection),
    }
    await ensureIndexes(connection)
    await seedAgencies(connection, () => agencyCatalogue(seeds, isUnitSeeded))
    const settings = await openSettings(connection, seeds.settings)
    return {
      ...ports,
      gazetteer: gazetteerOf(seeds.provinces, seeds.wards),
      settings: () => settings.current(),
      attachments: diskAttachmentStore(join(config.dataDir, 'attachments')),
      recordingFiles: diskRecordingFiles(join(config.dataDir, 'recordings')),
      callEventJournal: fileCallEventJournal(config.dataDir),
      secrets: keyedSecrets(secret),
      authDatabase: authDatabase(connection),
      secret,
      settingsDoor: {
        read: (name) => settings.stored()[name],
        // The route has parsed the value by the contract of this very part.
        replace: async (name, value) =>
          settings.replace(name, value as StoredSettings[typeof name]),
      },
      reloadSettings: async () => settings.reload(),
      isReady: async () => (embedded?.isReady() ?? true) && isDatabaseReady(connection),
      async close() {
        await connection.close()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
