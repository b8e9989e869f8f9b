import type { CaseStatus, RejectReason, RedirectTarget, ReturnReason } from '#contracts/vocabulary'
import type { CaseEventName, TriageReason } from '#contracts/vocabulary'
import type { Actor, Case, NamedRef, TimelineStep } from './case.ts'
import { DomainError } from './errors.ts'

/** From which statuses each change is legal; everything else is refused. */
export const LEGAL_FROM = {
  route: ['received', 'triage', 'routed', 'accepted', 'returned', 'reopened'],
  triage: ['received', 'triage', 'routed', 'accepted', 'returned', 'reopened'],
  correct: ['triage', 'routed', 'accepted', 'returned', 'reopened'],
  split: ['triage', 'routed', 'accepted', 'returned', 'reopened'],
  accept: ['routed', 'reopened'],
  return: ['routed', 'accepted', 'reopened'],
  draft: ['accepted'],
  submit: ['accepted'],
  'send-back': ['answered'],
  approve: ['answered'],
  close: ['published'],
  rate: ['published', 'closed'],
  dispute: ['published', 'closed'],
  extend: ['routed', 'accepted', 'reopened'],
  reject: ['triage', 'routed', 'accepted', 'returned'],
  redirect: ['triage', 'routed', 'returned'],
  merge: ['triage', 'routed', 'accepted', 'returned', 'reopened'],
  unmerge: ['merged'],
  withdraw: ['triage', 'routed', 'accepted', 'returned', 'reopened'],
  supplement: ['triage', 'routed', 'accepted', 'answered', 'returned', 'reopened'],
} as const satisfies Record<string, readonly CaseStatus[]>
export type Change = keyof typeof LEGAL_FROM

/** True where `change` is legal for the case as it stands. */
export function isLegal(change: Change, current: Case): boolean {
  return (LEGAL_FROM[change] as readonly CaseStatus[]).includes(current.status)
}

/** Refuses with `not-allowed-now` where `change` is not legal in the present status. */
export function mustBeLegal(change: Change, current: Case): void {
  if (isLegal(change, current)) return
  throw new DomainError('not-allowed-now', 'status-forbids', { change, status: current.status })
}

type StepDetails = Partial<Pick<TimelineStep, 'from' | 'to' | 'agency' | 'reason' | 'text'>>

/**
 * The one way a case changes: applies `changes`, counts the version up once per decision and writes
 * the step. `current.version` is the version loaded; several steps of one decision share the next.
 */
export function withStep(
  current: Case,
  changes: Partial<Case>,
  step: { at: Date; type: CaseEventName; by: Actor; version: number } & StepDetails,
): Case {
  const written: TimelineStep = {
    from: null,
    to: null,
    agency: null,
    reason: null,
    text: null,
    ...step,
  }
  return {
    ...current,
    ...changes,
    version: step.version,
    timeline: [...current.timeline, written],
  }
}

/** Where a decision stands: who, when, and the version it makes. */
export type Decision = { readonly by: Actor; readonly at: Date; readonly version: number }

/** A decision on the case as loaded. */
export function decisionOn(current: Case, by: Actor, at: Date): Decision {
  return { by, at, version: current.version + 1 }
}

/** Sends the case to an agency, which has to accept it. */
export function routeCase(
  current: Case,
  agency: NamedRef,
  reason: string | null,
  decision: Decision,
): Case {
  mustBeLegal('route', current)
  return withStep(
    current,
    {
      ...draftLeftBehind(current),
      status: 'routed',
      agency,
      triageReason: null,
      assignee: null,
      suggestedAgency: null,
    },
    {
      ...decision,
      type: 'case:routed',
      from: current.agency?.name ?? null,
      to: agency.name,
      agency,
      reason,
    },
  )
}

