import type { Language } from '#contracts/vocabulary'
import { en } from './en.ts'
import { vi } from './vi.ts'
import type { Messages } from './vi.ts'

const messages: Record<Language, Messages> = { vi, en }

/** The texts of one language. */
export function messagesIn(lang: Language): Messages {
  return messages[lang]
}

/** The language a tag such as `en-GB` asks for; Vietnamese when it asks for none of ours. */
export function languageOf(tag: string | null | undefined): Language {
  return tag?.toLowerCase().startsWith('en') ? 'en' : 'vi'
}
