import { canSeeCase, type StaffMember } from '#domain/access'
import type { Case } from '#domain/case'
import { DomainError } from '#domain/errors'
import { loadCase } from './change-case.ts'
import type { Ports } from './ports.ts'

/** A case for a staff member; one that they may not see does not exist for them. */
export async function viewCase(code: string, staff: StaffMember, ports: Ports): Promise<Case> {
  const found = await loadCase(code, ports)
  if (!canSeeCase(staff, found)) throw new DomainError('not-found', 'case-not-found')
  return found
}
