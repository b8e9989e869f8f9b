import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addWorkingDays,
  addWorkingMinutes,
  isWorkingTime,
  workingDaysLeft,
  workingMinutesBetween,
} from '#domain/business-calendar'
import {
  buildCalendar,
  calendarFromSeed,
  settingsFromSeed,
  type CalendarSettings,
  type HolidaySeed,
} from '#domain/calendar-settings'
import { readSeed, vn } from './seed.ts'

const seed = readSeed('holidays_vn.json') as HolidaySeed
const calendar = calendarFromSeed(seed)

function settings(changes: Partial<CalendarSettings> = {}): CalendarSettings {
  return { ...settingsFromSeed(seed), ...changes }
}

describe('working minutes', () => {
  test.each([
    ['within the morning', '2026-11-23 08:00', 90, '2026-11-23 09:30'],
    ['across the midday break', '2026-11-23 11:00', 60, '2026-11-23 14:00'],
    ['exactly to the end of a shift', '2026-11-23 07:30', 240, '2026-11-23 11:30'],
    ['from the break they start after it', '2026-11-23 12:15', 10, '2026-11-23 13:40'],
    ['from the night they start in the morning', '2026-11-23 03:00', 1, '2026-11-23 07:31'],
    ['over the Day of Culture', '2026-11-23 16:00', 120, '2026-11-25 08:30'],
    ['over a weekend', '2026-11-20 16:30', 31, '2026-11-23 07:31'],
    ['none at the end of a shift end there', '2026-11-23 11:30', 0, '2026-11-23 11:30'],
    ['none in the night end at the next opening', '2026-11-22 03:00', 0, '2026-11-23 07:30'],
  ])('%s', (_case, start, minutes, end) => {
    expect(addWorkingMinutes(vn(start), minutes, calendar)).toEqual(vn(end))
  })

  test('seconds of the start are kept', () => {
    const end = addWorkingMinutes(vn('2026-11-23 08:00:42'), 5, calendar)
    expect(end).toEqual(vn('2026-11-23 08:05:42'))
  })

  test('between two times only working time counts, with a sign', () => {
    const [friday, monday] = [vn('2026-11-20 16:00'), vn('2026-11-23 08:00')]
    expect(workingMinutesBetween(friday, monday, calendar)).toBe(90)
    expect(workingMinutesBetween(monday, friday, calendar)).toBe(-90)
  })

  test('what cannot be counted is refused instead of counted for ever', () => {
    const invalid = new Date(Number.NaN)
    expect(() => addWorkingMinutes(invalid, 1, calendar)).toThrow(RangeError)
    expect(() => addWorkingMinutes(vn('2026-11-23 08:00'), -1, calendar)).toThrow(RangeError)
    expect(() => addWorkingMinutes(vn('2026-11-23 08:00'), Infinity, calendar)).toThrow(RangeError)
    expect(() => addWorkingDays(invalid, 1, calendar)).toThrow(RangeError)
    expect(() => addWorkingDays(vn('2026-11-23 08:00'), 0, calendar)).toThrow(RangeError)
    expect(() => addWorkingDays(vn('2026-11-23 08:00'), 1.5, calendar)).toThrow(RangeError)
  })
})

describe('working days', () => {
  test.each([
    ['received in the morning, the day itself does not count', '2025-11-24 08:12', 3],
    ['received in the last minute of the day, neither', '2025-11-24 16:59', 3],
    ['received in the night, neither', '2025-11-24 23:30', 3],
    ['received on Sunday, Monday is the first day', '2025-11-23 10:00', 4],
  ])('%s', (_case, start, days) => {
    expect(addWorkingDays(vn(start), days, calendar)).toEqual(vn('2025-11-27 17:00'))
  })

  test('a holiday within does not count', () => {
    const due = addWorkingDays(vn('2026-11-23 08:00'), 1, calendar)
    expect(due).toEqual(vn('2026-11-25 17:00'))
  })

  test('a week of Tết passes without a working day', () => {
    const due = addWorkingDays(vn('2026-02-13 08:00'), 1, calendar)
    expect(due).toEqual(vn('2026-02-23 17:00'))
  })

  test('a Saturday that makes up for another day counts', () => {
    const due = addWorkingDays(vn('2026-08-21 08:00'), 1, calendar)
    expect(due).toEqual(vn('2026-08-22 17:00'))
  })
})

