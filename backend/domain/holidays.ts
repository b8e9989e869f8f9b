import { epochDay, epochDayOf, weekdayOf } from './epoch-day.ts'

/** Solar dates of the lunar holidays by year: first day of Tết, and the Hùng Kings' day (10/3). */
export type LunarDates = {
  readonly tet: Readonly<Record<string, string>>
  readonly gioTo: Readonly<Record<string, string>>
}

// The years from which the Labour Code grants the second National Day and the Day of Culture.
const SECOND_NATIONAL_DAY_SINCE = 2021
const DAY_OF_CULTURE_SINCE = 2026

/**
 * The days off that the law itself gives a year (Labour Code 2019, art. 112), substitutes included:
 * what holds until the government has announced that year. Epoch days.
 */
export function statutoryDaysOff(
  year: number,
  lunar: LunarDates,
  isWeeklyRest: (day: number) => boolean,
): ReadonlySet<number> {
  const holidays = new Set([
    epochDay(year, 1, 1),
    ...tetDays(lunar.tet[year]),
    ...gioToDays(lunar.gioTo[year]),
    epochDay(year, 4, 30),
    epochDay(year, 5, 1),
    ...nationalDays(year),
    ...(year >= DAY_OF_CULTURE_SINCE ? [epochDay(year, 11, 24)] : []),
  ])
  const daysOff = new Set(holidays)
  for (const holiday of [...holidays].sort((a, b) => a - b)) {
    if (isWeeklyRest(holiday)) daysOff.add(substituteFor(holiday, daysOff, isWeeklyRest))
  }
  return daysOff
}

function substituteFor(
  holiday: number,
  daysOff: ReadonlySet<number>,
  isWeeklyRest: (day: number) => boolean,
): number {
  let day = holiday + 1
  while (isWeeklyRest(day) || daysOff.has(day)) day += 1
  return day
}

/** Two days of the old year and three of the new: with substitutes, what was announced for 2023–2026. */
function tetDays(firstDay: string | undefined): number[] {
  if (firstDay === undefined) return []
  const first = epochDayOf(firstDay)
  return [first - 2, first - 1, first, first + 1, first + 2]
}

function gioToDays(date: string | undefined): number[] {
  return date === undefined ? [] : [epochDayOf(date)]
}

/** 2 September and a neighbour: the one that makes the longer break, as announced since 2021. */
function nationalDays(year: number): number[] {
  const day = epochDay(year, 9, 2)
  if (year < SECOND_NATIONAL_DAY_SINCE) return [day]
  const [sunday, monday, thursday] = [0, 1, 4]
  const isNextBetter = [sunday, monday, thursday].includes(weekdayOf(day))
  return [day, isNextBetter ? day + 1 : day - 1]
}
