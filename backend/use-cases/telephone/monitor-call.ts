import type { MonitorMode } from '#contracts/call-record'
import { canSeeRestricted, type StaffMember } from '#domain/access'
import type { Call } from '#domain/call'
import { callIn } from '#domain/call-talk'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'
import { changeCall, loadCall } from '../save-call.ts'
import { joinAs } from './talk.ts'

/** A supervisor takes part in a call. On the audit log before anything is heard. */
export async function monitorCall(
  id: string,
  mode: MonitorMode,
  supervisor: StaffMember,
  ports: Ports,
): Promise<Call> {
  if (!canSeeRestricted(supervisor)) throw new DomainError('forbidden', 'not-allowed')
  const call = await loadCall(id, ports)
  if (call.agent?.id === supervisor.id) throw new DomainError('not-allowed-now', 'agent-busy')
  await ports.auditLog.add({
    at: ports.now(),
    staffId: supervisor.id,
    staffName: supervisor.name,
    action: `call-${mode}`,
    caseCode: call.caseCode,
    reason: call.id,
  })
  const legRef = await joinAs(call, supervisor.id, mode, ports)
  const who = { id: supervisor.id, name: supervisor.name }
  return changeCall(
    id,
    (current) => callIn(current, { legRef, who, monitor: mode }, ports.now()),
    ports,
  )
}
