import type { NewPlace } from '#contracts/reports'
import type { Place } from '#domain/case'
import { DomainError } from '#domain/errors'
import type { Understanding } from '#domain/understanding'
import type { Gazetteer } from './ports.ts'

/**
 * Where a report happened: the unit the citizen gave, else the one under the pin, else the one the
 * text names for certain. Refuses a unit code that does not exist.
 */
export function placeOf(
  given: NewPlace | undefined,
  understanding: Understanding,
  gazetteer: Gazetteer,
): Place | null {
  const unit = unitOf(given, understanding, gazetteer)
  if (given === undefined && unit === null) return null
  return {
    lat: given?.lat ?? null,
    lng: given?.lng ?? null,
    address: given?.address ?? null,
    unitCode: unit?.level === 'ward' ? unit.code : null,
    provinceCode: unit?.provinceCode ?? null,
    unitName: unit?.fullName ?? null,
    formerly: unit?.formerly ?? null,
  }
}

function unitOf(given: NewPlace | undefined, understanding: Understanding, gazetteer: Gazetteer) {
  const named = namedUnit(understanding, gazetteer)
  if (given?.unitCode !== undefined) {
    const unit = gazetteer.find(given.unitCode)
    if (unit === null) throw new DomainError('invalid', 'unit-unknown', {}, '/place/unitCode')
    // A whole province from the form and a ward of it in the text: the ward says more.
    const isNarrower = unit.level === 'province' && named?.provinceCode === unit.provinceCode
    return isNarrower ? named : unit
  }
  if (given?.lat !== undefined && given.lng !== undefined) {
    return gazetteer.nearest(given.lat, given.lng) ?? named
  }
  return named
}

function namedUnit(understanding: Understanding, gazetteer: Gazetteer) {
  const certain = understanding.places.filter((place) => place.certain && place.code !== null)
  // The longest code is the smallest unit.
  const [best] = certain.sort((a, b) => (b.code?.length ?? 0) - (a.code?.length ?? 0))
  return best?.code == null ? null : gazetteer.find(best.code)
}
