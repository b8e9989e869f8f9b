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
  /** The text with every span, and the names given, masked. */
  readonly redact: (text: string, knownNames: readonly string[]) => string
}

/** Long runs without a break are no personal data, and would make the rules slow. */
const ENDLESS = /[A-Za-z0-9._%+\-/]{160,}|\s{64,}/g
const PUBLIC_NUMBER = 'hotline'

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
    return claim(found, searched.length)
      .filter(({ type }) => type !== PUBLIC_NUMBER)
      .map(({ type, start, end }) => ({
        type,
        ...originalRange(composed, start, end),
        mask: maskOf(type, composed.text.slice(start, end)),
      }))
  }

  return {
    find: (text) => findAll(text, []),
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

/** Gives every stretch to the first rule that found it; later ones keep what is left before it. */
function claim(found: readonly Finding[], length: number): Finding[] {
  const taken = new Uint8Array(length)
  const claimed: Finding[] = []
  for (const { type, start, end } of found) {
    if (taken[start] === 1) continue
    const next = taken.subarray(start, end).indexOf(1)
    const cut = next < 0 ? end : start + next
    taken.fill(1, start, cut)
    claimed.push({ type, start, end: cut })
  }
  return claimed.sort((a, b) => a.start - b.start)
}
