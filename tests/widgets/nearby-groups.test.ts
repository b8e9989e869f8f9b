import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearbyGroups } from '../../widgets/map/nearby-groups.ts'

const places = fc.array(
  fc.record({ x: fc.integer({ max: 500, min: 0 }), y: fc.integer({ max: 500, min: 0 }) }),
)

test('every place is in exactly one mark, and no two marks cover each other', () => {
  fc.assert(
    fc.property(places, (items) => {
      const groups = nearbyGroups(items, 48)
      expect(groups.flat()).toHaveLength(items.length)
      const marks = groups.map(([first]) => first)
      for (const [index, a] of marks.entries()) {
        for (const b of marks.slice(index + 1)) {
          expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThanOrEqual(48)
        }
      }
    }),
  )
})
