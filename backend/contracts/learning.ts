import { z } from 'zod'

/** Why an example is doubted. */
export const DOUBT_REASONS = ['contradicts', 'unlikely', 'one-against-all'] as const
export type DoubtReason = (typeof DOUBT_REASONS)[number]

/** A model that was trained here, or the shipped one. */
export const ModelVersionView = z.strictObject({
  version: z.string(),
  at: z.iso.datetime(),
  exampleCount: z.int(),
  isShipped: z.boolean(),
  isLive: z.boolean(),
  /** When it last came into use; null where it never did. */
  liveSince: z.iso.datetime().nullable(),
  /** Beside the model that was in use, on the newest examples that neither learnt from. */
  comparison: z
    .strictObject({
      count: z.int(),
      rightBefore: z.int(),
      rightAfter: z.int(),
      p: z.number(),
    })
    .nullable(),
})
export type ModelVersionView = z.infer<typeof ModelVersionView>

/** `GET /api/learning`: what the classifier has learnt from people. */
export const LearningOverview = z.strictObject({
  version: z.string(),
  exampleCount: z.int(),
  doubtfulCount: z.int(),
  /** What a training under way is doing; null where there is none. */
  trainingStep: z.string().nullable(),
  versions: z.array(ModelVersionView),
})
export type LearningOverview = z.infer<typeof LearningOverview>

/** An example that nothing is learnt from until somebody has looked at it. */
export const DoubtfulExample = z.strictObject({
  id: z.string(),
  caseCode: z.string(),
  text: z.string(),
  field: z.string(),
  expected: z.string(),
  reason: z.enum(DOUBT_REASONS),
  /** The reason as a sentence in the caller's language. */
  explanation: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
  /** The example that it contradicts. */
  against: z.strictObject({ caseCode: z.string(), text: z.string(), field: z.string() }).nullable(),
})
export type DoubtfulExample = z.infer<typeof DoubtfulExample>

/** `GET /api/learning/doubts`: the newest. */
export const DoubtfulExamples = z.strictObject({ examples: z.array(DoubtfulExample) })
export type DoubtfulExamples = z.infer<typeof DoubtfulExamples>

/** `POST /api/learning/doubts/{id}`: learn from it after all, or never. */
export const DoubtVerdict = z.strictObject({ verdict: z.enum(['keep', 'drop']) })
export type DoubtVerdict = z.infer<typeof DoubtVerdict>

/** `PUT /api/learning/version`: the version to read with from now on. */
export const VersionChoice = z.strictObject({ version: z.string().regex(/^[0-9a-f]{16}$/) })
export type VersionChoice = z.infer<typeof VersionChoice>
