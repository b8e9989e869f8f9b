import type { Channel, Consent, Language } from '#contracts/vocabulary'
import type { Attachment, Case, Contact, Intake, Place } from './case.ts'
import { CITIZEN } from './case.ts'
import type { Understanding } from './understanding.ts'

/** What intake has gathered before the case exists. */
export type Opening = {
  readonly code: string
  readonly pinHash: string
  readonly channel: Channel
  readonly lang: Language
  readonly text: string
  readonly redactedText: string
  readonly understanding: Understanding
  /** Field the citizen chose over what was understood. */
  readonly chosenField: string | null
  readonly place: Place | null
  readonly contact: Contact | null
  readonly consents: readonly Consent[]
  readonly attachments: readonly Attachment[]
  readonly receivedAt: Date
  readonly dueAt: Date | null
  readonly intake: Pick<Intake, 'idempotencyKey' | 'contentHash'>
}

const SUMMARY_LENGTH = 140

/** A new case, received and not yet routed: version 1. */
export function openCase(opening: Opening): Case {
  const { understanding, receivedAt } = opening
  const field = opening.chosenField ?? understanding.field
  return {
    code: opening.code,
    version: 1,
    status: 'received',
    kind: understanding.kind,
    urgency: understanding.urgency,
    channel: opening.channel,
    lang: opening.lang,
    text: opening.text,
    summary: summaryOf(opening.redactedText),
    redactedText: opening.redactedText,
    understanding,
    field,
    topic: field === understanding.field ? understanding.topic : null,
    isFieldConfirmed: false,
    triageReason: null,
    agency: null,
    suggestedAgency: null,
    returnCount: 0,
    assignee: null,
    place: opening.place,
    contact: opening.contact,
    consents: opening.consents,
    attachments: opening.attachments,
    receivedAt,
    clockStartedAt: receivedAt,
    dueAt: opening.dueAt,
    isExtended: false,
    warnedLevel: 0,
    response: null,
    pastResponses: [],
    rating: null,
    disputeReason: null,
    notes: [],
    timeline: [
      {
        at: receivedAt,
        type: 'case:opened',
        by: CITIZEN,
        version: 1,
        from: null,
        to: null,
        agency: null,
        reason: null,
        text: null,
      },
    ],
    publishedAt: null,
    pinHash: opening.pinHash,
    intake: {
      ...opening.intake,
      receiptStatus: 'received',
      receiptField: field,
      receiptAgency: null,
      receiptDueAt: opening.dueAt,
    },
  }
}

/** Keeps what the first receipt says, so that a repeated submission reads the same for ever. */
export function withReceipt(opened: Case): Case {
  return {
    ...opened,
    intake: {
      ...opened.intake,
      receiptStatus: opened.status,
      receiptField: opened.field,
      receiptAgency: opened.agency,
      receiptDueAt: opened.dueAt,
    },
  }
}

/** The first words of a text, cut at a word's end. */
export function summaryOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= SUMMARY_LENGTH) return line
  // A character of two code units is kept whole or left out.
  const cut = line.slice(0, SUMMARY_LENGTH).replace(/\p{Surrogate}$/u, '')
  const end = cut.lastIndexOf(' ')
  return `${cut.slice(0, end > SUMMARY_LENGTH / 2 ? end : SUMMARY_LENGTH)}…`
}
