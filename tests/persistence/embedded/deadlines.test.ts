import type { Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  await server.client
    .db('deadlines')
    .collection('many')
    .insertMany(Array.from({ length: 3000 }, (_, n) => ({ n })))
})

afterAll(() => server.stop())

/** An expression that takes a millisecond or more for each document. */
const toil: Document = {
  $reduce: { input: { $range: [0, 2000] }, initialValue: 0, in: { $add: ['$$value', '$$this'] } },
}
const filter: Document = { $expr: { $lt: [toil, 0] } }
const soon = { maxTimeMS: 20 }
const many = () => server.client.db('deadlines').collection('many')

describe('maxTimeMS ends', () => {
  const commands: [name: string, run: () => Promise<unknown>][] = [
    ['a find', () => many().find(filter, soon).toArray()],
    ['a count', () => many().countDocuments(filter, soon)],
    ['a distinct', () => many().distinct('n', filter, soon)],
    ['an update of one', () => many().updateOne(filter, { $set: { x: 1 } }, soon)],
    ['an update of many', () => many().updateMany(filter, { $set: { x: 1 } }, soon)],
    ['an update by a pipeline', () => many().updateMany({}, [{ $set: { x: toil } }], soon)],
    ['a delete of one', () => many().deleteOne(filter, soon)],
    ['a delete of many', () => many().deleteMany(filter, soon)],
    ['a findAndModify', () => many().findOneAndUpdate(filter, { $set: { x: 1 } }, soon)],
    ['a findAndModify that removes', () => many().findOneAndDelete(filter, soon)],
  ]

  test.each(commands)('%s', async (_, run) => {
    await expect(run()).rejects.toMatchObject({ code: 50 })
  })

  test('the whole command, not one of its statements', async () => {
    const updates = [{ q: filter, u: { $set: { x: 1 } }, multi: true }]
    const command = { update: 'many', updates, maxTimeMS: 20 }
    await expect(server.client.db('deadlines').command(command)).rejects.toMatchObject({
      code: 50,
      codeName: 'MaxTimeMSExpired',
    })
  })
})

test('a slow write lets others have their turn', async () => {
  const slow = many().updateMany(filter, { $set: { x: 1 } }, { maxTimeMS: 10_000 })
  const outcome = slow.then(
    () => 'done',
    () => 'ended',
  )
  let isOver = false
  void outcome.then(() => {
    isOver = true
  })
  await server.client.db('deadlines').command({ ping: 1 })
  await server.client.db('deadlines').command({ ping: 1 })
  expect(isOver).toBe(false)
  await outcome
})
