import type { Unit } from '#contracts/catalogue'
import { foldVietnamese } from '#domain/fold'
import { distanceMeters } from '#domain/geography'
import type { Gazetteer } from '#use-cases/ports'

/** A province of seeds/vietnam/gazetteer/provinces.json. */
export type ProvinceRow = {
  readonly code: string
  readonly name: string
  readonly fullName: string
  readonly aliases: readonly string[]
  readonly mergedFrom: readonly { readonly name: string; readonly fullName: string }[]
  readonly lat: number
  readonly lon: number
}

/** A ward, commune or special zone of seeds/vietnam/gazetteer/wards.json. */
export type WardRow = {
  readonly code: string
  readonly name: string
  readonly fullName: string
  readonly parent: string
  readonly lat: number | null
  readonly lon: number | null
  /** `Phường Cửa Nam, Quận Hoàn Kiếm`: the units it was made of. */
  readonly oldNames: readonly string[]
}

type Name = { readonly folded: string; readonly shown: string | null }
type Entry = { readonly unit: Unit; readonly names: readonly Name[] }

/** Farther than this from every centre is not in the country. */
const NEAREST_METERS = 60_000

/** Administrative units in memory: by code, by name (old names too, no accents), by position. */
export function gazetteerOf(
  provinces: readonly ProvinceRow[],
  wards: readonly WardRow[],
): Gazetteer {
  const provinceUnits = provinces.map(provinceUnit)
  const nameOf = new Map(provinceUnits.map((unit) => [unit.code, unit.name]))
  const wardUnits = wards.map((ward) => wardUnit(ward, nameOf.get(ward.parent) ?? ''))
  const byCode = new Map([...provinceUnits, ...wardUnits].map((unit) => [unit.code, unit]))
  const entries = [
    ...provinces.map((row, index) => entryOf(provinceUnits[index], provinceNames(row))),
    ...wards.map((row, index) => entryOf(wardUnits[index], wardNames(row))),
  ].filter((entry) => entry !== null)

  return {
    find: (code) => byCode.get(code) ?? null,
    provinces: () => provinceUnits,
    search: (text, provinceCode, limit) => search(entries, text, provinceCode, limit),
    nearest: (lat, lng) => nearest(wardUnits, lat, lng),
  }
}

function provinceUnit(row: ProvinceRow): Unit {
  return {
    code: row.code,
    name: row.name,
    fullName: row.fullName,
    level: 'province',
    provinceCode: row.code,
    provinceName: row.name,
    formerly: null,
    lat: row.lat,
    lng: row.lon,
  }
}

function wardUnit(row: WardRow, provinceName: string): Unit {
  return {
    code: row.code,
    name: row.name,
    fullName: `${row.fullName}, ${provinceName}`,
    level: 'ward',
    provinceCode: row.parent,
    provinceName,
    formerly: null,
    lat: row.lat,
    lng: row.lon,
  }
}

function provinceNames(row: ProvinceRow): Name[] {
  const former = row.mergedFrom
    .map(({ fullName }) => fullName)
    .filter((name) => name !== row.fullName)
  return [
    ...[row.fullName, row.name, ...row.aliases].map((name) => nameFrom(name, null)),
    ...former.map((name) => nameFrom(name, name)),
  ]
}

function wardNames(row: WardRow): Name[] {
  return [
    ...[row.fullName, row.name].map((name) => nameFrom(name, null)),
    ...row.oldNames.map((name) => nameFrom(name, name)),
  ]
}

function nameFrom(name: string, shown: string | null): Name {
  return { folded: ` ${foldVietnamese(name).replace(/[^a-z0-9]+/g, ' ')} `, shown }
}

function entryOf(unit: Unit | undefined, names: readonly Name[]): Entry | null {
  return unit === undefined ? null : { unit, names }
}

function search(
  entries: readonly Entry[],
  text: string,
  provinceCode: string | null,
  limit: number,
): Unit[] {
  const words = foldVietnamese(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const found: { unit: Unit; rank: number }[] = []
  for (const { unit, names } of entries) {
    if (provinceCode !== null && unit.provinceCode !== provinceCode) continue
    const match = bestMatch(unit, names, words)
    if (match !== null) found.push(match)
  }
  // Shorter names first: "Ba Đình" before "Ba Đình Thượng" for "ba dinh".
  found.sort((a, b) => a.rank - b.rank || a.unit.name.length - b.unit.name.length)
  return found.slice(0, limit).map(({ unit }) => unit)
}

/**
 * How well a unit answers to the words: 0 the phrase is in its name, 1 in a former name, 2 and 3 the
 * words are scattered over it and its province's ("ben thanh ho chi minh"). Only the last word may
 * be unfinished.
 */
function bestMatch(unit: Unit, names: readonly Name[], words: readonly string[]) {
  const province = ` ${foldVietnamese(unit.provinceName)} `
  const phrase = ` ${words.join(' ')}`
  let best: { unit: Unit; rank: number } | null = null
  for (const { folded, shown } of names) {
    const isPhrase = folded.includes(phrase)
    if (!isPhrase && !isScattered(words, folded, province)) continue
    const rank = (isPhrase ? 0 : 2) + (shown === null ? 0 : 1)
    if (best !== null && best.rank <= rank) continue
    best = { unit: shown === null ? unit : { ...unit, formerly: shown }, rank }
  }
  return best
}

function isScattered(words: readonly string[], name: string, province: string): boolean {
  const isIn = (text: string, word: string, index: number) =>
    text.includes(index === words.length - 1 ? ` ${word}` : ` ${word} `)
  return (
    words.some((word, index) => isIn(name, word, index)) &&
    words.every((word, index) => isIn(name, word, index) || isIn(province, word, index))
  )
}

function nearest(wards: readonly Unit[], lat: number, lng: number): Unit | null {
  let best: Unit | null = null
  let bestMeters = NEAREST_METERS
  for (const ward of wards) {
    if (ward.lat === null || ward.lng === null) continue
    // A degree is at least 100 km here: cheap refusal before the trigonometry.
    if (Math.abs(ward.lat - lat) > 0.6 || Math.abs(ward.lng - lng) > 0.6) continue
    const meters = distanceMeters({ lat, lng }, { lat: ward.lat, lng: ward.lng })
    if (meters >= bestMeters) continue
    bestMeters = meters
    best = ward
  }
  return best
}
