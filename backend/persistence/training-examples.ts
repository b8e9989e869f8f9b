import { type Connection, Schema } from 'mongoose'
import type { KeptExample } from '#domain/learning'
import type { TrainingExamples } from '#use-cases/ports/learning'
import { guarded } from './guard.ts'
import { insertNew } from './insert-new.ts'

type ExampleDocument = Omit<KeptExample, 'id'> & { readonly _id: string }

const schema = new Schema(
  {
    _id: String,
    caseCode: String,
    caseVersion: Number,
    about: String,
    text: String,
    field: String,
    topic: String,
    agencyId: String,
    guessedField: String,
    guessedConfidence: Number,
    modelVersion: String,
    by: String,
    at: Date,
    doubt: Schema.Types.Mixed,
    verdict: String,
  },
  { collection: 'training_examples', versionKey: false, minimize: false },
)
schema.index({ field: 1, at: -1 })
schema.index({ about: 1, at: -1 })

/** More examples than this are never learnt from at once. */
const MOST_READ = 30_000
const DOUBTFUL = { doubt: { $ne: null }, verdict: null }

/** What people decided, one document a decision. */
export function mongoTrainingExamples(connection: Connection): TrainingExamples {
  const examples = connection.model<ExampleDocument>(
    'TrainingExample',
    schema as unknown as Schema<ExampleDocument>,
  )
  return guarded<TrainingExamples>({
    async add(example) {
      const id = `${example.caseCode}:${String(example.caseVersion)}`
      const document = { _id: id, ...example, doubt: null, verdict: null }
      // Null where it was told twice: the example is there already.
      return (await insertNew(examples.collection, document)) ? id : null
    },
    count: async () => examples.countDocuments(),
    find: async (id) => toExample(await examples.findById(id).lean<ExampleDocument>()),
    async findSound(after, limit) {
      const found = await examples
        .find({
          // Those of before agencies were kept are about fields.
          about: { $ne: 'agency' },
          $or: [{ doubt: null }, { verdict: 'keep' }],
          ...(after === null ? {} : { at: { $gt: after } }),
        })
        .sort({ at: -1, _id: -1 })
        .limit(Math.min(limit, MOST_READ))
        .lean<ExampleDocument[]>()
      return found.reverse().flatMap((each) => toExample(each) ?? [])
    },
    async markDoubt(id, doubt) {
      await examples.updateOne({ _id: id, verdict: null }, { $set: { doubt } })
    },
    async findDoubtful(limit) {
      const found = await examples
        .find(DOUBTFUL)
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .lean<ExampleDocument[]>()
      return found.flatMap((each) => toExample(each) ?? [])
    },
    countDoubtful: async () => examples.countDocuments(DOUBTFUL),
    async settle(id, verdict) {
      const { matchedCount } = await examples.updateOne(
        { _id: id, ...DOUBTFUL },
        { $set: { verdict } },
      )
      return matchedCount > 0
    },
  })
}

function toExample(found: ExampleDocument | null): KeptExample | null {
  if (found === null) return null
  const { _id, ...example } = found
  return { ...example, id: _id }
}
