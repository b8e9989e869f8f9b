import type { Language } from '#contracts/vocabulary'
import { spokenDigits } from '#domain/case-code'

/** Digits to be said one by one; the commas make the voice pause between them. */
export function inDigits(digits: string, lang: Language): string {
  return spokenDigits(digits, lang).join(', ')
}

const DAY = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'numeric',
  year: 'numeric',
  timeZone: 'Asia/Ho_Chi_Minh',
})

/** Day, month and year of a moment in Vietnam, for the places of a sentence. */
export function dayOf(at: Date): Record<string, string> {
  return Object.fromEntries(DAY.formatToParts(at).map(({ type, value }) => [type, value]))
}
