import type { CaseAction, CaseEventName } from '#contracts/vocabulary'
import type { CaseCommand } from '#contracts/cases'
import { canSeeCase, mustBeAllowed, type StaffMember } from '#domain/access'
import type { Case } from '#domain/case'
import { type Decision, decisionOn } from '#domain/case-life'
import { DomainError } from '#domain/errors'
import { StaleVersion } from '#domain/stale-version'
import type { Ports } from './ports.ts'
import { saveChange } from './save-change.ts'

/** What a decision is made with. */
export type Deciding<A extends CaseAction> = {
  readonly command: CaseCommand<A>
  readonly staff: StaffMember
  readonly decision: Decision
  readonly ports: Ports
}

/** A staff member's decision on a case: the next case, or a refusal. */
export type Decide<A extends CaseAction> = (
  current: Case,
  deciding: Deciding<A>,
) => Case | Promise<Case>

/** Load → allowed? → up to date? → decide → save → publish: the one way staff change a case. */
export async function changeCase<A extends CaseAction>(
  action: A,
  code: string,
  asked: { readonly command: CaseCommand<A>; readonly staff: StaffMember },
  decide: Decide<A>,
  ports: Ports,
): Promise<Case> {
  const { command, staff } = asked
  const current = await loadCase(code, ports)
  if (!canSeeCase(staff, current)) throw new DomainError('not-found', 'case-not-found')
  // Before the rights: a button that has vanished meanwhile is a conflict to show, not a mistake.
  // A note takes nothing away from what somebody else did, so it is welcome on any version.
  if (action !== 'note' && isStale(current, command.version)) {
    throw new StaleVersion(current, command.version)
  }
  mustBeAllowed(action, staff, current)
  const by = { kind: 'staff', id: staff.id, name: staff.name } as const
  const decision = decisionOn(current, by, ports.now())
  const next = await decide(current, { command, staff, decision, ports })
  return saveOrExplain(current, next, ports)
}

/** The case with this code; `not-found` where there is none. */
export async function loadCase(code: string, ports: Ports): Promise<Case> {
  const found = await ports.cases.findByCode(code)
  if (found === null) throw new DomainError('not-found', 'case-not-found')
  return found
}

/** What the system does beside people's work. */
const NOBODYS_WORK: ReadonlySet<CaseEventName> = new Set([
  'case:deadline-warned',
  'case:messaged',
  'case:message-reported',
])

/** True where somebody did something since; that the system warned of the deadline is nobody's work lost. */
export function isStale(current: Case, seenVersion: number): boolean {
  if (seenVersion > current.version) return true
  return current.timeline.some(
    ({ version, type, by }) =>
      version > seenVersion && !(by.kind === 'system' && NOBODYS_WORK.has(type)),
  )
}

/** Lost the race between load and save: say what the winner did. */
export async function saveOrExplain(current: Case, next: Case, ports: Ports): Promise<Case> {
  try {
    return await saveChange(current, next, ports)
  } catch (error) {
    if (!(error instanceof DomainError) || error.refusal !== 'version-stale') throw error
    throw new StaleVersion(await loadCase(current.code, ports), current.version)
  }
}
