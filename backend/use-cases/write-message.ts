import type { NewMessage } from '#contracts/cases'
import type { Messaging } from '#contracts/vocabulary'
import { canSeeCase, canSeeContact, type StaffMember } from '#domain/access'
import type { Case } from '#domain/case'
import { decisionOn } from '#domain/case-life'
import { DomainError } from '#domain/errors'
import { addOutgoing } from '#domain/message'
import { StaleVersion } from '#domain/stale-version'
import { isStale, loadCase, saveOrExplain } from './change-case.ts'
import type { Ports } from './ports.ts'

/** Whether this person can write to the citizen's telephone, or why not; null where it is not theirs. */
export function messagingFor(staff: StaffMember, current: Case, ports: Ports): Messaging | null {
  if (!canSeeContact(staff, current)) return null
  if (ports.messages.sender === null) return 'no-sender'
  return current.contact?.phone == null ? 'no-number' : 'ready'
}

/**
 * Somebody of the centre writes to the citizen; the message is on the record and goes out by itself.
 * Refuses who may not see the number, a case that moved on, and a number that wants no messages.
 */
export async function writeMessage(
  code: string,
  asked: { readonly message: NewMessage; readonly staff: StaffMember },
  ports: Ports,
): Promise<Case> {
  const { message, staff } = asked
  const current = await loadCase(code, ports)
  if (!canSeeCase(staff, current)) throw new DomainError('not-found', 'case-not-found')
  const messaging = messagingFor(staff, current, ports)
  if (messaging === null) throw new DomainError('forbidden', 'not-allowed')
  if (messaging === 'no-sender') throw new DomainError('not-allowed-now', 'sender-missing')
  const phone = current.contact?.phone ?? null
  if (phone === null) throw new DomainError('not-allowed-now', 'number-missing')
  if (isStale(current, message.version)) throw new StaleVersion(current, message.version)
  if (await ports.messages.log.isOptedOut(phone)) {
    throw new DomainError('not-allowed-now', 'number-opted-out')
  }
  const by = { kind: 'staff', id: staff.id, name: staff.name } as const
  const decision = decisionOn(current, by, ports.now())
  const outgoing = { id: `staff-${ports.newId()}`, text: message.text }
  return saveOrExplain(current, addOutgoing(current, outgoing, decision), ports)
}
