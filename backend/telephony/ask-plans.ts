import type { HotlineSettings } from '#contracts/hotline'
import type { Language } from '#contracts/vocabulary'
import { spokenMenu, spokenOtherLanguage } from '#presenters/spoken/spoken-menu'
import { say } from './call-plans.ts'
import { type CallerState, queryOf } from './caller-state.ts'
import type { CallDoor, CallPlan, Gather, Play, Query } from './provider.ts'

type Prompts = Gather['prompts']

// Time to find the keys on a telephone that was at the ear.
const CHOICE_SECONDS = 6
// A code is read from paper, digit by digit.
const DIGITS_SECONDS = 12
const CODE_LENGTH = 10
const PIN_LENGTH = 6
/** The key of the one offer that is made: to be called back. */
export const OFFER_KEY = '1'

/** The first words: who we are, in both languages, and what the keys do. */
export function greetingPlan(hotline: HotlineSettings): CallPlan {
  return askMenu(hotline, { language: 'vi', tries: 0 }, [
    say(hotline, 'vi', 'greeting'),
    say(hotline, 'en', 'greeting'),
  ])
}

/** The menu, after some words; silence comes back to its door like an answer. */
export function askMenu(hotline: HotlineSettings, state: CallerState, before: Prompts): CallPlan {
  const { language } = state
  const other = language === 'vi' ? 'en' : 'vi'
  const otherWords = spokenOtherLanguage(hotline, other)
  return ask('menu', queryOf(state), {
    lang: language,
    prompts: [
      ...before,
      // First, so that nobody has to listen to a language they do not understand.
      ...(otherWords === null ? [] : [{ type: 'say', lang: other, text: otherWords } as const]),
      { type: 'say', lang: language, text: spokenMenu(hotline, language) },
    ],
    digits: 1,
    isSpeechHeard: true,
    hints: hotline.menu.flatMap(({ words }) => words[language]),
    silenceSeconds: CHOICE_SECONDS,
  })
}

/** Asks for the code of a case. */
export function askCode(hotline: HotlineSettings, state: CallerState, before: Prompts): CallPlan {
  return askDigits('case-code', queryOf(state), state.language, CODE_LENGTH, [
    ...before,
    say(hotline, state.language, 'askCode'),
  ])
}

/** Asks for the PIN that belongs to a code. */
export function askPin(
  hotline: HotlineSettings,
  state: CallerState,
  code: string,
  before: Prompts,
): CallPlan {
  return askDigits('case-pin', { ...queryOf(state), code }, state.language, PIN_LENGTH, [
    ...before,
    say(hotline, state.language, 'askPin'),
  ])
}

/** Nobody is at work: a call back, or a message. */
export function askInstead(hotline: HotlineSettings, state: CallerState): CallPlan {
  return askDigits('instead', queryOf(state), state.language, 1, [
    say(hotline, state.language, 'closed', { key: OFFER_KEY }),
  ])
}

/** What a waiting caller hears once; the provider asks for it again and again. */
export function waitingPlan(
  hotline: HotlineSettings,
  language: Language,
  place: Prompts,
): CallPlan {
  const music: Play = { type: 'play', url: hotline.queue.musicUrl }
  return [
    {
      type: 'gather',
      lang: language,
      door: 'wait-offer',
      query: { lang: language },
      prompts: [...place, say(hotline, language, 'waitingOffer', { key: OFFER_KEY }), music],
      digits: 1,
      isSpeechHeard: false,
      silenceSeconds: 1,
    },
    { type: 'go-to', door: 'wait' },
  ]
}

function askDigits(
  door: CallDoor,
  query: Query,
  lang: Language,
  digits: number,
  prompts: Prompts,
): CallPlan {
  const silenceSeconds = digits === 1 ? CHOICE_SECONDS : DIGITS_SECONDS
  return ask(door, query, { lang, prompts, digits, isSpeechHeard: false, silenceSeconds })
}

/** A question whose silence goes on at the same door: no caller is ever left without an answer. */
function ask(
  door: CallDoor,
  query: Query,
  question: Omit<Gather, 'type' | 'door' | 'query'>,
): CallPlan {
  return [
    { type: 'gather', door, query, ...question },
    { type: 'go-to', door, query },
  ]
}
