import type { PersonalDataSpan, Span } from '../reading.ts'
import { CONTACT_CUES, DUTIES, OWNERS } from './draft-cues.ts'
import type { ReadDraft } from './review-draft.ts'

/** An office has these too, and a draft should name them. */
const SHARED_WITH_OFFICES = new Set(['phone_mobile', 'email', 'spoken_digits'])
/** Nobody has one at home any more, or says so. */
const OF_OFFICES = 'phone_landline'
const NAMES = new Set(['person_name', 'self_name'])
/** Written for the citizen to quote: the file's own number is no secret between the two. */
const OF_THE_FILE = new Set(['dossier', 'electricity_customer'])
const ADDRESS = 'address_house'
/** How far before a number, a name or an address its owner is said. */
const REACH = 60
const REACH_OF_DUTY = 30

/** Personal data of somebody who is not on duty: all that the finder found, but for the offices' own. */
export function findPrivate(
  draft: ReadDraft,
  found: readonly PersonalDataSpan[],
  question: string,
): readonly Span[] {
  const contacts = draft.find(CONTACT_CUES)
  const owners = draft.find(OWNERS)
  const duties = draft.find(DUTIES)
  return found.filter(({ type, start, end }) => {
    if (OF_THE_FILE.has(type)) return false
    const isOwned = standsBefore(draft.text, owners, start, REACH)
    // The place of the work is named in every good answer; where somebody lives is not.
    if (type === ADDRESS) return isOwned
    // The citizen gave it themself: it is theirs, whoever is told to call it.
    if (isOwned || repeatsDigits(draft.text.slice(start, end), question)) return true
    if (NAMES.has(type)) {
      const isOnDuty = standsBefore(draft.text, duties, start, REACH_OF_DUTY)
      return !isOnDuty && !duties.some((duty) => isJustAfter(draft.text, end, duty))
    }
    if (type === OF_OFFICES) return false
    return !(SHARED_WITH_OFFICES.has(type) && standsBefore(draft.text, contacts, start, REACH))
  })
}

/** One of the cues stands shortly before, in the same sentence. */
function standsBefore(text: string, cues: readonly Span[], at: number, reach: number): boolean {
  return cues.some(
    ({ end }) => end <= at && at - end <= reach && !/[!?\n]|\.\s/.test(text.slice(end, at)),
  )
}

function isJustAfter(text: string, end: number, duty: Span): boolean {
  return duty.start >= end && /^[\s,–(-]*$/.test(text.slice(end, duty.start))
}

function repeatsDigits(written: string, question: string): boolean {
  const digits = written.replace(/\D/g, '')
  return digits.length > 5 && question.replace(/[\s.()-]/g, '').includes(digits)
}
