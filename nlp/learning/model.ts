import type { Calibration } from './calibration.ts'
import type { Vocabulary } from './vocabulary.ts'

/** One decision the model takes: its labels own the columns from `firstColumn` on. */
export type Head = {
  readonly name: string
  readonly labels: readonly string[]
  readonly firstColumn: number
  readonly calibration: Calibration
  /** How it did on texts kept out of training; null where that was not measured. */
  readonly heldOut: HeldOutScore | null
  /** The head of its finer labels: the best within a label adds to the label's score. */
  readonly finer?: string
  /** Only words and pairs of words count here, not the groups of letters within them. */
  readonly reads?: 'words'
}

/** How often the best label, and the best three, were right on texts not learnt from. */
export type HeldOutScore = {
  readonly count: number
  readonly accuracy: number
  readonly topThree: number
}

/** A trained model: read-only, and shareable between threads. */
export type Model = {
  /** Changes with every byte of what was learnt. */
  readonly version: string
  /** Short forms and what they stand for, applied before anything is counted. */
  readonly shortForms: Readonly<Record<string, string>>
  readonly vocabulary: Vocabulary
  readonly heads: readonly Head[]
  readonly columnCount: number
  /** Weight of row r, column c: `scales[r] * quantized[r * columnCount + c]`. */
  readonly scales: Float32Array
  readonly quantized: Int16Array
  readonly biases: Float32Array
}
