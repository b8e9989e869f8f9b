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
type Entry = {
  readonly unit: Unit
  readonly names: readonly Name[]
  /** The folded name of its province, between spaces. */
  readonly province: string
}

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
  const foldAll = () =>
    [
      ...provinces.map((row, index) => entryOf(provinceUnits[index], provinceNames(row))),
      ...wards.map((row, index) => entryOf(wardUnits[index], wardNames(row))),
    ].filter((entry) => entry !== null)
  // Folding every name takes a good part of a start: the first search does it.
  let entries: readonly Entry[] | null = null

  return {
    find: (code) => byCode.get(code) ?? null,
    provinces: () => provinceUnits,
    search(text, provinceCode, limit) {
      entries ??= foldAll()
      return search(entries, text, provinceCode, limit)
    },
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
  if (unit === undefined) return null
  return { unit, names, province: ` ${foldVietnamese(unit.provinceName)} ` }
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
  for (const entry of entries) {
    if (provinceCode !== null && entry.unit.provinceCode !== provinceCode) continue
    const match = bestMatch(entry, words)
    if (match !== null) found.push(match)
  }
  // Shorter names first: "Ba Đình" before "Ba Đình Thượng" for "ba dinh".
  found.sort((a, b) => a.rank - b.rank || a.unit.name.length - b.unit.name.length)
  return found.slice(0, limit).map(({ unit }) => unit)
}

/**
 * How well a unit answers to the words, best 0: the phrase is in its name; it is there with its last
 * word unfinished ("quan 1" of "Quận 10"); the words are scattered over it and its province's ("ben
 * thanh ho chi minh"). Each a little worse in a former name.
 */
function bestMatch({ unit, names, province }: Entry, words: readonly string[]) {
  const phrase = ` ${words.join(' ')}`
  let best: { unit: Unit; rank: number } | null = null
  for (const { folded, shown } of names) {
    const isPhrase = folded.includes(phrase)
    if (!isPhrase && !isScattered(words, folded, province)) continue
    const isWhole = folded.includes(`${phrase} `)
    const rank = (isWhole ? 0 : isPhrase ? 2 : 4) + (shown === null ? 0 : 1)
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
