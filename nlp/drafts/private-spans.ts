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
  const { text } = draft
  const contacts = endsOf(draft.find(CONTACT_CUES))
  const owners = endsOf(draft.find(OWNERS))
  const duties = draft.find(DUTIES)
  const dutyEnds = endsOf(duties)
  const dutyStarts = duties.map(({ start }) => start)
  const asked = question.replace(/[\s.()-]/g, '')
  return found.filter(({ type, start, end }) => {
    if (OF_THE_FILE.has(type)) return false
    const isOwned = standsBefore(text, owners, start, REACH)
    // The place of the work is named in every good answer; where somebody lives is not.
    if (type === ADDRESS) return isOwned
    // The citizen gave it themself: it is theirs, whoever is told to call it.
    if (isOwned || repeatsDigits(text.slice(start, end), asked)) return true
    if (NAMES.has(type)) {
      const isOnDuty = standsBefore(text, dutyEnds, start, REACH_OF_DUTY)
      return !isOnDuty && !standsJustAfter(text, dutyStarts, end)
    }
    if (type === OF_OFFICES) return false
    return !(SHARED_WITH_OFFICES.has(type) && standsBefore(text, contacts, start, REACH))
  })
}

/** Where cues end, in order, so that the nearest is found without looking at all of them. */
function endsOf(cues: readonly Span[]): number[] {
  return cues.map(({ end }) => end).sort((a, b) => a - b)
}

/** One of the cues stands shortly before, in the same sentence: the nearest, if any of them. */
function standsBefore(
  text: string,
  cueEnds: readonly number[],
  at: number,
  reach: number,
): boolean {
  const end = cueEnds[countBelow(cueEnds, at + 1) - 1]
  return end !== undefined && at - end <= reach && !/[!?\n]|\.\s/.test(text.slice(end, at))
}

/** "Nguyễn Văn Nam, trưởng phòng": the nearest cue after, with nothing but signs between. */
function standsJustAfter(text: string, cueStarts: readonly number[], at: number): boolean {
  const start = cueStarts[countBelow(cueStarts, at)]
  return start !== undefined && /^[\s,–(-]*$/.test(text.slice(at, start))
}

/** How many of the ascending `places` are below `limit`. */
function countBelow(places: readonly number[], limit: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((places[middle] ?? limit) < limit) low = middle + 1
    else high = middle
  }
  return low
}

function repeatsDigits(written: string, asked: string): boolean {
  const digits = written.replace(/\D/g, '')
  return digits.length > 5 && asked.includes(digits)
}
