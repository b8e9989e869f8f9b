import type { Scan } from '../text/scan.ts'

/** What words with slips were mended to: for each word of a text its mended form, or -1. */
export type Mended = {
  readonly words: Int32Array
  /** By mended form: the hash as written, and without diacritics. */
  readonly written: Int32Array
  readonly plain: Int32Array
}

/** The hashed n-grams of one text, in three groups that end at `groupEnds`. */
export type Features = {
  count: number
  hashes: Uint32Array
  /** First and last word each n-gram covers. */
  firstWords: Int32Array
  lastWords: Int32Array
  readonly groupEnds: Int32Array
}

/** Words, pairs and marks as written, letter groups within words, words and pairs without diacritics. */
export const Group = { written: 0, letters: 1, plain: 2 } as const
export const GROUP_COUNT = 3

const SEED_WORD = 0x1b873593
const SEED_PAIR = 0x2c1b3c6d
const SEED_LETTERS = 0x297a2d39
const SEED_MARK = 0x3f212e2c
const SEED_PLAIN_WORD = 0x71374491
const SEED_PLAIN_PAIR = 0x510e527f
const EDGE = 0x7fffffff
const TONE_BASE = 0x40000000
const LONGEST_GRAM = 4
const LETTER_GRAM_WORD_LIMIT = 24
const EDGES_AND_TONE = 3
const gramLetters = new Int32Array(LETTER_GRAM_WORD_LIMIT + EDGES_AND_TONE)
/** Leaves of a packed letter what it is without diacritics. */
export const PLAIN_MASK = 0xffff

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
export function extractFeatures(
  scan: Scan,
  features: Features,
  withoutDiacritics = false,
  mended: Mended | null = null,
): void {
  const letterCount = scan.from[scan.count] ?? 0
  ensureRoom(features, scan.count * 8 + letterCount * LONGEST_GRAM + 16)
  features.count = 0
  const mask = withoutDiacritics ? PLAIN_MASK : -1
  addWords(scan, features, mask, SEED_WORD, SEED_PAIR, mended)
  features.groupEnds[Group.written] = features.count
  addLetterGrams(scan, features, mask)
  features.groupEnds[Group.letters] = features.count
  addWords(scan, features, PLAIN_MASK, SEED_PLAIN_WORD, SEED_PLAIN_PAIR, mended)
  features.groupEnds[Group.plain] = features.count
}

function addWords(
  scan: Scan,
  out: Features,
  mask: number,
  wordSeed: number,
  pairSeed: number,
  mended: Mended | null,
): void {
  let before = 0
  for (let word = 0; word < scan.count; word++) {
    const form = mended ? (mended.words[word] ?? -1) : -1
    const hash =
      mended && form >= 0
        ? ((mask === -1 ? mended.written : mended.plain)[form] ?? 0)
        : hashWord(
            scan.letters,
            scan.from[word] ?? 0,
            scan.from[word + 1] ?? 0,
            mask === -1 ? (scan.tones[word] ?? 0) : 0,
            mask,
          )
    add(out, hash ^ wordSeed, word, word)
    if (word > 0) add(out, hashPair(before, hash) ^ pairSeed, word - 1, word)
    if (wordSeed === SEED_WORD) addMark(scan, word, hash, out)
    before = hash
  }
}

/** What a word's features are made from; with `PLAIN_MASK` and no tone, without its diacritics. */
export function hashWord(
  letters: Int32Array,
  from: number,
  to: number,
  tone: number,
  mask: number,
): number {
  let hash = 0x9747b28c
  for (let at = from; at < to; at++) hash = mix(hash, (letters[at] ?? 0) & mask)
  return tone > 0 ? mix(hash, TONE_BASE + tone) : hash
}

/** The feature of a word as written, by its hash. */
export function writtenFeature(hash: number): number {
  return finish(hash ^ SEED_WORD)
}

/** The feature of a word without diacritics, by its hash. */
export function plainFeature(hash: number): number {
  return finish(hash ^ SEED_PLAIN_WORD)
}

