import type { Language } from '#contracts/vocabulary'
import { en } from './en.ts'
import type { Texts } from './texts.ts'
import { vi } from './vi.ts'

const TEXTS: Record<Language, Texts> = { vi, en }

/** The server's sentences in a language. */
export function textsIn(lang: Language): Texts {
  return TEXTS[lang]
}

/** `Thứ Năm, 27/11/2026, 17:00` in Vietnam's time. */
export function dateInWords(at: Date, lang: Language): string {
  return FORMATS[lang].format(at)
}

/** `27/11/2026` in Vietnam's time, the same in both languages. */
export function dayInDigits(at: Date): string {
  return DAY.format(at)
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  timeZone: 'Asia/Ho_Chi_Minh',
})

const WORDS = {
  weekday: 'long',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
  timeZone: 'Asia/Ho_Chi_Minh',
} as const

const FORMATS: Record<Language, Intl.DateTimeFormat> = {
  vi: new Intl.DateTimeFormat('vi-VN', WORDS),
  en: new Intl.DateTimeFormat('en-GB', WORDS),
}
