import { type Connection, Schema } from 'mongoose'
import type { CallBack } from '#domain/call-back'
import type { CallBackRepository } from '#use-cases/ports/telephony'
import { guarded } from './guard.ts'
import { insertNew } from './insert-new.ts'

type CallBackDocument = {
  readonly _id: string
  readonly version: number
  readonly isOpen: boolean
  readonly dueAt: Date
  readonly body: CallBack
}

const schema = new Schema(
  {
    _id: String,
    version: Number,
    isOpen: Boolean,
    dueAt: Date,
    body: Schema.Types.Mixed,
  },
  { collection: 'call_backs', versionKey: false, minimize: false },
)
schema.index({ isOpen: 1, dueAt: 1, _id: 1 })

/** Promises to call back in MongoDB, one document each. */
export function mongoCallBackRepository(connection: Connection): CallBackRepository {
  const callBacks = connection.model<CallBackDocument>(
    'CallBack',
    schema as unknown as Schema<CallBackDocument>,
  )
  return guarded<CallBackRepository>({
    add: async (callBack) => insertNew(callBacks.collection, toDocument(callBack)),
    async findById(id) {
      const found = await callBacks.findById(id).lean<CallBackDocument>()
      return found?.body ?? null
    },
    async save(next, loadedVersion) {
      const { _id, ...fields } = toDocument(next)
      const { matchedCount } = await callBacks.collection.updateOne(
        { _id: _id as never, version: loadedVersion },
        { $set: fields },
      )
      return matchedCount === 1
    },
    async listOpen(limit) {
      const found = await callBacks
        .find({ isOpen: true })
        .sort({ dueAt: 1, _id: 1 })
        .limit(limit)
        .lean<CallBackDocument[]>()
      return found.map(({ body }) => body)
    },
    countDue: async (at) => callBacks.countDocuments({ isOpen: true, dueAt: { $lte: at } }),
  })
}

function toDocument(callBack: CallBack): CallBackDocument {
  const { id, version, state, dueAt } = callBack
  const isOpen = state === 'due' || state === 'calling'
  return { _id: id, version, isOpen, dueAt, body: callBack }
}
