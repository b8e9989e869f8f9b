import type { Word } from '../text/words.ts'
import type { Finding } from './rules.ts'

const FEWEST_DIGITS = 8
/** Digits alone are the rules' to find; a transcript mixes them with words. */
const FEWEST_WORDS = 2

/** What a spoken word adds to a number, by its plain form. */
const DIGITS: Readonly<Record<string, string>> = {
  khong: '0',
  ko: '0',
  linh: '0',
  le: '0',
  mot: '1',
  hai: '2',
  ba: '3',
  bon: '4',
  tu: '4',
  nam: '5',
  lam: '5',
  nham: '5',
  sau: '6',
  bay: '7',
  tam: '8',
  chin: '9',
  muoi: '',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  so: '',
  lan: '',
  roi: '',
  a: '',
  o: '0',
}
/** Words that may stand inside a spoken number but are no digit. */
const FILLERS = new Set(['so', 'lan', 'roi', 'a', 'o', 'muoi'])

/** Finds numbers spoken or spelled out, digit by digit, of the length of a telephone number. */
export function findSpokenDigits(words: readonly Word[]): Finding[] {
  const findings: Finding[] = []
  let first = 0
  while (first < words.length) {
    const last = runEnd(words, first)
    const run = trimFillers(words.slice(first, last))
    const start = run[0]
    const end = run.at(-1)
    if (start && end && digitCount(run) >= FEWEST_DIGITS) {
      findings.push({ type: 'spoken_digits', start: start.start, end: end.end })
    }
    first = Math.max(last, first + 1)
  }
  return findings
}

function runEnd(words: readonly Word[], from: number): number {
  let at = from
  while (at < words.length && isDigitWord(words[at])) at++
  return at
}

function isDigitWord(word: Word | undefined): boolean {
  return word !== undefined && (Object.hasOwn(DIGITS, word.plain) || /^\d$/.test(word.plain))
}

function trimFillers(run: readonly Word[]): Word[] {
  const isDigit = (word: Word): boolean => !FILLERS.has(word.plain)
  const first = run.findIndex(isDigit)
  return first < 0 ? [] : run.slice(first, run.findLastIndex(isDigit) + 1)
}

/** "ba số không" and "hai lần năm" are three and two digits. */
function digitCount(run: readonly Word[]): number {
  const said = run.map((word) => DIGITS[word.plain] ?? word.plain).join('').length
  const isSpoken = run.filter((word) => !/^\d$/.test(word.plain)).length >= FEWEST_WORDS
  const repeats = run.filter((word) => word.plain === 'so' || word.plain === 'lan').length
  return isSpoken ? said + repeats : 0
}
