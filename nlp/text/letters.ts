/** What one code point is to the scanner. */
export const LetterClass = {
  separator: 0,
  letter: 1,
  digit: 2,
  mark: 3,
  tone: 4,
  invisible: 5,
  symbol: 6,
  joiner: 7,
} as const

/** A code point taken apart: `letter` packs base and vowel quality, `tone` is 0 (level) to 5. */
export type LetterParts = { readonly kind: number; readonly letter: number; readonly tone: number }

const TABLE_SIZE = 0x2000
const MARK_SHIFT = 16
const STROKE = 200
const D_STROKE = 0x64 | (STROKE << MARK_SHIFT)

/** The five Vietnamese tones by their combining marks (the last two are deprecated twins). */
const TONES: ReadonlyMap<number, number> = new Map([
  [0x300, 1],
  [0x301, 2],
  [0x303, 3],
  [0x309, 4],
  [0x323, 5],
  [0x340, 1],
  [0x341, 2],
])

/** Letters that look like đ but are not, as pasted from bad fonts. */
const STROKED_D = new Set([0x111, 0x110, 0xd0, 0xf0, 0x189, 0x256])

/** Cyrillic and Greek letters that pass for Latin ones, by the Latin letter they imitate. */
const LOOK_ALIKES: ReadonlyMap<number, number> = pairUp(
  'аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwгrкkмmнhтtвbαaοoνvρpτtυuιiκkχx',
)

const kinds = new Uint8Array(TABLE_SIZE)
const letters = new Int32Array(TABLE_SIZE)
const tones = new Uint8Array(TABLE_SIZE)
for (let code = 0; code < TABLE_SIZE; code++) {
  const parts = takeApart(code)
  kinds[code] = parts.kind
  letters[code] = parts.letter
  tones[code] = parts.tone
}
const beyondTable = new Map<number, LetterParts>()

/** The class of a code point (see LetterClass). */
export function kindOf(code: number): number {
  return code < TABLE_SIZE ? (kinds[code] ?? 0) : farParts(code).kind
}

/** Base letter and vowel quality of a letter, lower-cased, without its tone. */
export function letterOf(code: number): number {
  return code < TABLE_SIZE ? (letters[code] ?? 0) : farParts(code).letter
}

/** Tone carried by a letter or combining mark: 0 (none) to 5. */
export function toneOf(code: number): number {
  return code < TABLE_SIZE ? (tones[code] ?? 0) : farParts(code).tone
}

/** The packed letter without its diacritics. */
export function plainOf(letter: number): number {
  return letter & 0xffff
}

/** Adds a combining mark to a packed letter; the order of marks does not matter. */
export function withMark(letter: number, mark: number): number {
  return plainOf(letter) | ((((letter >>> MARK_SHIFT) + mark) & 0x3fff) << MARK_SHIFT)
}

/** The Latin letter a Cyrillic or Greek one imitates; 0 where it imitates none. */
export function imitatedLatin(letter: number): number {
  return LOOK_ALIKES.get(plainOf(letter)) ?? 0
}

/** Every second letter by the one before it. */
function pairUp(letters: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>()
  for (let at = 0; at < letters.length; at += 2) {
    pairs.set(letters.charCodeAt(at), letters.charCodeAt(at + 1))
  }
  return pairs
}

function farParts(code: number): LetterParts {
  const known = beyondTable.get(code)
  if (known) return known
  const parts = takeApart(code)
  beyondTable.set(code, parts)
  return parts
}

function takeApart(code: number): LetterParts {
  if (code >= 0xd800 && code <= 0xdfff) return plainParts(LetterClass.separator)
  if (STROKED_D.has(code)) return { kind: LetterClass.letter, letter: D_STROKE, tone: 0 }
  const tone = TONES.get(code)
  if (tone !== undefined) return { kind: LetterClass.tone, letter: 0, tone }
  if (code >= 0x300 && code <= 0x36f) return plainParts(LetterClass.mark, code - 0x2ff)
  const text = String.fromCodePoint(code)
  if (/[\p{Cf}\p{Variation_Selector}]/u.test(text)) return plainParts(LetterClass.invisible)
  if (text === "'" || text === '’' || text === 'ʼ') return plainParts(LetterClass.joiner)
  if (/[\p{L}\p{M}\p{N}]/u.test(text)) return decompose(text)
  if (/\p{So}|\p{Extended_Pictographic}/u.test(text))
    return plainParts(LetterClass.symbol, fold(code))
  return plainParts(LetterClass.separator)
}

function decompose(text: string): LetterParts {
  const [first = text, ...marks] = Array.from(text.toLowerCase().normalize('NFKD'))
  const code = first.codePointAt(0) ?? 0
  if (code >= 0x30 && code <= 0x39) return plainParts(LetterClass.digit, code)
  let letter = STROKED_D.has(code) ? D_STROKE : fold(code)
  let tone = 0
  for (const mark of marks) {
    const markCode = mark.codePointAt(0) ?? 0
    const markTone = TONES.get(markCode)
    if (markTone !== undefined) tone = markTone
    else if (markCode >= 0x300 && markCode <= 0x36f) letter = withMark(letter, markCode - 0x2ff)
  }
  return { kind: LetterClass.letter, letter, tone }
}

function plainParts(kind: number, letter = 0): LetterParts {
  return { kind, letter, tone: 0 }
}

/** Folds an astral code point into 16 bits; distinct symbols rarely meet. */
function fold(code: number): number {
  return code < 0x10000 ? code : ((code ^ (code >>> 5)) & 0xffff) | 0x8000
}
