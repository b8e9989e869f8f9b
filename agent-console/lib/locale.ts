import type { Language } from '#contracts/vocabulary'

/** How numbers and dates are written in each language of the screen. */
export const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' }
