import { type Agent, newAgent } from '#domain/agent'
import type { NamedRef } from '#domain/case'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'

// Heartbeats and calls write the same few fields; more losses in a row mean something is wrong.
const SAVE_ATTEMPTS = 10

/** Changes an agent by a pure function, again where another change got in between. */
export async function saveAgent(
  who: NamedRef,
  change: (agent: Agent) => Agent,
  ports: Ports,
): Promise<Agent> {
  for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt++) {
    const stored = await ports.agents.findById(who.id)
    const agent = stored ?? newAgent(who.id, who.name, ports.now())
    const next = change(agent)
    if (next === agent) return agent
    if (!(await ports.agents.save(next, stored?.version ?? 0))) continue
    if (isNews(stored, next)) ports.telephone.agentChanged(next)
    return next
  }
  throw new DomainError('conflict', 'version-stale')
}

/** A heartbeat is nobody's news. */
function isNews(before: Agent | null, next: Agent): boolean {
  const seen = ({ state, callId, afterCall, languages, fields, name }: Agent) =>
    JSON.stringify([state, callId, afterCall, languages, fields, name])
  return before === null || seen(before) !== seen(next)
}