describe('days off', () => {
  test.each([
    ['a substitute', '2026-04-27'],
    ['a swapped day', '2026-08-31'],
    ['a fixed holiday of a year nobody has announced yet', '2031-04-30'],
    ['Tết of a year nobody has announced yet', '2029-02-13'],
    ['the Hùng Kings’ day of a year nobody has announced yet', '2029-04-23'],
    ['the Monday after a Saturday holiday of such a year', '2028-01-03'],
    ['the second National Day, before', '2031-09-01'],
    ['the second National Day, after', '2032-09-03'],
  ])('%s is off', (_case, date) => {
    expect(isWorkingTime(vn(`${date} 09:00`), calendar)).toBe(false)
  })

  test.each([
    ['24 November was no holiday yet in 2025', '2025-11-24'],
    ['neither was the day beside National Day in 2020', '2020-09-01'],
    ['an announced year has no days but its own', '2027-02-04'],
    ['the day after the substitutes is worked', '2028-01-04'],
  ])('%s', (_case, date) => {
    expect(isWorkingTime(vn(`${date} 09:00`), calendar)).toBe(true)
  })

  test('two weekend holidays in a row have two substitutes', () => {
    // 30 April and 1 May 2033 fall on Saturday and Sunday.
    expect(isWorkingTime(vn('2033-05-02 09:00'), calendar)).toBe(false)
    expect(isWorkingTime(vn('2033-05-03 09:00'), calendar)).toBe(false)
    expect(isWorkingTime(vn('2033-05-04 09:00'), calendar)).toBe(true)
  })

  test.each([
    ['2025', '2025-01-25', '2025-02-03'],
    ['2026', '2026-02-14', '2026-02-23'],
  ])('the law alone gives Tết %s as it was announced', (_year, firstDayOff, firstWorkday) => {
    const byLaw = buildCalendar(settings({ specialDays: [], announcedYears: [] }))
    const eve = vn(`${firstDayOff} 00:00`)
    expect(addWorkingMinutes(eve, 0, byLaw)).toEqual(vn(`${firstWorkday} 07:30`))
    expect(isWorkingTime(new Date(eve.getTime() - 8 * 3_600_000), byLaw)).toBe(true)
  })

  test('a special day of a year nobody has announced is added to the law’s own', () => {
    const specialDays = [{ date: '2030-06-03', name: 'Bão', kind: 'swap_off' as const }]
    const changed = buildCalendar(settings({ specialDays }))
    expect(isWorkingTime(vn('2030-06-03 09:00'), changed)).toBe(false)
    expect(isWorkingTime(vn('2030-04-30 09:00'), changed)).toBe(false)
  })
})

describe('settings', () => {
  const week = settings().week

  test('an agency that works on Saturday morning has Saturday as a working day', () => {
    const saturdays = buildCalendar(settings({ week: { ...week, saturday: [['07:30', '11:30']] } }))
    const due = addWorkingDays(vn('2026-11-20 08:00'), 1, saturdays)
    expect(due).toEqual(vn('2026-11-21 11:30'))
  })

  test('a day that is worked to its end closes at 24:00', () => {
    const nights = buildCalendar(settings({ week: { ...week, friday: [['00:00', '24:00']] } }))
    expect(isWorkingTime(vn('2026-11-20 23:59'), nights)).toBe(true)
    expect(isWorkingTime(vn('2026-11-21 00:00'), nights)).toBe(false)
  })

  test.each([
    [
      'a shift that overlaps another',
      {
        week: {
          ...week,
          monday: [
            ['07:00', '12:00'],
            ['11:00', '17:00'],
          ],
        },
      },
    ],
    ['a shift that ends before it starts', { week: { ...week, monday: [['12:00', '07:00']] } }],
    ['a time that no clock shows', { week: { ...week, monday: [['07:00', '25:00']] } }],
    [
      'a date that does not exist',
      { specialDays: [{ date: '2026-02-30', name: '', kind: 'public' }] },
    ],
    ['a week without work', { week: Object.fromEntries(Object.keys(week).map((d) => [d, []])) }],
  ])('%s is refused', (_case, changes) => {
    expect(() => buildCalendar(settings(changes as unknown as Partial<CalendarSettings>))).toThrow(
      RangeError,
    )
  })

  test('a kind of day that the seed misspells is refused', () => {
    const days = [{ date: '2026-01-01', name: 'Tết Dương lịch', kind: 'pubilc' }]
    expect(() => settingsFromSeed({ ...seed, days })).toThrow('pubilc')
  })
})

