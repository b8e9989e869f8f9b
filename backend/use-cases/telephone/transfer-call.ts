import type { Transfer } from '#contracts/telephony'
import type { Agent } from '#domain/agent'
import { ANONYMOUS, type Call } from '#domain/call'
import { isOnLine, legOf } from '#domain/call-people'
import { sendBack } from '#domain/call-queue'
import {
  beginTransfer,
  beginWrapUp,
  endTransfer,
  handOver,
  holdCall,
  resumeCall,
} from '#domain/call-talk'
import { callableNumber } from '#domain/callable-number'
import type { NamedRef } from '#domain/case'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'
import { changeCall } from '../save-call.ts'
import { controlOf } from './accept-call.ts'
import { callerIdFor } from './caller-id.ts'
import { offerCall, reserve, standDown } from './offer-call.ts'
import { settleAgents } from './settle-agents.ts'
import { theirs } from './talk.ts'
import { isDone, releaseLeg } from './unreached-call.ts'

/** Gives a call to a colleague, to the queue or to somebody outside; see `Transfer`. */
export async function transferCall(
  id: string,
  { kind, to }: Transfer,
  staff: NamedRef,
  ports: Ports,
): Promise<Call> {
  const call = await theirs(id, staff.id, ports)
  if (call.endedAt !== null || (call.state !== 'talking' && call.state !== 'held')) {
    throw new DomainError('not-allowed-now', 'call-over')
  }
  if (to.type === 'number') return ringOutside(call, to.phone, kind === 'warm', staff, ports)
  if (to.type === 'queue') {
    // Nobody is there yet whom the first agent could talk to.
    if (kind === 'warm') throw new DomainError('invalid', 'input-invalid', {}, '/kind')
    return sendToQueue(call, to.field, staff, ports)
  }
  const colleague = await freeColleague(to.id, ports)
  if (kind === 'warm') return ringColleague(call, colleague, ports)
  const waiting = await sendToQueue(call, call.queue?.field ?? null, staff, ports)
  // Where they were taken meanwhile, the call is at the front of the line for anyone.
  await offerCall(waiting, colleague, ports)
  return changeCall(id, (current) => current, ports)
}

/** Both have talked: the colleague, or the one outside, has the call from now on. */
export async function completeTransfer(id: string, staff: NamedRef, ports: Ports): Promise<Call> {
  const control = controlOf(ports)
  const call = await theirs(id, staff.id, ports)
  const { transfer } = call
  if (transfer == null || !isOnLine(call, transfer.legRef)) {
    throw new DomainError('not-allowed-now', 'agent-offline')
  }
  await control.hold(call, false)
  const handed = await changeCall(id, (current) => completed(current, ports), ports)
  await releaseLeg(call, staff.id, ports)
  await settleAgents(handed, ports)
  return handed
}

/** The colleague leaves again, the caller comes back. */
export async function cancelTransfer(id: string, staff: NamedRef, ports: Ports): Promise<Call> {
  const control = controlOf(ports)
  const call = await theirs(id, staff.id, ports)
  const { transfer } = call
  if (transfer == null) return call
  await control.hold(call, false)
  const back = await changeCall(
    id,
    (current) => resumeCall(endTransfer(current), ports.now()),
    ports,
  )
  const leg = legOf(call, transfer.legRef)
  if (leg?.leftAt === null) await isDone(async () => control.removeLeg(call, leg.ref))
  await settleAgents(back, ports)
  return back
}

function completed(call: Call, ports: Ports): Call {
  const at = ports.now()
  const agent = call.transfer?.agent
  if (agent != null) return resumed(endTransfer(handOver(call, agent, at)))
  // Outside nobody of ours has it: the first agent writes down what came of it. The transfer stays
  // on the call, so that the end of that line is known for the end of the talk.
  const { wrapUpSeconds } = ports.settings().hotline.queue
  const wrapping = beginWrapUp(call, wrapUpSeconds, at)
  const { transfer } = wrapping
  return transfer == null ? wrapping : { ...wrapping, transfer: { ...transfer, isWarm: false } }
}

/** Handing over ends a hold. */
function resumed(call: Call): Call {
  return call.state === 'held' ? { ...call, state: 'talking' } : call
}

async function sendToQueue(
  call: Call,
  field: string | null,
  staff: NamedRef,
  ports: Ports,
): Promise<Call> {
  // Refused by the company, nothing has changed.
  await controlOf(ports).sendToQueue(call)
  const waiting = await changeCall(
    call.id,
    (current) => sendBack(current, field, ports.now()),
    ports,
  )
  await releaseLeg(call, staff.id, ports)
  await settleAgents(waiting, ports)
  return waiting
}

async function freeColleague(id: string, ports: Ports): Promise<Agent> {
  const colleague = await ports.agents.findById(id)
  if (colleague?.state === 'available') return colleague
  throw new DomainError('not-allowed-now', 'agent-offline')
}

async function ringColleague(call: Call, colleague: Agent, ports: Ports): Promise<Call> {
  const control = controlOf(ports)
  if (!(await reserve(colleague, call.id, ports))) {
    throw new DomainError('not-allowed-now', 'agent-offline')
  }
  try {
    await control.hold(call, true)
    const { ringSeconds } = ports.settings().hotline.queue
    const legRef = await control.ringAgent(call, colleague.id, ringSeconds)
    const { id, name } = colleague
    return await calledIn(call, { agent: { id, name }, legRef, isWarm: true }, ports)
  } catch (error) {
    await standDown(colleague, call.id, ports)
    if (call.heldSince === null) await isDone(async () => control.hold(call, false))
    throw error
  }
}

async function ringOutside(
  call: Call,
  phone: string,
  isWarm: boolean,
  staff: NamedRef,
  ports: Ports,
): Promise<Call> {
  const control = controlOf(ports)
  const number = callableNumber(phone)
  const callerId = await callerIdFor(call.from ?? ANONYMOUS, call, ports)
  if (isWarm) await control.hold(call, true)
  const legRef = await control.ringNumber(call, number, callerId)
  const called = await calledIn(call, { agent: null, legRef, isWarm }, ports)
  if (isWarm) return called
  const { wrapUpSeconds } = ports.settings().hotline.queue
  const left = await changeCall(
    call.id,
    (current) => beginWrapUp(current, wrapUpSeconds, ports.now()),
    ports,
  )
  await releaseLeg(call, staff.id, ports)
  await settleAgents(left, ports)
  return left
}

async function calledIn(
  call: Call,
  called: { agent: NamedRef | null; legRef: string; isWarm: boolean },
  ports: Ports,
): Promise<Call> {
  const at = ports.now()
  return changeCall(
    call.id,
    (current) => {
      const transferring = beginTransfer(current, { ...called, since: at })
      return called.isWarm ? holdCall(transferring, at) : transferring
    },
    ports,
  )
}
