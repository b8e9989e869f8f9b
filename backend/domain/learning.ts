import type { DoubtReason } from '#contracts/learning'

/** A correction or confirmation by a person: what the classifier learns from. */
export type TrainingExample = {
  readonly caseCode: string
  readonly caseVersion: number
  /** What was decided: what the case is about, or only who answers it. */
  readonly about: 'field' | 'agency'
  /** Without personal data. */
  readonly text: string
  readonly field: string
  readonly topic: string | null
  readonly agencyId: string | null
  readonly guessedField: string | null
  readonly guessedConfidence: number
  readonly modelVersion: string
  readonly by: string
  readonly at: Date
}

/** Why nothing is learnt from an example before an administrator has looked at it. */
export type ExampleDoubt = {
  readonly reason: DoubtReason
  /** The field that the others, or the model, would have given. */
  readonly expected: string
  /** The example that it contradicts. */
  readonly against: string | null
}

/** An example as it is kept. */
export type KeptExample = TrainingExample & {
  readonly id: string
  readonly doubt: ExampleDoubt | null
  /** What an administrator said to the doubt. */
  readonly verdict: 'keep' | 'drop' | null
}

/** Two models on the same texts that neither learnt from. */
export type ModelComparison = {
  readonly count: number
  readonly rightBefore: number
  readonly rightAfter: number
  /** Chance that the difference is luck (McNemar). */
  readonly p: number
}

/** A model that was trained here, or the one that was shipped. */
export type ModelVersion = {
  readonly version: string
  readonly at: Date
  /** The newest example that it was trained on; null for the shipped one. */
  readonly learntUpTo: Date | null
  readonly exampleCount: number
  /** The shipped model of the program that trained it. */
  readonly basedOn: string
  readonly comparison: ModelComparison | null
  /** Since when it is in use; the latest of all versions is. Null: never was. */
  readonly liveSince: Date | null
}
