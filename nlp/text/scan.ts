import {
  imitatedLatin,
  kindOf,
  LetterClass,
  letterOf,
  plainOf,
  toneOf,
  withMark,
} from './letters.ts'

/**
 * The words of one text as numbers. Word `i` is `letters[from[i]..from[i + 1])` with `tones[i]`,
 * found at `starts[i]..ends[i]` of the text. The arrays are reused by the next scan.
 */
export type Scan = {
  count: number
  starts: Int32Array
  ends: Int32Array
  from: Int32Array
  letters: Int32Array
  /** Tones of the word in order, base 6; old and new tone placement give the same number. */
  tones: Int32Array
  /** The mark right after the word (the last of several): its place in `MARKS` and one, or 0. */
  marks: Uint8Array
}

/** Words that stand for others (`ko` → `không`), looked up by `wordKey`. */
export type WordMap = ReadonlyMap<number, readonly ScannedWord[]>

/** One word outside a scan. */
export type ScannedWord = { readonly letters: readonly number[]; readonly tone: number }

const LONG_NUMBER = 5
/** Marks that tell something about the words before them; those of one group tell the same. */
const MARKS = ['.', ',;', '!', '?', ':', '"()'] as const
const markOf = new Uint8Array(128)
MARKS.forEach((group, at) => {
  for (const sign of group) markOf[sign.charCodeAt(0)] = at + 1
})
const NUMBER_SIGN = 0x23

/** Makes a scanner with its own buffers; each scan overwrites the last. */
export function createScanner(replacements: WordMap = new Map()): (text: string) => Scan {
  const scan = emptyScan()
  return (text) => {
    reset(scan, text.length)
    scanInto(scan, text, replacements)
    return scan
  }
}

/** The words of a short text, each on its own: how replacement tables are made. */
export function scanWords(text: string): ScannedWord[] {
  const scan = createScanner()(text)
  return Array.from({ length: scan.count }, (_, word) => ({
    letters: Array.from(scan.letters.subarray(scan.from[word], scan.from[word + 1])),
    tone: scan.tones[word] ?? 0,
  }))
}

/** Identifies a word by letters and tone. */
export function wordKey(
  letters: ArrayLike<number>,
  from: number,
  to: number,
  tone: number,
): number {
  let key = tone + 1
  for (let at = from; at < to; at++)
    key = Math.imul(key ^ (letters[at] ?? 0), 0x5bd1e995) ^ (key >>> 13)
  return key >>> 0
}

/** Whether any word has a vowel quality, a đ or a tone marked. */
export function hasDiacritics(words: Scan): boolean {
  const end = words.from[words.count] ?? 0
  for (let at = 0; at < end; at++) if ((words.letters[at] ?? 0) > 0xffff) return true
  for (let word = 0; word < words.count; word++) if ((words.tones[word] ?? 0) > 0) return true
  return false
}

function emptyScan(): Scan {
  const none = new Int32Array(0)
  return {
    count: 0,
    starts: none,
    ends: none,
    from: none,
    letters: none,
    tones: none,
    marks: new Uint8Array(0),
  }
}

function reset(scan: Scan, length: number): void {
  scan.count = 0
  if (scan.letters.length > length * 2 + 64) return
  const size = length * 2 + 256
  // A replacement may be longer than the word it stands for: at most 4 letters for each.
  scan.letters = new Int32Array(size * 2)
  scan.starts = new Int32Array(size)
  scan.ends = new Int32Array(size)
  scan.from = new Int32Array(size + 1)
  scan.tones = new Int32Array(size)
  scan.marks = new Uint8Array(size)
}

function scanInto(scan: Scan, text: string, replacements: WordMap): void {
  let letterCount = 0
  let wordStart = -1
  let wordEnd = 0
  let tone = 0
  const close = (): void => {
    if (wordStart >= 0)
      letterCount = closeWord(scan, wordStart, wordEnd, letterCount, tone, replacements)
    wordStart = -1
    tone = 0
  }
  scan.from[0] = 0
  for (let at = 0; at < text.length; at++) {
    let code = text.charCodeAt(at)
    const first = at
    if (code >= 0xd800 && code < 0xdc00) {
      code = text.codePointAt(at) ?? code
      if (code > 0xffff) at++
    }
    const kind = kindOf(code)
    if (kind === LetterClass.letter || kind === LetterClass.digit) {
      if (wordStart < 0) wordStart = first
      scan.letters[letterCount++] = letterOf(code)
      const letterTone = toneOf(code)
      if (letterTone > 0) tone = nextTone(tone, letterTone)
      wordEnd = at + 1
    } else if (kind === LetterClass.mark || kind === LetterClass.tone) {
      if (wordStart < 0) continue
      if (kind === LetterClass.tone) tone = nextTone(tone, toneOf(code))
      else
        scan.letters[letterCount - 1] = withMark(scan.letters[letterCount - 1] ?? 0, letterOf(code))
      wordEnd = at + 1
    } else if (kind === LetterClass.symbol) {
      close()
      scan.letters[letterCount++] = letterOf(code)
      wordStart = first
      wordEnd = at + 1
      close()
    } else if (kind === LetterClass.separator) {
      close()
      const mark = markOf[code] ?? 0
      if (mark > 0 && scan.count > 0) scan.marks[scan.count - 1] = mark
    }
  }
  close()
}

/** A word has one tone; a run of glued syllables keeps the order of its first few. */
function nextTone(tone: number, added: number): number {
  return (tone * 6 + added) % 7776
}

function closeWord(
  scan: Scan,
  start: number,
  end: number,
  letterEnd: number,
  tone: number,
  replacements: WordMap,
): number {
  const from = scan.from[scan.count] ?? 0
  let to = letterEnd
  undisguise(scan.letters, from, to)
  if (to - from >= LONG_NUMBER && isNumber(scan.letters, from, to)) {
    scan.letters[from] = NUMBER_SIGN
    to = from + 1
  }
  const words = to - from <= 5 ? replacements.get(wordKey(scan.letters, from, to, tone)) : undefined
  if (!words) return addWord(scan, start, end, to, tone)
  to = from
  for (const word of words) {
    for (const letter of word.letters) scan.letters[to++] = letter
    addWord(scan, start, end, to, word.tone)
  }
  return to
}

function addWord(scan: Scan, start: number, end: number, to: number, tone: number): number {
  scan.starts[scan.count] = start
  scan.ends[scan.count] = end
  scan.tones[scan.count] = tone
  scan.marks[scan.count] = 0
  scan.count++
  scan.from[scan.count] = to
  return to
}

/** In a word that has Latin letters, letters of other scripts that look Latin are meant as Latin. */
function undisguise(letters: Int32Array, from: number, to: number): void {
  let hasLatin = false
  let hasOther = false
  for (let at = from; at < to; at++) {
    const plain = plainOf(letters[at] ?? 0)
    if (plain >= 0x61 && plain <= 0x7a) hasLatin = true
    else if (plain >= 0x370) hasOther = true
  }
  if (!hasLatin || !hasOther) return
  for (let at = from; at < to; at++) {
    const latin = imitatedLatin(letters[at] ?? 0)
    if (latin) letters[at] = latin
  }
}

function isNumber(letters: Int32Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const letter = letters[at] ?? 0
    if (letter < 0x30 || letter > 0x39) return false
  }
  return true
}
