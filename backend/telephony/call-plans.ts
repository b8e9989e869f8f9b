import type { Language } from '#contracts/vocabulary'
import type { Case } from '#domain/case'
import { spokenDigits } from '#domain/case-code'
import type { CallPlan, CallStep } from './provider.ts'
import { spoken, type SpokenTexts } from './spoken-texts.ts'

const MESSAGE_MAX_SECONDS = 180
// Long enough to think and to look for a street's name, short enough not to wait for nobody.
const SILENCE_SECONDS = 8

/** Greets, asks for consent, takes a message; says so where nothing was said. */
export function greetingPlan(): CallPlan {
  return [
    ...inBoth('greeting'),
    { type: 'record', maxSeconds: MESSAGE_MAX_SECONDS, silenceSeconds: SILENCE_SECONDS },
    ...nothingHeardPlan(),
  ]
}

/** For a recording in which nobody spoke. */
export function nothingHeardPlan(): CallPlan {
  return [...inBoth('nothingHeard'), { type: 'hang-up' }]
}

/** For a message that is safe while its case cannot be told yet. */
export function apologyPlan(): CallPlan {
  return [...inBoth('apology'), { type: 'hang-up' }]
}

/**
 * Tells the caller the code, digit by digit and twice, and when to expect an answer. `pin` is for
 * callers without a number, who could not open the status otherwise; null leaves it out.
 */
export function receiptPlan(opened: Pick<Case, 'code' | 'dueAt'>, pin: string | null): CallPlan {
  return [
    ...(['vi', 'en'] as const).flatMap((lang) => receiptIn(lang, opened, pin)),
    { type: 'hang-up' },
  ]
}

function receiptIn(
  lang: Language,
  { code, dueAt }: Pick<Case, 'code' | 'dueAt'>,
  pin: string | null,
): CallStep[] {
  const digits = inDigits(code, lang)
  const sentences = [
    spoken(lang, 'code', { digits }),
    spoken(lang, 'codeAgain', { digits }),
    ...(pin === null ? [] : [spoken(lang, 'pin', { digits: inDigits(pin, lang) })]),
    ...(dueAt === null ? [] : [spoken(lang, 'due', dayOf(dueAt))]),
    spoken(lang, 'goodbye'),
  ]
  return sentences.map((text) => ({ type: 'say', lang, text }))
}

function inBoth(name: keyof SpokenTexts): CallStep[] {
  return (['vi', 'en'] as const).map((lang) => ({ type: 'say', lang, text: spoken(lang, name) }))
}

/** Commas make the voice pause between digits instead of reading one large number. */
function inDigits(digits: string, lang: Language): string {
  return spokenDigits(digits, lang).join(', ')
}

const DAY = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'numeric',
  year: 'numeric',
  timeZone: 'Asia/Ho_Chi_Minh',
})

function dayOf(at: Date): Record<string, string> {
  return Object.fromEntries(DAY.formatToParts(at).map(({ type, value }) => [type, value]))
}
