import { smsSegments } from '#contracts/sms-segments'
import { type Language, OPEN_STATUSES } from '#contracts/vocabulary'
import type { Case } from '#domain/case'
import { dayInDigits, textsIn } from './texts/in-language.ts'
import { fill, type Texts } from './texts/texts.ts'

// What a message costs and how it is read: two parts, even with Vietnamese letters.
const MAX_SEGMENTS = 2

type Sms = Texts['sms']

/** The words of automatic text messages; `publicUrl` is where citizens look a case up. */
export function messageWording(publicUrl: string) {
  const caseUrl = (code: string): string => `${publicUrl.replace(/\/+$/, '')}/cases/${code}`
  return {
    /** Code and deadline, and how to ask again by the way the report came. */
    receipt({ code, lang, channel, urgency, intake }: Case): string {
      const sms = textsIn(lang).sms
      const date = intake.receiptDueAt === null ? null : dayInDigits(intake.receiptDueAt)
      const danger = urgency === 'emergency' ? sms.danger : ''
      const taken = fill(date === null ? sms.receiptWithoutDue : sms.receipt, { code, date })
      const more = fill(channel === 'sms' ? sms.askStatus : sms.seeStatus, {
        code,
        url: caseUrl(code),
      })
      return fitting(danger + taken, more)
    },

    /** That there is an answer, and where. */
    answered({ code, lang }: Case): string {
      const sms = textsIn(lang).sms
      return fitting(fill(sms.answered, { code }), fill(sms.seeStatus, { url: caseUrl(code) }))
    },

    /** Status and date, nothing else: who holds the telephone may not be who wrote. */
    status(current: Case): string {
      const { sms, status } = textsIn(current.lang)
      const { code } = current
      return fill(sms.status, { code, status: status[current.status] }) + statusDate(current, sms)
    },

    unknownCode: (lang: Language): string => textsIn(lang).sms.unknownCode,
    statusUsage: (lang: Language): string => textsIn(lang).sms.statusUsage,
  }
}

function statusDate({ status, dueAt, publishedAt }: Case, sms: Sms): string {
  const isOpen = (OPEN_STATUSES as readonly string[]).includes(status)
  if (isOpen) return dueAt === null ? '' : fill(sms.statusDue, { date: dayInDigits(dueAt) })
  return publishedAt === null ? '' : fill(sms.statusAnswered, { date: dayInDigits(publishedAt) })
}

/** What must be said, and what is added where there is room for it. */
function fitting(said: string, more: string): string {
  return smsSegments(said + more).segmentCount <= MAX_SEGMENTS ? said + more : said
}
