import type { Word } from '../text/words.ts'
import { phraseKey, phraseKeys, plainNameOf } from './phrase-keys.ts'
import {
  AMBIGUOUS_LANDMARKS,
  LANDMARK_WORDS,
  RUN_ON,
  TITLE_WORDS,
  UNIT_PREFIXES,
} from './place-words.ts'

const LANDMARK_PHRASES = phraseKeys(LANDMARK_WORDS)
const TITLE_PHRASES = phraseKeys(TITLE_WORDS)
const MOST_NAME_WORDS = 4
/** Middle names that stand before the given one. */
const MIDDLE_NAMES: ReadonlySet<string> = new Set(['thi', 'van'])
const RUN_ONS = new Map(
  Object.entries(RUN_ON).map(([end, next]) => {
    return [phraseKeys([end]).values().next().value, new Set(phraseKeys(next).values())] as const
  }),
)

/** The name at these words is a road's, a sight's, a dish's or a person's, or part of another word. */
export function isNoPlace(
  text: string,
  words: readonly Word[],
  first: number,
  last: number,
): boolean {
  return (
    follows(words, first, LANDMARK_PHRASES, true) ||
    isPerson(text, words, first) ||
    runsOn(words, first, last)
  )
}

/** A ward's name that begins with a word for a sight: "Chợ Mới" may be just that. */
export function startsWithLandmark(name: readonly Word[]): boolean {
  return LANDMARK_PHRASES.has(name[0]?.plain ?? '')
}

/** "tân bình thường" in small letters names no Tân Bình. */
function runsOn(words: readonly Word[], first: number, last: number): boolean {
  if (first === last || words[last]?.isCapitalised === true) return false
  const next = words.slice(last + 1, last + 2)
  return RUN_ONS.get(phraseKey(words.slice(last, last + 1)))?.has(phraseKey(next)) === true
}

/** After a title, or after the first words of a full name that a title or "Thị" begins. */
function isPerson(text: string, words: readonly Word[], at: number): boolean {
  if (words[at]?.isCapitalised !== true) return false
  if (follows(words, at, TITLE_PHRASES, false)) return true
  let first = at
  while (at - first < MOST_NAME_WORDS && isNamePart(text, words, first - 1)) first--
  if (first === at) return false
  const title = words[first - 1]?.plain ?? ''
  if (MIDDLE_NAMES.has(words[at - 1]?.plain ?? '') && at - first > 1) return true
  return (TITLE_PHRASES.has(title) || title === 'ba') && !UNIT_PREFIXES[words[first]?.plain ?? '']
}

/** A capitalised word that only a space parts from the next. */
function isNamePart(text: string, words: readonly Word[], at: number): boolean {
  const word = words[at]
  if (!word?.isCapitalised) return false
  return /^ +$/.test(text.slice(word.end, words[at + 1]?.start ?? 0))
}

function follows(
  words: readonly Word[],
  at: number,
  phrases: ReadonlyMap<string, string>,
  mindAmbiguous: boolean,
): boolean {
  for (const length of [1, 2, 3]) {
    if (at < length) break
    const phrase = words.slice(at - length, at)
    const plain = plainNameOf(phrase)
    const key = phrases.get(plain)
    if (key === undefined) continue
    const isAccented = phrase.some((word) => word.hasDiacritics)
    if (isAccented && phraseKey(phrase) !== key) continue
    if (!isAccented && mindAmbiguous && AMBIGUOUS_LANDMARKS.has(plain)) continue
    const isCity = plain === 'pho' && words[at - 2]?.plain === 'thanh'
    if (!isCity) return true
  }
  return false
}
