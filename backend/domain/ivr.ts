import type { HotlineSettings, MenuAction } from '#contracts/hotline'
import type { Language } from '#contracts/vocabulary'
import { type HeardText, heardText, keyNamed, longestHeard } from './heard-words.ts'

/** Changes between Vietnamese and English, unless the menu uses it for something else. */
export const OTHER_LANGUAGE_KEY = '9'
/** How often a caller is asked again before a message is taken instead. */
export const MENU_TRIES = 3

/** What came back from a caller who was asked. */
export type Heard = { readonly pressed: string | null; readonly said: string | null }

type Menu = Pick<HotlineSettings, 'menu' | 'emergencyWords'>
type MenuEntry = HotlineSettings['menu'][number]

/** Where a caller in the menu stands. */
export type MenuState = {
  readonly hotline: Menu
  readonly language: Language
  readonly heard: Heard
  /** How often they were not understood so far. */
  readonly tries: number
  readonly isOpen: boolean
}

/** Where the caller goes: a way of the menu, or the menu once more. */
export type MenuNext = {
  /** Advice to call 113, 114 or 115 comes before anything else. */
  readonly isEmergency: boolean
  readonly language: Language
  readonly go: Exclude<MenuAction, 'emergency'> | 'closed' | 'menu'
  readonly tries: number
  /** The caller hears that they were not understood. */
  readonly isApologised: boolean
  /** How the call log names the choice; null where there was none. */
  readonly step: string | null
}

/** The next step of a caller who was read the menu. Pure; always ends after `MENU_TRIES`. */
export function nextInMenu(state: MenuState): MenuNext {
  const { hotline, heard, isOpen } = state
  const isEmergency = isEmergencyHeard(hotline, heard)
  const chosen = chosenIn(state)
  const language = chosen?.language ?? state.language
  const otherwise = { isEmergency, language, tries: state.tries, isApologised: false }
  if (chosen !== null && chosen.entry !== null && chosen.entry.action !== 'emergency') {
    const { action, key } = chosen.entry
    const go = action === 'agent' && !isOpen ? 'closed' : action
    return { ...otherwise, go, step: `menu:${key}` }
  }
  if (chosen?.entry === null) return { ...otherwise, go: 'menu', step: `language:${language}` }
  const tries = state.tries + 1
  const isGivenUp = tries >= MENU_TRIES
  return {
    ...otherwise,
    tries,
    go: isGivenUp ? 'leave-report' : 'menu',
    isApologised: !isEmergency && (heard.pressed ?? heard.said) !== null,
    step: isEmergency ? 'emergency' : isGivenUp ? 'menu:given-up' : null,
  }
}

/** True where the caller pressed the key, or said a word, that stands for danger. */
export function isEmergencyHeard(
  { menu, emergencyWords }: Menu,
  { pressed, said }: Heard,
): boolean {
  const entries = menu.filter(({ action }) => action === 'emergency')
  if (pressed !== null && entries.some(({ key }) => key === pressed)) return true
  if (said === null) return false
  const named = keyNamed(said)
  if (named !== null && entries.some(({ key }) => key === named)) return true
  const words = [...emergencyWords, ...entries.flatMap(({ words: { vi, en } }) => [...vi, ...en])]
  return longestHeard(heardText(said), words) > 0
}

/** An entry and the language it was chosen in; without an entry, the other language alone. */
type Chosen = { readonly entry: MenuEntry | null; readonly language: Language }

function chosenIn({ hotline, language, heard }: MenuState): Chosen | null {
  const key = heard.pressed ?? (heard.said === null ? null : keyNamed(heard.said))
  if (key !== null) {
    const entry = hotline.menu.find((each) => each.key === key)
    if (entry !== undefined) return { entry, language }
    if (key === OTHER_LANGUAGE_KEY) return { entry: null, language: OTHER[language] }
  }
  return heard.said === null ? null : chosenBySpeech(hotline, language, heardText(heard.said))
}

const OTHER: Record<Language, Language> = { vi: 'en', en: 'vi' }
const NAMES: Record<Language, readonly string[]> = {
  vi: ['tiếng Việt', 'Vietnamese'],
  en: ['tiếng Anh', 'English'],
}

/** The longest words win: `gọi lại` says more than `gọi`. At a tie the language spoken stays. */
function chosenBySpeech(hotline: Menu, language: Language, text: HeardText): Chosen | null {
  let best: Chosen | null = null
  let longest = 0
  for (const lang of [language, OTHER[language]]) {
    for (const entry of hotline.menu) {
      const length = longestHeard(text, entry.words[lang])
      if (length <= longest) continue
      longest = length
      best = { entry, language: lang }
    }
  }
  if (best !== null) return best
  const other = OTHER[language]
  return longestHeard(text, NAMES[other]) > 0 ? { entry: null, language: other } : null
}
