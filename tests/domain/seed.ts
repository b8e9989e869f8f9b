import { readFileSync } from 'node:fs'

/** The content of a file of the seed data. */
export function readSeed(name: string): unknown {
  const file = new URL(`../../seeds/vietnam/${name}`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** The instant at which clocks in Vietnam show this, e.g. `2026-11-23 08:12`. */
export function vn(clock: string): Date {
  return new Date(`${clock.replace(' ', 'T')}+07:00`)
}
