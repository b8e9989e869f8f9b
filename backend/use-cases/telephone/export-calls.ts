import { canSeeRestricted, type StaffMember } from '#domain/access'
import type { Call } from '#domain/call'
import { isoDay, startOfVietnamDay } from '#domain/epoch-day'
import { DomainError } from '#domain/errors'
import type { Ports } from '../ports.ts'

// More calls than one centre has in a day.
const MANY = 100_000

/**
 * The calls of these days, both included, a day at a time and oldest first. For supervisors; who took
 * which days along is on the audit log.
 */
export async function exportCalls(
  { first, last }: { readonly first: number; readonly last: number },
  staff: StaffMember,
  ports: Ports,
): Promise<AsyncIterable<readonly Call[]>> {
  if (!canSeeRestricted(staff)) throw new DomainError('forbidden', 'not-allowed')
  await ports.auditLog.add({
    at: ports.now(),
    staffId: staff.id,
    staffName: staff.name,
    action: 'calls-export',
    caseCode: null,
    reason: `${isoDay(first)}..${isoDay(last)}`,
  })
  return callsOfDays(first, last, ports)
}

async function* callsOfDays(
  first: number,
  last: number,
  { calls }: Pick<Ports, 'calls'>,
): AsyncGenerator<readonly Call[]> {
  for (let day = first; day <= last; day++) {
    yield await calls.findStartedBetween(startOfVietnamDay(day), startOfVietnamDay(day + 1), MANY)
  }
}
