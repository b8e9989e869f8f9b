import { occupied } from '#domain/agent'
import type { Call } from '#domain/call'
import { partIn } from '#domain/call-people'
import { acceptCall as taken, offerTo, pendingOffer } from '#domain/call-queue'
import { callIn, mustBeTheirs } from '#domain/call-talk'
import type { NamedRef } from '#domain/case'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'
import type { CallControl } from '../ports/telephony.ts'
import { changeCall, loadCall } from '../save-call.ts'
import { standDown } from './offer-call.ts'
import { saveAgent } from './save-agent.ts'
import { settleAgents } from './settle-agents.ts'
import { endRefused, endRinging } from './unreached-call.ts'

/**
 * An agent takes a call that rings at them or waits. One of several wins; the others are told by whom
 * it was taken. Refused by the company, it goes back to the front of the line.
 */
export async function acceptCall(id: string, staff: NamedRef, ports: Ports): Promise<Call> {
  const control = controlOf(ports)
  const claimed = await claim(await loadCall(id, ports), staff, ports)
  await settleAgents(claimed, ports)
  // Pressed twice: the line is on its way.
  if (claimed.legs.some(({ agentRef, leftAt }) => agentRef === staff.id && leftAt === null)) {
    return claimed
  }
  try {
    await control.connectCaller(claimed)
    const { ringSeconds } = ports.settings().hotline.queue
    const legRef = await control.ringAgent(claimed, staff.id, ringSeconds)
    return await changeCall(
      id,
      (current) =>
        callIn(current, { legRef, who: { id: staff.id, name: staff.name } }, ports.now()),
      ports,
    )
  } catch (error) {
    // Not the agent's fault: the next call may come.
    await standDown(staff, id, ports)
    await endRefused(claimed, ports)
    throw error
  }
}

/** The call rings no more at this agent, and is somebody else's. */
export async function declineCall(id: string, staff: NamedRef, ports: Ports): Promise<Call> {
  const call = await loadCall(id, ports)
  if (pendingOffer(call)?.agent.id !== staff.id) mustBeTheirs(call, staff.id)
  return endRinging(call, 'declined', ports)
}

/** What makes the telephone company act; refuses where none is set up. */
export function controlOf({ callControl }: Pick<Ports, 'callControl'>): CallControl {
  if (callControl === null) throw new DomainError('unavailable', 'telephony-off')
  return callControl
}

/** The agent first, so that nothing else rings there meanwhile; then the call, by its version. */
async function claim(call: Call, staff: NamedRef, ports: Ports): Promise<Call> {
  const at = ports.now()
  const isOffered = partIn(call, staff.id) !== null
  if (!isOffered) await reserveFor(call, staff, ports)
  const { ringSeconds } = ports.settings().hotline.queue
  try {
    return await changeCall(
      call.id,
      (current) => {
        const isPicked = current.state === 'queued' && pendingOffer(current) === null
        const rung = isPicked ? offerTo(current, staff, at, ringSeconds) : current
        return taken(rung, staff, at)
      },
      ports,
    )
  } catch (error) {
    if (!isOffered) await standDown(staff, call.id, ports)
    throw error
  }
}

/** Somebody at the telephone without a call may pick one, whether calls come by themselves or not. */
async function reserveFor(call: Call, staff: NamedRef, ports: Ports): Promise<void> {
  await saveAgent(
    staff,
    (agent) => {
      if (agent.state === 'offline') throw new DomainError('not-allowed-now', 'agent-offline')
      const isElsewhere = agent.callId !== null && agent.callId !== call.id
      if (isElsewhere) throw new DomainError('not-allowed-now', 'agent-busy')
      return occupied(agent, 'ringing', call.id, ports.now())
    },
    ports,
  )
}
