import type { HotlineSettings, MenuAction, SpokenText } from '#contracts/hotline'
import type { Language } from '#contracts/vocabulary'
import { OTHER_LANGUAGE_KEY } from '#domain/ivr'
import { spoken } from './spoken.ts'

type Menu = Pick<HotlineSettings, 'texts' | 'menu'>

/** The menu in one language: what each key leads to. */
export function spokenMenu(hotline: Menu, lang: Language): string {
  const choices = hotline.menu.map(({ key, action }) =>
    spoken(hotline, lang, SENTENCE_OF[action], { key: keyInWords(key, lang) }),
  )
  return spoken(hotline, lang, 'menu', { choices: choices.join(' ') })
}

/** "For English, press 9", in that language; null where the key has something else to do. */
export function spokenOtherLanguage(hotline: Menu, lang: Language): string | null {
  if (hotline.menu.some(({ key }) => key === OTHER_LANGUAGE_KEY)) return null
  return spoken(hotline, lang, 'otherLanguage', { key: keyInWords(OTHER_LANGUAGE_KEY, lang) })
}

/** What a key is called; a voice would read `*` in a way of its own. */
function keyInWords(key: string, lang: Language): string {
  if (key !== '*') return key
  return lang === 'vi' ? 'sao' : 'star'
}

const SENTENCE_OF: Record<MenuAction, SpokenText> = {
  'leave-report': 'menuLeaveReport',
  'hear-status': 'menuHearStatus',
  agent: 'menuAgent',
  'call-back': 'menuCallBack',
  emergency: 'menuEmergency',
}
