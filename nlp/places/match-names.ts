import type { Word } from '../text/words.ts'
import { fitting, nearlyFits } from './name-fit.ts'
import { isNoPlace, startsWithLandmark } from './not-places.ts'
import {
  hasPlaceContext,
  isAfterPreposition,
  isDivided,
  isTooShort,
  isUpperCase,
} from './place-context.ts'
import { phraseKey, phraseKeys, plainNameOf } from './phrase-keys.ts'
import { NUMBER_NAMES, PREFIX_KEYS, UNIT_PREFIXES } from './place-words.ts'
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

/** What is read, and the names to look for in it. */
type Passage = {
  readonly text: string
  readonly words: readonly Word[]
  readonly index: PlaceIndex
  readonly textHasDiacritics: boolean
}

const GLUED_NUMBER = /^(q|p|f|quan|phuong)0?(\d{1,2})$/
/** A text that names more places than this is a list, not a report. */
const MOST_MATCHES = 64
/** With these before it, "quan" without accents is another word. */
const NOT_BEFORE_QUAN: ReadonlySet<string> = new Set(
  'luc binh hai khong khach lien truc chu bi quoc nhan co bao tham'.split(' '),
)
const TIME_UNITS: ReadonlySet<string> = new Set(['thang', 'nam', 'tuan', 'ngay', 'gio', 'nguoi'])
const DASH = /^\s*[-–]\s*$/
const PREFIX_PHRASES = phraseKeys(PREFIX_KEYS)
/** Sorts of wards rather than names, in small letters. */
const NEVER_LOWER: ReadonlySet<string> = new Set(phraseKeys(['biên giới', 'trung tâm']).values())
const NUMBERS: ReadonlyMap<string, string> = new Map(
  [...phraseKeys(NUMBER_NAMES).values()].map((key, at) => [key, String(at + 1)] as const),
)

/** Finds names left to right, the longest first, passing over roads, sights and persons. */
export function matchNames(text: string, words: readonly Word[], index: PlaceIndex): NameMatch[] {
  const matches: NameMatch[] = []
  let roadEnd = -1
  const textHasDiacritics = words.filter((word) => word.hasDiacritics).length * 5 >= words.length
  const passage = { text, words, index, textHasDiacritics }
  let at = 0
  while (at < words.length && matches.length < MOST_MATCHES) {
    const match = matchTyped(passage, at) ?? matchBare(passage, at)
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

function matchTyped(
  { text, words, index, textHasDiacritics }: Passage,
  at: number,
): NameMatch | null {
  const prefix = prefixAt(words, at)
  if (!prefix || isOtherQuan(words, at)) return null
  const nameAt = at + prefix.length
  // "chủ quan, 3 là …": the name of a unit follows its sort at once.
  if (prefix.number === null && /[,;:()\n]/.test(textBetween(text, words, nameAt))) return null
  if (prefix.number !== null) {
    return typedMatch(words, at, at, prefix.rule, index.named.get(prefix.number) ?? [], index)
  }
  for (let length = longestAt(words, nameAt, index); length > 0; length--) {
    const name = words.slice(nameAt, nameAt + length)
    const named = fitting(index.named.get(plainNameOf(name)) ?? [], name, textHasDiacritics)
    const match = typedMatch(words, at, nameAt + length - 1, prefix.rule, named, index)
    // "xa bo ban dau" is "xa bờ" as likely as "xã Bờ …": one small syllable proves nothing.
    if (match) return isDoubtfulName(name, words[at]) ? { ...match, isTyped: false } : match
  }
  const said = isNumbered(prefix.rule) ? numberAt(words, nameAt) : null
  if (!said) return null
  const last = nameAt + said.length - 1
  return typedMatch(words, at, last, prefix.rule, index.named.get(said.number) ?? [], index)
}

function isNumbered({ types }: UnitPrefix): boolean {
  return types.includes('quan') || types.includes('phuong')
}

function isDoubtfulName(name: readonly Word[], prefix: Word | undefined): boolean {
  const [only] = name
  if (NEVER_LOWER.has(phraseKey(name))) return name.every((word) => !word.isCapitalised)
  if (only === undefined || only.isCapitalised || prefix?.hasDiacritics === true) return false
  return name.length === 1 && !only.hasDiacritics && !/\d/.test(only.plain)
}

/** "luc quan 2" and "binh quan 6 thang" are armies and means. */
function isOtherQuan(words: readonly Word[], at: number): boolean {
  if (words[at]?.plain !== 'quan' || words[at].hasDiacritics) return false
  return (
    NOT_BEFORE_QUAN.has(words[at - 1]?.plain ?? '') || TIME_UNITS.has(words[at + 2]?.plain ?? '')
  )
}

function textBetween(text: string, words: readonly Word[], at: number): string {
  return text.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? text.length)
}

/** A number in words, with its accents: "quận mười hai". */
function numberAt(words: readonly Word[], at: number): { number: string; length: number } | null {
  for (const length of [2, 1]) {
    const number = NUMBERS.get(phraseKey(words.slice(at, at + length)))
    if (number !== undefined) return { number, length }
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
  const units = unitsOf(named)
  if (!levels.includes('province')) return units
  for (const level of levels) {
    const own = units.filter((unit) => unit.level === level)
    if (own.length > 0) return own
  }
  return units
}

function matchBare(
  { text, words, index, textHasDiacritics }: Passage,
  at: number,
): NameMatch | null {
  for (let length = longestAt(words, at, index); length > 0; length--) {
    const name = words.slice(at, at + length)
    const plain = plainNameOf(name)
    if (/^\d+$/.test(plain) || isDivided(text, name)) continue
    const entries =
      length === 1 ? (index.named.get(plain) ?? index.glued.get(plain)) : index.named.get(plain)
    const right = fitting(entries ?? [], name, textHasDiacritics)
    const isGuess = right.length === 0
    const named = isGuess ? (entries ?? []).filter((entry) => nearlyFits(entry, name)) : right
    if (named.length === 0) continue
    const units = bareUnits(named, length)
    const last = at + length - 1
    if (isNoPlace(text, words, at, last)) {
      return matchOf(words, at, last, [], { isTyped: false, hasContext: false, isRisky: false })
    }
    const isRisky = named.every((entry) => entry.isRisky)
    const hasContext = hasPlaceContext(text, words, { first: at, last, plain }, textHasDiacritics)
    if (isRisky && !isUpperCase(text, name) && !isAfterPreposition(words, at, textHasDiacritics))
      continue
    if (isTooShort(name)) continue
    if (units.length === 0 || (isSmall(units) && startsWithLandmark(name))) continue
    return { ...matchOf(words, at, last, units, { isTyped: false, hasContext, isRisky }), isGuess }
  }
  return null
}

/** A bare name means the largest unit of that name; wards only where nothing larger has it. */
function bareUnits(entries: readonly NamedUnit[], length: number): Unit[] {
  const units = unitsOf(entries)
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

/** The units, each once however many of its spellings fit. */
function unitsOf(named: readonly NamedUnit[]): Unit[] {
  return [...new Set(named.map(({ unit }) => unit))]
}

function isSmall(units: readonly Unit[]): boolean {
  return units.every((unit) => unit.level === 'ward' || unit.level === 'legacyWard')
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
