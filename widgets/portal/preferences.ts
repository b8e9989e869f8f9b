import type { Language } from '#contracts/vocabulary'
import { languageOf } from '../i18n/messages.ts'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** How this person wants to see the portal. */
export interface Preferences {
  readonly lang: Language
  readonly theme: Theme
}

const KEY = 'hoiam.preferences'

/** What the address asks for (`?lang=en`), else what was chosen before, else Vietnamese. */
export function loadPreferences(query: URLSearchParams): Preferences {
  const saved = read()
  return {
    lang: languageOf(query.get('lang') ?? saved.lang),
    theme: THEMES.find((theme) => theme === saved.theme) ?? 'auto',
  }
}

/** Keeps the choice on this device. */
export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences))
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
    return
  }
}

function read(): Partial<Record<keyof Preferences, string>> {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof saved === 'object' && saved !== null ? saved : {}
  } catch {
    return {}
  }
}
