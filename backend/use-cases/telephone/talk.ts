import type { Call } from '#domain/call'
import { liveLegOf } from '#domain/call-people'
import { letGoBy } from '#domain/call-end'
import { beginWrapUp, holdCall, mustBeTheirs, resumeCall, takeBackHangUp } from '#domain/call-talk'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'
import { changeCall, loadCall } from '../save-call.ts'
import { controlOf } from './accept-call.ts'
import { settleAgents } from './settle-agents.ts'
import { isDone } from './unreached-call.ts'

/** Music for the caller. */
export async function holdTalk(id: string, agentId: string, ports: Ports): Promise<Call> {
  const call = await theirs(id, agentId, ports)
  // Refused before anything is asked of the company.
  if (holdCall(call, ports.now()) === call) return call
  await controlOf(ports).hold(call, true)
  return changeCall(id, (current) => holdCall(current, ports.now()), ports)
}

/** Back to the talk. */
export async function resumeTalk(id: string, agentId: string, ports: Ports): Promise<Call> {
  const call = await theirs(id, agentId, ports)
  if (call.heldSince === null) return call
  await controlOf(ports).hold(call, false)
  return changeCall(id, (current) => resumeCall(current, ports.now()), ports)
}

/**
 * The agent ends the call. Kept first, so that the line's end is not taken for a lost agent; taken
 * back where the company refuses while the caller is still there.
 */
export async function hangUp(id: string, agentId: string, ports: Ports): Promise<Call> {
  const control = controlOf(ports)
  const before = await theirs(id, agentId, ports)
  if (before.endedAt !== null) return before
  const { wrapUpSeconds } = ports.settings().hotline.queue
  const ending = await changeCall(
    id,
    (current) => {
      const at = ports.now()
      return beginWrapUp(letGoBy(current, 'agent', at), wrapUpSeconds, at)
    },
    ports,
  )
  try {
    await control.hangUp(ending)
  } catch (error) {
    const current = await changeCall(id, takeBackHangUp, ports)
    await settleAgents(current, ports)
    if (current.endedAt !== null) return current
    throw error
  }
  await settleAgents(ending, ports)
  return ending
}

/** A supervisor hears a call, is heard by its agent, or by both. The leg they had before is let go. */
export async function joinAs(
  call: Call,
  supervisorId: string,
  mode: 'listen' | 'coach' | 'barge',
  ports: Ports,
): Promise<string> {
  const control = controlOf(ports)
  const agentLeg = call.agent === null ? null : liveLegOf(call, call.agent.id)
  if (agentLeg === null || call.endedAt !== null) {
    throw new DomainError('not-allowed-now', 'call-over')
  }
  const before = liveLegOf(call, supervisorId)
  if (before !== null) await isDone(async () => control.removeLeg(call, before.ref))
  return control.monitor(call, supervisorId, agentLeg.ref, mode)
}

/** A call that is this agent's; refuses every other. */
export async function theirs(id: string, agentId: string, ports: Ports): Promise<Call> {
  const call = await loadCall(id, ports)
  mustBeTheirs(call, agentId)
  return call
}
