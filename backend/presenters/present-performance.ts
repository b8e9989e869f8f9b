import type { Performance } from '#contracts/answers'
import type { NamedRef } from '#domain/case'

/** Counts of cases, as the repository has them. */
export type Figures = {
  readonly receivedCount: number
  readonly answeredCount: number
  readonly onTimeCount: number
  readonly averageRating: number | null
  readonly agencies: readonly {
    readonly agency: NamedRef
    readonly answeredCount: number
    readonly onTimeCount: number
    readonly openCount: number
    readonly overdueCount: number
  }[]
}

/** How agencies keep their deadlines, as shares. */
export function presentPerformance(figures: Figures, since: Date): Performance {
  return {
    since: since.toISOString(),
    totals: {
      receivedCount: figures.receivedCount,
      answeredCount: figures.answeredCount,
      onTimeShare: share(figures.onTimeCount, figures.answeredCount),
      averageRating: figures.averageRating,
    },
    agencies: figures.agencies.map(({ onTimeCount, ...counts }) => ({
      ...counts,
      onTimeShare: share(onTimeCount, counts.answeredCount),
    })),
  }
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
