import { CaseCommands, type CaseCommand } from '#contracts/cases'
import type { CaseAction } from '#contracts/vocabulary'
import type { StaffMember } from '#domain/access'
import type { Case } from '#domain/case'
import { changeCase, type Decide } from './change-case.ts'
import {
  acceptCase,
  approveCase,
  draftResponse,
  extendCase,
  noteCase,
  returnCase,
  revealContact,
  sendBackCase,
  submitResponse,
} from './handle-case.ts'
import { mergeCase, tellLead, unmergeCase } from './merge-cases.ts'
import type { Ports } from './ports.ts'
import { openSubCases, splitCase } from './split-case.ts'
import { correctField, redirectCase, rejectCase, routeToAgency } from './triage-case.ts'

const DECISIONS: { readonly [A in CaseAction]: Decide<A> } = {
  correct: correctField,
  split: splitCase,
  route: routeToAgency,
  accept: acceptCase,
  return: returnCase,
  draft: draftResponse,
  submit: submitResponse,
  approve: approveCase,
  'send-back': sendBackCase,
  note: noteCase,
  extend: extendCase,
  reject: rejectCase,
  redirect: redirectCase,
  merge: mergeCase,
  unmerge: unmergeCase,
  reveal: revealContact,
}

/** Is this the name of an action? */
export function isCaseAction(name: string): name is CaseAction {
  return Object.hasOwn(CaseCommands, name)
}

/** Carries out one action of a staff member on a case; answers the case as it is then. */
export async function actOnCase<A extends CaseAction>(
  action: A,
  code: string,
  asked: { readonly command: CaseCommand<A>; readonly staff: StaffMember },
  ports: Ports,
): Promise<Case> {
  const changed = await changeCase(action, code, asked, DECISIONS[action], ports)
  if (action === 'split') {
    const steps = changed.timeline.filter(({ version }) => version === changed.version)
    await openSubCases(changed, steps, ports)
  }
  if (action === 'merge' || action === 'unmerge') await tellLead(changed, ports)
  return changed
}
