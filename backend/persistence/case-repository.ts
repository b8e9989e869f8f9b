import type { Connection } from 'mongoose'
import { CASE_VIEWS, type CaseQuery, type CaseViewName } from '#contracts/cases'
import type { StaffMember } from '#domain/access'
import type { Case } from '#domain/case'
import { DomainError } from '#domain/errors'
import type { CaseRepository, NearQuery, Outbox, Page } from '#use-cases/ports'
import { NO_DEADLINE, phoneToken, toDocument } from './case-document.ts'
import {
  allOf,
  answersFilter,
  type Filter,
  inboxFilter,
  inView,
  visibleTo,
} from './case-filters.ts'
import { type CaseDocument, caseModel } from './case-model.ts'
import { casePerformance } from './case-performance.ts'
import { type Cursor, decodeCursor, encodeCursor } from './cursor.ts'
import { guarded, isDuplicateKey } from './guard.ts'

/** Counting stops here: "1,000 or more" is all a person needs to know. */
const COUNT_LIMIT = 1_000
const FIGURES_MS = 30_000

/** Cases in MongoDB. */
export function mongoCaseRepository(connection: Connection): CaseRepository {
  const cases = caseModel(connection)

  async function findOne(filter: Filter): Promise<Case | null> {
    const found = await cases.findOne(filter, { body: 1 }).lean<Pick<CaseDocument, 'body'>>()
    return found?.body ?? null
  }

  async function findMany(filter: Filter, sort: Record<string, 1 | -1>, limit: number) {
    const found = await cases
      .find(filter, { body: 1 })
      .sort(sort)
      .limit(limit)
      .lean<Pick<CaseDocument, 'body'>[]>()
    return found.map(({ body }) => body)
  }

  /** One page sorted by a time and the id; asks for one more to know whether there is another. */
  async function page(filter: Filter, order: Order, from: string | undefined, limit: number) {
    const start = from === undefined ? [] : [after(decodeCursor(from), order)]
    const sort = { [order.by]: order.direction, _id: order.direction }
    const found = await findMany(allOf([filter, ...start]), sort, limit + 1)
    const items = found.slice(0, limit)
    const last = items.at(-1)
    const isMore = found.length > limit && last !== undefined
    const nextCursor = isMore ? encodeCursor(cursorAt(last, order)) : null
    return { items, nextCursor } satisfies Page<Case>
  }

  const repository = guarded<Omit<CaseRepository, 'performance'>>({
    async add(opened) {
      const document = { ...toDocument(opened), untoldFrom: 1, untoldSince: opened.receivedAt }
      try {
        await cases.collection.insertOne(document as never)
        return { taken: null }
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        const isKey = 'idempotencyKey' in (error.keyPattern ?? {})
        return { taken: isKey ? 'idempotency-key' : 'code' }
      }
    },

    findByCode: async (code) => findOne({ _id: code }),
    async findThread(phone, since) {
      const [found] = await findMany(
        { threadPhone: phone, threadAt: { $gte: since } },
        { threadAt: -1 },
        1,
      )
      return found ?? null
    },
    findByIdempotencyKey: async (key) => findOne({ idempotencyKey: key }),

    async save(next, loadedVersion) {
      const { _id, ...fields } = toDocument(next)
      const saved = await cases.collection.updateOne(
        { _id: _id as never, version: loadedVersion },
        {
          $set: { ...fields, untoldSince: next.timeline.at(-1)?.at ?? next.receivedAt },
          $min: { untoldFrom: next.version },
          ...('threadPhone' in fields ? {} : { $unset: { threadPhone: '', threadAt: '' } }),
        },
      )
      if (saved.matchedCount === 0) throw new DomainError('conflict', 'version-stale')
    },

    async list(query: CaseQuery, staff: StaffMember, at: Date) {
      const filter = inboxFilter(query, staff, at)
      return page(filter, query.sort === 'newest' ? NEWEST : SOONEST, query.cursor, query.limit)
    },

    async counts(staff, at) {
      const counted = await Promise.all(
        CASE_VIEWS.map(async (view) => {
          const filter = allOf([visibleTo(staff), inView(view, staff, at)])
          return [view, await cases.countDocuments(filter, { limit: COUNT_LIMIT })] as const
        }),
      )
      return Object.fromEntries(counted) as Record<CaseViewName, number>
    },

    listAnswers: async (query) =>
      page(answersFilter(query), LATEST_ANSWER, query.cursor, query.limit),
    findAnswer: async (code) => findOne({ _id: code, isPublic: true }),

    async findOpenNear({ field, geohashes, unitCode, limit }: NearQuery) {
      const where = geohashes.length > 0 ? { geohash: { $in: [...geohashes] } } : { unitCode }
      return findMany(
        { field, isOpen: true, isRestricted: false, ...where },
        { receivedAt: -1 },
        limit,
      )
    },

    async findNearingDeadline(horizon, limit, last) {
      const due = { isOpen: true, dueSortAt: { $lt: horizon }, 'body.warnedLevel': { $lt: 100 } }
      const start = last === undefined ? [] : [after(cursorAt(last, SOONEST), SOONEST)]
      return findMany(allOf([due, ...start]), { dueSortAt: 1, _id: 1 }, limit)
    },

    findOpenOfPhone: async (phone, limit) =>
      findMany({ tokens: phoneToken(phone), isOpen: true }, { receivedAt: -1 }, limit),

    findPublishedBefore: async (before, limit) =>
      findMany({ status: 'published', publishedAt: { $lt: before } }, { publishedAt: 1 }, limit),
  })
  // Counts three months of cases: it may take its time.
  const figures = guarded(
    { performance: async (since: Date, at: Date) => casePerformance(cases, since, at) },
    FIGURES_MS,
  )
  return { ...repository, ...figures }
}

