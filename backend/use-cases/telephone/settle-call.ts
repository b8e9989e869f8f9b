import { sentAway } from '#domain/agent'
import type { Call } from '#domain/call'
import { letGoBy } from '#domain/call-end'
import { isAgentLost, isOnLine, legOf, partIn } from '#domain/call-people'
import { isNobodyThere } from '#domain/call-placing'
import { abandonQueue, requeue } from '#domain/call-queue'
import { beginWrapUp, endTransfer, handOver } from '#domain/call-talk'
import type { Ports } from '../ports.ts'
import { changeCall } from '../save-call.ts'
import { settleCallBack } from './call-backs.ts'
import { noteCallBack } from './note-call-back.ts'
import { saveAgent } from './save-agent.ts'
import { settleAgents } from './settle-agents.ts'
import { settleMissed } from './settle-missed.ts'
import { backInLine, endRinging, isDone } from './unreached-call.ts'

/**
 * Does what a call's events ask for: a lost agent is replaced, an end frees everyone. Depends on the
 * call as it is and not on the event, so it is safe to repeat, and a sweep does so after a crash.
 */
export async function settleCall(call: Call, ports: Ports): Promise<Call> {
  const settled = await settleLines(call, ports)
  await settleAgents(settled, ports)
  return settled
}

async function settleLines(call: Call, ports: Ports): Promise<Call> {
  if (call.endedAt !== null) return settleEnd(call, ports)
  const current = await settleTransfer(call, ports)
  await releaseLate(current, ports)
  if (isNobodyThere(current, ports.now())) return letGo(current, ports.now(), ports)
  if (!isAgentLost(current)) return current
  if (current.state === 'ringing_agent') return endRinging(current, 'unreached', ports)
  if (current.state === 'dialing') return letGo(current, ports.now(), ports)
  return replaceAgent(current, ports)
}

/** Whoever the citizen talked to, or was to talk to, is gone; so is the line. */
async function letGo(call: Call, at: Date, ports: Ports): Promise<Call> {
  const isGone = await isDone(async () => ports.callControl?.hangUp(call))
  if (!isGone) return call
  return changeCall(call.id, (current) => letGoBy(current, 'agent', at), ports)
}

/** The line of an agent who came when the call was somebody else's already. */
async function releaseLate(call: Call, ports: Ports): Promise<void> {
  const offered = new Set(call.offers.map(({ agent }) => agent.id))
  for (const { ref, agentRef, leftAt } of call.legs) {
    if (leftAt !== null || agentRef === null || !offered.has(agentRef)) continue
    if (partIn(call, agentRef) !== null) continue
    await isDone(async () => ports.callControl?.removeLeg(call, ref))
  }
}

/** The caller lost the agent: the colleague who is there already takes over, else the next in line. */
async function replaceAgent(call: Call, ports: Ports): Promise<Call> {
  const lost = call.agent
  if (lost === null) return call
  const { transfer } = call
  if (transfer?.agent != null && isOnLine(call, transfer.legRef)) {
    const { agent } = transfer
    const taken = await changeCall(
      call.id,
      (current) => endTransfer(handOver(current, agent, ports.now())),
      ports,
    )
    await isDone(async () => ports.callControl?.hold(taken, false))
    return taken
  }
  const waiting = await changeCall(
    call.id,
    (current) => (isAgentLost(current) ? requeue(current, ports.now()) : current),
    ports,
  )
  await saveAgent(
    lost,
    (agent) => (agent.callId === call.id ? sentAway(agent, ports.now()) : agent),
    ports,
  )
  return backInLine(waiting, lost.id, ports)
}

/** Whoever was called in has left, or never came. */
async function settleTransfer(call: Call, ports: Ports): Promise<Call> {
  const { transfer } = call
  if (transfer == null) return call
  const leg = legOf(call, transfer.legRef)
  if (leg?.leftAt == null) return call
  const over = await changeCall(call.id, endTransfer, ports)
  if (transfer.isWarm) {
    if (call.agent !== null && leg.answeredAt === null) {
      ports.telephone.told(call.agent.id, 'agent-offline')
    }
    return over
  }
  // The first agent is gone: after a talk with somebody outside the call is over, without one it waits.
  if (leg.answeredAt !== null) return letGo(over, leg.leftAt, ports)
  const waiting = await changeCall(call.id, (current) => requeue(current, ports.now()), ports)
  return backInLine(waiting, null, ports)
}

async function settleEnd(call: Call, ports: Ports): Promise<Call> {
  const { wrapUpSeconds } = ports.settings().hotline.queue
  const at = call.endedAt ?? ports.now()
  const wasWaiting = call.queue !== null && call.queue.leftAt === null
  // Before the queue is left: a crash in between leaves a call that the sweep finds in the queue.
  if (wasWaiting) await noteCallBack(call, 'missed', ports)
  const ended = await changeCall(
    call.id,
    (current) => {
      const left = endTransfer(abandonQueue(current, at))
      return beginWrapUp(left, wrapUpSeconds, ports.now())
    },
    ports,
  )
  for (const { ref, leftAt } of ended.legs) {
    if (leftAt === null) await isDone(async () => ports.callControl?.removeLeg(ended, ref))
  }
  await settleCallBack(ended, ports)
  await settleMissed(ended, ports)
  return ended
}
