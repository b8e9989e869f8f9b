import type { FieldError } from '#contracts/errors'
import type { NewContact, NewPlace, NewReport, ReportPreviewQuery } from '#contracts/reports'
import type { Language } from '#contracts/vocabulary'
import type { Messages } from '../i18n/vi.ts'
import type { Draft, ReportState, Step } from './report-state.ts'

/** As the server has it; a value import would bring its whole contract. */
export const TEXT_MAX = 10_000

/** What the form sends; an empty box is a part left out. */
export function reportFrom(
  { draft, consents }: Pick<ReportState, 'draft' | 'consents'>,
  lang: Language,
  defaultUnit: string | null,
): Omit<NewReport, 'proof'> {
  const contact = contactIn(draft)
  const place = placeIn(draft, defaultUnit)
  return {
    text: draft.text.trim(),
    lang,
    consents: [...consents],
    ...(contact && { contact }),
    ...(place && { place }),
    ...(draft.fieldId && { fieldId: draft.fieldId }),
  }
}

/** The question “what did we understand”; it carries no contact. */
export function previewQueryFrom(
  draft: Draft,
  lang: Language,
  defaultUnit: string | null,
): ReportPreviewQuery {
  const place = placeIn(draft, defaultUnit)
  return { text: draft.text.trim(), lang, ...(place && { place }) }
}

/** What the citizen should mend before leaving a step; the server has the last word. */
export function checkStep(step: Step, draft: Draft, t: Messages): readonly FieldError[] {
  if (step === 'what') return checkText(draft.text, t)
  if (step === 'who') return checkContact(draft.contact, t)
  return []
}

function checkText(text: string, t: Messages): readonly FieldError[] {
  if (text.trim() === '') return [wrong('/text', t.report.what.empty)]
  if (text.length > TEXT_MAX) return [wrong('/text', t.report.what.over(String(TEXT_MAX)))]
  return []
}

function checkContact({ phone, email }: Draft['contact'], t: Messages): readonly FieldError[] {
  const errors: FieldError[] = []
  const digits = phone.replace(/[\s().+-]/g, '')
  if (phone.trim() && !/^\d{8,15}$/.test(digits)) {
    errors.push(wrong('/contact/phone', t.report.who.badPhone))
  }
  if (email.trim() && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())) {
    errors.push(wrong('/contact/email', t.report.who.badEmail))
  }
  return errors
}

function wrong(pointer: string, detail: string): FieldError {
  return { pointer, reason: 'invalid', detail }
}

function contactIn({ contact }: Draft): NewContact | null {
  const given = Object.entries(contact)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== '')
  return given.length === 0 ? null : Object.fromEntries(given)
}

function placeIn({ unit, address, pin }: Draft, defaultUnit: string | null): NewPlace | null {
  const unitCode = unit?.code ?? defaultUnit
  const place: NewPlace = {
    ...(unitCode && { unitCode }),
    ...(address.trim() && { address: address.trim() }),
    ...(pin && { lat: pin.lat, lng: pin.lng }),
  }
  return Object.keys(place).length === 0 ? null : place
}
