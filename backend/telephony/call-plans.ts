import type { HotlineSettings, SpokenText } from '#contracts/hotline'
import type { Language } from '#contracts/vocabulary'
import type { Case } from '#domain/case'
import { spoken, type SpokenValues } from '#presenters/spoken/spoken'
import { dayOf, inDigits } from '#presenters/spoken/spoken-numbers'
import type { CallPlan, CallStep, Say } from './provider.ts'

const MESSAGE_MAX_SECONDS = 180
// Long enough to think and to look for a street's name, short enough not to wait for nobody.
const SILENCE_SECONDS = 8

/** One sentence of this installation's hotline. */
export function say(
  hotline: HotlineSettings,
  lang: Language,
  name: SpokenText,
  values?: SpokenValues,
): Say {
  return { type: 'say', lang, text: spoken(hotline, lang, name, values) }
}

/** Asks for consent, takes a message; says so where nothing was said. */
export function messagePlan(hotline: HotlineSettings, lang: Language): CallPlan {
  return [
    say(hotline, lang, 'consent'),
    ...(hotline.isTranscribed ? [{ type: 'transcribe', lang, isCallerAlone: true } as const] : []),
    recordStep({ query: { lang } }),
    ...nothingHeardPlan(hotline, lang),
  ]
}

/** Tells that the talk which follows is recorded; nothing where talks are not. */
export function recordingNotice(hotline: HotlineSettings, languages: readonly Language[]): Say[] {
  if (hotline.recordings.areTalksRecorded !== true) return []
  return languages.map((lang) => ({ ...say(hotline, lang, 'recorded'), isRecordingNotice: true }))
}

/** Takes a message; `more` says where its end is told. */
export function recordStep(more: Pick<RecordStep, 'query' | 'isFallback'>): RecordStep {
  return {
    type: 'record',
    maxSeconds: MESSAGE_MAX_SECONDS,
    silenceSeconds: SILENCE_SECONDS,
    ...more,
  }
}

type RecordStep = Extract<CallStep, { type: 'record' }>

/** For a recording in which nobody spoke. */
export function nothingHeardPlan(hotline: HotlineSettings, lang: Language): CallPlan {
  return goodbyePlan([say(hotline, lang, 'nothingHeard')])
}

/** For a message that is safe while its case cannot be told yet. */
export function apologyPlan(hotline: HotlineSettings, lang: Language): CallPlan {
  return goodbyePlan(languagesFor(lang).map((each) => say(hotline, each, 'apology')))
}

/** Last words. */
export function goodbyePlan(words: CallPlan): CallPlan {
  return [...words, { type: 'hang-up' }]
}

/**
 * Tells the caller the code, digit by digit and twice, and when to expect an answer. `pin` is for
 * callers without a number, who could not open the status otherwise; null leaves it out.
 */
export function receiptPlan(
  hotline: HotlineSettings,
  lang: Language,
  opened: Pick<Case, 'code' | 'dueAt'>,
  pin: string | null,
): CallPlan {
  return goodbyePlan(languagesFor(lang).flatMap((each) => receiptIn(hotline, each, opened, pin)))
}

/** Vietnamese is also the language of those who did not choose: they hear English after it. */
export function languagesFor(lang: Language): readonly Language[] {
  return lang === 'vi' ? ['vi', 'en'] : ['en']
}

function receiptIn(
  hotline: HotlineSettings,
  lang: Language,
  { code, dueAt }: Pick<Case, 'code' | 'dueAt'>,
  pin: string | null,
): CallStep[] {
  const digits = inDigits(code, lang)
  return [
    say(hotline, lang, 'code', { digits }),
    say(hotline, lang, 'codeAgain', { digits }),
    ...(pin === null ? [] : [say(hotline, lang, 'pin', { digits: inDigits(pin, lang) })]),
    ...(dueAt === null ? [] : [say(hotline, lang, 'due', dayOf(dueAt))]),
    say(hotline, lang, 'goodbye'),
  ]
}
