import { type Connection, Schema } from 'mongoose'
import type { TrainingExample, TrainingExamples } from '#use-cases/ports'
import { guarded, isDuplicateKey } from './guard.ts'

type ExampleDocument = TrainingExample & { readonly _id: string }

const schema = new Schema(
  {
    _id: String,
    caseCode: String,
    caseVersion: Number,
    text: String,
    field: String,
    topic: String,
    guessedField: String,
    guessedConfidence: Number,
    modelVersion: String,
    by: String,
    at: Date,
  },
  { collection: 'training_examples', versionKey: false, minimize: false },
)
schema.index({ field: 1, at: -1 })

/** What people decided, one document a decision. */
export function mongoTrainingExamples(connection: Connection): TrainingExamples {
  const examples = connection.model<ExampleDocument>(
    'TrainingExample',
    schema as unknown as Schema<ExampleDocument>,
  )
  return guarded<TrainingExamples>({
    async add(example) {
      const _id = `${example.caseCode}:${String(example.caseVersion)}`
      try {
        await examples.collection.insertOne({ _id, ...example } as never)
      } catch (error) {
        // Told twice: the example is there already.
        if (!isDuplicateKey(error)) throw error
      }
    },
    count: async () => examples.countDocuments(),
  })
}
