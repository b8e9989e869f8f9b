import { type Connection, Schema } from 'mongoose'
import type { AgentSpell } from '#domain/call-metrics'
import type { AgentSpells } from '#use-cases/ports/telephony'
import { guarded } from './guard.ts'
import { insertNew } from './insert-new.ts'

type SpellDocument = AgentSpell & { readonly _id: string }

const schema = new Schema(
  { _id: String, agentId: String, state: String, from: Date, until: Date },
  { collection: 'agent_spells', versionKey: false, minimize: false },
)
schema.index({ until: 1, from: 1 })

/** Who was available, talking, away, from when to when. Only ever added to. */
export function mongoAgentSpells(connection: Connection): AgentSpells {
  const spells = connection.model<SpellDocument>(
    'AgentSpell',
    schema as unknown as Schema<SpellDocument>,
  )
  return guarded<AgentSpells>({
    async add({ version, ...spell }) {
      await insertNew(spells.collection, { _id: `${spell.agentId}:${String(version)}`, ...spell })
    },

    async between(from, until) {
      const found = await spells
        .find({ until: { $gt: from }, from: { $lt: until } }, { _id: 0 })
        .lean<AgentSpell[]>()
      return found
    },
  })
}
