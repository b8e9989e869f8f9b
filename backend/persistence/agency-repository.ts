import { type Connection, Schema } from 'mongoose'
import type { Agency } from '#contracts/catalogue'
import type { CatalogueAgency } from '#domain/agency-catalogue'
import { searchTokens } from '#domain/fold'
import type { AgencyRepository } from '#use-cases/ports'
import { guarded } from './guard.ts'

type AgencyDocument = Omit<Agency, 'id'> & { readonly _id: string; readonly tokens: string[] }

const schema = new Schema(
  {
    _id: String,
    name: { type: String, required: true },
    nameEn: String,
    level: { type: String, required: true },
    unitCode: String,
    fields: [String],
    isActive: Boolean,
    tokens: [String],
  },
  { collection: 'agencies', versionKey: false, minimize: false },
)
schema.index({ tokens: 1 })

const REMEMBERED_MS = 10_000
const SEED_BATCH = 2_000

/** The collection of agencies on a connection. */
function agencyModel(connection: Connection) {
  return connection.model<AgencyDocument>('Agency', schema as unknown as Schema<AgencyDocument>)
}

/** Agencies in MongoDB. */
export function mongoAgencyRepository(connection: Connection): AgencyRepository {
  const agencies = agencyModel(connection)
  // Every report asks for the same few agencies; another process's edit is seen a moment later.
  let remembered = { until: 0, byId: new Map<string, Agency | null>() }
  return guarded<AgencyRepository>({
    async findById(id) {
      const found = await agencies.findById(id).lean<AgencyDocument>()
      return found === null ? null : toAgency(found)
    },

    async findActive(ids) {
      const now = performance.now()
      if (now > remembered.until) remembered = { until: now + REMEMBERED_MS, byId: new Map() }
      const { byId } = remembered
      const unknown = ids.filter((id) => !byId.has(id))
      if (unknown.length > 0) {
        const found = await agencies.find({ _id: { $in: unknown } }).lean<AgencyDocument[]>()
        for (const id of unknown) byId.set(id, null)
        for (const each of found) byId.set(each._id, toAgency(each))
      }
      return ids.flatMap((id) => byId.get(id) ?? []).filter(({ isActive }) => isActive)
    },

    async search(text, limit) {
      const words = searchTokens(text).slice(0, 6)
      const conditions = words.map((word) => ({ tokens: new RegExp(`^${word}`) }))
      // Nothing typed yet: the few that everyone knows.
      const matching = conditions.length === 0 ? [{ level: 'central' as const }] : conditions
      const found = await agencies
        .find({ $and: [...matching, { isActive: true }] })
        .limit(limit)
        .lean<AgencyDocument[]>()
      return found.map(toAgency)
    },

    async save(agency) {
      const { _id, ...fields } = toDocument(agency)
      await agencies.updateOne({ _id }, { $set: fields }, { upsert: true })
      remembered = { until: 0, byId: new Map() }
    },
  })
}

/** Fills an empty collection with the catalogue; an installation's own agencies are left alone. */
export async function seedAgencies(
  connection: Connection,
  catalogue: () => readonly CatalogueAgency[],
): Promise<number> {
  const agencies = agencyModel(connection)
  if ((await agencies.findOne({}, { _id: 1 }).lean()) !== null) return 0
  const all = catalogue().map(toDocument)
  for (let from = 0; from < all.length; from += SEED_BATCH) {
    await agencies.collection.insertMany(all.slice(from, from + SEED_BATCH) as never[], {
      ordered: false,
    })
  }
  return all.length
}

type AgencyLike = Omit<Agency, 'fields'> & { readonly fields: readonly string[] }

function toDocument(agency: AgencyLike): AgencyDocument {
  const { id, name, nameEn, level, unitCode, fields, isActive } = agency
  const tokens = searchTokens(`${name} ${nameEn}`)
  return { _id: id, name, nameEn, level, unitCode, fields: [...fields], isActive, tokens }
}

function toAgency(found: AgencyDocument): Agency {
  const { _id, name, nameEn, level, unitCode, fields, isActive } = found
  return { id: _id, name, nameEn, level, unitCode, fields, isActive }
}
