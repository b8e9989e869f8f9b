import { OPEN_STATUSES, type CaseStatus, type TriageReason } from '#contracts/vocabulary'
import type { Case } from './case.ts'
import { type Decision, mustBeLegal, withStep } from './case-life.ts'
import { DomainError } from './errors.ts'

/** Which case a merged one repeats, and how it stood before, for when somebody takes it out again. */
export type MergedInto = {
  readonly code: string
  readonly status: CaseStatus
  readonly dueAt: Date | null
  readonly triageReason: TriageReason | null
}

/** A case that repeats a lead, in the version that whoever merged it had seen. */
export type JoinedCase = { readonly code: string; readonly seenVersion: number }

/** The lead learns of a case that repeats it. First of the two, so that no merged case is forgotten. */
export function joinDuplicate(
  lead: Case,
  duplicate: Case,
  reason: string,
  decision: Decision,
): Case {
  mustFit(lead, duplicate)
  const joined = { code: duplicate.code, seenVersion: duplicate.version }
  return withStep(
    lead,
    { mergedCases: [...others(lead, duplicate.code), joined] },
    { ...decision, type: 'case:duplicate-joined', from: duplicate.code, reason },
  )
}

/** The lead hears that a case does not repeat it after all. */
export function partDuplicate(lead: Case, code: string, reason: string, decision: Decision): Case {
  return withStep(
    lead,
    { mergedCases: others(lead, code) },
    { ...decision, type: 'case:duplicate-left', from: code, reason },
  )
}

/** The case repeats another one: from now on its citizen hears what that one is answered. */
export function mergeCase(current: Case, lead: Case, reason: string, decision: Decision): Case {
  mustBeLegal('merge', current)
  mustFit(lead, current)
  const { status, dueAt, triageReason } = current
  return withStep(
    current,
    {
      status: 'merged',
      dueAt: null,
      triageReason: null,
      mergedInto: { code: lead.code, status, dueAt, triageReason },
    },
    { ...decision, type: 'case:merged', to: lead.code, reason },
  )
}

/** Another matter after all: the case goes on where it stood, by the clock it had. */
export function unmergeCase(current: Case, reason: string, decision: Decision): Case {
  mustBeLegal('unmerge', current)
  const { mergedInto } = current
  if (mergedInto == null) throw new Error('a merged case does not say into which')
  const { code, status, dueAt, triageReason } = mergedInto
  return withStep(
    current,
    { status, dueAt, triageReason, mergedInto: null },
    { ...decision, type: 'case:unmerged', from: code, reason },
  )
}

/** Refuses with `lead-not-open` where the lead was answered or ended: its answer has gone out. */
export function mustBeOpenLead(lead: Case): void {
  if ((OPEN_STATUSES as readonly string[]).includes(lead.status)) return
  throw new DomainError('not-allowed-now', 'lead-not-open', { status: lead.status })
}

/** True where the lead knows of this case as one that repeats it. */
export function hasJoined(lead: Case, code: string): boolean {
  return joinedOf(lead).some((joined) => joined.code === code)
}

/** The cases that repeat this one. */
export function joinedOf({ mergedCases = [] }: Case): readonly JoinedCase[] {
  return mergedCases
}

function mustFit(lead: Case, duplicate: Case): void {
  if (lead.code === duplicate.code) {
    throw new DomainError('invalid', 'merge-with-itself', {}, '/leadCode')
  }
  mustBeOpenLead(lead)
  // A complaint has a law and a clock of its own: no answer to a report is an answer to it.
  const isFormal = [lead, duplicate].some(
    ({ kind }) => kind === 'complaint' || kind === 'denunciation',
  )
  if (isFormal) throw new DomainError('invalid', 'merge-other-procedure', {}, '/leadCode')
  // No chains: whoever repeats this one would have to be led on.
  if (joinedOf(duplicate).length > 0) throw new DomainError('not-allowed-now', 'merge-lead-itself')
}

function others(lead: Case, code: string): JoinedCase[] {
  return joinedOf(lead).filter((joined) => joined.code !== code)
}
