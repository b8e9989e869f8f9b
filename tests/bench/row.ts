/** One measured figure, beside the plainest thing that does the same work in the same run. */
export type Row = {
  readonly name: string
  readonly value: number
  /** `reports/s`, `ms`, `MB`, `texts/s`… */
  readonly unit: string
  /** Null where nothing plainer does the same. */
  readonly baseline: { readonly name: string; readonly value: number } | null
  /** One sentence on what bounds the figure, where known. */
  readonly bound?: string
}
