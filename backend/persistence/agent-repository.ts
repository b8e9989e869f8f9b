import { type Connection, Schema } from 'mongoose'
import type { Agent } from '#domain/agent'
import type { AgentRepository, AgentSpells } from '#use-cases/ports/telephony'
import { guarded } from './guard.ts'
import { insertNew } from './insert-new.ts'

type AgentDocument = {
  readonly _id: string
  readonly version: number
  /** Without `afterCall` where it was kept before there was one. */
  readonly body: Omit<Agent, 'afterCall'> & Partial<Pick<Agent, 'afterCall'>>
}

const schema = new Schema(
  { _id: String, version: Number, body: Schema.Types.Mixed },
  { collection: 'agents', versionKey: false, minimize: false },
)

/** Agents at the telephone in MongoDB: as many as a centre has people, so a list is read whole. */
export function mongoAgentRepository(
  connection: Connection,
  spells: Pick<AgentSpells, 'add'>,
): AgentRepository {
  const agents = connection.model<AgentDocument>(
    'Agent',
    schema as unknown as Schema<AgentDocument>,
  )
  return guarded<AgentRepository>({
    async findById(id) {
      const found = await agents.findById(id).lean<AgentDocument>()
      return found === null ? null : agentOf(found)
    },

    async list() {
      const found = await agents.find().sort({ _id: 1 }).lean<AgentDocument[]>()
      return found.map(agentOf)
    },

    async save(next, loadedVersion) {
      const { id, version } = next
      if (loadedVersion === 0) {
        return insertNew(agents.collection, { _id: id, version, body: next })
      }
      const before = await agents
        .findOneAndReplace(
          { _id: id, version: loadedVersion },
          { version, body: next },
          { returnDocument: 'before' },
        )
        .lean<AgentDocument>()
      if (before === null) return false
      const { state, since } = before.body
      if (state !== next.state) {
        await spells.add({ agentId: id, version, state, from: since, until: next.since })
      }
      return true
    },
  })
}

function agentOf({ body }: AgentDocument): Agent {
  return { ...body, afterCall: body.afterCall ?? null }
}
