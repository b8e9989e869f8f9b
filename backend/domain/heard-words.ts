import { foldVietnamese } from './fold.ts'

// Whoever talks for minutes has said in the first sentences what they want.
const MAX_LENGTH = 2_000
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g
const BEYOND_ASCII = /[^\0-\x7f]/

/** Speech prepared for looking words up in it. */
export type HeardText = { readonly marked: string; readonly folded: string | null }

/**
 * What a recogniser wrote down. Where it writes diacritics, words are compared with them, so that
 * `chạy` is not taken for `cháy`; where it writes none, they are compared without.
 */
export function heardText(said: string): HeardText {
  const text = said.slice(0, MAX_LENGTH)
  const folded = foldVietnamese(text)
  const hasDiacritics = BEYOND_ASCII.test(text.normalize('NFD').replace(/[^\p{L}\p{M}]/gu, ''))
  return { marked: wordsOf(markedForm(text)), folded: hasDiacritics ? null : wordsOf(folded) }
}

/** Length of the longest of `phrases` that stands in the text as whole words; 0 for none. */
export function longestHeard({ marked, folded }: HeardText, phrases: readonly string[]): number {
  let longest = 0
  for (const phrase of phrases) {
    const isHeard =
      folded === null
        ? marked.includes(wordsOf(markedForm(phrase)))
        : folded.includes(wordsOf(foldVietnamese(phrase)))
    if (isHeard) longest = Math.max(longest, phrase.length)
  }
  return longest
}

/** The key that somebody names instead of pressing it: `số một`, `phím 1 ạ`, `press two`. */
export function keyNamed(said: string): string | null {
  const words = wordsOf(foldVietnamese(said.slice(0, MAX_LENGTH)))
    .trim()
    .split(' ')
  const [named, ...others] = words.filter((word) => !FILLERS.has(word))
  if (named === undefined || others.length > 0) return null
  return /^[0-9]$/.test(named) ? named : (KEY_OF.get(named) ?? null)
}

const NUMBERS = [
  ['khong', 'zero'],
  ['mot', 'one'],
  ['hai', 'two'],
  ['ba', 'three'],
  ['bon', 'four', 'tu'],
  ['nam', 'five'],
  ['sau', 'six'],
  ['bay', 'seven'],
  ['tam', 'eight'],
  ['chin', 'nine'],
] as const
const KEY_OF = new Map(
  NUMBERS.flatMap((words, key) => words.map((word): [string, string] => [word, String(key)])),
)
const FILLERS = new Set(
  (
    'a alo ah em toi minh chi anh xin cho muon chon bam nhan phim so cai nhe nha voi da vang u ' +
    'please press key number the choose i want to uh um yes'
  ).split(' '),
)

/** Lower case, composed the same way wherever the tone was typed: `hoà` is `hòa`. */
function markedForm(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{L}\p{M}]+/gu, (word) => {
      const tones = word.match(TONES)?.join('') ?? ''
      return word.replace(TONES, '') + tones
    })
}

/** Words alone, each between spaces, so that only whole ones are found. */
function wordsOf(text: string): string {
  return ` ${text.match(/[\p{L}\p{M}\p{N}]+/gu)?.join(' ') ?? ''} `
}
