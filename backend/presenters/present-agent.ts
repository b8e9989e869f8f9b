import type { AgentView } from '#contracts/telephony'
import type { Agent } from '#domain/agent'

/** An agent as colleagues see them. */
export function presentAgent(agent: Agent): AgentView {
  const { id, name, state, since, callId, afterCall, languages, fields } = agent
  return {
    id,
    name,
    state,
    since: since.toISOString(),
    callId,
    afterCall,
    languages: [...languages],
    fields: [...fields],
  }
}
