import type { StaffMember } from '#domain/access'
import { canSeeCase } from '#domain/access'
import { ANONYMOUS, type Call } from '#domain/call'
import { citizenNumber, partIn } from '#domain/call-people'
import { isWaiting, positionOf } from '#domain/call-queue'
import type { Case } from '#domain/case'
import type { Ports } from '../ports.ts'
import { loadCall } from '../save-call.ts'

const SHOWN = 20

/** A call, and what is known of its citizen. */
export type CallInContext = {
  readonly call: Call
  readonly position: number | null
  readonly openCases: readonly Case[]
  readonly recentCalls: readonly Call[]
}

/**
 * Who waits, first in line first, the call that this agent has to do with, and the one that an
 * exchange rings at their telephone or that they picked up there.
 */
export type Board = {
  readonly waiting: readonly Call[]
  readonly mine: CallInContext | null
  readonly exchange: CallInContext | null
}

/** A call with its citizen's open cases and earlier calls. */
export async function viewCall(
  id: string,
  staff: StaffMember,
  ports: Ports,
): Promise<CallInContext> {
  return inContext(await loadCall(id, ports), staff, ports)
}

/** The waiting line and the agent's own call. */
export async function viewBoard(staff: StaffMember, ports: Ports): Promise<Board> {
  const waiting = await ports.calls.findWaiting()
  const mine = (await ports.calls.findBusy(staff.id)) ?? (await ringingAt(staff.id, ports))
  const exchange = await ports.calls.findPoppingUp(staff.id)
  return {
    waiting,
    mine: mine === null ? null : await inContext(mine, staff, ports),
    exchange: exchange === null ? null : await inContext(exchange, staff, ports),
  }
}

async function ringingAt(agentId: string, ports: Ports): Promise<Call | null> {
  const agent = await ports.agents.findById(agentId)
  const call = agent?.callId == null ? null : await ports.calls.findCall(agent.callId)
  return call !== null && partIn(call, agentId) !== null ? call : null
}

/** A call that is at hand already, with its citizen's open cases and earlier calls. */
export async function inContext(
  call: Call,
  staff: StaffMember,
  ports: Ports,
): Promise<CallInContext> {
  const number = citizenNumber(call)
  const isKnown = number !== null && number !== ANONYMOUS
  const [waiting, cases, calls] = await Promise.all([
    isWaiting(call) ? ports.calls.findWaiting() : [],
    isKnown ? ports.cases.findOpenOfPhone(number, SHOWN) : [],
    isKnown ? ports.calls.findOfNumber(number, SHOWN + 1) : [],
  ])
  return {
    call,
    position: positionOf(call, waiting),
    openCases: cases.filter((each) => canSeeCase(staff, each)),
    recentCalls: calls.filter(({ id }) => id !== call.id).slice(0, SHOWN),
  }
}
