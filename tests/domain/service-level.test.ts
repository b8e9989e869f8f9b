import { describe, expect, test } from 'vitest'
import { calendarFromSeed, type HolidaySeed } from '#domain/calendar-settings'
import {
  answerDueAt,
  DEFAULT_SERVICE_LEVELS as levels,
  extendedDueAt,
  forwardDueAt,
  triageDueAt,
  warningLevel,
  type DeadlineSubject,
} from '#domain/service-level'
import { readSeed, vn } from './seed.ts'

const calendar = calendarFromSeed(readSeed('holidays_vn.json') as HolidaySeed)
const monday = vn('2026-11-09 08:12')

function subject(changes: Partial<DeadlineSubject> = {}): DeadlineSubject {
  return { kind: 'report', urgency: 'normal', ...changes }
}

describe('the answer is due', () => {
  test.each([
    ['in 7 working days for an ordinary report', {}, '2026-11-18 17:00'],
    ['in 7 working days for one of low urgency', { urgency: 'low' }, '2026-11-18 17:00'],
    ['in 3 for a high one', { urgency: 'high' }, '2026-11-12 17:00'],
    ['in 1 for an emergency', { urgency: 'emergency' }, '2026-11-10 17:00'],
    ['in 15 where several agencies answer', { isComplex: true }, '2026-12-01 17:00'],
    [
      'in 1 for an emergency, however complex',
      { urgency: 'emergency', isComplex: true },
      '2026-11-10 17:00',
    ],
    ['in 3 for a question', { kind: 'question' }, '2026-11-12 17:00'],
    [
      'in 1 for a question that is an emergency',
      { kind: 'question', urgency: 'emergency' },
      '2026-11-10 17:00',
    ],
  ] as const)('%s', (_case, changes, due) => {
    expect(answerDueAt(subject(changes), monday, levels, calendar)).toEqual(vn(due))
  })

  test.each(['praise', 'complaint', 'denunciation', 'invalid'] as const)('never for %s', (kind) => {
    const urgent = subject({ kind, urgency: 'emergency' })
    expect(answerDueAt(urgent, monday, levels, calendar)).toBeNull()
  })

  test('as the administrator set it', () => {
    const byUrgency = {
      ...levels.answer.byUrgency,
      normal: { unit: 'working-minutes', amount: 60 } as const,
    }
    const changed = { ...levels, answer: { ...levels.answer, byUrgency } }
    expect(answerDueAt(subject(), monday, changed, calendar)).toEqual(vn('2026-11-09 09:12'))
  })
})

describe('triage is due', () => {
  test('within 8 working hours', () => {
    const friday = vn('2026-11-13 15:00')
    expect(triageDueAt(subject(), friday, levels, calendar)).toEqual(vn('2026-11-16 15:30'))
  })

  test('within 15 minutes for an emergency, also on a Sunday night', () => {
    const night = vn('2026-11-15 23:50')
    const due = triageDueAt(subject({ urgency: 'emergency' }), night, levels, calendar)
    expect(due).toEqual(vn('2026-11-16 00:05'))
  })

  test.each(['complaint', 'denunciation'] as const)('within 7 working days for a %s', (kind) => {
    const due = triageDueAt(subject({ kind }), monday, levels, calendar)
    expect(due).toEqual(vn('2026-11-18 17:00'))
  })
})

test('a case that is another agency’s is passed on within 2 working days', () => {
  expect(forwardDueAt(monday, levels, calendar)).toEqual(vn('2026-11-11 17:00'))
})

test('an extension gives at most the original length once more', () => {
  const due = vn('2026-11-12 17:00')
  const extended = extendedDueAt(due, subject({ urgency: 'high' }), levels, calendar)
  expect(extended).toEqual(vn('2026-11-17 17:00'))
})

test('what has no deadline has none to extend', () => {
  expect(extendedDueAt(monday, subject({ kind: 'praise' }), levels, calendar)).toBeNull()
})

describe('warnings', () => {
  const received = vn('2026-11-09 07:30')
  // Two working days of 7.5 hours: 900 minutes.
  const due = vn('2026-11-10 17:00')

  test.each([
    ['none before half of the time', '2026-11-09 16:59', 0],
    ['at half of the time', '2026-11-09 17:00', 50],
    ['the night does not count', '2026-11-10 07:30', 50],
    ['still 50 just before 80 %', '2026-11-10 13:59', 50],
    ['at 80 % of the time', '2026-11-10 14:00', 80],
    ['still 80 in the last minute', '2026-11-10 16:59', 80],
    ['100 at the deadline', '2026-11-10 17:00', 100],
    ['100 long after it', '2026-12-24 09:00', 100],
  ] as const)('%s', (_case, now, level) => {
    expect(warningLevel(received, due, vn(now), calendar)).toBe(level)
  })

  test('a deadline that lies wholly in the night is measured by the clock', () => {
    const [from, to] = [vn('2026-11-09 22:00'), vn('2026-11-09 22:15')]
    expect(warningLevel(from, to, vn('2026-11-09 22:01'), calendar)).toBe(0)
    expect(warningLevel(from, to, vn('2026-11-09 22:08'), calendar)).toBe(50)
    expect(warningLevel(from, to, vn('2026-11-09 22:13'), calendar)).toBe(80)
  })
})
