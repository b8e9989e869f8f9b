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
  readonly tables: readonly WeightTable[]
  /** One a column. */
  readonly scales: Float32Array
  readonly biases: Float32Array
}

/**
 * The weights of some neighbouring columns for the first rows of the vocabulary: what is not looked
 * at is not stored, and rows lie the closer together.
 */
export type WeightTable = {
  readonly firstColumn: number
  readonly width: number
  readonly rowCount: number
  /** Of row r in column c: `scales[c] * weights[r * width + c - firstColumn]`. */
  readonly weights: Int16Array
}

/** The table that holds the weights of a column. */
export function tableOf({ tables }: Pick<Model, 'tables'>, column: number): WeightTable {
  const table = tables.find(
    ({ firstColumn, width }) => column >= firstColumn && column < firstColumn + width,
  )
  if (!table) throw new RangeError(`The model has no column ${String(column)}.`)
  return table
}

/** What a row counts for in a column; nothing where its head does not look at such rows. */
export function weightOf(model: Model, row: number, column: number): number {
  const { firstColumn, width, rowCount, weights } = tableOf(model, column)
  if (row >= rowCount) return 0
  return (model.scales[column] ?? 0) * (weights[row * width + column - firstColumn] ?? 0)
}
