/** A text whose label is known; `weight` is 1 where nothing else is said. */
export type LabelledText = {
  readonly text: string
  readonly label: string
  readonly weight?: number
  /** A finer label within the label. */
  readonly finer?: string
}
