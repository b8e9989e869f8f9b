import type { Connection } from 'mongoose'
import {
  ANONYMOUS,
  awaitsCase,
  awaitsTranscript,
  type Call,
  callIdOf,
  dedupKey,
  isMessageUnheard,
  recordingsToRemove,
  unkeptRecordings,
} from '#domain/call'
import { busyAgentOf, citizenNumber, lastHeardAt, ringsUntil } from '#domain/call-people'
import { NOTHING_KNOWN } from '#domain/call-progress'
import { isWaiting } from '#domain/call-queue'
import { popsUpAt } from '#domain/exchange-call'
import { costDueAt } from '#domain/call-record'
import type { CallRepository } from '#use-cases/ports'
import { type CallDocument, callEventModel, callModel } from './call-model.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { guarded } from './guard.ts'
import { insertNew } from './insert-new.ts'

/** Before every call: a range from here on reads an index that holds only what is there. */
const LONG_AGO = new Date(0)

/** More than any hotline lets wait. */
const WAITING_MAX = 1_000

/** Of a day's calls, transcripts and all, the figures need little. */
const COUNTED: Readonly<Record<string, 0 | 1>> = {
  _id: 0,
  'body.direction': 1,
  'body.queuedAt': 1,
  'body.answeredAt': 1,
  'body.endedAs': 1,
  'body.endedAt': 1,
  'body.wrapUp': 1,
  'body.queue.field': 1,
  'body.queue.leftAt': 1,
}

/** The call log in MongoDB. */
export function mongoCallRepository(connection: Connection): CallRepository {
  const calls = callModel(connection)
  const events = callEventModel(connection)

  async function findMany(
    filter: Record<string, unknown>,
    sort: Record<string, 1 | -1>,
    limit: number,
    fields: Readonly<Record<string, 0 | 1>> = { body: 1 },
  ): Promise<Call[]> {
    const found = await calls
      .find(filter, fields)
      .sort(sort)
      .limit(limit)
      .lean<Pick<CallDocument, 'body'>[]>()
    return found.map(whole)
  }

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
      if (loadedVersion === 0) return insertNew(calls.collection, callDocument(next))
      const { _id, ...fields } = callDocument(next)
      // The whole document: what no longer holds must leave its index.
      const saved = await calls.collection.replaceOne(
        { _id: _id as never, version: loadedVersion },
        fields,
      )
      return saved.matchedCount === 1
    },

    async findAwaitingCase(limit) {
      return findMany({ awaitsCase: true }, { startedAt: 1 }, limit)
    },

    findUntranscribed: async (since, limit) =>
      findMany({ awaitsTranscript: true, startedAt: { $gte: since } }, { startedAt: 1 }, limit),

    async list(cursor, limit) {
      // One more than asked for tells whether there is another page.
      const filter = cursor === null ? {} : olderThan(cursor)
      const found = await findMany(filter, { startedAt: -1, _id: -1 }, limit + 1)
      const items = found.slice(0, limit)
      const last = items.at(-1)
      const isMore = found.length > limit && last !== undefined
      return { items, nextCursor: isMore ? cursorAt(last) : null }
    },

    findWaiting: async () =>
      findMany({ waitingSince: { $gt: LONG_AGO } }, { waitingSince: 1 }, WAITING_MAX),
    findBusy: async (agentId) =>
      (await findMany({ busyAgentId: agentId }, { startedAt: -1 }, 1))[0] ?? null,
    findPoppingUp: async (agentId) =>
      (await findMany({ popsUpAt: agentId }, { startedAt: -1 }, 1))[0] ?? null,
    findUnsettled: async (limit) =>
      findMany({ unsettledSince: { $gt: LONG_AGO } }, { unsettledSince: 1 }, limit),
    findRungOut: async (at, limit) =>
      findMany({ ringsUntil: { $lte: at } }, { ringsUntil: 1 }, limit),
    findWrapUpsOver: async (at, limit) =>
      findMany({ wrapUpUntil: { $lte: at } }, { wrapUpUntil: 1 }, limit),
    findSilent: async (before, limit) =>
      findMany({ heardAt: { $lt: before } }, { heardAt: 1 }, limit),
    findUnkept: async (provider, since, limit) =>
      findMany(
        { unkeptSince: { $gt: since }, 'body.provider': provider },
        { unkeptSince: -1 },
        limit,
      ),
    findRecordedBefore: async (before, limit) =>
      findMany({ recordedAt: { $lt: before } }, { recordedAt: 1 }, limit),
    findStartedBetween: async (from, until, limit) =>
      findMany({ startedAt: { $gte: from, $lt: until } }, { startedAt: 1 }, limit),
    findHandled: async (since, limit) =>
      findMany(
        {
          startedAt: { $gte: since },
          'body.answeredAt': { $ne: null },
          'body.endedAt': { $ne: null },
        },
        { startedAt: -1 },
        limit,
        COUNTED,
      ),
    findCostDue: async (provider, at, limit) =>
      findMany({ costDueAt: { $lte: at }, 'body.provider': provider }, { costDueAt: 1 }, limit),
    findCounted: async (from, until, limit) =>
      findMany({ startedAt: { $gte: from, $lt: until } }, { startedAt: 1 }, limit, COUNTED),
    async countUnheard() {
      // `countDocuments` aggregates and opens every one; this counts in the index.
      const counted = await connection.db?.command({
        count: calls.collection.name,
        query: { isUnheard: true },
      })
      return Number(counted?.['n'] ?? 0)
    },
    findOfNumber: async (number, limit) => findMany({ number }, { startedAt: -1 }, limit),
  })
}

