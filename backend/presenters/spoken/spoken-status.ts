import type { HotlineSettings } from '#contracts/hotline'
import { type Language, OPEN_STATUSES } from '#contracts/vocabulary'
import type { Case } from '#domain/case'
import { isInternal } from '../present-status.ts'
import { textsIn } from '../texts/in-language.ts'
import { spoken } from './spoken.ts'
import { dayOf } from './spoken-numbers.ts'

/** The status of a case and its dates as a caller hears them: nothing of what it is about. */
export function spokenStatus(
  hotline: Pick<HotlineSettings, 'texts'>,
  lang: Language,
  {
    status,
    dueAt,
    timeline,
    receivedAt,
  }: Pick<Case, 'status' | 'dueAt' | 'timeline' | 'receivedAt'>,
): string[] {
  const changedAt = timeline.findLast(({ type }) => !isInternal(type))?.at ?? receivedAt
  const isOpen = (OPEN_STATUSES as readonly string[]).includes(status)
  return [
    spoken(hotline, lang, 'status', { status: textsIn(lang).status[status], ...dayOf(changedAt) }),
    ...(isOpen && dueAt !== null ? [spoken(hotline, lang, 'due', dayOf(dueAt))] : []),
  ]
}
