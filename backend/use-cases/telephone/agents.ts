import type { AgentSkills } from '#contracts/telephony'
import { canSeeRestricted, type StaffMember } from '#domain/access'
import { type Agent, choosePresence, heardFrom, waitsForCall, withSkills } from '#domain/agent'
import { finishWrapUp } from '#domain/call-talk'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'
import { changeCall } from '../save-call.ts'
import { saveAgent } from './save-agent.ts'

/**
 * An agent says whether calls may come; in the middle of a call, whether they may afterwards.
 * Whoever is ready for the next one is done with the wrap-up.
 */
export async function choosePresenceOf(
  staff: StaffMember,
  state: 'available' | 'away' | 'offline',
  ports: Ports,
): Promise<Agent> {
  const before = await ports.agents.findById(staff.id)
  const endsWrapUp = before?.state === 'wrapup' && !waitsForCall(before, state)
  if (endsWrapUp && before.callId !== null) {
    await changeCall(
      before.callId,
      (call) =>
        call.wrapUp?.doneAt === null && call.agent?.id === staff.id
          ? finishWrapUp(call, null, ports.now())
          : call,
      ports,
    )
  }
  return saveAgent(
    staff,
    (agent) => ({ ...choosePresence(agent, state, ports.now()), name: staff.name }),
    ports,
  )
}

/** Which calls are an agent's to take; supervisors decide. */
export async function setSkills(
  agentId: string,
  skills: AgentSkills,
  staff: StaffMember,
  ports: Ports,
): Promise<Agent> {
  if (!canSeeRestricted(staff)) throw new DomainError('forbidden', 'not-allowed')
  const agent = await ports.agents.findById(agentId)
  if (agent === null) throw new DomainError('not-found', 'staff-not-found')
  const known = new Set(ports.settings().fields.map(({ id }) => id))
  const unknown = skills.fields.findIndex((field) => !known.has(field))
  if (unknown >= 0) {
    throw new DomainError('invalid', 'field-unknown', {}, `/fields/${String(unknown)}`)
  }
  return saveAgent(agent, (current) => withSkills(current, skills), ports)
}

/** An agent's browser says that its softphone is registered. */
export async function hearSoftphone(staff: StaffMember, ports: Ports): Promise<void> {
  await saveAgent(
    staff,
    (agent) => (agent.state === 'offline' ? agent : heardFrom(agent, ports.now())),
    ports,
  )
}
