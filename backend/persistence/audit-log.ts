import { type Connection, Schema } from 'mongoose'
import type { AuditEntry, AuditLog } from '#use-cases/ports'
import { guarded } from './guard.ts'

const schema = new Schema(
  {
    at: Date,
    staffId: String,
    staffName: String,
    action: String,
    caseCode: String,
    reason: String,
  },
  { collection: 'audit_log', versionKey: false, minimize: false },
)
schema.index({ caseCode: 1, at: 1 })
schema.index({ staffId: 1, at: 1 })

/** Who looked at what is protected, and why. Only ever added to. */
export function mongoAuditLog(connection: Connection): AuditLog {
  const entries = connection.model<AuditEntry>(
    'AuditEntry',
    schema as unknown as Schema<AuditEntry>,
  )
  return guarded<AuditLog>({
    async add(entry) {
      await entries.collection.insertOne({ ...entry })
    },
  })
}
