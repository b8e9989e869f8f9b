import { type Connection, type Model, Schema } from 'mongoose'
import type { CaseStatus, Urgency } from '#contracts/vocabulary'
import type { Case } from '#domain/case'

/** A case as stored: the case itself, and the fields that queries need beside it. */
export type CaseDocument = {
  readonly _id: string
  readonly version: number
  readonly status: CaseStatus
  readonly urgency: Urgency
  readonly field: string | null
  readonly isOpen: boolean
  readonly isRestricted: boolean
  readonly isPublic: boolean
  readonly agencyId: string | null
  readonly staffIds: readonly string[]
  /** The deadline for sorting: cases without one come last. */
  readonly dueSortAt: Date
  readonly receivedAt: Date
  readonly publishedAt: Date | null
  readonly geohash: string | null
  readonly unitCode: string | null
  readonly provinceCode: string | null
  /** Folded words to search by; those of the contact data carry the prefix `c:`. */
  readonly tokens: readonly string[]
  readonly idempotencyKey?: string
  /** The number whose text messages join the case, and when the last word was said. */
  readonly threadPhone?: string
  readonly threadAt?: Date
  /** Version from which on changes are not yet told (the outbox); absent when all are. */
  readonly untoldFrom?: number
  readonly untoldSince?: Date
  readonly body: Case
}

const schema = new Schema(
  {
    _id: String,
    version: { type: Number, required: true },
    status: { type: String, required: true },
    urgency: String,
    field: String,
    isOpen: Boolean,
    isRestricted: Boolean,
    isPublic: Boolean,
    agencyId: String,
    staffIds: [String],
    dueSortAt: Date,
    receivedAt: Date,
    publishedAt: Date,
    geohash: String,
    unitCode: String,
    provinceCode: String,
    tokens: [String],
    idempotencyKey: String,
    threadPhone: String,
    threadAt: Date,
    untoldFrom: Number,
    untoldSince: Date,
    body: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'cases', versionKey: false, minimize: false },
)

schema.index({ idempotencyKey: 1 }, { unique: true, sparse: true })
schema.index({ threadPhone: 1, threadAt: -1 }, { sparse: true })
schema.index({ untoldSince: 1 }, { sparse: true })
schema.index({ isOpen: 1, dueSortAt: 1, _id: 1 })
schema.index({ agencyId: 1, isOpen: 1, dueSortAt: 1, _id: 1 })
schema.index({ status: 1, dueSortAt: 1, _id: 1 })
schema.index({ receivedAt: -1, _id: -1 })
schema.index({ agencyId: 1, receivedAt: -1, _id: -1 })
schema.index({ staffIds: 1, isOpen: 1, dueSortAt: 1 })
schema.index({ isPublic: 1, publishedAt: -1, _id: -1 })
schema.index({ field: 1, isOpen: 1, unitCode: 1, receivedAt: -1 })
schema.index({ field: 1, isOpen: 1, geohash: 1 })
schema.index({ tokens: 1 })

/** The collection of cases on a connection. */
export function caseModel(connection: Connection): Model<CaseDocument> {
  return connection.model<CaseDocument>('Case', schema as unknown as Schema<CaseDocument>)
}
