import type { Scan } from '../text/scan.ts'
import { hasDiacritics } from '../text/scan.ts'
import type { Mended } from './features.ts'
import { hashWord, PLAIN_MASK, plainFeature, plainPairFeature } from './features.ts'
import type { FormIndex } from './form-index.ts'
import { formIndexOf, keyWithout, slotOf } from './form-index.ts'
import { canBeMended } from './known-words.ts'
import type { Letters } from './slips.ts'
import { likelihoodOfMarks, readSlip } from './slips.ts'
import type { Vocabulary } from './vocabulary.ts'
import { rowOf } from './vocabulary.ts'

/** How much likelier a word is beside one that it was met beside. */
const PAIR_BONUS = 3
/** What is less likely is left as it is. */
const LEAST_LIKELY = -9
const AS_TYPED = -1
const UNKNOWN = -2

/** Of each word of a text: its hash without diacritics, and the row of that, or -1. */
export type WordsLookedUp = { readonly plain: Int32Array; readonly plainRows: Int32Array }

/**
 * Finds, for the words of a text that were never met, the known word that one slip made them of. It
 * looks the words up where that was not done before.
 */
export type Mender = (scan: Scan, lookedUp?: WordsLookedUp) => Mended | null

/** Makes a mender with buffers of its own; what it finds is overwritten by its next text. */
export function createMender(vocabulary: Vocabulary): Mender {
  if (vocabulary.words.tones.length === 0) return () => null
  let words = new Int32Array(0)
  let own = roomFor(0)
  return (scan, lookedUp) => {
    if (words.length < scan.count) {
      words = new Int32Array(scan.count * 2)
      own = roomFor(scan.count * 2)
    }
    if (!lookedUp) lookUp(vocabulary, scan, own)
    if (!markUnknown(scan, lookedUp ?? own, words)) return null
    if (lookedUp) own.plain.set(lookedUp.plain.subarray(0, scan.count))
    const { plain } = own
    const index = formIndexOf(vocabulary)
    const isMarked = hasDiacritics(scan)
    const search = { vocabulary, index, scan, plain, isMarked }
    for (let word = 0; word < scan.count; word++) {
      if (words[word] !== UNKNOWN) continue
      const found = nearest(search, word)
      words[word] = found
      if (found >= 0) plain[word] = index.plain[found] ?? 0
    }
    return { words, written: isMarked ? index.written : index.plain, plain: index.plain }
  }
}

function roomFor(size: number): WordsLookedUp {
  return { plain: new Int32Array(size), plainRows: new Int32Array(size) }
}

function lookUp(vocabulary: Vocabulary, scan: Scan, { plain, plainRows }: WordsLookedUp): void {
  for (let word = 0; word < scan.count; word++) {
    const { from, to } = spanOf(scan, word)
    const hash = hashWord(scan.letters, from, to, 0, PLAIN_MASK)
    plain[word] = hash
    plainRows[word] = rowOf(vocabulary, plainFeature(hash))
  }
}

/** Fills in which words could be slips; false where none could. */
function markUnknown(scan: Scan, { plainRows }: WordsLookedUp, words: Int32Array): boolean {
  let hasUnknown = false
  for (let word = 0; word < scan.count; word++) {
    const { from, to } = spanOf(scan, word)
    const isUnknown = (plainRows[word] ?? -1) < 0 && canBeMended(scan.letters, from, to)
    words[word] = isUnknown ? UNKNOWN : AS_TYPED
    if (isUnknown) hasUnknown = true
  }
  return hasUnknown
}

type Search = {
  readonly vocabulary: Vocabulary
  readonly index: FormIndex
  readonly scan: Scan
  readonly plain: Int32Array
  readonly isMarked: boolean
}

/** The likeliest known word so far. */
type Guess = { word: number; likelihood: number }

/** The likeliest known word for one that was never met, or AS_TYPED. */
function nearest(search: Search, word: number): number {
  const { index, scan } = search
  const { from, to } = spanOf(scan, word)
  const guess = { word: AS_TYPED, likelihood: LEAST_LIKELY }
  for (let left = from - 1; left < to; left++) {
    const slot = slotOf(index.keys, index.heads, keyWithout(scan.letters, from, to, left))
    for (let entry = index.heads[slot] ?? -1; entry >= 0; entry = index.nextEntry[entry] ?? -1) {
      const form = index.entryForms[entry] ?? 0
      // The commonest come first: what follows cannot be likelier.
      if (2 * PAIR_BONUS - (index.formRarity[form] ?? 0) <= guess.likelihood) break
      weighForm(search, word, form, guess)
    }
  }
  return guess.word
}

/** Takes a word of this form for the guess where it is likelier. */
function weighForm(search: Search, word: number, form: number, guess: Guess): void {
  const { vocabulary, index, scan, isMarked } = search
  const first = index.firstWord[form] ?? 0
  const typed = { letters: scan.letters, ...spanOf(scan, word) }
  const slip = { likelihood: 0, before: 0, after: 0 }
  if (!readSlip(typed, lettersOf(vocabulary, first), slip)) return
  const beside = slip.likelihood + bonusOf(search, word, index.plain[first] ?? 0)
  if (!isMarked) {
    takeLikelier(guess, first, beside - (index.formRarity[form] ?? 0))
    return
  }
  const tone = scan.tones[word] ?? 0
  for (let known = first; known >= 0; known = index.nextWord[known] ?? -1) {
    const knownTone = vocabulary.words.tones[known] ?? 0
    const marks = likelihoodOfMarks(typed, tone, lettersOf(vocabulary, known), knownTone, slip)
    takeLikelier(guess, known, beside + marks - (index.rarity[known] ?? 0))
  }
}

function takeLikelier(guess: Guess, word: number, likelihood: number): void {
  if (likelihood <= guess.likelihood) return
  guess.word = word
  guess.likelihood = likelihood
}

function lettersOf({ words }: Vocabulary, word: number): Letters {
  return { letters: words.letters, from: words.from[word] ?? 0, to: words.from[word + 1] ?? 0 }
}

/** What the words before and after say for this one. */
function bonusOf({ vocabulary, scan, plain }: Search, word: number, hash: number): number {
  let bonus = 0
  if (word > 0 && rowOf(vocabulary, plainPairFeature(plain[word - 1] ?? 0, hash)) >= 0) {
    bonus += PAIR_BONUS
  }
  const isLast = word + 1 === scan.count
  if (!isLast && rowOf(vocabulary, plainPairFeature(hash, plain[word + 1] ?? 0)) >= 0) {
    bonus += PAIR_BONUS
  }
  return bonus
}

function spanOf(scan: Scan, word: number): { from: number; to: number } {
  return { from: scan.from[word] ?? 0, to: scan.from[word + 1] ?? 0 }
}
