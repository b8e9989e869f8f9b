import { describe, expect, test } from 'vitest'
import {
  initialUnitSearch,
  isListShown,
  reduceUnitSearch,
} from '../../widgets/report/unit-search.ts'
import type { UnitSearchAction } from '../../widgets/report/unit-search.ts'
import { aUnit } from './builders.ts'

const after = (...actions: readonly UnitSearchAction[]) =>
  actions.reduce(reduceUnitSearch, initialUnitSearch)

const units = [aUnit(), aUnit({ code: '27304' })]

describe('the search for a place', () => {
  test('shows what was found for the words that are in the box', () => {
    const found = after({ type: 'typed', query: 'cho' }, { type: 'found', query: 'cho', units })
    expect(found).toMatchObject({ phase: 'open', units, active: -1 })
  })

  test('ignores the answer to older words, and one that comes after choosing', () => {
    const typing = after({ type: 'typed', query: 'cho' }, { type: 'typed', query: 'cho q' })
    expect(reduceUnitSearch(typing, { type: 'found', query: 'cho', units })).toBe(typing)
    const chosen = after({ type: 'typed', query: 'Chợ' }, { type: 'chosen', name: 'Chợ' })
    expect(reduceUnitSearch(chosen, { type: 'found', query: 'Chợ', units })).toBe(chosen)
  })

  test('keeps the list in place while a longer word is looked up', () => {
    const state = after(
      { type: 'typed', query: 'cho' },
      { type: 'found', query: 'cho', units },
      { type: 'typed', query: 'cho q' },
    )
    expect(isListShown(state)).toBe(true)
  })

  test('walks through the list with the arrows, past its end back into the box', () => {
    const open = [
      { type: 'typed', query: 'cho' },
      { type: 'found', query: 'cho', units },
    ] as const
    const down = { type: 'moved', by: 1 } as const
    const up = { type: 'moved', by: -1 } as const
    expect(after(...open, down).active).toBe(0)
    expect(after(...open, down, down, down).active).toBe(-1)
    expect(after(...open, up).active).toBe(1)
  })

  test('closes on Escape and on an emptied box, keeping the words', () => {
    const open = after({ type: 'typed', query: 'cho' }, { type: 'found', query: 'cho', units })
    const closed = reduceUnitSearch(open, { type: 'closed' })
    expect([isListShown(closed), closed.query]).toEqual([false, 'cho'])
    expect(reduceUnitSearch(open, { type: 'typed', query: '' })).toEqual(initialUnitSearch)
  })
})
