import type {
  ExampleDoubt,
  KeptExample,
  ModelComparison,
  ModelVersion,
  TrainingExample,
} from '#domain/learning'

/** Examples by id. */
export type TrainingExamples = {
  /** Idempotent by (case, version); null where it was there already, otherwise its id. */
  add(example: TrainingExample): Promise<string | null>
  count(): Promise<number>
  find(id: string): Promise<KeptExample | null>
  /** About a field, undoubted or kept, after a time; the newest `limit` of them, oldest first. */
  findSound(after: Date | null, limit: number): Promise<readonly KeptExample[]>
  markDoubt(id: string, doubt: ExampleDoubt): Promise<void>
  /** Doubted and not settled yet, newest first; at most `limit`. */
  findDoubtful(limit: number): Promise<readonly KeptExample[]>
  countDoubtful(): Promise<number>
  /** Settles a doubt; false where there is none to settle. */
  settle(id: string, verdict: 'keep' | 'drop'): Promise<boolean>
}

/** What is known of models; their bytes are with the `Learner`. */
export type ModelVersions = {
  /** Does nothing where the version is there already. */
  add(version: ModelVersion): Promise<void>
  /** Newest first. */
  list(limit: number): Promise<readonly ModelVersion[]>
  find(version: string): Promise<ModelVersion | null>
  findLive(): Promise<ModelVersion | null>
  makeLive(version: string, at: Date): Promise<void>
}

/** A field with words that tell of it. */
export type FieldWords = { readonly field: string; readonly keywords: readonly string[] }

type Decided = Pick<KeptExample, 'id' | 'text' | 'field' | 'by'> & {
  /** Looked at by an administrator: it is not doubted again. */
  readonly isSettled?: boolean
}

/** What a training made. */
export type Trained = {
  readonly version: string
  readonly comparison: ModelComparison
  readonly isNotWorse: boolean
  readonly learntCount: number
  readonly doubts: readonly (ExampleDoubt & { readonly id: string })[]
}

/** The side of the reader that learns. */
export type Learner = {
  /** The model in use. */
  version(): string
  readonly shippedVersion: string
  /** Learns at once and once, or says why it had better not. */
  learn(decided: Decided): ExampleDoubt | null
  /**
   * Reads with this model from now on, and learns from these decisions on top of it; fields that it
   * does not know are found by their words. False where there is no such model here.
   */
  use(
    version: string,
    decisions: readonly Decided[],
    fields: readonly FieldWords[],
  ): Promise<boolean>
  /** Trains in a thread of its own and keeps the model; it is not in use yet. */
  train(
    decisions: readonly (Decided & Pick<KeptExample, 'topic' | 'verdict'>)[],
    onStep: (step: string) => void,
  ): Promise<Trained>
  /** Removes the bytes of all but these. */
  keepOnly(versions: readonly string[]): Promise<void>
}
