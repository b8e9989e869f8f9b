import { Decimal128, Long, ObjectId, type Collection, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

interface Row extends Document {
  _id: number
}

let server: TestServer
let cases: Collection<Row>

beforeAll(async () => {
  server = await startServer()
  const db = server.client.db('aggregation')
  cases = db.collection<Row>('cases')
  await cases.insertMany([
    { _id: 1, agency: 'a', days: 3, tags: ['x', 'y'], at: new Date('2026-01-05T01:00:00Z') },
    {
      _id: 2,
      agency: 'a',
      days: Long.fromNumber(5),
      tags: ['x'],
      at: new Date('2026-01-06T01:00:00Z'),
    },
    {
      _id: 3,
      agency: 'b',
      days: Decimal128.fromString('1.5'),
      tags: [],
      at: new Date('2026-02-01T01:00:00Z'),
    },
    { _id: 4, agency: null, days: 2.5, at: new Date('2026-02-02T01:00:00Z') },
  ])
  await db.collection('agencies').insertMany([
    { code: 'a', name: 'Sở Giao thông', staff: [1, 2] },
    { code: 'b', name: 'Sở Xây dựng', staff: [] },
  ])
})

afterAll(() => server.stop())

const stages: readonly (readonly [string, Document[], Document[]])[] = [
  [
    '$group sums numbers of every type',
    [
      { $group: { _id: '$agency', n: { $sum: 1 }, days: { $sum: '$days' } } },
      { $sort: { _id: 1 } },
      { $match: { _id: 'a' } },
    ],
    [{ _id: 'a', n: 2, days: 8 }],
  ],
  [
    '$group by nothing',
    [
      {
        $group: {
          _id: null,
          most: { $max: '$days' },
          least: { $min: '$_id' },
          mean: { $avg: '$_id' },
          all: { $push: '$_id' },
        },
      },
    ],
    [{ _id: null, most: 5, least: 1, mean: 2.5, all: [1, 2, 3, 4] }],
  ],
  [
    '$unwind with its options',
    [
      { $match: { _id: { $in: [1, 3] } } },
      { $unwind: { path: '$tags', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } },
      { $project: { tags: 1, i: 1 } },
    ],
    [
      { _id: 1, tags: 'x', i: 0 },
      { _id: 1, tags: 'y', i: 1 },
      { _id: 3, i: null },
    ],
  ],
  [
    '$project keeps, computes and renames',
    [
      { $match: { _id: 1 } },
      {
        $project: {
          _id: 0,
          who: '$agency',
          first: { $arrayElemAt: ['$tags', 0] },
          late: { $gt: ['$days', 2] },
        },
      },
    ],
    [{ who: 'a', first: 'x', late: true }],
  ],
  [
    '$set and $unset',
    [
      { $match: { _id: 1 } },
      { $set: { 'x.y': { $add: ['$_id', 1] } } },
      { $unset: ['tags', 'at', 'days'] },
    ],
    [{ _id: 1, agency: 'a', x: { y: 2 } }],
  ],
  [
    '$lookup by field',
    [
      { $match: { _id: { $lte: 3 } } },
      { $lookup: { from: 'agencies', localField: 'agency', foreignField: 'code', as: 'found' } },
      { $project: { name: { $first: '$found.name' } } },
    ],
    [
      { _id: 1, name: 'Sở Giao thông' },
      { _id: 2, name: 'Sở Giao thông' },
      { _id: 3, name: 'Sở Xây dựng' },
    ],
  ],
  [
    '$lookup by pipeline',
    [
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: 'agencies',
          let: { wanted: '$agency' },
          pipeline: [
            { $match: { $expr: { $eq: ['$code', '$$wanted'] } } },
            { $project: { _id: 0, code: 1 } },
          ],
          as: 'found',
        },
      },
      { $project: { found: 1 } },
    ],
    [{ _id: 1, found: [{ code: 'a' }] }],
  ],
  [
    '$facet',
    [
      {
        $facet: {
          all: [{ $count: 'n' }],
          late: [{ $match: { days: { $gt: 2.6 } } }, { $count: 'n' }],
        },
      },
    ],
    [{ all: [{ n: 4 }], late: [{ n: 2 }] }],
  ],
  [
    '$bucket',
    [{ $bucket: { groupBy: '$days', boundaries: [0, 3, 10] } }],
    [
      { _id: 0, count: 2 },
      { _id: 3, count: 2 },
    ],
  ],
  [
    '$sortByCount',
    [{ $unwind: '$tags' }, { $sortByCount: '$tags' }],
    [
      { _id: 'x', count: 2 },
      { _id: 'y', count: 1 },
    ],
  ],
  [
    '$replaceRoot',
    [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { a: '$agency' } } }],
    [{ a: 'a' }],
  ],
  [
    '$unionWith',
    [
      { $match: { _id: 1 } },
      { $project: { _id: 0, agency: 1 } },
      { $unionWith: { coll: 'agencies', pipeline: [{ $project: { _id: 0, code: 1 } }] } },
    ],
    [{ agency: 'a' }, { code: 'a' }, { code: 'b' }],
  ],
  [
    '$setWindowFields',
    [
      { $match: { agency: 'a' } },
      {
        $setWindowFields: {
          sortBy: { _id: 1 },
          output: { running: { $sum: '$_id', window: { documents: ['unbounded', 'current'] } } },
        },
      },
      { $project: { running: 1 } },
    ],
    [
      { _id: 1, running: 1 },
      { _id: 2, running: 3 },
    ],
  ],
  [
    'dates in the time zone of Vietnam',
    [
      { $match: { _id: 1 } },
      {
        $project: {
          day: {
            $dateToString: { date: '$at', format: '%Y-%m-%d %H', timezone: 'Asia/Ho_Chi_Minh' },
          },
        },
      },
    ],
    [{ _id: 1, day: '2026-01-05 08' }],
  ],
  [
    '$map, $filter, $reduce and $let',
    [
      { $match: { _id: 1 } },
      {
        $project: {
          up: { $map: { input: '$tags', as: 't', in: { $toUpper: '$$t' } } },
          only: { $filter: { input: '$tags', cond: { $eq: ['$$this', 'y'] } } },
          sum: { $reduce: { input: [1, 2], initialValue: 0, in: { $add: ['$$value', '$$this'] } } },
          v: { $let: { vars: { k: 2 }, in: { $multiply: ['$$k', '$_id'] } } },
        },
      },
    ],
    [{ _id: 1, up: ['X', 'Y'], only: ['y'], sum: 3, v: 2 }],
  ],
  [
    'missing is not null in comparisons',
    [
      { $match: { _id: 4 } },
      {
        $project: {
          none: { $eq: ['$tags', null] },
          type: { $type: '$tags' },
          kept: { $ifNull: ['$tags', 'nothing'] },
        },
      },
    ],
    [{ _id: 4, none: false, type: 'missing', kept: 'nothing' }],
  ],
]

