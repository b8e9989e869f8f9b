import { readFileSync } from 'node:fs'
import type { Collection } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

interface Row {
  readonly _id: number
  readonly part: number
  readonly text: string
  readonly divisor: number
}

const size = 30_000
let server: TestServer
let rows: Collection<Row>

beforeAll(async () => {
  server = await startServer()
  rows = await filled('rows')
})

afterAll(() => server.stop())

/** Many documents without an index that could help; the one in the middle divides by zero. */
async function filled(name: string): Promise<Collection<Row>> {
  const collection = server.client.db('scans').collection<Row>(name)
  const all = Array.from({ length: size }, (_, _id) => ({
    _id,
    part: _id % 10,
    text: 'đường xuống cấp '.repeat(10),
    divisor: _id === size / 2 ? 0 : 1,
  }))
  for (let from = 0; from < size; from += 10_000)
    await collection.insertMany(all.slice(from, from + 10_000))
  return collection
}

/** How long the server, and its thread that answers, were at work: in the system's ticks. */
function ticks(): { all: number; answering: number } {
  const pid = String(server.process.pid)
  return { all: ticksOf(`/proc/${pid}/stat`), answering: ticksOf(`/proc/${pid}/task/${pid}/stat`) }
}

function ticksOf(file: string): number {
  // The name stands in brackets and may have spaces; eleven fields after it come the two sums.
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

const idsOf = (found: readonly Row[]): number[] => found.map(({ _id }) => _id)
const idsWhere = (isWanted: (id: number) => boolean): number[] =>
  Array.from({ length: size }, (_, id) => id).filter(isWanted)

describe('a long scan finds', () => {
  test('every match once, in the order of storage', async () => {
    expect(idsOf(await rows.find({ part: 3 }).toArray())).toEqual(idsWhere((id) => id % 10 === 3))
  })

  test('whole documents', async () => {
    const [found] = await rows.find({ _id: { $mod: [size, size - 1] } }).toArray()
    expect(found).toEqual({
      _id: size - 1,
      part: 9,
      text: 'đường xuống cấp '.repeat(10),
      divisor: 1,
    })
  })

  test('backwards', async () => {
    const found = await rows.find({ part: 3 }).sort({ $natural: -1 }).toArray()
    expect(idsOf(found)).toEqual(idsWhere((id) => id % 10 === 3).reverse())
  })

  test('what is sorted, skipped and limited', async () => {
    const found = await rows
      .find({ part: { $in: [3, 4] } })
      .sort({ part: -1, _id: -1 })
      .skip(5)
      .limit(3)
      .toArray()
    expect(idsOf(found)).toEqual([size - 56, size - 66, size - 76])
  })

  test('nearly everything, in batches that others wait for', async () => {
    const cursor = rows.find({ divisor: 1 }, { batchSize: 700 })
    const ids: number[] = []
    for await (const { _id } of cursor) ids.push(_id)
    expect(ids).toEqual(idsWhere((id) => id !== size / 2))
  })

  test('what expressions with variables say', async () => {
    const filter = { $expr: { $eq: ['$_id', '$$wanted'] } }
    const wanted = size - 7
    expect(idsOf(await rows.find(filter, { let: { wanted } }).toArray())).toEqual([wanted])
  })

  test('what a collation says, which is done where the command came in', async () => {
    const filter = { text: 'ĐƯỜNG XUỐNG CẤP '.repeat(10), part: 3 }
    const options = { collation: { locale: 'vi', strength: 2 } }
    expect(await rows.countDocuments(filter, options)).toBe(size / 10)
  })

  test.skipIf(process.platform !== 'linux')(
    'and hardly works in the thread that answers',
    async () => {
      const before = ticks()
      await rows.countDocuments({ $expr: { $lt: [{ $sum: { $range: [0, 50] } }, 0] } })
      const after = ticks()
      expect(after.answering - before.answering).toBeLessThan((after.all - before.all) / 2)
    },
  )

  test('as many as there are, and tells how many it looked at', async () => {
    expect(await rows.countDocuments({ part: { $gte: 5 } })).toBe(size / 2)
    expect(await rows.distinct('part', { text: /xuống/ })).toHaveLength(10)
    const explained = await rows.find({ part: 3 }).explain('executionStats')
    expect(explained['executionStats']).toMatchObject({
      nReturned: size / 10,
      totalDocsExamined: size,
    })
  })
})

describe('a long scan ends', () => {
  test('with the error of the document that has one', async () => {
    const filter = { $expr: { $gt: [{ $divide: [1, '$divisor'] }, 2] } }
    await expect(rows.find(filter).toArray()).rejects.toMatchObject({
      message: expect.stringMatching(/divide by zero/) as string,
    })
  })

  test('with what was found before the error, when no more is wanted', async () => {
    const filter = { $expr: { $gte: [{ $divide: ['$_id', '$divisor'] }, size / 2 - 2] } }
    expect(idsOf(await rows.find(filter).limit(2).toArray())).toEqual([size / 2 - 2, size / 2 - 1])
  })

  test('when its time is over', async () => {
    const toil = { $reduce: { input: { $range: [0, 500] }, initialValue: 0, in: '$$this' } }
    const slow = rows.find({ $expr: { $lt: [toil, 0] } }).maxTimeMS(60)
    await expect(slow.toArray()).rejects.toMatchObject({ code: 50 })
  })

  test('when its collection is dropped', async () => {
    const dropped = await filled('dropped')
    const toil = { $reduce: { input: { $range: [0, 500] }, initialValue: 0, in: '$$this' } }
    const search = dropped.find({ $expr: { $lt: [toil, 0] } }).toArray()
    const outcome = expect(search).rejects.toMatchObject({ code: 175 })
    await new Promise((done) => setTimeout(done, 100))
    await dropped.drop()
    await outcome
  })
})

describe('beside a long scan', () => {
  test('what was written before it is seen, whatever was read before', async () => {
    const changing = await filled('changing')
    for (let round = 1; round <= 20; round++) {
      await changing.updateOne({ _id: size - round }, { $set: { part: 1000 } })
      expect(await changing.countDocuments({ part: 1000 })).toBe(round)
    }
  })

  test('the file grows, and the scan loses nothing that was there', async () => {
    const growing = await filled('growing')
    const writing = { isOver: false }
    const counts: number[] = []
    const scanning = (async () => {
      while (!writing.isOver) counts.push(await growing.countDocuments({ part: 3, divisor: 1 }))
    })()
    const large = { part: 11, text: 'x'.repeat(100_000), divisor: 1 }
    for (let from = size; from < size + 1000; from += 50)
      await growing.insertMany(Array.from({ length: 50 }, (_, i) => ({ _id: from + i, ...large })))
    writing.isOver = true
    await scanning
    expect(new Set(counts)).toEqual(new Set([size / 10]))
    expect(await growing.countDocuments({ part: 11, divisor: 1 })).toBe(1000)
  })

  test('writes to what it finds reach every match', async () => {
    const updated = await filled('updated')
    const { modifiedCount } = await updated.updateMany(
      { part: 3, text: /đường/ },
      { $inc: { divisor: 5 } },
    )
    expect(modifiedCount).toBe(size / 10)
    const { deletedCount } = await updated.deleteMany({ divisor: 6, text: /đường/ })
    expect(deletedCount).toBe(size / 10)
    expect(await updated.countDocuments({ text: /đường/ })).toBe(size - size / 10)
  })

  test('a server that is told to end does so', async () => {
    const other = await startServer()
    const many = other.client.db('scans').collection<Row>('many')
    const documents = Array.from({ length: size }, (_, _id) => ({
      _id,
      part: 1,
      text: '',
      divisor: 1,
    }))
    await many.insertMany(documents)
    const toil = { $reduce: { input: { $range: [0, 500] }, initialValue: 0, in: '$$this' } }
    const search = many.find({ $expr: { $lt: [toil, 0] } }).toArray()
    const outcome = expect(search).rejects.toThrow()
    await new Promise((done) => setTimeout(done, 200))
    await other.stop()
    await outcome
  })
})