/** The feature of two words as written, by their hashes. */
export function writtenPairFeature(before: number, hash: number): number {
  return finish(hashPair(before, hash) ^ SEED_PAIR)
}

/** The feature of two words without diacritics, by their hashes. */
export function plainPairFeature(before: number, hash: number): number {
  return finish(hashPair(before, hash) ^ SEED_PLAIN_PAIR)
}

/** The feature of a mark after a word. */
export function markFeature(mark: number): number {
  return finish(SEED_MARK + mark)
}

/** The feature of a word as written, by its hash, with the mark after it. */
export function markedWordFeature(hash: number, mark: number): number {
  return finish(hashPair(hash, SEED_MARK + mark) ^ SEED_PAIR)
}

function hashPair(before: number, hash: number): number {
  return mix(Math.imul(before, 0x85ebca6b), hash)
}

/** The mark after a word, and the pair of both: what a sentence ends in says how it is meant. */
function addMark({ marks }: Scan, word: number, hash: number, out: Features): void {
  const mark = marks[word] ?? 0
  if (mark === 0) return
  add(out, SEED_MARK + mark, word, word)
  add(out, hashPair(hash, SEED_MARK + mark) ^ SEED_PAIR, word, word)
}

function addLetterGrams(scan: Scan, out: Features, mask: number): void {
  for (let word = 0; word < scan.count; word++) {
    const before = out.count
    hashLetterGrams(scan, word, mask, out)
    out.firstWords.fill(word, before, out.count)
    out.lastWords.fill(word, before, out.count)
  }
}

/** Adds the features of the groups of letters within a word, as many as `letterGramCount` at most. */
export function hashLetterGrams(
  scan: Scan,
  word: number,
  mask: number,
  out: { count: number; readonly hashes: Uint32Array },
): void {
  const length = fillGramLetters(scan, word, mask)
  for (let start = 0; start < length - 1; start++) {
    let hash = mix(SEED_LETTERS, gramLetters[start] ?? 0)
    const end = Math.min(start + LONGEST_GRAM, length)
    for (let at = start + 1; at < end; at++) {
      hash = mix(hash, gramLetters[at] ?? 0)
      out.hashes[out.count++] = finish(hash)
    }
  }
}

/** How many groups of letters a word of so many letters has at most. */
export function letterGramCount(letters: number): number {
  const length = Math.min(letters, LETTER_GRAM_WORD_LIMIT) + EDGES_AND_TONE
  return (LONGEST_GRAM - 1) * length - (LONGEST_GRAM * (LONGEST_GRAM - 1)) / 2
}

/** The word between its edges, the tone after the letters; answers how many there are. */
function fillGramLetters(scan: Scan, word: number, mask: number): number {
  const from = scan.from[word] ?? 0
  const to = Math.min(scan.from[word + 1] ?? 0, from + LETTER_GRAM_WORD_LIMIT)
  const tone = mask === -1 ? (scan.tones[word] ?? 0) : 0
  let count = 0
  gramLetters[count++] = EDGE
  for (let at = from; at < to; at++) gramLetters[count++] = (scan.letters[at] ?? 0) & mask
  if (tone > 0) gramLetters[count++] = TONE_BASE + tone
  gramLetters[count++] = EDGE
  return count
}

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

function add(out: Features, hash: number, firstWord: number, lastWord: number): void {
  out.hashes[out.count] = finish(hash)
  out.firstWords[out.count] = firstWord
  out.lastWords[out.count] = lastWord
  out.count++
}

function finish(hash: number): number {
  let final = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  final = Math.imul(final ^ (final >>> 13), 0xc2b2ae35)
  return ((final ^ (final >>> 16)) | 1) >>> 0
}

function ensureRoom(features: Features, size: number): void {
  if (features.hashes.length >= size) return
  features.hashes = new Uint32Array(size * 2)
  features.firstWords = new Int32Array(size * 2)
  features.lastWords = new Int32Array(size * 2)
}
