import type { Language } from '#contracts/vocabulary'
import type { Messages } from '../i18n/vi.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const ZONE_OFFSET_MS = 7 * 3_600_000
const DAY_MS = 86_400_000

/** How a person reads times: their language's texts, and what time it is now. */
export interface Reader {
  readonly lang: Language
  readonly t: Messages
  readonly now: number
}

/** `Thứ Năm, 26/11, 17:00` / `Thursday, 26 November, 17:00`. */
export function dueInWords(iso: string, { lang }: Reader): string {
  const at = new Date(iso)
  const day = format(at, lang, {
    day: 'numeric',
    month: lang === 'vi' ? 'numeric' : 'long',
  })
  return `${capitalised(format(at, lang, { weekday: 'long' }))}, ${day}, ${clock(at, lang)}`
}

/** `còn 3 ngày làm việc`, `hôm nay` or `đã quá hạn`; the server, which knows the holidays, counted. */
export function timeLeft(iso: string, workingDays: number, { t, now }: Reader): string {
  if (Date.parse(iso) <= now) return t.due.past
  return workingDays === 0 ? t.due.today : t.due.daysLeft(workingDays)
}

/** `08:12 hôm nay`, `08:12 hôm qua` or `08:12, 20/11/2026`. */
export function momentInWords(iso: string, { lang, t, now }: Reader): string {
  const at = new Date(iso)
  const daysAgo = dayNumber(now) - dayNumber(at.getTime())
  if (daysAgo === 0) return t.due.todayAt(clock(at, lang))
  if (daysAgo === 1) return t.due.yesterdayAt(clock(at, lang))
  return t.due.dayAt(dayInWords(iso, lang), clock(at, lang))
}

/** `26/11/2026` / `26 November 2026`. */
export function dayInWords(iso: string, lang: Language): string {
  const month = lang === 'vi' ? 'numeric' : 'long'
  return format(new Date(iso), lang, { day: 'numeric', month, year: 'numeric' })
}

/** Days since 1970-01-01 in Vietnam, which has kept UTC+7 since 1975. */
function dayNumber(at: number): number {
  return Math.floor((at + ZONE_OFFSET_MS) / DAY_MS)
}

function clock(at: Date, lang: Language): string {
  return format(at, lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

function format(at: Date, lang: Language, options: Intl.DateTimeFormatOptions): string {
  const locale = lang === 'vi' ? 'vi-VN' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: ZONE }).format(at)
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
