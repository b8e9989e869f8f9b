import type { Head, Model } from './model.ts'

/** A head, and the head of finer labels that speaks for its labels. */
type Refinement = {
  readonly head: Head
  readonly finer: Head
  /** For each label of the head, the columns of the finer labels within it. */
  readonly columnsWithin: readonly (readonly number[])[]
}

const WITHIN = '/'

/** How a finer label is called among those of all labels. */
export function finerLabel(label: string, finer: string): string {
  return `${label}${WITHIN}${finer}`
}

/** The label that a finer one lies within. */
export function labelAround(finer: string): string {
  return finer.slice(0, finer.indexOf(WITHIN))
}

/** The heads of a model that have finer labels. */
export function refinementsOf({ heads }: Model): Refinement[] {
  return heads.flatMap((head) => {
    const finer = heads.find(({ name }) => name === head.finer)
    return finer ? [{ head, finer, columnsWithin: columnsWithin(head, finer) }] : []
  })
}

/** The column with the highest score, -1 where there is none. */
export function bestColumn(scores: ArrayLike<number>, columns: readonly number[]): number {
  let best = -1
  let highest = -Infinity
  for (const column of columns) {
    const score = scores[column] ?? 0
    if (score <= highest) continue
    best = column
    highest = score
  }
  return best
}

function columnsWithin(head: Head, finer: Head): number[][] {
  const within = new Map<string, number[]>(head.labels.map((label) => [label, []]))
  finer.labels.forEach((label, at) => within.get(labelAround(label))?.push(finer.firstColumn + at))
  return [...within.values()]
}
