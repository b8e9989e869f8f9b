import { PLAIN_MASK } from './features.ts'

/** The rows of a keyboard; each begins half a key further right than the one above it. */
const KEY_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const
const FIRST_LETTER = 0x61
const LETTER_COUNT = 26
/** Log-likelihoods beside a letter left out, doubled or swapped: each of these is as likely. */
const NEIGHBOUR_TYPED = -1.5
const OTHER_TYPED = -4
const MARK_DIFFERS = -2
const TONE_LOST = -1
const TONE_DIFFERS = -3

const neighbours = findNeighbours()

/** Letters of a word, somewhere among others. */
export type Letters = { readonly letters: Int32Array; readonly from: number; readonly to: number }

/** How likely a slip is, as a logarithm, and how many letters before and after it are as meant. */
type Slip = { likelihood: number; before: number; after: number }

/** Reads `typed` as one slip away from `meant`, diacritics aside; false where it takes more. */
export function readSlip(typed: Letters, meant: Letters, slip: Slip): boolean {
  const typedLength = typed.to - typed.from
  const meantLength = meant.to - meant.from
  const shorter = Math.min(typedLength, meantLength)
  let before = 0
  while (before < shorter && isSame(typed, typed.from + before, meant, meant.from + before))
    before++
  let after = 0
  while (
    after < shorter - before &&
    isSame(typed, typed.to - 1 - after, meant, meant.to - 1 - after)
  ) {
    after++
  }
  slip.before = before
  slip.after = after
  slip.likelihood = likelihoodOf(typed, meant, before, after)
  return slip.likelihood > -Infinity
}

/** How likely the diacritics beside the slip are as typed where these are meant. */
export function likelihoodOfMarks(
  typed: Letters,
  typedTone: number,
  meant: Letters,
  meantTone: number,
  { before, after }: Slip,
): number {
  let likelihood = 0
  for (let at = 0; at < before; at++) {
    if (typed.letters[typed.from + at] !== meant.letters[meant.from + at])
      likelihood += MARK_DIFFERS
  }
  for (let at = 1; at <= after; at++) {
    if (typed.letters[typed.to - at] !== meant.letters[meant.to - at]) likelihood += MARK_DIFFERS
  }
  // A letter typed twice has its tone twice.
  if (typedTone % 6 === meantTone % 6) return likelihood
  return likelihood + (typedTone === 0 ? TONE_LOST : TONE_DIFFERS)
}

function likelihoodOf(typed: Letters, meant: Letters, before: number, after: number): number {
  const typedLeft = typed.to - typed.from - before - after
  const meantLeft = meant.to - meant.from - before - after
  if (typedLeft === 0) return meantLeft === 1 ? 0 : -Infinity
  const at = typed.from + before
  const meantAt = meant.from + before
  if (typedLeft === 1 && meantLeft === 0) {
    return before > 0 && isSame(typed, at, typed, at - 1) ? 0 : OTHER_TYPED
  }
  if (typedLeft === 1 && meantLeft === 1) {
    return isBeside(plain(meant, meantAt), plain(typed, at)) ? NEIGHBOUR_TYPED : OTHER_TYPED
  }
  const isSwapped =
    typedLeft === 2 &&
    meantLeft === 2 &&
    isSame(typed, at, meant, meantAt + 1) &&
    isSame(typed, at + 1, meant, meantAt)
  return isSwapped ? 0 : -Infinity
}

function isBeside(meant: number, typed: number): boolean {
  return neighbours[meant - FIRST_LETTER]?.includes(typed) ?? false
}

function isSame(one: Letters, at: number, other: Letters, otherAt: number): boolean {
  return plain(one, at) === plain(other, otherAt)
}

function plain({ letters }: Letters, at: number): number {
  return (letters[at] ?? 0) & PLAIN_MASK
}

function findNeighbours(): readonly (readonly number[])[] {
  const places = KEY_ROWS.flatMap((row, y) =>
    Array.from(row, (key, x) => ({ letter: key.charCodeAt(0), x: x + y / 2, y })),
  )
  return Array.from({ length: LETTER_COUNT }, (_, at) => {
    const own = places.find(({ letter }) => letter === FIRST_LETTER + at)
    if (!own) return []
    return places
      .filter((key) => key !== own && Math.abs(key.y - own.y) <= 1 && Math.abs(key.x - own.x) <= 1)
      .map(({ letter }) => letter)
  })
}
