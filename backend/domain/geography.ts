/** A point on the earth in degrees (WGS 84). */
export type Point = { readonly lat: number; readonly lng: number }

/**
 * Precision of the cells that cases are found near by: about 1.2 × 0.6 km, so that with the eight
 * around there are at least 600 m each way. Stored cells and questions must use the same.
 */
export const NEARBY_PRECISION = 6

const EARTH_RADIUS_METERS = 6_371_008.8
const BASE32 = '0123456789bcdefghjkmnpqrstuvwxyz'

type Range = readonly [low: number, high: number]
type Cell = { readonly lat: Range; readonly lng: Range }

/** Great-circle distance; off by at most half a percent, since the earth is taken as a sphere. */
export function distanceMeters(a: Point, b: Point): number {
  const lat = Math.sin(radians(b.lat - a.lat) / 2)
  const lng = Math.sin(radians(b.lng - a.lng) / 2)
  const h = lat * lat + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * lng * lng
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** The geohash cell of a point; seven characters are about 150 m a side, six about 1.2 km by 0.6 km. */
export function geohash(lat: number, lng: number, precision: number): string {
  let hash = ''
  let cell: Cell = { lat: [-90, 90], lng: [-180, 180] }
  let isLng = true
  while (hash.length < precision) {
    let index = 0
    for (let bit = 0; bit < 5; bit += 1) {
      const [low, high] = isLng ? cell.lng : cell.lat
      const middle = (low + high) / 2
      const isUpper = (isLng ? lng : lat) >= middle
      const half: Range = isUpper ? [middle, high] : [low, middle]
      cell = isLng ? { ...cell, lng: half } : { ...cell, lat: half }
      index = index * 2 + Number(isUpper)
      isLng = !isLng
    }
    hash += BASE32.charAt(index)
  }
  return hash
}

/** The cells around a cell: eight, or five at a pole, beyond which a cell's own row begins again. */
export function neighbours(hash: string): string[] {
  const { lat, lng } = cellOf(hash)
  const height = lat[1] - lat[0]
  const width = lng[1] - lng[0]
  const around = new Set<string>()
  for (const north of [-1, 0, 1]) {
    const neighbourLat = (lat[0] + lat[1]) / 2 + north * height
    for (const east of [-1, 0, 1]) {
      const neighbourLng = wrap((lng[0] + lng[1]) / 2 + east * width)
      around.add(geohash(neighbourLat, neighbourLng, hash.length))
    }
  }
  around.delete(hash)
  return [...around]
}

function cellOf(hash: string): Cell {
  let cell: Cell = { lat: [-90, 90], lng: [-180, 180] }
  let isLng = true
  for (const character of hash) {
    const index = BASE32.indexOf(character)
    if (index < 0) throw new RangeError(`Not a geohash: ${hash}`)
    for (const weight of [16, 8, 4, 2, 1]) {
      const [low, high] = isLng ? cell.lng : cell.lat
      const middle = (low + high) / 2
      const half: Range = (index & weight) === 0 ? [low, middle] : [middle, high]
      cell = isLng ? { ...cell, lng: half } : { ...cell, lat: half }
      isLng = !isLng
    }
  }
  return cell
}

function wrap(lng: number): number {
  return ((((lng + 180) % 360) + 360) % 360) - 180
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
