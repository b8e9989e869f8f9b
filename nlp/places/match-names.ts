import type { Word } from '../text/words.ts'
import { createWordReader } from '../text/words.ts'
import {
  AMBIGUOUS_LANDMARKS,
  LANDMARK_WORDS,
  PLACE_PREPOSITIONS,
  PREFIX_KEYS,
  TITLE_WORDS,
  UNIT_PREFIXES,
} from './place-words.ts'
import type { UnitPrefix } from './place-words.ts'
import type { NamedUnit, PlaceIndex, Unit } from './units.ts'

/** A name found in the text, with all units it may mean. */
export type NameMatch = {
  readonly start: number
  readonly end: number
  readonly units: readonly Unit[]
  /** The unit's sort is said ("quận", "xã"). */
  readonly isTyped: boolean
  /** Something besides the letters says that this is a place. */
  readonly hasContext: boolean
  readonly isRisky: boolean
  /** The name is misspelt: what it means is a guess. */
  readonly isGuess: boolean
  readonly firstWord: number
  readonly lastWord: number
}

const GLUED_NUMBER = /^(q|p|f|quan|phuong)0?(\d{1,2})$/
/** "tphcm", "bmt": without a vowel it is no everyday word. */
const VOWEL = /[aeiouy]/
/** A text that names more places than this is a list, not a report. */
const MOST_MATCHES = 64
const DASH = /^\s*[-–]\s*$/
const LANDMARK_PHRASES = phraseKeys(LANDMARK_WORDS)
const TITLE_PHRASES = phraseKeys(TITLE_WORDS)
const PREFIX_PHRASES = phraseKeys(PREFIX_KEYS)

/** Finds names left to right, the longest first, passing over roads, sights and persons. */
export function matchNames(text: string, words: readonly Word[], index: PlaceIndex): NameMatch[] {
  const matches: NameMatch[] = []
  let roadEnd = -1
  const textHasDiacritics = words.filter((word) => word.hasDiacritics).length * 5 >= words.length
  let at = 0
  while (at < words.length && matches.length < MOST_MATCHES) {
    const match =
      matchTyped(words, at, index) ?? matchBare(text, words, at, index, textHasDiacritics)
    if (!match) {
      at++
      continue
    }
    // "cao tốc Hà Nội - Hải Phòng": both ends belong to the road.
    const isRoad =
      match.units.length === 0 || (roadEnd >= 0 && DASH.test(text.slice(roadEnd, match.start)))
    if (!isRoad) matches.push(match)
    roadEnd = isRoad ? match.end : -1
    at = match.lastWord + 1
  }
  return matches
}

function matchTyped(words: readonly Word[], at: number, index: PlaceIndex): NameMatch | null {
  const prefix = prefixAt(words, at)
  if (!prefix) return null
  const nameAt = at + prefix.length
  if (prefix.number !== null) {
    return typedMatch(words, at, at, prefix.rule, index.named.get(prefix.number) ?? [], index)
  }
  for (let length = longestAt(words, nameAt, index); length > 0; length--) {
    const name = words.slice(nameAt, nameAt + length)
    const named = (index.named.get(plainNameOf(name)) ?? []).filter((entry) => fits(entry, name))
    const match = typedMatch(words, at, nameAt + length - 1, prefix.rule, named, index)
    if (match) return match
  }
  return null
}

/** The most words a name that begins here may have; glued names are one word. */
function longestAt(words: readonly Word[], at: number, index: PlaceIndex): number {
  const first = words[at]?.plain
  if (first === undefined) return 0
  const longest = index.longestFrom.get(first) ?? (index.glued.has(first) ? 1 : 0)
  return Math.min(longest, words.length - at)
}

function typedMatch(
  words: readonly Word[],
  first: number,
  last: number,
  rule: UnitPrefix,
  named: readonly NamedUnit[],
  index: PlaceIndex,
): NameMatch | null {
  const together = words
    .slice(first, last + 1)
    .map((word) => word.plain)
    .join('')
  const former = index.glued.get(together) ?? []
  const levelled = [...named, ...former].filter(({ unit }) => rule.levels.includes(unit.level))
  const sameType = levelled.filter(({ unit }) => rule.types.includes(unit.type))
  const units = preferLevel(sameType.length > 0 ? sameType : levelled, rule.levels)
  if (units.length === 0) return null
  return matchOf(words, first, last, units, { isTyped: true, hasContext: true, isRisky: false })
}

/** "thành phố Thái Nguyên" is first of all the province's city, "tỉnh" the province itself. */
function preferLevel(named: readonly NamedUnit[], levels: UnitPrefix['levels']): Unit[] {
  const units = named.map(({ unit }) => unit)
  if (!levels.includes('province')) return units
  for (const level of levels) {
    const own = units.filter((unit) => unit.level === level)
    if (own.length > 0) return own
  }
  return units
}

