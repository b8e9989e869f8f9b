import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceMeters, geohash, neighbours } from '#domain/geography'

const benThanh = { lat: 10.7725, lng: 106.698 }
const hoanKiem = { lat: 21.0287, lng: 105.8524 }
const lat = fc.double({ min: -89, max: 89, noNaN: true })
const lng = fc.double({ min: -180, max: 179.999, noNaN: true })

test('the distance from Bến Thành to Hoàn Kiếm is about 1,144 km', () => {
  expect(distanceMeters(benThanh, hoanKiem) / 1000).toBeCloseTo(1144, -1)
})

test('distance is the same both ways, and none to itself', () => {
  fc.assert(
    fc.property(lat, lng, lat, lng, (aLat, aLng, bLat, bLng) => {
      const [a, b] = [
        { lat: aLat, lng: aLng },
        { lat: bLat, lng: bLng },
      ]
      expect(distanceMeters(a, b)).toBeCloseTo(distanceMeters(b, a), 3)
      expect(distanceMeters(a, a)).toBe(0)
    }),
  )
})

test('the antipode is half the earth’s girth away', () => {
  expect(distanceMeters({ lat: 0, lng: 0 }, { lat: 0, lng: 180 })).toBeCloseTo(20_015_115, -1)
})

test('geohashes are the published ones', () => {
  expect(geohash(57.64911, 10.40744, 11)).toBe('u4pruydqqvj')
  expect(geohash(-25.382708, -49.265506, 8)).toBe('6gkzwgjz')
})

test('a longer geohash refines a shorter one', () => {
  fc.assert(fc.property(lat, lng, (a, b) => geohash(a, b, 9).startsWith(geohash(a, b, 6))))
})

test('the neighbours of a cell are the published ones', () => {
  expect(neighbours('dqcjq').sort()).toEqual(
    ['dqcjm', 'dqcjt', 'dqcjw', 'dqcjx', 'dqcjr', 'dqcjp', 'dqcjn', 'dqcjj'].sort(),
  )
})

test('a point 100 m away lies in the cell of seven characters or beside it', () => {
  const bearing = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true })
  const inVietnam = fc.record({
    lat: fc.double({ min: 8, max: 23.5, noNaN: true }),
    lng: fc.double({ min: 102, max: 110, noNaN: true }),
  })
  fc.assert(
    fc.property(inVietnam, bearing, (from, angle) => {
      const north = (100 * Math.cos(angle)) / 111_320
      const east = (100 * Math.sin(angle)) / (111_320 * Math.cos((from.lat * Math.PI) / 180))
      const cell = geohash(from.lat, from.lng, 7)
      expect([cell, ...neighbours(cell)]).toContain(geohash(from.lat + north, from.lng + east, 7))
    }),
  )
})

test('neighbours reach over the date line, and none lies beyond a pole', () => {
  expect(neighbours(geohash(0.1, 179.999, 5))).toContain(geohash(0.1, -179.999, 5))
  expect(neighbours(geohash(89.999, 10, 5))).toHaveLength(5)
})

test('what is no geohash has no neighbours', () => {
  expect(() => neighbours('dqca')).toThrow(RangeError)
})
