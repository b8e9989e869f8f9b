import { Double, Int32, Long, type Document } from 'mongodb'
import { EJSON } from 'bson'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

const int = (value: number): Int32 => new Int32(value)
const long = (value: number): Long => Long.fromNumber(value)

beforeAll(async () => {
  server = await startServer()
  await rows().insertMany([
    { _id: int(1), g: 'a', t: int(1), v: int(10) },
    { _id: int(2), g: 'a', t: int(2), v: long(20) },
    { _id: int(3), g: 'a', t: int(2), v: int(5) },
    { _id: int(4), g: 'b', t: int(1), v: new Double(1.5) },
    { _id: int(5), g: 'b', t: int(5), v: null },
  ] as Document[])
})

afterAll(() => server.stop())

const db = () => server.client.db('windows')
const rows = () => db().collection('rows')
const canonical = (value: unknown): string => EJSON.stringify(value, { relaxed: false })

async function windows(output: Document): Promise<string> {
  const stage = { partitionBy: '$g', sortBy: { t: 1 }, output: { r: output } }
  const found = await rows()
    .aggregate([{ $setWindowFields: stage }, { $sort: { _id: 1 } }], { promoteValues: false })
    .toArray()
  return canonical(found.map((each): unknown => each['r']))
}

const current = ['unbounded', 'current']
const computed: [output: Document, values: unknown[]][] = [
  [{ $sum: '$v' }, [long(35), long(35), long(35), 1.5, 1.5]],
  [{ $sum: '$v', window: { documents: current } }, [int(10), long(30), long(35), 1.5, 1.5]],
  [
    { $avg: '$v', window: { documents: [-1, 0] } },
    [new Double(10), new Double(15), 12.5, 1.5, 1.5],
  ],
  [{ $sum: '$v', window: { range: [-1, 0] } }, [int(10), long(35), long(35), 1.5, int(0)]],
  [
    { $sum: '$v', window: { range: ['current', 'unbounded'] } },
    [long(35), long(25), long(25), 1.5, int(0)],
  ],
  [{ $push: '$v', window: { documents: [1, 1] } }, [[long(20)], [int(5)], [], [null], []]],
  [{ $rank: {} }, [1, 2, 2, 1, 2].map(int)],
  [{ $denseRank: {} }, [1, 2, 2, 1, 2].map(int)],
  [{ $documentNumber: {} }, [1, 2, 3, 1, 2].map(int)],
  [{ $shift: { output: '$v', by: -1, default: 'none' } }, ['none', int(10), long(20), 'none', 1.5]],
  [{ $locf: '$v' }, [int(10), long(20), int(5), 1.5, 1.5]],
  [{ $max: '$v' }, [long(20), long(20), long(20), 1.5, 1.5]],
]

test.each(computed)('%j', async (output, values) => {
  expect(await windows(output)).toBe(canonical(values))
})

const refused: [output: Document, code: number][] = [
  [{ $no: 1 }, 9],
  [{ $sum: '$v', $avg: '$v' }, 9],
  [{ $sum: '$v', window: { documents: [1, 0] } }, 5339900],
  [{ $sum: '$v', window: { documents: ['x', 1] } }, 9],
  [{ $sum: '$v', window: { no: 1 } }, 9],
  [{ $sum: '$v', window: { range: [-1, 0], unit: 'day' } }, 5429513],
]

test.each(refused)('%j is refused', async (output, code) => {
  await expect(windows(output)).rejects.toMatchObject({ code: int(code) })
})

test('windows of time', async () => {
  const days = db().collection('days')
  await days.insertMany([1, 3, 4].map((day) => ({ at: new Date(Date.UTC(2024, 0, day)), n: day })))
  const window = { range: [-1, 0], unit: 'day' }
  const output = { 'sum.up': { $sum: '$n', window } }
  expect(
    await days
      .aggregate([
        { $setWindowFields: { sortBy: { at: 1 }, output } },
        { $project: { _id: 0, sum: 1 } },
      ])
      .toArray(),
  ).toEqual([{ sum: { up: 1 } }, { sum: { up: 3 } }, { sum: { up: 7 } }])
})

describe('stages leave alone what they do not change', () => {
  const stages: Document[] = [
    { $setWindowFields: { sortBy: { t: 1 }, output: { r: { $linearFill: '$v' } } } },
    { $fill: { sortBy: { t: 1 }, output: { r: { value: 1 } } } },
    { $densify: { field: 't', range: { step: 10, bounds: 'full' } } },
    { $redact: '$$KEEP' },
  ]
  test.each(stages)('%j', async (stage) => {
    const found = await rows()
      .aggregate([stage, { $match: { _id: 2 } }, { $unset: 'r' }], { promoteValues: false })
      .toArray()
    expect(canonical(found)).toBe(canonical([{ _id: int(2), g: 'a', t: int(2), v: long(20) }]))
  })

  test('$redact prunes inside, and wants one of its words', async () => {
    const nested = db().collection('nested')
    await nested.insertOne({ _id: 1 as never, l: 1, s: { l: 5 }, a: [{ l: 1, k: 1 }, { l: 9 }, 7] })
    const rule = { $cond: [{ $gt: ['$l', 3] }, '$$PRUNE', '$$DESCEND'] }
    expect(await nested.aggregate([{ $redact: rule }]).toArray()).toEqual([
      { _id: 1, l: 1, a: [{ l: 1, k: 1 }, 7] },
    ])
    await expect(nested.aggregate([{ $redact: 5 }]).toArray()).rejects.toMatchObject({
      code: 17053,
    })
  })
})

describe('$merge and $documents', () => {
  test('variables, and an _id that may not change', async () => {
    const [from, into] = [db().collection('from'), db().collection('into')]
    await from.insertOne({ _id: 1 as never, a: 5 })
    await into.insertOne({ _id: 1 as never, b: 1 })
    const merge = (rest: Document): Promise<Document[]> =>
      from.aggregate([{ $merge: { into: 'into', ...rest } }]).toArray()
    await merge({ let: { q: '$a' }, whenMatched: [{ $set: { c: '$$q', d: '$$new.a' } }] })
    expect(await into.find().toArray()).toEqual([{ _id: 1, b: 1, c: 5, d: 5 }])
    await expect(merge({ whenMatched: [{ $set: { _id: 2 } }] })).rejects.toMatchObject({ code: 66 })
    for (const [rest, code] of [
      [{ no: 1 }, 40415],
      [{ on: [] }, 51187],
      [{ on: ['a', 'a'] }, 31465],
      [{ let: { q: 1 }, whenMatched: 'merge' }, 51199],
      [{ whenMatched: [{ $match: {} }] }, 72],
      [{ whenMatched: [{ $set: { a: '$$no' } }] }, 17276],
    ] as const)
      await expect(merge(rest)).rejects.toMatchObject({ code })
    await expect(from.aggregate([{ $out: 5 }]).toArray()).rejects.toMatchObject({ code: 16990 })
    expect(await into.find().toArray()).toEqual([{ _id: 1, b: 1, c: 5, d: 5 }])
  })

  test('$documents are expressions', async () => {
    const given = (list: unknown): Promise<Document[]> =>
      db()
        .aggregate([{ $documents: list }])
        .toArray()
    expect(await given([{ a: { $add: [1, 2] } }])).toEqual([{ a: 3 }])
    await expect(given(5)).rejects.toMatchObject({ code: 5858203 })
    await expect(given([5])).rejects.toMatchObject({ code: 40228 })
  })
})