/** The outbox inside the case documents. */
export function mongoOutbox(connection: Connection): Outbox {
  const cases = caseModel(connection)

  async function updateEach(updates: readonly { filter: object; update: object }[]) {
    const operations = updates.map((updateOne) => ({ updateOne }))
    return (await cases.collection.bulkWrite(operations, { ordered: false })).matchedCount
  }

  return guarded<Outbox>({
    async findPending(since, limit) {
      const found = await cases
        .find({ untoldSince: { $lt: since } }, { body: 1, untoldFrom: 1 })
        .sort({ untoldSince: 1 })
        .limit(limit)
        .lean<Pick<CaseDocument, 'body' | 'untoldFrom'>[]>()
      return found.map(({ body, untoldFrom = 1 }) => ({
        changed: body,
        steps: body.timeline.filter((step) => step.version >= untoldFrom),
      }))
    },

    async markTold(told) {
      if (told.length === 0) return
      const all = told.map(({ code, fromVersion, version }) => ({
        filter: { _id: code as never, version, untoldFrom: { $gte: fromVersion } },
        update: { $unset: { untoldFrom: '', untoldSince: '' } },
      }))
      if ((await updateEach(all)) === told.length) return
      // Some cases moved on meanwhile: of those only the later versions are still to be told.
      await updateEach(
        told.map(({ code, fromVersion, version }) => ({
          filter: {
            _id: code as never,
            version: { $gt: version },
            untoldFrom: { $gte: fromVersion, $lte: version },
          },
          update: { $set: { untoldFrom: version + 1 } },
        })),
      )
    },
  })
}

type Order = {
  readonly by: 'dueSortAt' | 'receivedAt' | 'publishedAt'
  readonly direction: 1 | -1
  readonly timeOf: (each: Case) => Date
}

const SOONEST: Order = {
  by: 'dueSortAt',
  direction: 1,
  timeOf: (each) => each.dueAt ?? NO_DEADLINE,
}
const NEWEST: Order = { by: 'receivedAt', direction: -1, timeOf: (each) => each.receivedAt }
const LATEST_ANSWER: Order = {
  by: 'publishedAt',
  direction: -1,
  timeOf: (each) => each.publishedAt ?? each.receivedAt,
}

function cursorAt(last: Case, order: Order): Cursor {
  return { at: order.timeOf(last), id: last.code }
}

/** Everything after a cursor; the plain range beside `$or` is what an index can start from. */
function after({ at, id }: Cursor, { by, direction }: Order): Filter {
  const beyond = direction === 1 ? '$gt' : '$lt'
  const from = direction === 1 ? '$gte' : '$lte'
  return {
    $and: [
      { [by]: { [from]: at } },
      { $or: [{ [by]: { [beyond]: at } }, { _id: { [beyond]: id } }] },
    ],
  }
}
