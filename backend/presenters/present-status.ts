import type { PublicStep, ReportReceipt, ReportStatus } from '#contracts/reports'
import {
  OPEN_STATUSES,
  REDIRECT_TARGETS,
  REJECT_REASONS,
  type CaseEventName,
  type Language,
} from '#contracts/vocabulary'
import { type Calendar, workingDaysLeft } from '#domain/business-calendar'
import type { Case, TimelineStep } from '#domain/case'
import { isLegal } from '#domain/case-life'
import { canDispute } from '#domain/case-response'
import type { FieldNames } from './field-names.ts'
import { dateInWords, textsIn } from './texts/in-language.ts'
import { fill, type InternalStep, type Texts } from './texts/texts.ts'

/** How a citizen reads: the language, the names of fields in it, and when offices work. */
export type CitizenView = {
  readonly lang: Language
  readonly fieldNames: FieldNames
  readonly calendar: Calendar
}

/** Working days from `at` to a deadline; null where there is none. */
export function daysLeft(at: Date, dueAt: Date | null, calendar: Calendar): number | null {
  return dueAt === null ? null : workingDaysLeft(at, dueAt, calendar)
}

/** The receipt of a report, the same words at every repetition. */
export function presentReceipt(
  opened: Case,
  pin: string,
  { lang, fieldNames, calendar }: CitizenView,
): ReportReceipt {
  const { receiptStatus, receiptField, receiptAgency, receiptDueAt } = opened.intake
  return {
    code: opened.code,
    pin,
    status: receiptStatus,
    field: receiptField,
    fieldName: fieldNames(receiptField, lang),
    agency: receiptAgency,
    receivedAt: opened.receivedAt.toISOString(),
    dueAt: receiptDueAt?.toISOString() ?? null,
    // Counted from the receipt, so that a repeated submission reads the same for ever.
    workingDaysLeft: daysLeft(opened.receivedAt, receiptDueAt, calendar),
    urgency: opened.understanding.urgency,
    emergencyAdvice:
      opened.understanding.urgency === 'emergency' ? textsIn(lang).emergencyAdvice : null,
  }
}

/**
 * A case for the citizen who filed it: every step that concerns them, no colleague's name. The answer
 * is that of `answering`, which for a merged case is the one it repeats.
 */
export function presentStatus(
  current: Case,
  answering: Case,
  at: Date,
  { lang, fieldNames, calendar }: CitizenView,
): ReportStatus {
  const texts = textsIn(lang)
  const isOpen = (OPEN_STATUSES as readonly string[]).includes(current.status)
  return {
    code: current.code,
    status: current.status,
    statusText: texts.status[current.status],
    field: current.field,
    fieldName: fieldNames(current.field, lang),
    agency: current.agency,
    text: current.text,
    receivedAt: current.receivedAt.toISOString(),
    dueAt: current.dueAt?.toISOString() ?? null,
    workingDaysLeft: daysLeft(at, current.dueAt, calendar),
    isOverdue: isOpen && current.dueAt !== null && current.dueAt < at,
    response: publishedResponse(current, answering),
    rating: current.rating,
    canRate: isLegal('rate', current) && current.rating === null,
    canDispute: canDispute(current, at),
    canSupplement: isLegal('supplement', current),
    canWithdraw: isLegal('withdraw', current),
    attachments: current.attachments.map(({ id, mediaType }) => ({ id, mediaType })),
    timeline: current.timeline.flatMap((step) =>
      presentPublicStep(step, current.code, { lang, fieldNames }),
    ),
  }
}

function presentPublicStep(
  step: TimelineStep,
  code: string,
  { lang, fieldNames }: Pick<CitizenView, 'lang' | 'fieldNames'>,
): PublicStep[] {
  if (isInternal(step.type)) return []
  const texts = textsIn(lang)
  const text = fill(texts.steps[step.type], {
    agency: step.agency?.name ?? texts.theAgency,
    // Either end of a split: the code of the part, here or there.
    subCase: step.to ?? code,
    to: step.type === 'case:corrected' ? fieldNames(step.to, lang) : step.to,
    text: step.text,
    due: dueInWords(step, lang),
    reason: step.reason,
    rejectReason: rejectReason(step, texts),
    redirectTarget: redirectTarget(step, texts),
  })
  return [{ at: step.at.toISOString(), type: step.type, text }]
}

const INTERNAL: ReadonlySet<CaseEventName> = new Set<InternalStep>([
  'case:drafted',
  'case:sent-back',
  'case:noted',
  'case:messaged',
  'case:message-reported',
  'case:revealed',
  'case:deadline-warned',
  'case:duplicate-joined',
  'case:duplicate-left',
])

/** True for a step that concerns staff alone. */
export function isInternal(type: CaseEventName): type is InternalStep {
  return INTERNAL.has(type)
}

function dueInWords(step: TimelineStep, lang: Language): string {
  const carriesDue = step.type === 'case:reopened' || step.type === 'case:extended'
  return carriesDue && step.to !== null ? dateInWords(new Date(step.to), lang) : '—'
}

function rejectReason(step: TimelineStep, texts: Texts): string {
  const reason = REJECT_REASONS.find((known) => known === step.reason)
  const told = reason === undefined ? '' : texts.rejectReasons[reason]
  return step.text === null ? told : `${told}. ${step.text}`
}

function redirectTarget(step: TimelineStep, texts: Texts): string {
  const target = REDIRECT_TARGETS.find((known) => known === step.to)
  return target === undefined ? '' : texts.redirectTargets[target]
}

function publishedResponse(current: Case, { code, response }: Case): ReportStatus['response'] {
  if (response?.publishedAt == null) return null
  // The citizen reads the words as written to them; everybody else those without personal data.
  const text = code === current.code ? response.text : response.publicText
  return { text, publishedAt: response.publishedAt.toISOString() }
}
