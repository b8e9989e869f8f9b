import type { WrapUp } from '#contracts/telephony'
import type { StaffMember } from '#domain/access'
import { attachCase, type Call } from '#domain/call'
import { extendWrapUp, finishWrapUp, mustBeTheirs } from '#domain/call-talk'
import type { Ports } from '../ports.ts'
import { changeCall } from '../save-call.ts'
import { viewCase } from '../view-case.ts'
import { settleAgents } from './settle-agents.ts'

const LEAST_MORE_SECONDS = 60

/** The agent needs more time for what came of a call: as much again as there is for each. */
export async function giveMoreTime(id: string, staff: StaffMember, ports: Ports): Promise<Call> {
  const seconds = Math.max(ports.settings().hotline.queue.wrapUpSeconds, LEAST_MORE_SECONDS)
  return changeCall(
    id,
    (call) => {
      mustBeTheirs(call, staff.id)
      return extendWrapUp(call, seconds, ports.now())
    },
    ports,
  )
}

/** What came of a call, and perhaps the case it was about. The agent is free for the next one. */
export async function wrapUpCall(
  id: string,
  told: WrapUp,
  staff: StaffMember,
  ports: Ports,
): Promise<Call> {
  // A case that this person may not see is none that a call could be tied to.
  const code = told.caseCode ?? null
  const about = code === null ? null : await viewCase(code, staff, ports)
  const { disposition, note = null } = told
  const ended = await changeCall(
    id,
    (call) => {
      mustBeTheirs(call, staff.id)
      const finished = finishWrapUp(call, { disposition, note }, ports.now())
      return about === null ? finished : attachCase(finished, about.code)
    },
    ports,
  )
  await settleAgents(ended, ports)
  return ended
}
