import type { Case, NamedRef, Note, Response } from './case.ts'
import { type Decision, mustBeLegal, withStep } from './case-life.ts'
import { DomainError } from './errors.ts'

/** How long after publication a citizen may say "not solved" (days). */
export const DISPUTE_WINDOW_DAYS = 30
const DAY_MS = 86_400_000

/** Writes or rewrites the draft; `publicText` is the same without personal data. */
export function draftResponse(
  current: Case,
  text: string,
  publicText: string,
  author: NamedRef,
  decision: Decision,
): Case {
  mustBeLegal('draft', current)
  return withStep(
    current,
    { response: newDraft(text, publicText, author, decision.at) },
    { ...decision, type: 'case:drafted' },
  )
}

/** Puts the response before an approver. */
export function submitResponse(current: Case, decision: Decision): Case {
  mustBeLegal('submit', current)
  const response = writtenResponse(current)
  return withStep(
    current,
    { status: 'answered', response: { ...response, state: 'submitted', sentBackReason: null } },
    { ...decision, type: 'case:submitted', agency: current.agency },
  )
}

/** The approver wants it better. */
export function sendBackResponse(current: Case, reason: string, decision: Decision): Case {
  mustBeLegal('send-back', current)
  const response = writtenResponse(current)
  return withStep(
    current,
    {
      status: 'accepted',
      response: { ...response, state: 'sent-back', sentBackReason: reason },
    },
    { ...decision, type: 'case:sent-back', reason },
  )
}

/** Signs the response: it goes to the citizen, and to the public where the citizen agreed. */
export function approveResponse(current: Case, approver: NamedRef, decision: Decision): Case {
  mustBeLegal('approve', current)
  const response = writtenResponse(current)
  if (response.draftedBy.id === approver.id) {
    throw new DomainError('forbidden', 'approver-wrote-it')
  }
  return withStep(
    current,
    {
      status: 'published',
      publishedAt: decision.at,
      response: {
        ...response,
        state: 'published',
        approvedBy: approver,
        publishedAt: decision.at,
      },
    },
    { ...decision, type: 'case:published', agency: current.agency },
  )
}

/** The citizen says how good it was; a rated case is closed. */
export function rateCase(
  current: Case,
  score: number,
  comment: string | null,
  decision: Decision,
): Case {
  mustBeLegal('rate', current)
  if (current.rating !== null) throw new DomainError('not-allowed-now', 'already-rated')
  return withStep(
    current,
    { status: 'closed', rating: { score, comment } },
    { ...decision, type: 'case:rated', to: String(score), text: comment },
  )
}

/** Closes a published case that nobody rated or disputed in time. */
export function closeCase(current: Case, decision: Decision): Case {
  mustBeLegal('close', current)
  return withStep(current, { status: 'closed' }, { ...decision, type: 'case:closed' })
}

/** True while the citizen may still say "not solved". */
export function canDispute(current: Case, at: Date): boolean {
  const publishedAt = current.publishedAt?.getTime() ?? 0
  return (
    (current.status === 'published' || current.status === 'closed') &&
    at.getTime() - publishedAt <= DISPUTE_WINDOW_DAYS * DAY_MS
  )
}

/** "Not solved": the case reopens at the same agency and the clock starts again. */
export function disputeCase(
  current: Case,
  reason: string,
  dueAt: Date | null,
  decision: Decision,
): Case {
  mustBeLegal('dispute', current)
  if (!canDispute(current, decision.at)) {
    throw new DomainError('not-allowed-now', 'dispute-too-late', { days: DISPUTE_WINDOW_DAYS })
  }
  const disputed = withStep(
    current,
    { disputeReason: reason, rating: null },
    { ...decision, type: 'case:disputed', text: reason },
  )
  return withStep(
    disputed,
    {
      status: 'reopened',
      clockStartedAt: decision.at,
      dueAt,
      isExtended: false,
      warnedLevel: 0,
      publishedAt: null,
      response: null,
      pastResponses:
        current.response === null
          ? current.pastResponses
          : [...current.pastResponses, current.response],
    },
    {
      ...decision,
      type: 'case:reopened',
      agency: current.agency,
      to: dueAt?.toISOString() ?? null,
    },
  )
}

/** A note among staff; the citizen never sees it. */
export function noteCase(current: Case, note: Note, decision: Decision): Case {
  return withStep(current, { notes: [...current.notes, note] }, { ...decision, type: 'case:noted' })
}

/** The citizen adds to what they said. */
export function supplementCase(current: Case, text: string, decision: Decision): Case {
  mustBeLegal('supplement', current)
  return withStep(current, {}, { ...decision, type: 'case:supplemented', text })
}

/** Somebody looked at the citizen's contact data, and why: on the record. */
export function recordReveal(current: Case, reason: string, decision: Decision): Case {
  return withStep(current, {}, { ...decision, type: 'case:revealed', reason })
}

/** A warning went out because `level` percent of the time is used up. */
export function warnDeadline(current: Case, level: 50 | 80 | 100, decision: Decision): Case {
  return withStep(
    current,
    { warnedLevel: level },
    { ...decision, type: 'case:deadline-warned', to: String(level), agency: current.agency },
  )
}

function newDraft(text: string, publicText: string, author: NamedRef, at: Date): Response {
  return {
    text,
    publicText,
    state: 'draft',
    draftedBy: author,
    draftedAt: at,
    approvedBy: null,
    publishedAt: null,
    sentBackReason: null,
  }
}

function writtenResponse(current: Case): Response {
  if (current.response === null) throw new DomainError('not-allowed-now', 'response-empty')
  return current.response
}
