import { describe, expect, test } from 'vitest'
import {
  type HeardChange,
  type LiveRows,
  liveRowsReducer,
  NOTHING_HEARD,
} from '../../../agent-console/features/inbox/live-rows.ts'
import { aRow, toldOf } from '../support/builders.ts'

function hearing(current: LiveRows, ...changes: HeardChange[]): LiveRows {
  return liveRowsReducer(current, { type: 'heard', changes })
}

const at = (version: number, join = 1): HeardChange => ({
  changed: toldOf(aRow({ version })),
  join,
})

describe('what the inbox hears', () => {
  test('the newest version wins, whatever order events come in', () => {
    const inOrder = hearing(hearing(NOTHING_HEARD, at(2)), at(3))
    const reversed = hearing(hearing(NOTHING_HEARD, at(3)), at(2))
    expect(inOrder.heard.get('2611048273')?.row.version).toBe(3)
    expect(reversed.heard).toEqual(inOrder.heard)
  })

  test('an event heard twice changes nothing', () => {
    const once = hearing(NOTHING_HEARD, at(2))
    expect(hearing(once, at(2))).toEqual(once)
  })

  test('a duplicate does not make an opened case new again', () => {
    const opened = liveRowsReducer(hearing(NOTHING_HEARD, at(2)), {
      type: 'opened',
      code: '2611048273',
    })
    expect(opened.arrived.size).toBe(0)
    expect(hearing(opened, at(2)).arrived.size).toBe(0)
  })

  test('only arrivals are new: a note on a case is not', () => {
    const noted = { changed: toldOf(aRow({ version: 2 }), 'case:noted'), join: 1 }
    expect(hearing(NOTHING_HEARD, noted).arrived.size).toBe(0)
    expect(hearing(NOTHING_HEARD, at(2)).arrived).toEqual(new Set(['2611048273']))
  })

  test('the same version heard again after a reconnect counts as heard since then', () => {
    const again = hearing(hearing(NOTHING_HEARD, at(2, 1)), at(2, 2))
    expect(again.heard.get('2611048273')?.join).toBe(2)
  })
})
