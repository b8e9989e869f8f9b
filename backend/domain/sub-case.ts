import type { Case, NamedRef } from './case.ts'
import { type Decision, mustBeLegal, withStep } from './case-life.ts'
import { DomainError } from './errors.ts'
import { openCase } from './open-case.ts'
import type { Span, Understanding } from './understanding.ts'

/** A matter taken out of a case: its words, its field, and the case that was made for it. */
export type SubCase = Span & {
  readonly code: string
  readonly field: string
  readonly topic: string | null
  /** Who answers for it, beside the lead of the whole; null where a person still chooses. */
  readonly agency: NamedRef | null
}

/** Where a sub-case comes from, and who led the whole when it was taken out. */
export type MainCase = { readonly code: string; readonly lead: NamedRef | null }

/** What a part of a text was read as, to become a case of its own. */
export type SubCaseReading = {
  readonly pinHash: string
  readonly redactedText: string
  readonly understanding: Understanding
  readonly dueAt: Date | null
  readonly contentHash: string
}

/** Takes a matter out: the case stays whole and with its lead, and names who supports. */
export function splitCase(current: Case, taken: SubCase, decision: Decision): Case {
  mustBeLegal('split', current)
  mustBeFree(current, taken)
  return withStep(
    current,
    { subCases: [...(current.subCases ?? []), taken] },
    { ...decision, type: 'case:split', to: taken.code, reason: taken.field },
  )
}

/**
 * The case of a matter that was taken out: only its own words, the same citizen and consents, and
 * the clock of the day when the citizen spoke. Photos stay with the whole: nobody said which are whose.
 */
export function openSubCase(main: Case, taken: SubCase, reading: SubCaseReading): Case {
  const { at, by } = splittingStep(main, taken)
  const opened = openCase({
    code: taken.code,
    pinHash: reading.pinHash,
    channel: main.channel,
    lang: main.lang,
    text: main.text.slice(taken.start, taken.end).trim(),
    redactedText: reading.redactedText,
    understanding: reading.understanding,
    chosenField: taken.field,
    place: main.place,
    contact: main.contact,
    consents: main.consents,
    attachments: [],
    receivedAt: main.receivedAt,
    dueAt: reading.dueAt,
    intake: { idempotencyKey: null, contentHash: reading.contentHash },
  })
  return withStep(
    opened,
    {
      kind: kindOf(main, reading.understanding),
      topic: taken.topic,
      isFieldConfirmed: true,
      mainCase: { code: main.code, lead: main.agency },
    },
    { at, by, version: 1, type: 'case:split', from: main.code },
  )
}

/** A part of what only few may see stays theirs; a part that says little alone is a report. */
export function kindOf(main: Case, understanding: Understanding): Case['kind'] {
  if (main.kind === 'complaint' || main.kind === 'denunciation') return main.kind
  return understanding.kind === 'invalid' ? 'report' : understanding.kind
}

/** The matters found in a case's text that are neither the case's own nor taken out already. */
export function openParts({ understanding, field, subCases = [] }: Case): readonly OpenPart[] {
  const parts = understanding.parts ?? []
  return parts.filter(
    (part) => part.field !== field && !subCases.some((taken) => meet(part, taken)),
  )
}

type OpenPart = NonNullable<Understanding['parts']>[number]

function mustBeFree(current: Case, { start, end }: Span): void {
  const words = current.text.slice(start, end).trim()
  const isWhole = words.length >= current.text.trim().length
  if (end > current.text.length || words === '' || isWhole) {
    throw new DomainError('invalid', 'part-senseless', {}, '/start')
  }
  if ((current.subCases ?? []).some((taken) => meet(taken, { start, end }))) {
    throw new DomainError('not-allowed-now', 'part-taken', {}, '/start')
  }
}

function meet(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}

function splittingStep(main: Case, { code }: SubCase) {
  const step = main.timeline.find(({ type, to }) => type === 'case:split' && to === code)
  if (step === undefined) throw new Error('a case was not split into this one')
  return step
}