describe('aggregation', () => {
  test.each(stages)('%s', async (_, pipeline, expected) => {
    expect(await cases.aggregate(pipeline).toArray()).toEqual(expected)
  })

  test.each([
    ['month', '2026-03-31T18:00:00Z', '2026-03-31T17:00:00.000Z'],
    ['day', '2026-03-31T18:00:00Z', '2026-03-31T17:00:00.000Z'],
    ['year', '2025-12-31T17:30:00Z', '2025-12-31T17:00:00.000Z'],
    ['quarter', '2026-05-01T00:00:00Z', '2026-03-31T17:00:00.000Z'],
    ['hour', '2026-05-01T03:20:00Z', '2026-05-01T03:00:00.000Z'],
    ['week', '2026-11-22T18:00:00Z', '2026-11-22T17:00:00.000Z'],
  ])('a %s begins when it does in Vietnam', async (unit, date, expected) => {
    const timezone = 'Asia/Ho_Chi_Minh'
    const cut = { $dateTrunc: { date: new Date(date), unit, timezone, startOfWeek: 'monday' } }
    const [result] = await cases.aggregate([{ $limit: 1 }, { $project: { cut } }]).toArray()
    expect(result?.['cut']).toEqual(new Date(expected))
  })

  test('a month after the last of January is the last of February', async () => {
    const later = {
      $dateAdd: { startDate: new Date('2026-01-31T01:00:00Z'), unit: 'month', amount: 1 },
    }
    const [result] = await cases.aggregate([{ $limit: 1 }, { $project: { later } }]).toArray()
    expect(result?.['later']).toEqual(new Date('2026-02-28T01:00:00Z'))
  })

  test('decimals are added exactly', async () => {
    const [result] = await cases
      .aggregate([
        { $project: { sum: { $add: ['$days', Decimal128.fromString('0.1')] } } },
        { $match: { _id: 3 } },
      ])
      .toArray()
    expect(String(result?.['sum'])).toBe('1.6')
  })

  test('an id is made from its text', async () => {
    const id = new ObjectId()
    const [result] = await cases
      .aggregate([{ $limit: 1 }, { $project: { id: { $toObjectId: id.toHexString() } } }])
      .toArray()
    expect(result?.['id']).toEqual(id)
  })

  test('$out replaces and $merge joins', async () => {
    const target = server.client.db('aggregation').collection<Row>('written')
    await target.insertOne({ _id: 99 })
    await cases
      .aggregate([{ $match: { agency: 'a' } }, { $project: { agency: 1 } }, { $out: 'written' }])
      .toArray()
    expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, agency: 'a' },
      { _id: 2, agency: 'a' },
    ])
    await cases
      .aggregate([
        { $match: { _id: { $gte: 2 } } },
        { $project: { n: { $literal: 7 } } },
        { $merge: { into: 'written', whenMatched: 'merge' } },
      ])
      .toArray()
    expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, agency: 'a' },
      { _id: 2, agency: 'a', n: 7 },
      { _id: 3, n: 7 },
      { _id: 4, n: 7 },
    ])
  })

  test('a long answer comes in batches', async () => {
    const many = server.client.db('aggregation').collection<Row>('many')
    await many.insertMany(Array.from({ length: 500 }, (_, _id) => ({ _id })))
    const seen = await many
      .aggregate([{ $sort: { _id: -1 } }, { $set: { x: 1 } }], { batchSize: 50 })
      .toArray()
    expect(seen.map(({ _id }) => _id as number)).toEqual(
      Array.from({ length: 500 }, (_, i) => 499 - i),
    )
  })

  test.each([
    [[{ $nothing: 1 }], 40324],
    [[{ $changeStream: {} }], 115],
    [[{ $geoNear: {} }], 115],
    [[{ $project: { a: { $nothing: 1 } } }], 168],
    [[{ $group: { a: { $sum: 1 } } }], 15955],
    [[{ $out: 'x' }, { $match: {} }], 40601],
    [[{ $project: { a: { $function: {} } } }], 115],
    [[{ $project: {} }], 51272],
  ])('%j is refused with code %i', async (pipeline, code) => {
    await expect(cases.aggregate(pipeline as Document[]).toArray()).rejects.toMatchObject({ code })
  })
})
