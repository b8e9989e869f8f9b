import { type Connection, Schema } from 'mongoose'
import type { ModelVersion } from '#domain/learning'
import type { ModelVersions } from '#use-cases/ports/learning'
import { guarded } from './guard.ts'
import { insertNew } from './insert-new.ts'

type VersionDocument = Omit<ModelVersion, 'version'> & { readonly _id: string }

const schema = new Schema(
  {
    _id: String,
    at: Date,
    learntUpTo: Date,
    exampleCount: Number,
    basedOn: String,
    comparison: Schema.Types.Mixed,
    liveSince: Date,
  },
  { collection: 'model_versions', versionKey: false, minimize: false },
)
schema.index({ at: -1 })
schema.index({ liveSince: -1 })

/** What is known of the models trained here, one document a version. */
export function mongoModelVersions(connection: Connection): ModelVersions {
  const versions = connection.model<VersionDocument>(
    'ModelVersion',
    schema as unknown as Schema<VersionDocument>,
  )
  return guarded<ModelVersions>({
    async add({ version, ...rest }) {
      // The same examples give the same model: another process may have been first.
      await insertNew(versions.collection, { _id: version, ...rest })
    },
    async list(limit) {
      const found = await versions
        .find()
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .lean<VersionDocument[]>()
      return found.map(toVersion)
    },
    async find(version) {
      const found = await versions.findById(version).lean<VersionDocument>()
      return found === null ? null : toVersion(found)
    },
    async findLive() {
      const [live] = await versions
        .find({ liveSince: { $ne: null } })
        .sort({ liveSince: -1 })
        .limit(1)
        .lean<VersionDocument[]>()
      return live === undefined ? null : toVersion(live)
    },
    async makeLive(version, at) {
      await versions.updateOne({ _id: version }, { $set: { liveSince: at } })
    },
  })
}

function toVersion({ _id, ...rest }: VersionDocument): ModelVersion {
  return { ...rest, version: _id }
}
