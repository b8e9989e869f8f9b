import { plainOf } from './letters.ts'
import { createScanner } from './scan.ts'

/** A word of a text with its place in it. */
export type Word = {
  readonly start: number
  readonly end: number
  /** Lower case, no diacritics. */
  readonly plain: string
  /** Equal for words that differ only in case, composition or tone placement. */
  readonly key: string
  readonly hasDiacritics: boolean
  readonly isCapitalised: boolean
}

/** Reads texts into words; offsets are UTF-16 offsets of the text given. */
export function createWordReader(): (text: string) => Word[] {
  const scan = createScanner()
  return (text) => {
    const scanned = scan(text)
    return Array.from({ length: scanned.count }, (_, word) => {
      const start = scanned.starts[word] ?? 0
      const letters = scanned.letters.subarray(scanned.from[word], scanned.from[word + 1])
      return describe(text, start, scanned.ends[word] ?? 0, letters, scanned.tones[word] ?? 0)
    })
  }
}

function describe(
  text: string,
  start: number,
  end: number,
  letters: Int32Array,
  tone: number,
): Word {
  let plain = ''
  let qualities = ''
  let hasDiacritics = tone > 0
  for (const letter of letters) {
    plain += String.fromCharCode(plainOf(letter))
    qualities += String.fromCharCode(0x30 + (letter >>> 16))
    if (letter > 0xffff) hasDiacritics = true
  }
  const first = text.charAt(start)
  return {
    start,
    end,
    plain,
    key: hasDiacritics ? `${plain}${qualities}${String(tone)}` : plain,
    hasDiacritics,
    isCapitalised: first !== first.toLowerCase(),
  }
}
