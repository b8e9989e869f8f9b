import type { PlaceMention } from '../reading.ts'
import type { Gazetteer } from '../resources.ts'
import { createWordReader } from '../text/words.ts'
import { contains, UNIT_RANK } from './containment.ts'
import { matchNames } from './match-names.ts'
import type { NameMatch } from './match-names.ts'
import { createMisspellingFinder } from './misspelt-names.ts'
import type { Unit } from './units.ts'
import { indexPlaces } from './units.ts'

const MOST_CANDIDATES = 8
/** A larger unit this close after a smaller one says where that one is. */
const NEAR = 40
const READ_LIMIT = 20_000
/** Makes a finder of administrative units, of today and of before July 2025, in free text. */
export function createPlaceFinder(gazetteer: Gazetteer): (text: string) => PlaceMention[] {
  const index = indexPlaces(gazetteer)
  const findMisspelt = createMisspellingFinder(index)
  const readWords = createWordReader()
  return (text) => {
    const read = text.length > READ_LIMIT ? text.slice(0, READ_LIMIT) : text
    const words = readWords(read)
    const matches = matchNames(read, words, index)
    const all = [...matches, ...findMisspelt(words, matches)].sort((a, b) => a.start - b.start)
    return resolve(all).flatMap((match) => toMention(text, match))
  }
}

type Resolved = NameMatch & { readonly isSupported: boolean }

/** Narrows every name by the larger units named with it. */
function resolve(matches: readonly NameMatch[]): Resolved[] {
  return matches.map((match) => {
    let units = match.units
    let isSupported = false
    for (const other of byDistance(match, matches)) {
      const inside = units.filter((unit) => other.units.some((larger) => contains(larger, unit)))
      if (inside.length === 0) continue
      units = inside
      isSupported = true
    }
    return { ...match, units, isSupported }
  })
}

/** Other names of larger units, the nearest after it first; far ones only where they are certain. */
function byDistance(match: NameMatch, matches: readonly NameMatch[]): NameMatch[] {
  const distance = (other: NameMatch): number =>
    other.start >= match.end ? other.start - match.end : match.start - other.end + NEAR
  return matches
    .filter((other) => other !== match && (distance(other) <= NEAR || other.units.length === 1))
    .sort((a, b) => distance(a) - distance(b))
}

function toMention(text: string, match: Resolved): PlaceMention[] {
  const units = dropSuperseded(match.units)
  const isWard = units.every((unit) => UNIT_RANK[unit.level] === 0)
  // Ward names are often everyday words; without "phường" or a larger unit beside they prove little.
  if (isWard && !match.isTyped && !match.isSupported) return []
  const codes = [...new Set(units.flatMap((unit) => unit.codes))]
  const current = match.units.filter((unit) => unit.level === 'ward').map((unit) => unit.code)
  const provinces = new Set(units.map((unit) => unit.provinceCode))
  const isOneUnit = units.length === 1 || codes.length === 1
  const isTrusted = match.isTyped || match.isSupported || match.hasContext
  const provinceCode = provinces.size === 1 ? (units[0]?.provinceCode ?? null) : null
  return [
    {
      start: match.start,
      end: match.end,
      text: text.slice(match.start, match.end),
      code: codes.length === 1 && !match.isGuess ? (codes[0] ?? null) : null,
      provinceCode,
      formerDistrictCode: match.isGuess ? null : formerDistrictOf(units),
      certain: isOneUnit && isTrusted && !match.isGuess,
      // Today's ward of that name is the likeliest of a district's.
      candidates: [...new Set([...current, ...codes])].slice(0, MOST_CANDIDATES),
    },
  ]
}

function formerDistrictOf(units: readonly Unit[]): string | null {
  const districts = units.filter((unit) => unit.level === 'district')
  return districts.length === 1 ? (districts[0]?.code ?? null) : null
}

/** A ward that kept its name is one unit, not two; one inside the district of its name is that. */
function dropSuperseded(units: readonly Unit[]): Unit[] {
  const districts = units.filter((unit) => unit.level === 'district')
  const current = units.filter((unit) => unit.level === 'ward')
  return units.filter((unit) => {
    if (unit.level === 'legacyWard') return !current.some((ward) => unit.codes.includes(ward.code))
    if (unit.level === 'ward')
      return !districts.some((district) => district.codes.includes(unit.code))
    return true
  })
}
