import type { Language } from '#contracts/vocabulary'
import { LOCALES } from './locale.ts'

const ZONE = 'Asia/Ho_Chi_Minh'

const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day in Vietnam, as `2026-11-23`. */
export function dayOf(at: Date): string {
  return format('en', 'day', { year: 'numeric', month: '2-digit', day: '2-digit' }, at)
    .split('/')
    .reverse()
    .join('-')
}

/** Time of day in Vietnam: `08:12`. */
function clockTime(at: Date, lang: Language): string {
  return format(lang, 'clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at)
}

/** Day and month, with the year where it is not this one: `27/11`. */
export function shortDay(at: Date, now: Date, lang: Language): string {
  if (dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4)) {
    return format(lang, 'short', { day: '2-digit', month: '2-digit' }, at).replace('-', '/')
  }
  return format(lang, 'dated', { day: '2-digit', month: '2-digit', year: 'numeric' }, at)
}

/** Weekday as it stands within a sentence: `thứ Năm`, `Thursday`. */
export function weekday(at: Date, lang: Language): string {
  const name = format(lang, 'weekday', { weekday: 'long' }, at)
  return lang === 'vi' ? name.replace('Thứ', 'thứ').replace('Chủ', 'chủ') : name
}

/** When something happened, as short as today allows: `08:12`, `20/11 16:05`. */
export function stamp(at: Date, now: Date, lang: Language): string {
  const time = clockTime(at, lang)
  return dayOf(at) === dayOf(now) ? time : `${shortDay(at, now, lang)} ${time}`
}

/** A moment in full: `thứ Năm 27/11, 17:00`. */
export function fullMoment(at: Date, now: Date, lang: Language): string {
  return `${weekday(at, lang)} ${shortDay(at, now, lang)}, ${clockTime(at, lang)}`
}

function format(
  lang: Language,
  name: string,
  options: Intl.DateTimeFormatOptions,
  at: Date,
): string {
  const key = `${lang}:${name}`
  const known = formats.get(key)
  if (known) return known.format(at)
  const made = new Intl.DateTimeFormat(LOCALES[lang], { ...options, timeZone: ZONE })
  formats.set(key, made)
  return made.format(at)
}
