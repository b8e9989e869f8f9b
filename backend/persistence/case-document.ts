import { OPEN_STATUSES } from '#contracts/vocabulary'
import { isPublic, isRestricted } from '#domain/access'
import type { Case } from '#domain/case'
import { searchTokens } from '#domain/fold'
import { threadOf } from '#domain/message'
import { geohash, NEARBY_PRECISION } from '#domain/geography'
import type { CaseDocument } from './case-model.ts'

/** Later than every deadline, so that cases without one sort last. */
export const NO_DEADLINE = new Date('9999-12-31T00:00:00Z')

/** Marks a search word that only people who may see contact data search by. */
export const CONTACT_PREFIX = 'c:'

/** What is stored of a case, but for the outbox. */
export function toDocument(current: Case): Omit<CaseDocument, 'untoldFrom' | 'untoldSince'> {
  const { idempotencyKey } = current.intake
  const thread = threadOf(current)
  const isOpen = (OPEN_STATUSES as readonly string[]).includes(current.status)
  return {
    _id: current.code,
    version: current.version,
    status: current.status,
    urgency: current.urgency,
    field: current.field,
    isOpen,
    isRestricted: isRestricted(current),
    isPublic: isPublic(current),
    agencyId: current.agency?.id ?? null,
    staffIds: staffOf(current),
    dueSortAt: current.dueAt ?? NO_DEADLINE,
    receivedAt: current.receivedAt,
    publishedAt: current.publishedAt,
    geohash: cellOf(current),
    unitCode: current.place?.unitCode ?? null,
    provinceCode: current.place?.provinceCode ?? null,
    tokens: tokensOf(current),
    ...(idempotencyKey === null ? {} : { idempotencyKey }),
    ...(thread === null ? {} : { threadPhone: thread.phone, threadAt: thread.lastAt }),
    body: current,
  }
}

function staffOf({ timeline }: Case): string[] {
  const ids = timeline.flatMap(({ by }) => (by.kind === 'staff' ? [by.id] : []))
  return [...new Set(ids)]
}

function cellOf({ place }: Case): string | null {
  if (place?.lat == null || place.lng === null) return null
  return geohash(place.lat, place.lng, NEARBY_PRECISION)
}

function tokensOf(current: Case): string[] {
  const { place, contact, agency } = current
  // The text last: a long one fills the list, and must not push out where and whose it is.
  const words = [agency?.name, place?.unitName, place?.address, current.redactedText]
  const found = searchTokens(words.filter((text) => text != null).join(' '))
  return [...found, ...contactTokens(contact)]
}

function contactTokens(contact: Case['contact']): string[] {
  if (contact === null) return []
  // The words of an address, for that is how a query is taken apart too.
  const words = searchTokens(`${contact.name ?? ''} ${contact.email ?? ''}`)
  const phone = contact.phone === null ? [] : [phoneToken(contact.phone)]
  return [...words.map((word) => CONTACT_PREFIX + word), ...phone]
}

/** What a phone number in E.164 is found by: staff type it as citizens say it, 0912…, not +84912…. */
export function phoneToken(phone: string): string {
  return CONTACT_PREFIX + phone.replace(/^\+84/, '0')
}
