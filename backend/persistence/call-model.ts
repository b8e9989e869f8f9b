import { type Connection, type Model, Schema } from 'mongoose'
import type { Call, CallEvent } from '#domain/call'

/** A call as stored, and the fields that queries need beside it. `_id` is provider and call. */
export type CallDocument = {
  readonly _id: string
  readonly version: number
  readonly startedAt: Date
  readonly awaitsCase: boolean
  readonly awaitsTranscript: boolean
  /** The citizen's number, where it is known. */
  readonly number?: string
  // Each of the following is there only while it holds, so that its index has the live calls alone.
  readonly waitingSince?: Date
  readonly ringsUntil?: Date
  readonly busyAgentId?: string
  readonly unsettledSince?: Date
  readonly wrapUpUntil?: Date
  readonly heardAt?: Date
  readonly unkeptSince?: Date
  readonly recordedAt?: Date
  readonly costDueAt?: Date
  readonly isUnheard?: true
  readonly popsUpAt?: readonly string[]
  readonly body: Call
}

/** An event as stored; `_id` is what tells a provider's retry from a new event. */
export type CallEventDocument = {
  readonly _id: string
  readonly callId: string
  readonly at: Date
  readonly body: CallEvent
}

const callSchema = new Schema(
  {
    _id: String,
    version: Number,
    startedAt: Date,
    awaitsCase: Boolean,
    awaitsTranscript: Boolean,
    number: String,
    waitingSince: Date,
    ringsUntil: Date,
    busyAgentId: String,
    unsettledSince: Date,
    wrapUpUntil: Date,
    heardAt: Date,
    unkeptSince: Date,
    recordedAt: Date,
    costDueAt: Date,
    isUnheard: Boolean,
    popsUpAt: [String],
    body: Schema.Types.Mixed,
  },
  { collection: 'calls', versionKey: false, minimize: false },
)
callSchema.index({ startedAt: -1, _id: -1 })
callSchema.index({ awaitsCase: 1, startedAt: 1 })
callSchema.index({ awaitsTranscript: 1, startedAt: 1 })
callSchema.index({ number: 1, startedAt: -1 }, { sparse: true })
callSchema.index({ waitingSince: 1 }, { sparse: true })
callSchema.index({ ringsUntil: 1 }, { sparse: true })
callSchema.index({ busyAgentId: 1 }, { sparse: true })
callSchema.index({ unsettledSince: 1 }, { sparse: true })
callSchema.index({ wrapUpUntil: 1 }, { sparse: true })
callSchema.index({ heardAt: 1 }, { sparse: true })
callSchema.index({ unkeptSince: 1 }, { sparse: true })
callSchema.index({ recordedAt: 1 }, { sparse: true })
callSchema.index({ costDueAt: 1 }, { sparse: true })
callSchema.index({ isUnheard: 1 }, { sparse: true })
callSchema.index({ popsUpAt: 1 }, { sparse: true })

const eventSchema = new Schema(
  {
    _id: String,
    callId: String,
    at: Date,
    body: Schema.Types.Mixed,
  },
  { collection: 'call_events', versionKey: false, minimize: false },
)
eventSchema.index({ callId: 1, at: 1 })

/** The collection of calls on a connection. */
export function callModel(connection: Connection): Model<CallDocument> {
  return connection.model<CallDocument>('Call', callSchema as unknown as Schema<CallDocument>)
}

/** The append-only collection of what providers told us. */
export function callEventModel(connection: Connection): Model<CallEventDocument> {
  return connection.model<CallEventDocument>(
    'CallEvent',
    eventSchema as unknown as Schema<CallEventDocument>,
  )
}
