// Maps and not objects: a client's word such as "constructor" is in every object.

/** Units of time that are so many months long. */
export const monthsPerUnit: ReadonlyMap<string, number> = new Map([
  ['year', 12],
  ['quarter', 3],
  ['month', 1],
])

/** Units of time that are so many days long. */
export const daysPerUnit: ReadonlyMap<string, number> = new Map([
  ['week', 7],
  ['day', 1],
])

/** Units of time that are always equally long, in milliseconds. */
export const msPerUnit: ReadonlyMap<string, number> = new Map([
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
])
