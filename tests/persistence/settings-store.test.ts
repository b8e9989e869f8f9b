import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { readSeeds, type Seeds } from '#backend/seeds'
import { ROOT } from '#backend/start-server'
import { connectDatabase } from '#persistence/connect'
import { openSettings } from '#persistence/settings-store'
import { type OpenDatabase, openDatabase } from './open-database.ts'

let database: OpenDatabase
let seeds: Seeds

beforeAll(async () => {
  database = await openDatabase()
  seeds = await readSeeds(join(ROOT, 'seeds/vietnam'))
})
afterAll(async () => {
  await database.close()
})

const ANSWER = { id: 'a', title: { vi: 'a', en: 'a' }, text: { vi: 'a', en: 'a' } }

/** The same database as another process sees it. */
async function anotherProcess(name: string) {
  const uri = new URL(inject('mongodbUri'))
  uri.pathname = `/${name}`
  const connection = await connectDatabase(uri.href)
  return { connection, settings: await openSettings(connection, seeds.settings) }
}

test('what one process changes, the other has after it has looked', async () => {
  const name = `test_${randomBytes(6).toString('hex')}`
  const [one, other] = [await anotherProcess(name), await anotherProcess(name)]
  await one.settings.replace('canned-answers', [ANSWER])
  expect(one.settings.current().cannedAnswers).toEqual([ANSWER])
  expect(other.settings.current().cannedAnswers).not.toEqual([ANSWER])
  await other.settings.reload()
  expect(other.settings.current().cannedAnswers).toEqual([ANSWER])
  await one.connection.dropDatabase()
  await one.connection.close()
  await other.connection.close()
})

test('an installation keeps its own settings through a restart', async () => {
  const first = await openSettings(database.connection, seeds.settings)
  await first.replace('canned-answers', [ANSWER])
  database.connection.deleteModel('Setting')
  const second = await openSettings(database.connection, seeds.settings)
  expect(second.current().cannedAnswers).toEqual([ANSWER])
  expect(second.stored().fields).toEqual(seeds.settings.fields)
})

test('a reload under way does not bring back what is being replaced', async () => {
  database.connection.deleteModel('Setting')
  const settings = await openSettings(database.connection, seeds.settings)
  for (let round = 0; round < 20; round++) {
    const next = [{ ...ANSWER, id: `a${String(round)}` }]
    await Promise.all([
      settings.reload(),
      settings.replace('canned-answers', next),
      settings.reload(),
    ])
    expect(settings.current().cannedAnswers).toEqual(next)
  }
})

test('hours that make no sense are refused before they are kept', async () => {
  database.connection.deleteModel('Setting')
  const settings = await openSettings(database.connection, seeds.settings)
  const { calendar } = settings.stored()
  const wrong = { ...calendar, week: { ...calendar.week, monday: [['09:00', '08:00']] as const } }
  await expect(settings.replace('calendar', wrong)).rejects.toBeInstanceOf(RangeError)
  await settings.reload()
  expect(settings.stored().calendar).toEqual(calendar)
})
