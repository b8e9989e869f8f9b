import { type Agent, isFree, occupied, stoodDown } from '#domain/agent'
import type { Call } from '#domain/call'
import { partIn } from '#domain/call-people'
import { offerTo } from '#domain/call-queue'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'
import { changeCall } from '../save-call.ts'
import { saveAgent } from './save-agent.ts'
import { settleAgents } from './settle-agents.ts'

/**
 * Rings a waiting call at a free agent. The agent is reserved first, so that no two calls ring at
 * one of them; false where another process was quicker. A crash in between leaves an agent who
 * rings for nothing, whom the sweep frees.
 */
export async function offerCall(call: Call, agent: Agent, ports: Ports): Promise<boolean> {
  if (!(await reserve(agent, call.id, ports))) return false
  const { ringSeconds } = ports.settings().hotline.queue
  try {
    const offered = await changeCall(
      call.id,
      (current) => offerTo(current, agent, ports.now(), ringSeconds),
      ports,
    )
    await settleAgents(offered, ports)
    const until = offered.offers.at(-1)?.until ?? ports.now()
    ports.telephone.callOffered({ callId: call.id, agentId: agent.id, until })
    return true
  } catch (error) {
    const current = await ports.calls.findCall(call.id)
    // They may have picked it from the list themselves.
    const isTheirs = current !== null && partIn(current, agent.id) !== null
    if (!isTheirs) await standDown(agent, call.id, ports)
    if (isLost(error)) return false
    throw error
  }
}

/** Takes a free agent for a call; false where they are not free any more. */
export async function reserve(agent: Agent, callId: string, ports: Ports): Promise<boolean> {
  const at = ports.now()
  let isTaken = false
  await saveAgent(
    agent,
    (current) => {
      isTaken = isFree(current, at)
      return isTaken ? occupied(current, 'ringing', callId, at) : current
    },
    ports,
  )
  return isTaken
}

/** Gives a reserved agent back, as idle as before. */
export async function standDown(
  agent: { readonly id: string; readonly name: string },
  callId: string,
  ports: Ports,
): Promise<void> {
  await saveAgent(
    agent,
    (current) => (current.callId === callId ? stoodDown(current, ports.now()) : current),
    ports,
  )
}

function isLost(error: unknown): boolean {
  return error instanceof DomainError && ['call-taken', 'call-over'].includes(error.refusal)
}
