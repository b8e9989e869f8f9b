import type { Model } from 'mongoose'
import type { PerformanceFigures } from '#use-cases/ports'
import type { CaseDocument } from './case-model.ts'

type AgencyRow = {
  readonly _id: { readonly id: string; readonly name: string }
  readonly answeredCount: number
  readonly onTimeCount: number
  readonly openCount: number
  readonly overdueCount: number
}
type TotalRow = { readonly receivedCount: number; readonly averageRating: number | null }

/** How agencies kept their deadlines on the cases received since `since`. Restricted ones are left out. */
export async function casePerformance(
  cases: Model<CaseDocument>,
  since: Date,
  at: Date,
): Promise<PerformanceFigures> {
  const recent = { receivedAt: { $gte: since }, isRestricted: false }
  const [agencies, totals] = await Promise.all([
    cases.aggregate<AgencyRow>([
      { $match: { ...recent, agencyId: { $ne: null } } },
      { $group: { _id: '$body.agency', ...figures(at) } },
      { $sort: { answeredCount: -1, openCount: -1 } },
      { $limit: 100 },
    ]),
    cases.aggregate<TotalRow>([
      { $match: recent },
      {
        $group: {
          _id: null,
          receivedCount: { $sum: 1 },
          averageRating: { $avg: '$body.rating.score' },
        },
      },
    ]),
  ])
  const total = totals[0]
  return {
    receivedCount: total?.receivedCount ?? 0,
    answeredCount: agencies.reduce((sum, row) => sum + row.answeredCount, 0),
    onTimeCount: agencies.reduce((sum, row) => sum + row.onTimeCount, 0),
    averageRating: total?.averageRating ?? null,
    agencies: agencies.map(({ _id, ...counts }) => ({ agency: _id, ...counts })),
  }
}

function figures(at: Date) {
  const isAnswered = { $ne: [{ $ifNull: ['$publishedAt', null] }, null] }
  const isOnTime = { $lte: ['$publishedAt', '$dueSortAt'] }
  return {
    answeredCount: countIf(isAnswered),
    onTimeCount: countIf({ $and: [isAnswered, isOnTime] }),
    openCount: countIf('$isOpen'),
    overdueCount: countIf({ $and: ['$isOpen', { $lt: ['$dueSortAt', at] }] }),
  }
}

function countIf(condition: unknown) {
  return { $sum: { $cond: [condition, 1, 0] } }
}