describe('for every start from 2020 to 2035', () => {
  const anyTime = fc
    .date({ min: vn('2020-01-01 00:00'), max: vn('2035-12-31 23:59'), noInvalidDate: true })
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000))
  const nearTet = fc
    .tuple(
      fc.constantFrom(...Object.values(seed.lunar.tet)),
      fc.integer({ min: -14_400, max: 14_400 }),
    )
    .map(([date, minutes]) => new Date(vn(`${date} 00:00`).getTime() + minutes * 60_000))
  const start = fc.oneof(anyTime, nearTet)
  const minutes = fc.integer({ min: 0, max: 10_000 })
  const days = fc.integer({ min: 1, max: 40 })
  const beforeIt = (time: Date) => new Date(time.getTime() - 1)

  test('adding minutes never goes back, and more minutes or a later start never end sooner', () => {
    fc.assert(
      fc.property(start, start, minutes, minutes, (a, b, m, n) => {
        const [early, late] = a < b ? [a, b] : [b, a]
        const end = addWorkingMinutes(early, Math.min(m, n), calendar)
        return (
          end >= early &&
          end <= addWorkingMinutes(early, Math.max(m, n), calendar) &&
          end <= addWorkingMinutes(late, Math.min(m, n), calendar)
        )
      }),
    )
  })

  test('minutes added in two steps are minutes added at once', () => {
    fc.assert(
      fc.property(start, minutes, minutes, (from, m, n) => {
        const inSteps = addWorkingMinutes(addWorkingMinutes(from, m, calendar), n, calendar)
        expect(inSteps).toEqual(addWorkingMinutes(from, m + n, calendar))
      }),
    )
  })

  test('the time between a start and what was added to it is what was added', () => {
    fc.assert(
      fc.property(start, minutes, (from, m) => {
        const end = addWorkingMinutes(from, m, calendar)
        expect(workingMinutesBetween(from, end, calendar)).toBe(m)
      }),
    )
  })

  test('the time between adds up over any point between', () => {
    fc.assert(
      fc.property(start, start, start, (a, b, c) => {
        const whole = workingMinutesBetween(a, c, calendar)
        const parts = workingMinutesBetween(a, b, calendar) + workingMinutesBetween(b, c, calendar)
        expect(parts).toBeCloseTo(whole, 6)
      }),
      { numRuns: 30 },
    )
  })

  test('the end lies in working time or closes a shift', () => {
    fc.assert(
      fc.property(start, minutes, (from, m) => {
        const end = addWorkingMinutes(from, m, calendar)
        return isWorkingTime(end, calendar) || isWorkingTime(beforeIt(end), calendar)
      }),
    )
  })

  test('a deadline in days closes a working day, after as many working days', () => {
    fc.assert(
      fc.property(start, days, days, (from, m, n) => {
        const due = addWorkingDays(from, m, calendar)
        expect(isWorkingTime(beforeIt(due), calendar)).toBe(true)
        expect(isWorkingTime(due, calendar)).toBe(false)
        expect(addWorkingDays(due, n, calendar)).toEqual(addWorkingDays(from, m + n, calendar))
      }),
    )
  })

  test('no minute of a listed holiday is working time', () => {
    const off = seed.days.filter(({ kind }) => kind !== 'make_up_workday').map(({ date }) => date)
    const minuteOfDay = fc.integer({ min: 0, max: 1439 })
    fc.assert(
      fc.property(fc.constantFrom(...off), minuteOfDay, (date, minute) => {
        const time = new Date(vn(`${date} 00:00`).getTime() + minute * 60_000)
        return !isWorkingTime(time, calendar)
      }),
    )
  })

  test('the hours are those that clocks in Vietnam show', () => {
    const nine = [['09:00', '10:00']] as const
    const week = {
      sunday: nine,
      monday: nine,
      tuesday: nine,
      wednesday: nine,
      thursday: nine,
      friday: nine,
      saturday: nine,
    }
    const years = Array.from({ length: 17 }, (_, index) => 2019 + index)
    const daily = buildCalendar(settings({ week, specialDays: [], announcedYears: years }))
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Ho_Chi_Minh',
      hour: '2-digit',
      hourCycle: 'h23',
    })
    // 09:00 there is 02:00 UTC.
    const nearNine = fc
      .tuple(fc.integer({ min: 18_262, max: 24_105 }), fc.integer({ min: 3_600, max: 4 * 3_600 }))
      .map(([day, seconds]) => new Date((day * 86_400 + seconds) * 1000))
    fc.assert(
      fc.property(fc.oneof(anyTime, nearNine), (time) => {
        expect(isWorkingTime(time, daily)).toBe(clock.format(time) === '09')
      }),
    )
  })
})

describe('working days left', () => {
  test.each([
    ['over the Day of Culture', '2026-11-23 08:00', '2026-11-27 17:00', 3],
    ['over a weekend', '2026-11-27 08:00', '2026-11-30 17:00', 1],
    ['none on the last day', '2026-11-27 08:00', '2026-11-27 17:00', 0],
    ['none after it', '2026-11-30 08:00', '2026-11-27 17:00', 0],
  ])('%s', (_case, from, until, count) => {
    expect(workingDaysLeft(vn(from), vn(until), calendar)).toBe(count)
  })

  test('are the days that the deadline was set by', () => {
    fc.assert(
      fc.property(
        fc.date({ min: vn('2024-01-01 00:00'), max: vn('2030-01-01 00:00'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 30 }),
        (start, days) => {
          const due = addWorkingDays(start, days, calendar)
          expect(workingDaysLeft(start, due, calendar)).toBe(days)
        },
      ),
    )
  })
})
