import type { CaseStep, CaseView, StepMessage } from '#contracts/cases'
import type { Messaging } from '#contracts/vocabulary'
import { openParts } from '#domain/sub-case'
import { allowedActions, canSeeContact, isRestricted, type StaffMember } from '#domain/access'
import type { Actor, Case, TimelineStep } from '#domain/case'
import { messageOfStep } from '#domain/message'
import { maskEmail, maskName, maskPhone } from '#domain/contact'
import { findAgain } from './find-again.ts'
import { textsIn } from './texts/in-language.ts'

/** How a case is shown: what hides personal data in a text, and whether it was asked to be seen. */
export type Viewing = {
  readonly mask: (text: string, knownNames: readonly string[]) => string
  /** Asked for with a reason, and recorded. */
  readonly isRevealed?: boolean
  /** Whether a text message can be written to the citizen; null for those who do not. */
  readonly messaging?: Messaging | null
}

/**
 * One case for one member of staff. Who may not see the citizen's contact data reads everything that
 * the citizen ever wrote with personal data masked, unless it was revealed to them.
 */
export function presentCase(current: Case, staff: StaffMember, viewing: Viewing): CaseView {
  const isPlain = viewing.isRevealed === true || canSeeContact(staff, current)
  const { understanding } = current
  const name = current.contact?.name
  const read = (text: string | null): string | null =>
    isPlain || text === null ? text : viewing.mask(text, name == null ? [] : [name])
  const { rating } = current
  return {
    ...headOf(current),
    rating: rating === null ? null : { ...rating, comment: read(rating.comment) },
    disputeReason: read(current.disputeReason),
    text: isPlain ? current.text : current.redactedText,
    evidence: (isPlain ? [...understanding.evidence] : evidenceInRedacted(current)).sort(
      (a, b) => b.weight - a.weight,
    ),
    personalData: isPlain
      ? understanding.personalData.map(({ start, end, type }) => ({ start, end, type }))
      : [],
    // Offsets in the text as it was written: for whoever reads it so, and may act on it.
    parts:
      isPlain && allowedActions(staff, current).includes('split') ? [...openParts(current)] : [],
    place: placeOf(current),
    contact: contactOf(current, isPlain),
    response: responseOf(current),
    notes: current.notes.map((note) => ({ ...note, at: note.at.toISOString() })),
    timeline: current.timeline.map((step) => ({
      ...presentStep(step),
      text: isCitizensText(step) ? read(step.text) : step.text,
      message: messageIn(current, step),
    })),
    messaging: viewing.messaging ?? null,
    actions: allowedActions(staff, current),
  }
}

/** One entry of the record for staff. */
export function presentStep(step: TimelineStep): CaseStep {
  return {
    at: step.at.toISOString(),
    type: step.type,
    by: { kind: step.by.kind, name: nameOf(step.by) },
    from: step.from,
    to: step.to,
    reason: step.reason,
    text: step.text,
    message: null,
  }
}

/** What the citizen wrote, or was written to on their own telephone. */
function isCitizensText({ by, type }: TimelineStep): boolean {
  return by.kind === 'citizen' || type === 'case:messaged'
}

function messageIn(current: Case, step: TimelineStep): StepMessage | null {
  const message = messageOfStep(current, step)
  if (message === null) return null
  const { direction, delivery } = message
  return { direction, state: delivery?.state ?? null, errorCode: delivery?.errorCode ?? null }
}

/** Who did it, in Vietnamese where it is nobody by name. */
export function nameOf(by: Actor): string {
  if (by.kind === 'staff') return by.name
  return by.kind === 'citizen' ? textsIn('vi').aCitizen : textsIn('vi').theSystem
}

/** The deciding words as far as the masked text still has them. */
function evidenceInRedacted({ text, redactedText, understanding }: Case): CaseView['evidence'] {
  const { evidence, personalData } = understanding
  return evidence.flatMap((span) => {
    const isMasked = personalData.some(({ start, end }) => start < span.end && span.start < end)
    const at = isMasked ? null : findAgain(span, text, redactedText)
    return at === null ? [] : [{ ...span, start: at, end: at + span.end - span.start }]
  })
}

function headOf(current: Case) {
  const { understanding } = current
  return {
    code: current.code,
    version: current.version,
    status: current.status,
    kind: current.kind,
    urgency: current.urgency,
    channel: current.channel,
    lang: current.lang,
    isRestricted: isRestricted(current),
    field: current.field,
    topic: current.topic,
    confidence: understanding.confidence,
    alternatives: [...understanding.alternatives],
    subCases: (current.subCases ?? []).map(({ code, field, agency }) => ({ code, field, agency })),
    mainCase: current.mainCase ?? null,
    mergedInto: current.mergedInto?.code ?? null,
    mergedCases: (current.mergedCases ?? []).map(({ code }) => code),
    modelVersion: understanding.modelVersion,
    isFieldConfirmed: current.isFieldConfirmed,
    triageReason: current.triageReason,
    agency: current.agency,
    suggestedAgency: current.suggestedAgency,
    returnCount: current.returnCount,
    assignee: current.assignee,
    consents: [...current.consents],
    receivedAt: current.receivedAt.toISOString(),
    dueAt: current.dueAt?.toISOString() ?? null,
    isExtended: current.isExtended,
    attachments: current.attachments.map(({ id, mediaType, byteCount }) => ({
      id,
      mediaType,
      byteCount,
    })),
  }
}

function placeOf({ place }: Case): CaseView['place'] {
  if (place === null) return null
  const { address, unitCode, unitName, formerly, lat, lng } = place
  return { address, unitCode, unitName, formerly, lat, lng }
}

function contactOf({ contact }: Case, isPlain: boolean): CaseView['contact'] {
  if (contact === null) return null
  if (isPlain) return { ...contact, isMasked: false }
  return {
    name: contact.name === null ? null : maskName(contact.name),
    phone: contact.phone === null ? null : maskPhone(contact.phone),
    email: contact.email === null ? null : maskEmail(contact.email),
    isMasked: true,
  }
}

function responseOf({ response }: Case): CaseView['response'] {
  if (response === null) return null
  return {
    ...response,
    draftedAt: response.draftedAt.toISOString(),
    publishedAt: response.publishedAt?.toISOString() ?? null,
  }
}
