import type { Gazetteer } from '../resources.ts'
import type { Word } from '../text/words.ts'
import { createWordReader } from '../text/words.ts'
import {
  DISTRICT_NICKNAMES,
  LEGACY_PROVINCE_NICKNAMES,
  otherSpellings,
  PROVINCE_NICKNAMES,
} from './nicknames.ts'

/** How large a unit is, and whether it still exists. */
export type UnitLevel = 'province' | 'legacyProvince' | 'district' | 'ward' | 'legacyWard'

/** A unit that a name may mean. */
export type Unit = {
  readonly level: UnitLevel
  /** Its code in its own list. */
  readonly code: string
  /** Plain unit type: quan, huyen, thanh pho, thi xa, phuong, xa, thi tran, dac khu, tinh. */
  readonly type: string
  /** Today's units that its land is in. */
  readonly codes: readonly string[]
  readonly provinceCode: string
  readonly legacyProvince: string | null
  readonly district: string | null
}

/** A name as it may be written, with the unit it means. */
export type NamedUnit = {
  readonly unit: Unit
  readonly keys: readonly string[]
  readonly isRisky: boolean
}

/** Names by their plain words, joined by spaces. */
export type PlaceIndex = {
  readonly named: ReadonlyMap<string, readonly NamedUnit[]>
  /** Names written as one word, without spaces. */
  readonly glued: ReadonlyMap<string, readonly NamedUnit[]>
  /** The most words of the names that begin with a word. */
  readonly longestFrom: ReadonlyMap<string, number>
}

const CITY_TYPES: Readonly<Record<string, string>> = { municipality: 'thanh pho', province: 'tinh' }
const WARD_TYPES: Readonly<Record<string, string>> = {
  ward: 'phuong',
  commune: 'xa',
  special_zone: 'dac khu',
}

const SHORTEST_GLUED = 5

/** Builds the index of all names, of today and of before July 2025. */
export function indexPlaces(gazetteer: Gazetteer): PlaceIndex {
  const read = createWordReader()
  const named = new Map<string, NamedUnit[]>()
  const glued = new Map<string, NamedUnit[]>()
  const longestFrom = new Map<string, number>()

  function add(unit: Unit, name: string, isRisky = false): void {
    const words = read(name)
    const entry: NamedUnit = { unit, keys: words.map((word) => word.key), isRisky }
    const known = push(named, plainName(words), entry)
    if (!known) return
    const first = words[0]?.plain ?? ''
    longestFrom.set(first, Math.max(longestFrom.get(first) ?? 0, words.length))
    const isLarge = unit.level !== 'ward' && unit.level !== 'legacyWard'
    const together = words.map((word) => word.plain).join('')
    if (isLarge && words.length > 1 && together.length >= SHORTEST_GLUED)
      push(glued, together, entry)
  }

  for (const { unit, names, risky } of unitsOf(gazetteer)) {
    const isLarge = unit.level !== 'ward' && unit.level !== 'legacyWard'
    for (const name of names) {
      add(unit, name, risky.includes(name))
      for (const other of otherSpellings(name, isLarge)) add(unit, other)
    }
  }
  for (const district of gazetteer.legacyDistricts) {
    const unit = districtUnit(district)
    for (const key of district.aliasKeys) {
      push(glued, key.replace(/(?<=\D)0(?=\d)/, ''), { unit, keys: [], isRisky: false })
    }
  }
  return { named, glued, longestFrom }
}

/** The plain words of a name, joined by spaces. */
function plainName(words: readonly Word[]): string {
  return words.map((word) => word.plain).join(' ')
}

type UnitNames = { unit: Unit; names: readonly string[]; risky: readonly string[] }

function unitsOf(gazetteer: Gazetteer): UnitNames[] {
  return [
    ...gazetteer.provinces.map(({ code, name, type, aliases, riskyAliases }) => ({
      unit: {
        level: 'province' as const,
        code,
        type: CITY_TYPES[type] ?? 'tinh',
        codes: [code],
        provinceCode: code,
        legacyProvince: null,
        district: null,
      },
      names: [...new Set([name, ...aliases, ...riskyAliases, ...(PROVINCE_NICKNAMES[code] ?? [])])],
      risky: riskyAliases,
    })),
    ...gazetteer.legacyProvinces.map(({ code, name, newCode, aliases }) => ({
      unit: {
        level: 'legacyProvince' as const,
        code,
        type: 'tinh',
        codes: [newCode],
        provinceCode: newCode,
        legacyProvince: code,
        district: null,
      },
      names: [...new Set([name, ...aliases, ...(LEGACY_PROVINCE_NICKNAMES[code] ?? [])])],
      risky: [],
    })),
    ...gazetteer.legacyDistricts.map((district) => ({
      unit: districtUnit(district),
      names: [district.name, ...(DISTRICT_NICKNAMES[district.code] ?? [])],
      risky: [],
    })),
    ...gazetteer.wards.map(({ code, name, type, parent }) => ({
      unit: {
        level: 'ward' as const,
        code,
        type: WARD_TYPES[type] ?? 'xa',
        codes: [code],
        provinceCode: parent,
        legacyProvince: null,
        district: null,
      },
      names: [name],
      risky: [],
    })),
    ...gazetteer.legacyWards.map((ward) => ({
      unit: {
        level: 'legacyWard' as const,
        code: ward.code,
        type: foldType(ward.type),
        codes: ward.newCodes,
        provinceCode: ward.newProvince,
        legacyProvince: ward.oldProvince,
        district: ward.district,
      },
      names: [ward.name],
      risky: [],
    })),
  ]
}

function districtUnit(district: Gazetteer['legacyDistricts'][number]): Unit {
  return {
    level: 'district',
    code: district.code,
    type: foldType(district.type),
    codes: district.newWards,
    provinceCode: district.newProvince,
    legacyProvince: district.oldProvince,
    district: district.code,
  }
}

const FOLDED_TYPES: Readonly<Record<string, string>> = {
  Quận: 'quan',
  Huyện: 'huyen',
  'Thành phố': 'thanh pho',
  'Thị xã': 'thi xa',
  Phường: 'phuong',
  Xã: 'xa',
  'Thị trấn': 'thi tran',
}

function foldType(type: string): string {
  return FOLDED_TYPES[type.normalize('NFC')] ?? 'xa'
}

/** Adds once a unit and its spelling; answers whether they were new under this name. */
function push(index: Map<string, NamedUnit[]>, name: string, entry: NamedUnit): boolean {
  const known = index.get(name)
  if (!known) {
    index.set(name, [entry])
    return true
  }
  const isKnown = known.some(
    ({ unit, keys }) =>
      unit.code === entry.unit.code &&
      unit.level === entry.unit.level &&
      keys.every((key, at) => key === entry.keys[at]),
  )
  if (isKnown) return false
  known.push(entry)
  return true
}