/** Puts the case before a person who chooses the agency. */
export function triageCase(current: Case, reason: TriageReason, decision: Decision): Case {
  mustBeLegal('triage', current)
  return withStep(
    current,
    {
      ...draftLeftBehind(current),
      status: 'triage',
      triageReason: reason,
      agency: null,
      assignee: null,
    },
    { ...decision, type: 'case:triaged', from: current.agency?.name ?? null, reason },
  )
}

/** A person says what the case is about; the caller routes it again afterwards. */
export function correctCase(
  current: Case,
  field: string,
  topic: string | null,
  decision: Decision,
): Case {
  mustBeLegal('correct', current)
  return withStep(
    current,
    { field, topic, isFieldConfirmed: true },
    { ...decision, type: 'case:corrected', from: current.field, to: field },
  )
}

/** The agency takes the case on; `assignee` answers for it from now on. */
export function acceptCase(current: Case, assignee: NamedRef, decision: Decision): Case {
  mustBeLegal('accept', current)
  return withStep(
    current,
    { status: 'accepted', assignee },
    { ...decision, type: 'case:accepted', agency: current.agency, to: assignee.name },
  )
}

/** What one agency drafted is not the next one's to send; it stays with the case's past responses. */
function draftLeftBehind({ response, pastResponses }: Case): Partial<Case> {
  return response === null ? {} : { response: null, pastResponses: [...pastResponses, response] }
}

/** How often an agency may say "not ours" before a person decides for good. */
const RETURNS_BEFORE_ARBITER = 2

/** "Not ours": back to triage with a structured reason; after the second time an arbiter decides. */
export function returnCase(
  current: Case,
  reason: ReturnReason,
  comment: string | null,
  suggested: NamedRef | null,
  decision: Decision,
): Case {
  mustBeLegal('return', current)
  const returnCount = current.returnCount + 1
  return withStep(
    current,
    {
      ...draftLeftBehind(current),
      status: 'returned',
      triageReason: returnCount >= RETURNS_BEFORE_ARBITER ? 'returned-twice' : 'returned',
      returnCount,
      suggestedAgency: suggested,
      agency: null,
      assignee: null,
    },
    {
      ...decision,
      type: 'case:returned',
      from: current.agency?.name ?? null,
      to: suggested?.name ?? null,
      agency: current.agency,
      reason,
      text: comment,
    },
  )
}

/** Not for us at all; the citizen is told why. */
export function rejectCase(
  current: Case,
  reason: RejectReason,
  comment: string | null,
  decision: Decision,
): Case {
  mustBeLegal('reject', current)
  return withStep(
    current,
    { status: 'rejected', dueAt: null, triageReason: null },
    { ...decision, type: 'case:rejected', reason, text: comment },
  )
}

/** Handed to another procedure with its own law and clock. */
export function redirectCase(
  current: Case,
  target: RedirectTarget,
  comment: string | null,
  decision: Decision,
): Case {
  mustBeLegal('redirect', current)
  return withStep(
    current,
    { status: 'redirected', dueAt: null, triageReason: null },
    { ...decision, type: 'case:redirected', to: target, reason: target, text: comment },
  )
}

/** The citizen takes the report back. */
export function withdrawCase(current: Case, decision: Decision): Case {
  mustBeLegal('withdraw', current)
  return withStep(
    current,
    { status: 'withdrawn', dueAt: null, triageReason: null },
    { ...decision, type: 'case:withdrawn' },
  )
}

/** One extension, with a reason that the citizen reads. */
export function extendCase(current: Case, dueAt: Date, reason: string, decision: Decision): Case {
  mustBeLegal('extend', current)
  if (current.isExtended) throw new DomainError('not-allowed-now', 'already-extended')
  return withStep(
    current,
    { dueAt, isExtended: true, warnedLevel: 0 },
    {
      ...decision,
      type: 'case:extended',
      from: current.dueAt?.toISOString() ?? null,
      to: dueAt.toISOString(),
      agency: current.agency,
      reason,
    },
  )
}
