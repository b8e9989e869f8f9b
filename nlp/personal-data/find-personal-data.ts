import type { PersonalDataSpan } from '../reading.ts'
import type { PersonalDataRules } from '../resources.ts'
import { composeText, originalRange } from '../text/composed.ts'
import type { Word } from '../text/words.ts'
import { createWordReader } from '../text/words.ts'
import { maskOf } from './masks.ts'
import { findKnownNames } from './known-names.ts'
import { findNames } from './names.ts'
import type { Finding } from './rules.ts'
import { compileRules } from './rules.ts'
import { findSpokenDigits } from './spoken-digits.ts'

/** Finds and masks personal data. */
export type PersonalDataFinder = {
  readonly find: (text: string) => PersonalDataSpan[]
  /** The same, and the names given wherever they stand. */
  readonly findWith: (text: string, knownNames: readonly string[]) => PersonalDataSpan[]
  /** The text with every span, and the names given, masked. */
  readonly redact: (text: string, knownNames: readonly string[]) => string
}

/** Long runs without a break are no personal data, and would make the rules slow. */
const ENDLESS = /[A-Za-z0-9._%+\-/]{160,}|\s{64,}/g
const PUBLIC_NUMBER = 'hotline'
const LONG_NUMBERS = new Set([
  'phone_mobile',
  'phone_landline',
  'cccd',
  'cmnd',
  'bank_account',
  'card_pan',
  'bhxh',
  'bhyt',
  'plate',
  'tax_code',
])

/** Makes a finder from the list of rules. */
export function createPersonalDataFinder(list: PersonalDataRules): PersonalDataFinder {
  const rules = compileRules(list)
  const readWords = createWordReader()

  function findAll(text: string, knownNames: readonly string[]): PersonalDataSpan[] {
    const composed = composeText(text)
    const searched = composed.text.replace(ENDLESS, (run) => '\0'.repeat(run.length))
    const words: Word[] = readWords(searched)
    const found = [
      ...rules.flatMap((rule) => rule.find(searched)),
      ...findKnownNames(words, knownNames),
      ...findNames(searched, words),
      ...findSpokenDigits(words),
    ]
    return claim(withoutFalseHotlines(found), searched.length)
      .filter(({ type }) => type !== PUBLIC_NUMBER)
      .map(({ type, start, end, isWhole }) => {
        const piece = composed.text.slice(start, end)
        // A mask that keeps some digits of a whole number would give a piece of it away.
        const mask = isWhole ? maskOf(type, piece) : maskOf(type, piece).replace(/\d/g, '*')
        return { type, ...originalRange(composed, start, end), mask }
      })
  }

  return {
    find: (text) => findAll(text, []),
    findWith: findAll,
    redact: (text, knownNames) => {
      let redacted = ''
      let at = 0
      for (const { start, end, mask } of findAll(text, knownNames)) {
        redacted += text.slice(at, start) + mask
        at = end
      }
      return redacted + text.slice(at)
    },
  }
}

/** The "111" within "0903 111 222" is no hotline. */
function withoutFalseHotlines(found: readonly Finding[]): Finding[] {
  const numbers = found.filter(({ type }) => LONG_NUMBERS.has(type))
  return found.filter(
    (each) =>
      each.type !== PUBLIC_NUMBER ||
      !numbers.some(
        ({ start, end }) =>
          start <= each.start && each.end <= end && end - start > each.end - each.start,
      ),
  )
}

type Claim = Finding & { readonly isWhole: boolean }

/** Gives every stretch to the first rule that found it; later ones get all that is left of theirs. */
function claim(found: readonly Finding[], length: number): Claim[] {
  const taken = new Uint8Array(length)
  const claimed: Claim[] = []
  for (const { type, start, end } of found) {
    for (let from = start; from < end;) {
      const free = taken.subarray(from, end).indexOf(0)
      if (free < 0) break
      const next = taken.subarray(from + free, end).indexOf(1)
      const until = next < 0 ? end : from + free + next
      const isWhole = from + free === start && until === end
      claimed.push({ type, start: from + free, end: until, isWhole })
      from = until
    }
    taken.fill(1, start, end)
  }
  return claimed.sort((a, b) => a.start - b.start)
}