function matchBare(
  text: string,
  words: readonly Word[],
  at: number,
  index: PlaceIndex,
  textHasDiacritics: boolean,
): NameMatch | null {
  for (let length = longestAt(words, at, index); length > 0; length--) {
    const name = words.slice(at, at + length)
    const plain = plainNameOf(name)
    if (/^\d+$/.test(plain)) continue
    const entries =
      length === 1 ? (index.named.get(plain) ?? index.glued.get(plain)) : index.named.get(plain)
    const fitting = (entries ?? []).filter((entry) => fits(entry, name))
    if (fitting.length === 0) continue
    const units = bareUnits(fitting, length)
    const last = at + length - 1
    if (follows(words, at, LANDMARK_PHRASES, true) || isPerson(words, at)) {
      return matchOf(words, at, last, [], { isTyped: false, hasContext: false, isRisky: false })
    }
    const isRisky = fitting.every((entry) => entry.isRisky)
    const hasContext = hasPlaceContext(text, words, at, last, textHasDiacritics)
    if (isRisky && !hasContext && !isUpperCase(text, name)) continue
    if (units.length === 0 || (isSmall(units) && startsWithLandmark(name))) continue
    return matchOf(words, at, last, units, { isTyped: false, hasContext, isRisky })
  }
  return null
}

/** A bare name means the largest unit of that name; wards only where nothing larger has it. */
function bareUnits(entries: readonly NamedUnit[], length: number): Unit[] {
  const units = entries.map(({ unit }) => unit)
  const provinces = units.filter((unit) => unit.level === 'province')
  if (provinces.length > 0) return provinces
  const former = units.filter((unit) => unit.level === 'legacyProvince')
  if (former.length > 0) return former
  const districts = units.filter((unit) => unit.level === 'district')
  if (districts.length > 0) {
    const homes = new Set(districts.map((unit) => unit.provinceCode))
    return [
      ...units.filter((unit) => unit.level === 'ward' && homes.has(unit.provinceCode)),
      ...districts,
    ]
  }
  return length > 1 ? units : []
}

function isSmall(units: readonly Unit[]): boolean {
  return units.every((unit) => unit.level === 'ward' || unit.level === 'legacyWard')
}

function startsWithLandmark(name: readonly Word[]): boolean {
  return LANDMARK_PHRASES.has(name[0]?.plain ?? '')
}

/** Accents that are written must be the name's own; missing ones are forgiven. */
function fits(entry: NamedUnit, name: readonly Word[]): boolean {
  return name.every(
    (word, at) => !word.hasDiacritics || entry.keys.length === 0 || entry.keys[at] === word.key,
  )
}

type Prefix = { rule: UnitPrefix; length: number; number: string | null }

/** The word or words at this place that say what sort of unit follows. */
export function prefixAt(words: readonly Word[], at: number): Prefix | null {
  const first = words[at]
  if (!first) return null
  const glued = GLUED_NUMBER.exec(first.plain)
  const gluedRule = glued ? UNIT_PREFIXES[glued[1] ?? ''] : undefined
  if (glued && gluedRule && !first.hasDiacritics) {
    return { rule: gluedRule, length: 1, number: glued[2] ?? null }
  }
  for (const length of [2, 1]) {
    const phrase = words.slice(at, at + length)
    const rule = UNIT_PREFIXES[plainNameOf(phrase)]
    if (!rule || phrase.length < length) continue
    const isAccented = phrase.some((word) => word.hasDiacritics)
    if (isAccented && PREFIX_PHRASES.get(plainNameOf(phrase)) !== phraseKey(phrase)) continue
    return { rule, length, number: null }
  }
  return null
}

function hasPlaceContext(
  text: string,
  words: readonly Word[],
  first: number,
  last: number,
  textHasDiacritics: boolean,
): boolean {
  const name = words.slice(first, last + 1)
  if (name.some((word) => word.hasDiacritics)) return true
  if (name.every((word) => word.isCapitalised) && name.length > 1) return true
  if (!name.some((word) => VOWEL.test(word.plain))) return true
  const before = words[first - 1]
  if (
    before &&
    PLACE_PREPOSITIONS.has(before.plain) &&
    !(before.hasDiacritics && !textHasDiacritics)
  ) {
    return true
  }
  return isApart(text, before?.end ?? 0, words[first]?.start ?? 0) && before !== undefined
}

/** A comma, a dash or a line break stands between. */
function isApart(text: string, from: number, to: number): boolean {
  return /[,;\n\-–(]/.test(text.slice(from, to))
}

function isUpperCase(text: string, name: readonly Word[]): boolean {
  return name.every(({ start, end }) => {
    const written = text.slice(start, end)
    return written === written.toUpperCase() && written !== written.toLowerCase()
  })
}

function isPerson(words: readonly Word[], at: number): boolean {
  return follows(words, at, TITLE_PHRASES, false) && words[at]?.isCapitalised === true
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

function matchOf(
  words: readonly Word[],
  firstWord: number,
  lastWord: number,
  units: readonly Unit[],
  about: Pick<NameMatch, 'isTyped' | 'hasContext' | 'isRisky'>,
): NameMatch {
  return {
    start: words[firstWord]?.start ?? 0,
    end: words[lastWord]?.end ?? 0,
    units,
    firstWord,
    lastWord,
    isGuess: false,
    ...about,
  }
}

function plainNameOf(words: readonly Word[]): string {
  let name = ''
  for (const word of words) name += name === '' ? word.plain : ` ${word.plain}`
  return name
}

function phraseKey(words: readonly Word[]): string {
  return words.map((word) => word.key).join(' ')
}

/** Phrases by their plain form, with the key of their accented form. */
function phraseKeys(phrases: readonly string[]): ReadonlyMap<string, string> {
  const read = createWordReader()
  return new Map(
    phrases.map((phrase) => {
      const words = read(phrase)
      return [plainNameOf(words), phraseKey(words)]
    }),
  )
}
