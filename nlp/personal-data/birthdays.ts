import { createWordReader } from '../text/words.ts'
import { isTitle } from './names.ts'

/** Words that with "sinh" make another word, and that nobody is called. */
const NEVER_NAMES = new Set('ve hoc thi khai tuyen khang bam ky tai nay tiep ho vu mau'.split(' '))
/** Such words that are names too: "Phát sinh năm 1985". */
const ALSO_NAMES = new Set('phat an dan giang song hy hi thu moi nu nam san phuc hoi'.split(' '))
/** The word before, with the one that tells whether it is a name. */
const REACH = 24

const readWords = createWordReader()

/**
 * True where "sinh" at this place means being born; not in "tổng vệ sinh 25/11" and "phát sinh ngày
 * 25/11". What may be either is a birthday: a mask too many hides a day, one too few a person.
 */
export function meansBorn(text: string, at: number): boolean {
  if (!/^sinh/i.test(text.slice(at))) return true
  const before = /[\p{L}\p{M} \t]*$/u.exec(text.slice(Math.max(at - REACH, 0), at))?.[0] ?? ''
  const words = readWords(before)
  const word = words.at(-1)
  if (word === undefined) return true
  if (NEVER_NAMES.has(word.plain)) return false
  const earlier = words.at(-2)
  const isCalled = word.isCapitalised || (earlier !== undefined && isTitle(earlier))
  return isCalled || !ALSO_NAMES.has(word.plain)
}
