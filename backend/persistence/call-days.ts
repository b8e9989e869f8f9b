import { type Connection, Schema } from 'mongoose'
import { FIGURES_FORMAT } from '#domain/call-metrics'
import type { CallDays, KeptDay } from '#use-cases/ports/telephony'
import { guarded } from './guard.ts'

/** A day as stored; `_id` is the day. */
type DayDocument = {
  readonly _id: string
  readonly format: number
  readonly rows: KeptDay['rows']
}

const schema = new Schema(
  { _id: String, format: Number, rows: Schema.Types.Mixed },
  { collection: 'call_days', versionKey: false, minimize: false },
)

/** Figures of past days in MongoDB, a document a day. */
export function mongoCallDays(connection: Connection): CallDays {
  const days = connection.model<DayDocument>('CallDay', schema as unknown as Schema<DayDocument>)
  return guarded<CallDays>({
    async between(firstDay, lastDay) {
      const found = await days
        .find({ _id: { $gte: firstDay, $lte: lastDay }, format: FIGURES_FORMAT })
        .lean<DayDocument[]>()
      return found.map(({ _id, rows }) => ({ day: _id, rows }))
    },

    async keep(kept) {
      if (kept.length === 0) return
      await days.bulkWrite(
        kept.map(({ day, rows }) => ({
          replaceOne: {
            filter: { _id: day },
            replacement: { format: FIGURES_FORMAT, rows },
            upsert: true,
          },
        })),
      )
    },

    async forget(changed) {
      if (changed.length > 0) await days.deleteMany({ _id: { $in: [...changed] } })
    },
  })
}
