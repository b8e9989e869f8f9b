import type { Unit, UnitLevel } from './units.ts'

/** How large a unit is. */
export const UNIT_RANK: Readonly<Record<UnitLevel, number>> = {
  legacyWard: 0,
  ward: 0,
  district: 1,
  legacyProvince: 2,
  province: 3,
}

/** Whether the land of a unit lies in a larger one. */
export function contains(larger: Unit, unit: Unit): boolean {
  if (UNIT_RANK[larger.level] <= UNIT_RANK[unit.level]) return false
  if (larger.level === 'province') return unit.provinceCode === larger.code
  if (larger.level === 'legacyProvince') {
    return unit.legacyProvince === null
      ? unit.provinceCode === larger.provinceCode
      : unit.legacyProvince === larger.code
  }
  return unit.level === 'ward' ? larger.codes.includes(unit.code) : unit.district === larger.code
}
