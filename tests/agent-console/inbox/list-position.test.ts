import { describe, expect, test } from 'vitest'
import { nextReached } from '../../../agent-console/features/inbox/reached-row.ts'
import { anchorIndex } from '../../../agent-console/features/inbox/use-anchored-rows.ts'

const rows = (...codes: string[]) => codes.map((code) => ({ code }))

describe('the row the keyboard has reached', () => {
  test('is followed when rows come in above it', () => {
    expect(nextReached({ code: 'b', index: 1 }, rows('new', 'a', 'b'))).toEqual({
      code: 'b',
      index: 2,
    })
  })

  test('gives way to the one that takes its place when it leaves the list', () => {
    expect(nextReached({ code: 'b', index: 1 }, rows('a', 'c')).code).toBe('c')
    expect(nextReached({ code: 'c', index: 2 }, rows('a', 'b')).code).toBe('b')
    expect(nextReached({ code: 'a', index: 0 }, rows()).code).toBeNull()
  })
})

describe('the row at the top of what is in sight', () => {
  test('is found again after others came and went', () => {
    expect(anchorIndex(rows('a', 'b', 'c'), rows('x', 'y', 'a', 'b', 'c'), 1)).toEqual({
      before: 1,
      after: 3,
    })
  })

  test('hands over to the next one when it left itself', () => {
    expect(anchorIndex(rows('a', 'b', 'c'), rows('x', 'c'), 1)).toEqual({ before: 2, after: 1 })
  })

  test('is nothing where nothing is left', () => {
    expect(anchorIndex(rows('a'), rows('b'), 0)).toBeNull()
  })
})
