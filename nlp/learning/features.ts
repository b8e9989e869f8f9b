import type { Scan } from '../text/scan.ts'

/** The hashed n-grams of one text, in three groups that end at `groupEnds`. */
export type Features = {
  count: number
  hashes: Uint32Array
  /** First and last word each n-gram covers. */
  firstWords: Int32Array
  lastWords: Int32Array
  readonly groupEnds: Int32Array
}

/** Words and pairs as written, letter groups within words, words and pairs without diacritics. */
export const GROUP_COUNT = 3

const SEED_WORD = 0x1b873593
const SEED_PAIR = 0x2c1b3c6d
const SEED_LETTERS = 0x297a2d39
const SEED_PLAIN_WORD = 0x71374491
const SEED_PLAIN_PAIR = 0x510e527f
const EDGE = 0x7fffffff
const TONE_BASE = 0x40000000
const LONGEST_GRAM = 4
const LETTER_GRAM_WORD_LIMIT = 24
const PLAIN_MASK = 0xffff

/** An empty feature list, to be filled again and again by `extractFeatures`. */
export function createFeatures(): Features {
  return {
    count: 0,
    hashes: new Uint32Array(1024),
    firstWords: new Int32Array(1024),
    lastWords: new Int32Array(1024),
    groupEnds: new Int32Array(GROUP_COUNT),
  }
}

/**
 * Hashes the n-grams of a scanned text straight from its letters. With `withoutDiacritics` the
 * text is read as if it had been typed without them.
 */
export function extractFeatures(scan: Scan, features: Features, withoutDiacritics = false): void {
  const letterCount = scan.from[scan.count] ?? 0
  ensureRoom(features, scan.count * 8 + letterCount * LONGEST_GRAM + 16)
  features.count = 0
  const mask = withoutDiacritics ? PLAIN_MASK : -1
  addWords(scan, features, mask, SEED_WORD, SEED_PAIR)
  addMarks(scan, features)
  features.groupEnds[0] = features.count
  addLetterGrams(scan, features, mask)
  features.groupEnds[1] = features.count
  addWords(scan, features, PLAIN_MASK, SEED_PLAIN_WORD, SEED_PLAIN_PAIR)
  features.groupEnds[2] = features.count
}

function addWords(
  scan: Scan,
  out: Features,
  mask: number,
  wordSeed: number,
  pairSeed: number,
): void {
  let before = 0
  for (let word = 0; word < scan.count; word++) {
    const to = scan.from[word + 1] ?? 0
    let hash = 0x9747b28c
    for (let at = scan.from[word] ?? 0; at < to; at++)
      hash = mix(hash, (scan.letters[at] ?? 0) & mask)
    const tone = scan.tones[word] ?? 0
    if (mask === -1 && tone > 0) hash = mix(hash, TONE_BASE + tone)
    add(out, hash ^ wordSeed, word, word)
    if (word > 0) add(out, mix(Math.imul(before, 0x85ebca6b), hash) ^ pairSeed, word - 1, word)
    before = hash
  }
}

function addMarks(scan: Scan, out: Features): void {
  const last = Math.max(scan.count - 1, 0)
  if (scan.questionMarks > 0) add(out, 0x3f3f3f3f, last, last)
  if (scan.exclamationMarks > 0) add(out, 0x21212121, last, last)
}

function addLetterGrams(scan: Scan, out: Features, mask: number): void {
  for (let word = 0; word < scan.count; word++) {
    const from = scan.from[word] ?? 0
    const to = Math.min(scan.from[word + 1] ?? 0, from + LETTER_GRAM_WORD_LIMIT)
    const tone = mask === -1 ? (scan.tones[word] ?? 0) : 0
    const length = to - from + 2 + (tone > 0 ? 1 : 0)
    for (let start = 0; start < length - 1; start++) {
      let hash = SEED_LETTERS
      const end = Math.min(start + LONGEST_GRAM, length)
      for (let at = start; at < end; at++) {
        hash = mix(hash, gramLetter(scan, from, to, mask, tone, at))
        if (at > start) add(out, hash, word, word)
      }
    }
  }
}

/** Position 0 and the last are the word's edges; the tone stands after the letters. */
function gramLetter(
  scan: Scan,
  from: number,
  to: number,
  mask: number,
  tone: number,
  at: number,
): number {
  if (at === 0) return EDGE
  const letter = from + at - 1
  if (letter < to) return (scan.letters[letter] ?? 0) & mask
  return letter === to && tone > 0 ? TONE_BASE + tone : EDGE
}

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

function add(out: Features, hash: number, firstWord: number, lastWord: number): void {
  let final = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  final = Math.imul(final ^ (final >>> 13), 0xc2b2ae35)
  out.hashes[out.count] = (final ^ (final >>> 16)) | 1
  out.firstWords[out.count] = firstWord
  out.lastWords[out.count] = lastWord
  out.count++
}

function ensureRoom(features: Features, size: number): void {
  if (features.hashes.length >= size) return
  features.hashes = new Uint32Array(size * 2)
  features.firstWords = new Int32Array(size * 2)
  features.lastWords = new Int32Array(size * 2)
}