/** Calls kept before a field was there have nothing in it. */
function whole({ body }: Pick<CallDocument, 'body'>): Call {
  return { ...NOTHING_KNOWN, ...body }
}

/** A call as it is stored. */
export function callDocument(call: Call): CallDocument {
  const number = citizenNumber(call)
  return {
    _id: call.id,
    version: call.version,
    startedAt: call.startedAt,
    awaitsCase: awaitsCase(call),
    awaitsTranscript: awaitsTranscript(call),
    ...(number !== null && number !== ANONYMOUS && { number }),
    ...whileTrue(call),
    body: call,
  }
}

function whileTrue(call: Call): Partial<CallDocument> {
  const { queue, wrapUp, endedAt, startedAt } = call
  const isInQueue = isWaiting(call)
  const ringing = ringsUntil(call)
  const busyAgentId = busyAgentOf(call)
  const costDue = costDueAt(call)
  return {
    ...(isInQueue && endedAt === null && { waitingSince: queue?.enteredAt ?? startedAt }),
    ...(ringing !== null && { ringsUntil: ringing }),
    ...(busyAgentId !== null && { busyAgentId }),
    ...((busyAgentId !== null || (isInQueue && endedAt !== null)) && { unsettledSince: startedAt }),
    ...(wrapUp !== null && wrapUp.doneAt === null && { wrapUpUntil: wrapUp.until }),
    ...(endedAt === null && { heardAt: lastHeardAt(call) }),
    ...(hasRecordingToFetch(call) && { unkeptSince: call.startedAt }),
    ...(hasRecording(call) && { recordedAt: call.startedAt }),
    ...(popsUpAt(call).length > 0 && { popsUpAt: popsUpAt(call) }),
    ...(costDue !== null && { costDueAt: costDue }),
    ...(isMessageUnheard(call) && { isUnheard: true }),
  }
}

function hasRecordingToFetch(call: Call): boolean {
  return unkeptRecordings(call).length > 0 || recordingsToRemove(call).length > 0
}

function hasRecording({ recordings }: Call): boolean {
  return recordings.some(({ deletedAt }) => deletedAt === undefined)
}

function cursorAt({ startedAt, id }: Call): string {
  return encodeCursor({ at: startedAt, id })
}

function olderThan(cursor: string) {
  const { at, id } = decodeCursor(cursor)
  // The range first: with the alternatives alone every older call is read before it is sorted.
  return {
    startedAt: { $lte: at },
    $or: [{ startedAt: { $lt: at } }, { startedAt: at, _id: { $lt: id } }],
  }
}
