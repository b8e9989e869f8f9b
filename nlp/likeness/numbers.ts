const DIGITS: Readonly<Record<string, number>> = {
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  nam: 5,
  lam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
}
const ENDINGS: Readonly<Record<string, number>> = { ...DIGITS, tu: 4, mot: 1 }

/** A number said in words, as digits, and how many words it took. */
export type SaidNumber = { readonly digits: string; readonly wordCount: number }

/**
 * The number from ten to ninety-nine said at this word, without diacritics (`bon muoi hai` → 42).
 * Single digits are left alone: `nam` is as often a year or a name.
 */
export function saidNumber(words: readonly string[], at: number): SaidNumber | null {
  const tens = DIGITS[words[at] ?? '']
  if (words[at] === 'muoi') {
    const unit = ENDINGS[words[at + 1] ?? '']
    return unit === undefined ? null : { digits: String(10 + unit), wordCount: 2 }
  }
  if (tens === undefined || tens < 2) return null
  const second = words[at + 1] ?? ''
  const isSpokenShort = second === 'mot' || second === 'tu' || second === 'lam'
  if (isSpokenShort) return { digits: String(tens * 10 + (ENDINGS[second] ?? 0)), wordCount: 2 }
  if (second !== 'muoi') return null
  const unit = ENDINGS[words[at + 2] ?? '']
  return unit === undefined
    ? { digits: String(tens * 10), wordCount: 2 }
    : { digits: String(tens * 10 + unit), wordCount: 3 }
}
