import { createWordReader } from '../text/words.ts'
import { saidNumber } from './numbers.ts'
import { SYNONYMS } from './synonyms.ts'

/** What is kept of a text to find others like it: sorted sets of hashes, no word can be read from it. */
export type Print = {
  readonly words: Uint32Array
  readonly pairs: Uint32Array
  /** Groups of three letters, for words mistyped. */
  readonly letters: Uint32Array
  /** Pairs that name a street, a market, a school …: what follows a word such as đường or chợ. */
  readonly names: Uint32Array
  /** Numbers of houses, lanes, lines, rooms: digits after such a word, or bare in an address. */
  readonly numbers: Uint32Array
}

/** The parts of a print in the order in which they are packed. */
export const PRINT_PARTS = ['words', 'pairs', 'letters', 'names', 'numbers'] as const

const READ_LIMIT = 4_000
const MOST_KEPT = 250

/** Words that a name comes after (those with `=` stand for several). */
const BEFORE_NAME = wordsIn(
  '=hem =duong =congty =benhvien =xang cho cau truong vien khu toa phuong xa ap thon xom khom lang ' +
    'quan kenh song suoi ho dinh chua karaoke trai cong non lo to tho',
)
/** Words that the number of a place comes after. */
const BEFORE_NUMBER = wordsIn(
  '=hem =duong =xang =xebuyt so nha khom ap to toa block lo tuyen cot quay kenh km lop quan phuong ql tl',
)
/** Words that make the number before them one of no place. */
const QUANTITY = wordsIn(
  'gio h phut ngay thang nam tuan trieu tr nghin k dong met m km lan nguoi chau em be con tuoi ' +
    'tieng do lit bo phan tang',
)

/**
 * Makes a print of a text and of the address given with it, which tells where and not what. Short
 * forms (`bv` → `bệnh viện`) are read as what they stand for.
 */
export type Printer = (text: string, address?: string | null) => Print

/** Makes a printer. */
export function createPrinter(shortForms: Readonly<Record<string, string>> = {}): Printer {
  const read = createWordReader()
  const longForms = new Map(
    Object.entries(shortForms).map(([short, long]) => [
      short,
      read(long).map(({ plain }) => plain),
    ]),
  )

  const wordsOf = (text: string): string[] =>
    sayAlike(
      read(text.slice(0, READ_LIMIT)).flatMap((word) => longForms.get(word.plain) ?? [word.plain]),
    )

  return (text, address) => {
    const words = wordsOf(text)
    const where = wordsOf(address ?? '')
    return {
      words: setOf(words.map(hashOf)),
      pairs: setOf(pairsOf(words)),
      letters: setOf(words.flatMap(lettersOf)),
      names: setOf([...pairsOf(where.filter((word) => !isNumber(word))), ...namesIn(words)]),
      numbers: setOf([...numbersIn(where), ...numbersIn(words)].map(hashOf)),
    }
  }
}

function pairsOf(words: readonly string[]): number[] {
  return words.slice(1).map((word, at) => hashOf(`${words[at] ?? ''} ${word}`))
}

/** The hash of a word or of two, as it stands in prints. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) {
    hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Spelled numbers become digits, and wordings of one thing become one word. */
function sayAlike(plain: readonly string[]): string[] {
  const said: string[] = []
  for (let at = 0; at < plain.length;) {
    const number = saidNumber(plain, at)
    const wording = number === null ? wordingAt(plain, at) : null
    if (number !== null) said.push(number.digits)
    else said.push(wording?.stands ?? plain[at] ?? '')
    at += number?.wordCount ?? wording?.words.length ?? 1
  }
  return said
}

function wordingAt(plain: readonly string[], at: number) {
  const wordings = SYNONYMS.get(plain[at] ?? '') ?? []
  return (
    wordings.find(({ words }) => words.every((word, next) => plain[at + next] === word)) ?? null
  )
}

function lettersOf(word: string): number[] {
  const framed = `_${word}_`
  return Array.from({ length: framed.length - 2 }, (_, at) => hashOf(framed.slice(at, at + 3)))
}

/** The two words after a word that names come after; a number between them is stepped over. */
function namesIn(words: readonly string[]): number[] {
  return words.flatMap((word, at) => {
    if (!BEFORE_NAME.has(word)) return []
    const first = isNumber(words[at + 1] ?? '') ? at + 2 : at + 1
    const [one, two] = [words[first], words[first + 1]]
    return one === undefined || two === undefined ? [] : [hashOf(`${one} ${two}`)]
  })
}

function numbersIn(words: readonly string[]): string[] {
  return words.filter((word, at) => {
    if (!isNumber(word)) return false
    const isAnnounced = BEFORE_NUMBER.has(words[at - 1] ?? '')
    return isAnnounced || !QUANTITY.has(words[at + 1] ?? '')
  })
}

function wordsIn(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}

function isNumber(word: string): boolean {
  return /^\d/.test(word)
}

function setOf(hashes: readonly number[]): Uint32Array {
  return Uint32Array.from(new Set(hashes.slice(0, MOST_KEPT))).sort()
}
