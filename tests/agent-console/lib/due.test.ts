import { describe, expect, test } from 'vitest'
import { dueTone, dueWords } from '../../../agent-console/lib/due.ts'

/** Monday 23 November 2026, 10:00 in Vietnam. */
const NOW = new Date('2026-11-23T03:00:00.000Z')
const open = (dueAt: string | null) => ({ status: 'accepted' as const, dueAt })
const words = (dueAt: string | null) => dueWords(open(dueAt), NOW, 'vi')

describe('a deadline in words', () => {
  test('minutes and hours while it is today', () => {
    expect(words('2026-11-23T03:35:59.000Z')).toEqual({ key: 'minutesLeft', n: 35 })
    expect(words('2026-11-23T06:10:00.000Z')).toEqual({ key: 'hoursLeft', n: 3 })
  })

  test('the day in Vietnam decides, not the day in Greenwich', () => {
    expect(words('2026-11-23T16:59:00.000Z')).toEqual({ key: 'hoursLeft', n: 13 })
    expect(words('2026-11-23T17:01:00.000Z')).toEqual({ key: 'tomorrow' })
  })

  test('a weekday within the week, a date beyond it', () => {
    expect(words('2026-11-26T10:00:00.000Z')).toEqual({ key: 'day', name: 'thứ Năm' })
    expect(words('2026-12-03T10:00:00.000Z')).toEqual({ key: 'day', name: '03/12' })
    expect(words('2027-01-04T10:00:00.000Z')).toEqual({ key: 'day', name: '04/01/2027' })
    expect(dueWords(open('2026-11-26T10:00:00.000Z'), NOW, 'en')).toEqual({
      key: 'day',
      name: 'Thursday',
    })
  })

  test('how long it is over', () => {
    expect(words('2026-11-23T02:25:00.000Z')).toEqual({ key: 'minutesOver', n: 35 })
    expect(words('2026-11-22T23:00:00.000Z')).toEqual({ key: 'hoursOver', n: 4 })
    expect(words('2026-11-20T02:00:00.000Z')).toEqual({ key: 'daysOver', n: 3 })
  })

  test('a case without a deadline, or done, has none', () => {
    expect(words(null)).toEqual({ key: 'none' })
    const done = { status: 'closed' as const, dueAt: '2026-11-20T02:00:00.000Z' }
    expect(dueWords(done, NOW, 'vi')).toEqual({ key: 'none' })
    expect(dueTone(done, NOW)).toBe('calm')
  })

  test('only what is over is red', () => {
    expect(dueTone(open('2026-11-23T02:59:00.000Z'), NOW)).toBe('overdue')
    expect(dueTone(open('2026-11-23T10:00:00.000Z'), NOW)).toBe('soon')
    expect(dueTone(open('2026-11-24T10:00:00.000Z'), NOW)).toBe('calm')
  })
})
