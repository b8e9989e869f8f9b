import { startOfVietnamDay, vietnamDay } from '#domain/epoch-day'
import type { AnswerQuery } from '#contracts/answers'
import type { CaseQuery, CaseViewName } from '#contracts/cases'
import { canSeeRestricted, type StaffMember, worksAtCentre } from '#domain/access'
import { parseCaseCode } from '#domain/case-code'
import { searchTokens } from '#domain/fold'
import { CONTACT_PREFIX } from './case-document.ts'

/** A MongoDB filter over `CaseDocument`. */
export type Filter = Readonly<Record<string, unknown>>

/** What this person may see at all; the same rule as `canSeeCase`, as a filter. */
export function visibleTo(staff: StaffMember): Filter {
  const open = canSeeRestricted(staff) ? {} : { isRestricted: false }
  return worksAtCentre(staff) ? open : { ...open, agencyId: staff.agencyId ?? '-' }
}

/** The cases of a view. `today` ends at midnight in Vietnam. */
export function inView(view: CaseViewName, staff: StaffMember, at: Date): Filter {
  const views: Record<CaseViewName, Filter> = {
    mine: { staffIds: staff.id, isOpen: true },
    open: { isOpen: true },
    triage: { status: { $in: ['triage', 'returned'] } },
    'due-today': { isOpen: true, dueSortAt: { $gte: at, $lt: endOfDay(at) } },
    overdue: { isOpen: true, dueSortAt: { $lt: at } },
    'awaiting-approval': { status: 'answered' },
    closed: { isOpen: false },
    all: {},
  }
  return views[view]
}

/** The filter of an inbox query: what may be seen, the view, the chosen filters and the words. */
export function inboxFilter(query: CaseQuery, staff: StaffMember, at: Date): Filter {
  const parts: Filter[] = [visibleTo(staff), inView(query.view, staff, at)]
  if (query.status !== undefined) parts.push({ status: query.status })
  if (query.field !== undefined) parts.push({ field: query.field })
  if (query.agency !== undefined) parts.push({ agencyId: query.agency })
  parts.push(...wordFilters(query.q, worksAtCentre(staff)))
  return allOf(parts)
}

/** The filter of the public list. */
export function answersFilter(query: AnswerQuery): Filter {
  const parts: Filter[] = [{ isPublic: true }]
  if (query.field !== undefined) parts.push({ field: query.field })
  if (query.unit !== undefined) {
    parts.push(query.unit.length === 2 ? { provinceCode: query.unit } : { unitCode: query.unit })
  }
  parts.push(...wordFilters(query.q, false))
  return allOf(parts)
}

/** Every part must hold; a lone part stays as it is, so that an index can serve it. */
export function allOf(parts: readonly Filter[]): Filter {
  const telling = parts.filter((part) => Object.keys(part).length > 0)
  const keys = telling.flatMap((part) => Object.keys(part))
  // Merged where no key is used twice: flat filters are what the planner understands best.
  if (new Set(keys).size === keys.length) return Object.assign({}, ...telling) as Filter
  return { $and: telling }
}

/** Words in any order, without diacritics; the last may be unfinished. A code finds its case. */
function wordFilters(q: string, isContactSearched: boolean): Filter[] {
  const code = parseCaseCode(q)
  if (code !== null) {
    const byCode = { _id: code }
    // One phone number in ten passes for a code as well.
    return [isContactSearched ? { $or: [byCode, { tokens: CONTACT_PREFIX + code }] } : byCode]
  }
  const words = searchWords(q, isContactSearched)
  return words.map((word, index) => {
    const starts = index === words.length - 1
    const places = isContactSearched ? [word, CONTACT_PREFIX + word] : [word]
    return { tokens: { $in: places.map((place) => (starts ? startingWith(place) : place)) } }
  })
}

function searchWords(q: string, isContactSearched: boolean): string[] {
  const digits = q.replace(/[\s.\-()]/g, '')
  if (isContactSearched && /^\+?\d{6,}$/.test(digits)) return [digits.replace(/^\+84/, '0')]
  return searchTokens(q).slice(0, 8)
}

function startingWith(word: string): RegExp {
  return new RegExp(`^${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
}

function endOfDay(at: Date): Date {
  return startOfVietnamDay(vietnamDay(at) + 1)
}
