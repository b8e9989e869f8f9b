import type { Collection, Connection } from 'mongoose'
import { isWaiting } from '#domain/call-queue'
import { awaitsCase, awaitsTranscript, type Call, callIdOf, dedupKey } from '#domain/call'
import { NOTHING_KNOWN } from '#domain/call-progress'
import type { CallRepository } from '#use-cases/ports'
import {
  type CallDocument,
  type CallEventDocument,
  callEventModel,
  callModel,
} from './call-model.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { guarded, isDuplicateKey } from './guard.ts'

/** The call log in MongoDB. */
export function mongoCallRepository(connection: Connection): CallRepository {
  const calls = callModel(connection)
  const events = callEventModel(connection)

  return guarded<CallRepository>({
    addEvent: async (event) =>
      insertNew(events.collection, {
        _id: dedupKey(event),
        callId: callIdOf(event),
        at: event.at,
        body: event,
      }),

    async findCall(id) {
      const found = await calls.findById(id, { body: 1 }).lean<Pick<CallDocument, 'body'>>()
      return found === null ? null : whole(found)
    },

    async saveCall(next, loadedVersion) {
      if (loadedVersion === 0) return insertNew(calls.collection, toDocument(next))
      const { _id, ...fields } = toDocument(next)
      const saved = await calls.collection.updateOne(
        { _id: _id as never, version: loadedVersion },
        { $set: fields },
      )
      return saved.matchedCount === 1
    },

    async findAwaitingCase(limit) {
      const found = await calls
        .find({ awaitsCase: true }, { body: 1 })
        .sort({ startedAt: 1 })
        .limit(limit)
        .lean<Pick<CallDocument, 'body'>[]>()
      return found.map(whole)
    },

    async findWaiting() {
      const found = await calls
        .find({ isWaiting: true }, { body: 1 })
        .lean<Pick<CallDocument, 'body'>[]>()
      return found.map(whole)
    },

    async findUntranscribed(since, limit) {
      const found = await calls
        .find({ awaitsTranscript: true, startedAt: { $gte: since } }, { body: 1 })
        .sort({ startedAt: 1 })
        .limit(limit)
        .lean<Pick<CallDocument, 'body'>[]>()
      return found.map(whole)
    },

    async list(cursor, limit) {
      // One more than asked for tells whether there is another page.
      const found = await calls
        .find(cursor === null ? {} : olderThan(cursor), { body: 1 })
        .sort({ startedAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean<Pick<CallDocument, 'body'>[]>()
      const items = found.slice(0, limit).map(whole)
      const last = items.at(-1)
      const isMore = found.length > limit && last !== undefined
      return { items, nextCursor: isMore ? cursorAt(last) : null }
    },
  })
}

/** Calls kept before a field was there have nothing in it. */
function whole({ body }: Pick<CallDocument, 'body'>): Call {
  return { ...NOTHING_KNOWN, ...body }
}

/** Inserts a document; false where its id is taken. */
async function insertNew(
  collection: Collection,
  document: CallDocument | CallEventDocument,
): Promise<boolean> {
  try {
    await collection.insertOne(document as never)
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}

function toDocument(call: Call): CallDocument {
  return {
    _id: call.id,
    version: call.version,
    startedAt: call.startedAt,
    awaitsCase: awaitsCase(call),
    isWaiting: isWaiting(call) && call.endedAt === null,
    awaitsTranscript: awaitsTranscript(call),
    body: call,
  }
}

function cursorAt({ startedAt, id }: Call): string {
  return encodeCursor({ at: startedAt, id })
}

function olderThan(cursor: string) {
  const { at, id } = decodeCursor(cursor)
  return { $or: [{ startedAt: { $lt: at } }, { startedAt: at, _id: { $lt: id } }] }
}
