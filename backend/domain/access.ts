import type { CaseAction, CaseStatus, Role } from '#contracts/vocabulary'
import type { Case } from './case.ts'
import { type Change, isLegal } from './case-life.ts'
import { DomainError } from './errors.ts'

/** A signed-in member of staff. Officers and approvers belong to one agency. */
export type StaffMember = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly agencyId: string | null
}

const CENTRE_ACTIONS: readonly CaseAction[] = [
  'correct',
  'split',
  'route',
  'note',
  'reject',
  'redirect',
  'merge',
  'unmerge',
]
const LEAD_ACTIONS: readonly CaseAction[] = [...CENTRE_ACTIONS, 'extend']
const OFFICER_ACTIONS: readonly CaseAction[] = [
  'accept',
  'return',
  'draft',
  'submit',
  'note',
  'extend',
  'merge',
  'unmerge',
  'reveal',
]

const ACTIONS_OF: Record<Role, readonly CaseAction[]> = {
  agent: CENTRE_ACTIONS,
  officer: OFFICER_ACTIONS,
  approver: [...OFFICER_ACTIONS, 'approve', 'send-back'],
  supervisor: LEAD_ACTIONS,
  administrator: LEAD_ACTIONS,
}

/** The rule of the case's life that an action depends on; null where it is always possible. */
const CHANGE_OF: Record<CaseAction, Change | null> = {
  correct: 'correct',
  split: 'split',
  route: 'route',
  accept: 'accept',
  return: 'return',
  draft: 'draft',
  submit: 'submit',
  approve: 'approve',
  'send-back': 'send-back',
  note: null,
  extend: 'extend',
  reject: 'reject',
  redirect: 'redirect',
  merge: 'merge',
  unmerge: 'unmerge',
  reveal: null,
}

/** True for people of the call centre, who see every agency's cases. */
export function worksAtCentre(staff: StaffMember): boolean {
  return staff.role === 'agent' || canSeeRestricted(staff)
}

/** Complaints and denunciations follow laws of their own: supervisors and administrators alone. */
export function canSeeRestricted(staff: StaffMember): boolean {
  return staff.role === 'supervisor' || staff.role === 'administrator'
}

/** True for a case that only `canSeeRestricted` people may see. */
export function isRestricted(current: Pick<Case, 'kind'>): boolean {
  return current.kind === 'complaint' || current.kind === 'denunciation'
}

/** On the public list: answered, agreed to by the citizen, and of a kind that may ever be public. */
export function isPublic(current: Case): boolean {
  const isAnswered = current.status === 'published' || current.status === 'closed'
  return (
    isAnswered &&
    current.response?.state === 'published' &&
    current.consents.includes('publish') &&
    !isRestricted(current)
  )
}

/** May this person open this case? */
export function canSeeCase(staff: StaffMember, current: Case): boolean {
  if (isRestricted(current) && !canSeeRestricted(staff)) return false
  if (worksAtCentre(staff)) return true
  return staff.agencyId !== null && current.agency?.id === staff.agencyId
}

/** Does this person see name and phone number without asking? Officers ask, and it is recorded. */
export function canSeeContact(staff: StaffMember, current: Case): boolean {
  return worksAtCentre(staff) && canSeeCase(staff, current)
}

/** Does this person know the citizen's contact data: by right, or shown once, on the record? */
export function knowsContact(staff: StaffMember, current: Case): boolean {
  if (canSeeContact(staff, current)) return true
  if (!canSeeCase(staff, current)) return false
  return current.timeline.some(
    ({ type, by }) => type === 'case:revealed' && by.kind === 'staff' && by.id === staff.id,
  )
}

/** What this person may do to this case now, in the order that buttons have. */
export function allowedActions(staff: StaffMember, current: Case): CaseAction[] {
  if (!canSeeCase(staff, current)) return []
  return ACTIONS_OF[staff.role].filter((action) => isPossible(action, staff, current))
}

/** Refuses where `allowedActions` does not hold `action`: by role, then by status. */
export function mustBeAllowed(action: CaseAction, staff: StaffMember, current: Case): void {
  // A case that one may not see does not exist.
  if (!canSeeCase(staff, current)) throw new DomainError('not-found', 'case-not-found')
  if (!ACTIONS_OF[staff.role].includes(action)) {
    throw new DomainError('forbidden', 'not-allowed', { action })
  }
  const change = CHANGE_OF[action]
  if (change !== null && !isLegal(change, current)) {
    throw new DomainError('not-allowed-now', 'status-forbids', {
      change,
      status: current.status satisfies CaseStatus,
    })
  }
}

/** May this person manage accounts, agencies and settings? */
export function canAdminister(staff: StaffMember): boolean {
  return staff.role === 'administrator'
}

/** May this person read the call log? */
export function canSeeCalls(staff: StaffMember): boolean {
  return worksAtCentre(staff)
}

function isPossible(action: CaseAction, staff: StaffMember, current: Case): boolean {
  const change = CHANGE_OF[action]
  if (change !== null && !isLegal(change, current)) return false
  if (action === 'extend') return !current.isExtended && current.dueAt !== null
  if (action === 'approve') return current.response?.draftedBy.id !== staff.id
  if (action === 'reveal') return current.contact !== null
  return true
}
