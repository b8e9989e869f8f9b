import { canSeeCase, type StaffMember } from '#domain/access'
import { type Case, SYSTEM, type TimelineStep } from '#domain/case'
import { type Decision, decisionOn, isLegal } from '#domain/case-life'
import { DomainError } from '#domain/errors'
import {
  hasJoined,
  joinDuplicate,
  joinedOf,
  mergeCase as merge,
  mustBeOpenLead,
  partDuplicate,
  unmergeCase as unmerge,
} from '#domain/merged-case'
import type { CaseEventName } from '#contracts/vocabulary'
import type { Decide } from './change-case.ts'
import { loadCase } from './change-case.ts'
import type { Ports } from './ports.ts'
import { saveChange } from './save-change.ts'

/** A lead that ends like this answers nobody. */
const ENDS_UNANSWERED: ReadonlySet<CaseEventName> = new Set<CaseEventName>([
  'case:withdrawn',
  'case:rejected',
  'case:redirected',
])

/**
 * A person says that the case repeats another one. The lead is saved first, and told of once this
 * case is saved too; what is cut between the two, `settleDuplicates` finishes or takes back.
 */
export const mergeCase: Decide<'merge'> = async (current, { command, staff, decision, ports }) => {
  const lead = await findLead(command.leadCode, staff, ports)
  const merged = merge(current, lead, command.reason, decision)
  const joining = onLead(lead, decision)
  await ports.cases.save(joinDuplicate(lead, current, command.reason, joining), lead.version)
  return merged
}

/** Another matter after all, while the lead is open: the lead is saved first here too. */
export const unmergeCase: Decide<'unmerge'> = async (current, { command, decision, ports }) => {
  const parted = unmerge(current, command.reason, decision)
  const lead = await loadCase(current.mergedInto?.code ?? '', ports)
  mustBeOpenLead(lead)
  if (hasJoined(lead, current.code)) {
    const parting = onLead(lead, decision)
    await ports.cases.save(partDuplicate(lead, current.code, command.reason, parting), lead.version)
  }
  return parted
}

/** Tells everyone of the lead what `mergeCase` and `unmergeCase` saved of it. */
export async function tellLead(changed: Case, ports: Ports): Promise<void> {
  const step = changed.timeline.at(-1)
  const lead = await ports.cases.findByCode(step?.to ?? step?.from ?? '')
  const last = lead?.timeline.at(-1)
  // Whoever changed it since tells of that; the sweep of the outbox tells of this.
  if (lead && last?.from === changed.code) ports.publisher.publish(lead, [last])
}

/**
 * Brings the cases that repeat a lead in line with what these steps say of it; safe to call twice.
 * After a crash between the two saves a merge is finished if nobody touched the case meanwhile, and
 * taken back otherwise. Where the lead ends unanswered, the others go on by themselves.
 */
export async function settleDuplicates(
  changed: Case,
  steps: readonly TimelineStep[],
  ports: Ports,
): Promise<void> {
  for (const step of steps) {
    if (step.type === 'case:duplicate-joined') await finishMerge(changed.code, step, ports)
    if (step.type === 'case:duplicate-left') await finishParting(changed.code, step, ports)
    if (ENDS_UNANSWERED.has(step.type)) await release(changed.code, ports)
  }
}

async function finishMerge(leadCode: string, step: TimelineStep, ports: Ports): Promise<void> {
  const lead = await loadCase(leadCode, ports)
  const joined = joinedOf(lead).find(({ code }) => code === step.from)
  if (joined === undefined) return
  const duplicate = await loadCase(joined.code, ports)
  if (duplicate.mergedInto?.code === leadCode) return
  const reason = step.reason ?? ''
  const isUntouched = duplicate.version === joined.seenVersion && isLegal('merge', duplicate)
  if (isUntouched) {
    const decision = decisionOn(duplicate, step.by, step.at)
    await saveChange(duplicate, merge(duplicate, lead, reason, decision), ports)
    return
  }
  const decision = decisionOn(lead, SYSTEM, ports.now())
  await saveChange(lead, partDuplicate(lead, joined.code, reason, decision), ports)
}

async function finishParting(leadCode: string, step: TimelineStep, ports: Ports): Promise<void> {
  const lead = await loadCase(leadCode, ports)
  const code = step.from ?? ''
  const duplicate = await loadCase(code, ports)
  if (duplicate.mergedInto?.code !== leadCode || hasJoined(lead, code)) return
  const decision = decisionOn(duplicate, step.by, step.at)
  await saveChange(duplicate, unmerge(duplicate, step.reason ?? '', decision), ports)
}

/** The duplicates first: the lead still names those that a crash left merged. */
async function release(leadCode: string, ports: Ports): Promise<void> {
  const lead = await loadCase(leadCode, ports)
  for (const { code } of joinedOf(lead)) {
    const duplicate = await loadCase(code, ports)
    if (duplicate.mergedInto?.code !== leadCode) continue
    const decision = decisionOn(duplicate, SYSTEM, ports.now())
    await saveChange(duplicate, unmerge(duplicate, 'lead-ended', decision), ports)
  }
}

async function findLead(code: string, staff: StaffMember, ports: Ports): Promise<Case> {
  const lead = await ports.cases.findByCode(code)
  if (lead === null || !canSeeCase(staff, lead)) {
    throw new DomainError('invalid', 'case-not-found', {}, '/leadCode')
  }
  return lead
}

function onLead(lead: Case, { by, at }: Decision): Decision {
  return decisionOn(lead, by, at)
}
