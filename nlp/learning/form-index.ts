import { hashWord, PLAIN_MASK, plainFeature, writtenFeature } from './features.ts'
import type { Vocabulary } from './vocabulary.ts'
import { rowOf } from './vocabulary.ts'

/**
 * Known words by what is left of them when one letter, or none, is taken out: two words that leave
 * the same are about one slip apart. Words that differ in diacritics alone are one form.
 */
export type FormIndex = {
  /** Of each word: its hash as written, and without diacritics. */
  readonly written: Int32Array
  readonly plain: Int32Array
  /** Of each word as written, the commonest form's first. */
  readonly rarity: Float32Array
  /** Of each form: how rare it is, and its first word; then the next word of the same form, or -1. */
  readonly formRarity: Float32Array
  readonly firstWord: Int32Array
  readonly nextWord: Int32Array
  /** What is left → its first entry, as an open-addressing table; -1 is an empty slot. */
  readonly keys: Int32Array
  readonly heads: Int32Array
  /** Of each entry: its form, and the next one, of a rarer form, or -1. */
  readonly entryForms: Int32Array
  readonly nextEntry: Int32Array
}

const indices = new WeakMap<Vocabulary, FormIndex>()

/** The index over a vocabulary's words, made when it is first asked for. */
export function formIndexOf(vocabulary: Vocabulary): FormIndex {
  const known = indices.get(vocabulary)
  if (known) return known
  const index = createFormIndex(vocabulary)
  indices.set(vocabulary, index)
  return index
}

/** The plain letters without the one at `left`; all of them where `left` is before the first. */
export function keyWithout(letters: Int32Array, from: number, to: number, left: number): number {
  let key = 0x51ed270b
  for (let at = from; at < to; at++) {
    if (at === left) continue
    key = Math.imul(key ^ ((letters[at] ?? 0) & PLAIN_MASK), 0x5bd1e995)
    key ^= key >>> 15
  }
  return key
}

/** Where a key stands in the table, or the empty slot where it would. */
export function slotOf(keys: Int32Array, heads: Int32Array, key: number): number {
  const mask = keys.length - 1
  let slot = key & mask
  while (heads[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & mask
  return slot
}

function createFormIndex(vocabulary: Vocabulary): FormIndex {
  const { from, letters, tones } = vocabulary.words
  const written = new Int32Array(tones.length)
  const plain = new Int32Array(tones.length)
  const rarity = new Float32Array(tones.length)
  const wordsOf = new Map<number, number[]>()
  tones.forEach((tone, word) => {
    const [start, end] = [from[word] ?? 0, from[word + 1] ?? 0]
    written[word] = hashWord(letters, start, end, tone, -1)
    const hash = hashWord(letters, start, end, 0, PLAIN_MASK)
    plain[word] = hash
    rarity[word] = rarityOf(vocabulary, writtenFeature(written[word] ?? 0))
    const form = wordsOf.get(hash)
    if (form) form.push(word)
    else wordsOf.set(hash, [word])
  })
  const forms = [...wordsOf]
    .map(([hash, words]) => ({ words, rarity: rarityOf(vocabulary, plainFeature(hash)) }))
    .sort((a, b) => a.rarity - b.rarity)
  const firstWord = Int32Array.from(forms, ({ words }) => words[0] ?? -1)
  const nextWord = new Int32Array(tones.length).fill(-1)
  for (const { words } of forms) {
    words.forEach((word, at) => {
      nextWord[word] = words[at + 1] ?? -1
    })
  }
  const formRarity = Float32Array.from(forms, (form) => form.rarity)
  const table = tabulate(letters, from, firstWord)
  return { written, plain, rarity, formRarity, firstWord, nextWord, ...table }
}

function tabulate(letters: Int32Array, from: Uint32Array, firstWord: Int32Array) {
  const mostEntries = letters.length + firstWord.length
  let capacity = 16
  while (capacity < mostEntries * 2) capacity *= 2
  const keys = new Int32Array(capacity)
  const heads = new Int32Array(capacity).fill(-1)
  const entryForms = new Int32Array(mostEntries)
  const nextEntry = new Int32Array(mostEntries)
  let entry = 0
  // From the rarest on, so that each list begins with the commonest.
  for (let form = firstWord.length - 1; form >= 0; form--) {
    const word = firstWord[form] ?? 0
    const [start, end] = [from[word] ?? 0, from[word + 1] ?? 0]
    for (let left = start - 1; left < end; left++) {
      const key = keyWithout(letters, start, end, left)
      const slot = slotOf(keys, heads, key)
      keys[slot] = key
      entryForms[entry] = form
      nextEntry[entry] = heads[slot] ?? -1
      heads[slot] = entry++
    }
  }
  return { keys, heads, entryForms, nextEntry }
}

function rarityOf(vocabulary: Vocabulary, feature: number): number {
  return vocabulary.idf[rowOf(vocabulary, feature)] ?? Infinity
}
