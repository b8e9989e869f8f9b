import { type Agent, freed, occupied } from '#domain/agent'
import type { Call } from '#domain/call'
import { afterCall, partIn, peopleOf } from '#domain/call-people'
import type { Ports } from '../ports.ts'
import { saveAgent } from './save-agent.ts'

/**
 * Brings the records of everyone whom a call concerns in line with the call, which is the truth.
 * Safe to repeat: what a crash left undone is done by the next one.
 */
export async function settleAgents(call: Call, ports: Ports): Promise<void> {
  for (const id of peopleOf(call)) {
    const agent = await ports.agents.findById(id)
    if (agent !== null) await settleAgent(agent, call, ports)
  }
}

/** An agent whose record names a call that asks nothing of them is free again. */
export async function mendAgent(agent: Agent, ports: Ports): Promise<void> {
  if (agent.callId === null) return
  const call = await ports.calls.findCall(agent.callId)
  if (call === null) await saveAgent(agent, (current) => freed(current, ports.now()), ports)
  else await settleAgent(agent, call, ports)
}

async function settleAgent(agent: Agent, call: Call, ports: Ports): Promise<void> {
  const part = partIn(call, agent.id)
  const isTheirs = agent.callId === call.id
  if (part === null && isTheirs) await release(agent, call, ports)
  if (part !== null && !(isTheirs && agent.state === part)) await occupy(agent, call.id, ports)
}

async function release(agent: Agent, call: Call, ports: Ports): Promise<void> {
  await saveAgent(
    agent,
    // Went on to something else meanwhile?
    (current) => (current.callId === call.id ? afterCall(current, call, ports.now()) : current),
    ports,
  )
}

/** By the call as it is now: a caller who hung up meanwhile must not leave an agent busy for ever. */
async function occupy(agent: Agent, callId: string, ports: Ports): Promise<void> {
  if (agent.callId !== callId && (await isKeptElsewhere(agent, ports))) return
  const call = await ports.calls.findCall(callId)
  const part = call === null ? null : partIn(call, agent.id)
  if (part === null) return
  await saveAgent(
    agent,
    (current) => {
      const isSame = current.callId === callId && current.state === part
      if (isSame || current.callId !== agent.callId) return current
      return occupied(current, part, callId, ports.now())
    },
    ports,
  )
  const after = await ports.calls.findCall(callId)
  if (after !== null && partIn(after, agent.id) === null) await release(agent, after, ports)
}

async function isKeptElsewhere(agent: Agent, ports: Ports): Promise<boolean> {
  if (agent.callId === null) return false
  const other = await ports.calls.findCall(agent.callId)
  return other !== null && partIn(other, agent.id) !== null
}
