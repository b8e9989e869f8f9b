import type { Call } from '#domain/call'
import { liveLegOf } from '#domain/call-people'
import { endOffer, leaveQueue, pendingOffer } from '#domain/call-queue'
import type { OfferOutcome } from '#contracts/telephony'
import type { Ports } from '../ports.ts'
import { changeCall } from '../save-call.ts'
import { isNumberKnown, noteCallBack } from './note-call-back.ts'
import { settleAgents } from './settle-agents.ts'

/**
 * The company refused to connect an agent who took the call: the caller waits on at the front, and
 * one who is lost by it is promised a call-back and waits no more.
 */
export async function endRefused(call: Call, ports: Ports): Promise<void> {
  const isThere = await isDone(async () => ports.callControl?.sendToQueue(call))
  const isPromised = !isThere && isNumberKnown(call)
  if (isPromised) await noteCallBack(call, 'provider-down', ports)
  const at = ports.now()
  const ended = await changeCall(
    call.id,
    (current) => {
      const back = endOffer(current, 'unreached', at)
      return isPromised ? leaveQueue(back, 'call-back', at) : back
    },
    ports,
  )
  await settleAgents(ended, ports)
}

/**
 * Nobody picked up, or the agent's line did not come about: the caller is back at the front of the
 * line, sent to the music again where they were connected already.
 */
export async function endRinging(
  call: Call,
  outcome: Exclude<OfferOutcome, 'pending' | 'accepted'>,
  ports: Ports,
): Promise<Call> {
  const connectedTo = pendingOffer(call) === null ? call.agent : null
  const seen = call.offers.length
  const ended = await changeCall(
    call.id,
    (current) =>
      // Picked up in the last moment, or rings at somebody else by now.
      current.offers.length === seen ? endOffer(current, outcome, ports.now()) : current,
    ports,
  )
  const isEnded = ended.offers.length === seen && ended.offers.at(-1)?.outcome === outcome
  if (!isEnded) return ended
  await settleAgents(ended, ports)
  return connectedTo === null ? ended : backInLine(ended, connectedTo.id, ports)
}

/**
 * A caller who was connected hears the music again; whoever did not come is let go. A caller who is
 * lost by that is promised a call-back.
 */
export async function backInLine(call: Call, agentId: string | null, ports: Ports): Promise<Call> {
  const isThere = await isDone(async () => ports.callControl?.sendToQueue(call))
  if (agentId !== null) await releaseLeg(call, agentId, ports)
  if (!isThere && agentId !== null) ports.telephone.told(agentId, 'provider-refused')
  return isThere ? call : promiseCallBack(call, ports)
}

/** The caller cannot be reached on this line any more: they are called back, where there is a number. */
async function promiseCallBack(call: Call, ports: Ports): Promise<Call> {
  // Without a number the line is all there is; the queue keeps it.
  if (!isNumberKnown(call)) return call
  await noteCallBack(call, 'provider-down', ports)
  const left = await changeCall(
    call.id,
    (current) => leaveQueue(current, 'call-back', ports.now()),
    ports,
  )
  // It may have rung at the next one meanwhile.
  await settleAgents(left, ports)
  return left
}

/** Lets go of somebody's line into a call; nothing depends on it. */
export async function releaseLeg(call: Call, agentId: string, ports: Ports): Promise<void> {
  const leg = liveLegOf(call, agentId)
  if (leg !== null) await isDone(async () => ports.callControl?.removeLeg(call, leg.ref))
}

/** What is asked of the company beside what matters: false where it refuses. */
export async function isDone(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch {
    return false
  }
}
