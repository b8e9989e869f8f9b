import type { Connection } from 'mongoose'
import type { MessageLog, OutgoingMessage, ReceivedMessage } from '#use-cases/ports/messages'
import { guarded, isDuplicateKey } from './guard.ts'
import { insertNew } from './insert-new.ts'
import {
  optOutModel,
  type OutgoingDocument,
  outgoingModel,
  type ReceivedDocument,
  receivedModel,
} from './message-model.ts'

/** Text messages in MongoDB. */
export function mongoMessageLog(connection: Connection): MessageLog {
  const outgoing = outgoingModel(connection)
  const received = receivedModel(connection)
  const optOuts = optOutModel(connection)

  async function findOne(filter: object): Promise<OutgoingMessage | null> {
    const found = await outgoing.findOne(filter).lean<OutgoingDocument>()
    return found === null ? null : fromDocument(found)
  }

  return guarded<MessageLog>({
    async addReceived({ id, ...message }) {
      await insertNew(received.collection, { _id: id, ...message, unfiledSince: message.at })
    },
    async isFiled(id) {
      return (await received.exists({ _id: id, unfiledSince: { $exists: false } })) !== null
    },
    async markFiled(id) {
      await received.collection.updateOne({ _id: id as never }, { $unset: { unfiledSince: '' } })
    },
    async findUnfiled(before, limit) {
      const found = await received
        .find({ unfiledSince: { $lt: before } })
        .sort({ unfiledSince: 1 })
        .limit(limit)
        .lean<ReceivedDocument[]>()
      return found.map(receivedFrom)
    },

    add: async (message) => insertNew(outgoing.collection, toDocument(message)),
    find: async (id) => findOne({ _id: id }),
    findByRef: async (providerRef) => findOne({ providerRef }),
    async findDue(at, limit) {
      const found = await outgoing
        .find({ nextAttemptAt: { $lte: at } })
        .sort({ nextAttemptAt: 1 })
        .limit(limit)
        .lean<OutgoingDocument[]>()
      return found.map(fromDocument)
    },
    async replace(known, next) {
      const { _id, ...fields } = toDocument(next)
      try {
        const saved = await outgoing.collection.updateOne(same(known), {
          $set: { ...fields, ...(isNews(known, next) && { isUnreported: true }) },
        })
        return saved.matchedCount === 1
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async findUnreported(limit) {
      const found = await outgoing
        .find({ isUnreported: true })
        .limit(limit)
        .lean<OutgoingDocument[]>()
      return found.map(fromDocument)
    },
    async markReported(message) {
      await outgoing.collection.updateOne(same(message), { $unset: { isUnreported: '' } })
    },
    countSince: async (to, purpose, since) =>
      outgoing.countDocuments({ to, purpose, createdAt: { $gte: since } }),

    async setOptOut(phone, isOut, at) {
      const earlier = { _id: phone as never, at: { $lte: at } }
      try {
        await optOuts.collection.updateOne(earlier, { $set: { isOut, at } }, { upsert: true })
      } catch (error) {
        // A later wish is there already; it stays.
        if (!isDuplicateKey(error)) throw error
      }
    },
    async isOptedOut(phone) {
      return (await optOuts.exists({ _id: phone, isOut: true })) !== null
    },
  })
}

/** The message just as it was read, and in no later form. */
function same({ id, state, errorCode, attempts, nextAttemptAt }: OutgoingMessage) {
  return { _id: id as never, state, errorCode, attempts, nextAttemptAt }
}

function isNews(known: OutgoingMessage, next: OutgoingMessage): boolean {
  return known.state !== next.state || known.errorCode !== next.errorCode
}

function toDocument({ id, providerRef, ...message }: OutgoingMessage): OutgoingDocument {
  return { _id: id, ...message, ...(providerRef === null ? {} : { providerRef }) }
}

function fromDocument(document: OutgoingDocument): OutgoingMessage {
  const { to, text, purpose, caseCode, state, errorCode } = document
  const { attempts, nextAttemptAt, createdAt, providerRef = null } = document
  return {
    id: document._id,
    to,
    text,
    purpose,
    caseCode,
    providerRef,
    state,
    errorCode,
    attempts,
    nextAttemptAt,
    createdAt,
  }
}

function receivedFrom(document: ReceivedDocument): ReceivedMessage {
  const { _id: id, from, text, mediaCount, answeredOrder, at } = document
  return { id, from, text, mediaCount, answeredOrder, at }
}
