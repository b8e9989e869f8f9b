import { Binary, type Document } from 'mongodb'
import { type Connection, Schema } from 'mongoose'
import type { Case } from '#domain/case'
import type { CasePrint, PrintSearch, Sighting } from '#domain/likeness'
import type { CasePrints } from '#use-cases/ports'
import { caseModel } from './case-model.ts'
import { guarded, isDuplicateKey } from './guard.ts'

/** A print as stored: with the keys that others find it by. */
type PrintDocument = Omit<CasePrint, 'code' | 'sighting' | 'answerPrint'> &
  Omit<Sighting, 'print' | 'at'> & {
    readonly _id: string
    readonly print: Binary
    readonly answerPrint: Binary | null
    readonly at: Date
  }

const schema = new Schema(
  {
    _id: String,
    version: Number,
    format: Number,
    keys: [String],
    print: Buffer,
    answerPrint: Buffer,
    field: String,
    topic: String,
    unitCode: String,
    provinceCode: String,
    lat: Number,
    lng: Number,
    at: Date,
  },
  { collection: 'case_prints', versionKey: false, minimize: false },
)
schema.index({ keys: 1, at: -1 })

/** Where the filling-up of older cases has got to, beside the prints: no case has such a code. */
const PROGRESS = 'progress'

/** Prints of cases in MongoDB, one document a case. */
export function mongoCasePrints(connection: Connection): CasePrints {
  const prints = connection.model<PrintDocument>(
    'CasePrint',
    schema as unknown as Schema<PrintDocument>,
  ).collection
  const cases = caseModel(connection).collection
  const idOf = (code: string): never => code as never

  return guarded<CasePrints>({
    async put(print) {
      try {
        await prints.replaceOne(
          { _id: idOf(print.code), version: { $lte: print.version } },
          printDocument(print),
          { upsert: true },
        )
      } catch (error) {
        // A newer version is there already, or came at this very moment.
        if (!isDuplicateKey(error)) throw error
      }
    },

    async findSharing({ keys, since, until, limit }: PrintSearch) {
      const find = (filter: object, most: number) =>
        prints
          .find(filter, { projection: { keys: 0 } })
          .sort({ at: -1 })
          .limit(most)
          .toArray()
      // A stretch of time bounds what a key holds. Where there is none, the newest of each key are
      // read from the index one key at a time, so that a common key costs no more than a rare one.
      const found =
        since === null
          ? await Promise.all(
              keys.map(async (key) => find({ keys: key }, Math.ceil(limit / keys.length))),
            )
          : [await find({ keys: { $in: [...keys] }, at: { $gte: since, $lte: until } }, limit)]
      const byCode = new Map(found.flat().map((each) => [each._id, each]))
      return [...byCode.values()].map(fromDocument)
    },

    async unprinted(format, limit) {
      const progress = await prints.findOne<Document>({ _id: idOf(PROGRESS) })
      const after = progress?.['format'] === format ? String(progress['after']) : ''
      const next = await cases
        .find<{ _id: string; body: Case }>({ _id: { $gt: idOf(after) } })
        .project<{ _id: string; body: Case }>({ body: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray()
      return { cases: next.map(({ body }) => body), last: next.at(-1)?._id ?? null }
    },

    async markPrinted(format, last) {
      await prints.updateOne(
        { _id: idOf(PROGRESS) },
        { $set: { format, after: last, keys: [] } },
        { upsert: true },
      )
    },
  })
}

/** A print as it is stored, but for the case's code. */
export function printDocument({ code: _code, sighting, answerPrint, ...rest }: CasePrint) {
  const { print, at, ...where } = sighting
  return {
    ...rest,
    ...where,
    at: new Date(at ?? 0),
    print: new Binary(print),
    answerPrint: answerPrint === null ? null : new Binary(answerPrint),
  }
}

function fromDocument(found: Document): CasePrint {
  const { _id, version, format, print, answerPrint, at, ...where } = found as PrintDocument
  const { field, topic, unitCode, provinceCode, lat, lng } = where
  return {
    code: _id,
    version,
    format,
    keys: [],
    sighting: {
      print: print.value(),
      field,
      topic,
      unitCode,
      provinceCode,
      lat,
      lng,
      at: at.getTime(),
    },
    answerPrint: answerPrint === null ? null : answerPrint.value(),
  }
}
