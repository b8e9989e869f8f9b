import { type Connection, type Model, Schema } from 'mongoose'
import type { OutgoingMessage, ReceivedMessage } from '#use-cases/ports/messages'

/** A message to be sent, as stored; `providerRef` is absent until there is one, for its index. */
export type OutgoingDocument = Omit<OutgoingMessage, 'id' | 'providerRef'> & {
  readonly _id: string
  readonly providerRef?: string
  /** Set while the case does not say what is known here. */
  readonly isUnreported?: true
}

/** A received message, as stored. */
export type ReceivedDocument = Omit<ReceivedMessage, 'id'> & {
  readonly _id: string
  /** When it came, until everything was made of it; absent from then on. */
  readonly unfiledSince?: Date
}

/** Whether a number wants no messages, since when. */
export type OptOutDocument = { readonly _id: string; readonly isOut: boolean; readonly at: Date }

const outgoingSchema = new Schema(
  {
    _id: String,
    to: String,
    text: String,
    purpose: String,
    caseCode: String,
    state: String,
    errorCode: String,
    providerRef: String,
    attempts: Number,
    nextAttemptAt: Date,
    createdAt: Date,
    isUnreported: Boolean,
  },
  { collection: 'sms_messages', versionKey: false },
)
outgoingSchema.index({ providerRef: 1 }, { unique: true, sparse: true })
outgoingSchema.index({ nextAttemptAt: 1 })
outgoingSchema.index({ isUnreported: 1 }, { sparse: true })
outgoingSchema.index({ to: 1, createdAt: -1 })

const receivedSchema = new Schema(
  {
    _id: String,
    from: String,
    text: String,
    mediaCount: Number,
    answeredOrder: String,
    at: Date,
    unfiledSince: Date,
  },
  { collection: 'sms_received', versionKey: false },
)
receivedSchema.index({ unfiledSince: 1 }, { sparse: true })

const optOutSchema = new Schema(
  { _id: String, isOut: Boolean, at: Date },
  { collection: 'sms_opt_outs', versionKey: false },
)

/** The collection of messages to citizens. */
export function outgoingModel(connection: Connection): Model<OutgoingDocument> {
  return connection.model('OutgoingMessage', outgoingSchema as unknown as Schema<OutgoingDocument>)
}

/** The collection of messages from citizens. */
export function receivedModel(connection: Connection): Model<ReceivedDocument> {
  return connection.model('ReceivedMessage', receivedSchema as unknown as Schema<ReceivedDocument>)
}

/** The collection of numbers that want no messages. */
export function optOutModel(connection: Connection): Model<OptOutDocument> {
  return connection.model('MessageOptOut', optOutSchema as unknown as Schema<OptOutDocument>)
}
