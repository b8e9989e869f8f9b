import type { NewCall } from '#contracts/telephony'
import { occupied } from '#domain/agent'
import type { StaffMember } from '#domain/access'
import type { Call, Placing } from '#domain/call'
import { afterQuietHours, promiseCallBack } from '#domain/call-back'
import { placedCall } from '#domain/call-placing'
import { NOTHING_KNOWN } from '#domain/call-progress'
import { callableNumber } from '#domain/callable-number'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'
import { saveCall } from '../save-call.ts'
import { viewCase } from '../view-case.ts'
import { controlOf } from './accept-call.ts'
import { beginCallBack, loadCallBack, missCallBack } from './call-backs.ts'
import { callerIdFor } from './caller-id.ts'
import { inRegion } from './in-region.ts'
import { standDown } from './offer-call.ts'
import { saveAgent } from './save-agent.ts'

/**
 * An agent calls a citizen: a number, the citizen of a case, or one who was promised a call. Refused
 * in quiet hours and for numbers that may not be called; where the company is down, the call is
 * promised instead.
 */
export async function placeCall(given: NewCall, staff: StaffMember, ports: Ports): Promise<Call> {
  const control = controlOf(ports)
  const wanted = await calleeOf(given, staff, ports)
  mustBeAwake(ports)
  const callerId = await callerIdFor(wanted.number, wanted.earlier, ports)
  // Its id is chosen before anything rings: the agent is taken by a call that is not there yet.
  const awaited = `dialing:${ports.newId()}`
  await reserveCaller(staff, awaited, ports)
  const placing: Placing = { ...wanted, agentRef: staff.id }
  let callRef: string
  try {
    // Two agents must not call the same citizen.
    if (wanted.callBackId !== null) await beginCallBack(wanted.callBackId, staff, ports)
    callRef = await control.dial(wanted.number, callerId, placing)
  } catch (error) {
    await standDown(staff, awaited, ports)
    if (isRefusedByCompany(error)) await promise(wanted, staff, ports)
    throw error
  }
  const { provider } = control
  const id = `${provider}:${callRef}`
  const call = await saveCall(
    id,
    (known) => {
      const there = known ?? { ...NOTHING_KNOWN, id, provider, callRef, startedAt: ports.now() }
      const placed = placedCall(there, staff, placing)
      const ends = { from: callerId, to: wanted.number }
      return { ...inRegion(placed, control), ...ends, version: there.version + 1 }
    },
    ports,
  )
  await saveAgent(
    staff,
    (agent) =>
      agent.callId === awaited ? occupied(agent, 'ringing', call.id, ports.now()) : agent,
    ports,
  )
  return call
}

type Callee = {
  readonly number: string
  readonly caseCode: string | null
  readonly callBackId: string | null
  readonly earlier: Call | null
}

async function calleeOf(given: NewCall, staff: StaffMember, ports: Ports): Promise<Callee> {
  if (given.callBackId !== undefined) {
    const { id, phone, caseCode, callId } = await loadCallBack(given.callBackId, ports)
    const earlier = callId === null ? null : await ports.calls.findCall(callId)
    return { number: callableNumber(phone), caseCode, callBackId: id, earlier }
  }
  const about = given.caseCode === undefined ? null : await viewCase(given.caseCode, staff, ports)
  const number = callableNumber(given.phone ?? about?.contact?.phone ?? '')
  return { number, caseCode: about?.code ?? null, callBackId: null, earlier: null }
}

function mustBeAwake(ports: Ports): void {
  const { outbound } = ports.settings().hotline
  const { quietFrom, quietUntil } = outbound
  const now = ports.now()
  if (afterQuietHours(now, outbound) === now) return
  throw new DomainError('not-allowed-now', 'quiet-hours', { from: quietFrom, until: quietUntil })
}

async function reserveCaller(staff: StaffMember, awaited: string, ports: Ports): Promise<void> {
  await saveAgent(
    staff,
    (agent) => {
      if (agent.state === 'offline') throw new DomainError('not-allowed-now', 'agent-offline')
      if (agent.callId !== null) throw new DomainError('not-allowed-now', 'agent-busy')
      return occupied(agent, 'ringing', awaited, ports.now())
    },
    ports,
  )
}

function isRefusedByCompany(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'unavailable'
}

/** The company is down: one that was promised already stays so. */
async function promise(
  { number, caseCode, callBackId }: Callee,
  staff: StaffMember,
  ports: Ports,
): Promise<void> {
  if (callBackId !== null) {
    await missCallBack(callBackId, staff, ports)
    return
  }
  const promised = {
    id: ports.newId(),
    phone: number,
    reason: 'provider-down',
    language: 'vi',
    field: null,
    callId: null,
    caseCode,
  } as const
  const { outbound } = ports.settings().hotline
  await ports.callBacks.add(promiseCallBack(promised, ports.now(), outbound))
}
