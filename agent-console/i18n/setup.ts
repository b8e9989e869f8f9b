import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '#contracts/vocabulary'
import { readStored, writeStored } from '../lib/storage.ts'
import { en } from './en.ts'
import { vi } from './vi.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'texts'
    resources: { texts: typeof vi }
    nsSeparator: false
  }
}

const LANGUAGE_KEY = 'hoiam:language'

/** Starts the texts in the language last chosen on this computer, Vietnamese at first. */
export function startTexts(): i18n {
  const texts = createInstance()
  void texts.use(initReactI18next).init({
    lng: readStored(LANGUAGE_KEY) === 'en' ? 'en' : 'vi',
    fallbackLng: 'vi',
    defaultNS: 'texts',
    nsSeparator: false,
    resources: { vi: { texts: vi }, en: { texts: en } },
    interpolation: { escapeValue: false },
    // Resources are at hand: the first render already has its words.
    initAsync: false,
  })
  document.documentElement.lang = texts.language
  texts.on('languageChanged', (language) => {
    document.documentElement.lang = language
    writeStored(LANGUAGE_KEY, language)
  })
  return texts
}

/** The language of the screen, as the contracts name it. */
export function screenLanguage(texts: Pick<i18n, 'language'>): Language {
  return texts.language === 'en' ? 'en' : 'vi'
}
