import { Int32, ObjectId, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  await rows().insertMany([
    { _id: new Int32(1) as never, a: 1, list: [{ b: 1 }, { b: 2 }], s: 'x' },
  ])
})

afterAll(() => server.stop())

const rows = () => server.client.db('refused').collection('rows')
const nothing = () => server.client.db('refused').collection('nothing')

const parse: [stage: Document, code: number, message: string][] = [
  [{ $set: 5 }, 40272, '$set specification stage must be an object, got int'],
  [{ $set: { a: { $no: 1 } } }, 168, "Invalid $set :: caused by :: Unrecognized expression '$no'"],
  [
    { $addFields: { a: 1, 'a.b': 2 } },
    40176,
    "Invalid $addFields :: caused by :: specification contains two conflicting paths. Cannot specify both 'a.b' and 'a': { a: 1, a.b: 2 }",
  ],
  [
    { $addFields: { a: { 'b.c': 1 } } },
    40183,
    "Invalid $addFields :: caused by :: cannot use dotted field name 'b.c' in a sub object: { a: { b.c: 1 } }",
  ],
  [
    { $addFields: { a: { b: 1, $add: [1] } } },
    40181,
    'Invalid $addFields :: caused by :: an expression specification must contain exactly one field, the name of the expression. Found 2 fields in { b: 1, $add: [ 1 ] }, while parsing object { a: { b: 1, $add: [ 1 ] } }',
  ],
  [{ $set: { 'a.': 1 } }, 40353, "Invalid $set :: caused by :: FieldPath must not end with a '.'."],
  [
    { $project: { a: 1, b: 0 } },
    31254,
    'Invalid $project :: caused by :: Cannot do exclusion on field b in inclusion projection',
  ],
  [
    { $project: { a: '$$none' } },
    17276,
    'Invalid $project :: caused by :: Use of undefined variable: none',
  ],
  [
    { $project: { a: '$' } },
    16872,
    "Invalid $project :: caused by :: '$' by itself is not a valid FieldPath",
  ],
  [
    { $project: { a: { $map: { input: '$list', as: 'Q', in: 1 } } } },
    9,
    "Invalid $project :: caused by :: 'Q' starts with an invalid character for a user variable name",
  ],
  [
    { $project: { a: { $dateDiff: { startDate: '$a' } } } },
    5166304,
    "Invalid $project :: caused by :: Missing 'endDate' parameter to $dateDiff",
  ],
  [
    { $project: { a: { $dateTrunc: { date: '$a', unit: 'day', no: 1 } } } },
    5439008,
    'Invalid $project :: caused by :: Unrecognized argument to $dateTrunc: no',
  ],
  [
    { $project: { a: { $dateTrunc: { date: new Date(0), unit: 'no' } } } },
    9,
    "Failed to optimize pipeline :: caused by :: $dateTrunc parameter 'unit' value parsing failed :: caused by :: unknown time unit value: no",
  ],
  [{ $group: { _id: '$$none' } }, 17276, 'Use of undefined variable: none'],
  [
    { $group: { _id: 1, n: { $push: ['$a'] } } },
    40237,
    'The $push accumulator is a unary operator',
  ],
  [{ $group: { _id: 1, n: { $firstN: { n: 1 } } } }, 5787907, "Missing value for 'input'"],
  [{ $facet: { a: 5 } }, 40170, 'arguments to $facet must be arrays, a is type int'],
  [
    { $bucketAuto: { groupBy: '$a', buckets: 0 } },
    40243,
    "The $bucketAuto 'buckets' field must be greater than 0, but found: 0.",
  ],
  [
    { $lookup: { from: 'x', pipeline: [{ $no: 1 }], as: 'x' } },
    40324,
    "Unrecognized pipeline stage name: '$no'",
  ],
  [
    { $lookup: { from: 'x', pipeline: [{ $out: 'y' }], as: 'x' } },
    51047,
    "$out is not allowed within a $lookup's sub-pipeline",
  ],
  [
    { $lookup: { from: 'x', pipeline: [{ $match: { $expr: '$$a' } }], as: 'x' } },
    17276,
    'Use of undefined variable: a',
  ],
  [
    { $unionWith: { coll: 'x', pipeline: [{ $no: 1 }] } },
    40324,
    "Unrecognized pipeline stage name: '$no'",
  ],
  [
    { $project: { a: { $divide: [1, 0] } } },
    2,
    "Failed to optimize pipeline :: caused by :: can't $divide by zero",
  ],
  [
    { $match: { $expr: { $divide: [1, 0] } } },
    2,
    "Failed to optimize pipeline :: caused by :: Failed to optimize expression :: caused by :: can't $divide by zero",
  ],
]

test.each(parse)('%j is refused before anything is read', async (stage, code, message) => {
  for (const collection of [rows(), nothing()])
    await expect(collection.aggregate([stage]).toArray()).rejects.toMatchObject({ code, message })
})

describe('what fails on a document says in which command', () => {
  test('an aggregation', async () => {
    await expect(
      rows()
        .aggregate([{ $set: { a: { $divide: ['$a', 0] } } }])
        .toArray(),
    ).rejects.toMatchObject({
      code: 2,
      message: "PlanExecutor error during aggregation :: caused by :: can't $divide by zero",
    })
    expect(
      await nothing()
        .aggregate([{ $set: { a: { $divide: ['$a', 0] } } }])
        .toArray(),
    ).toEqual([])
  })

  test('a find', async () => {
    await expect(
      rows()
        .find({}, { projection: { a: { $size: '$s' } } })
        .toArray(),
    ).rejects.toMatchObject({
      code: 17124,
      message:
        'Executor error during find command: refused.rows :: caused by :: The argument to $size must be an array, but was of type: string',
    })
  })

  test('a findAndModify', async () => {
    await expect(rows().findOneAndUpdate({}, { $inc: { s: 1 } })).rejects.toMatchObject({
      code: 14,
      message:
        "Plan executor error during findAndModify :: caused by :: Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 's' of non-numeric type string",
    })
    const notANumber = { $inc: { s: 'x' as unknown as number } }
    await expect(rows().findOneAndUpdate({}, notANumber)).rejects.toMatchObject({
      message: 'Cannot increment with non-numeric argument: {s: "x"}',
    })
  })

  test('a hint that fits no index is the planner’s', async () => {
    await expect(
      rows()
        .aggregate([{ $count: 'n' }], { hint: 'no' })
        .toArray(),
    ).rejects.toMatchObject({
      message:
        'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    })
  })
})

test('variables are known where they are bound', async () => {
  const $let = {
    vars: { x: '$a' },
    in: { $map: { input: '$list', in: { $add: ['$$this.b', '$$x'] } } },
  }
  const $lookup = {
    from: 'rows',
    let: { a: '$a' },
    pipeline: [{ $match: { $expr: { $eq: ['$$a', '$a'] } } }, { $project: { _id: 1 } }],
    as: 'same',
  }
  expect(
    await rows()
      .aggregate([{ $project: { r: { $let }, a: 1 } }, { $lookup }])
      .toArray(),
  ).toEqual([{ _id: 1, a: 1, r: [2, 3], same: [{ _id: 1 }] }])
})

const expressions: [expression: Document, value: unknown][] = [
  [{ $stdDevPop: [1, 2, 3, 'x'] }, Math.sqrt(2 / 3)],
  [{ $stdDevSamp: [1, 3, 5] }, 2],
  [{ $stdDevSamp: [1] }, null],
  [{ $stdDevPop: 'x' }, null],
  [{ $maxN: { input: [1, 3, null, 2], n: 2 } }, [3, 2]],
  [{ $lastN: { input: [1, 3, 2], n: 2 } }, [3, 2]],
  [{ $cos: 0 }, 1],
  [
    { $dateAdd: { startDate: new ObjectId('65f0f0f00000000000000000'), unit: 'day', amount: 1 } },
    new Date('2024-03-14T00:18:56Z'),
  ],
]

test.each(expressions)('%j', async (expression, value) => {
  expect(
    await rows()
      .aggregate([{ $project: { _id: 0, r: expression } }])
      .toArray(),
  ).toEqual([{ r: value }])
})

test('groups have deviations, bests and buckets', async () => {
  const numbers = server.client.db('refused').collection('numbers')
  await numbers.insertMany([2, 9, 4, 2, 7].map((n) => ({ n, o: { n } })))
  const $group = {
    _id: null,
    p: { $stdDevPop: '$n' },
    least: { $bottomN: { output: '$n', sortBy: { 'o.n': -1 }, n: 2 } },
    most: { $top: { output: '$n', sortBy: { 'o.n': -1 } } },
    first: { $firstN: { input: '$none', n: 2 } },
  }
  expect(await numbers.aggregate([{ $group }]).toArray()).toEqual([
    { _id: null, p: Math.sqrt(7.76), least: [2, 2], most: 9, first: [null, null] },
  ])
  const buckets = await numbers
    .aggregate([{ $bucketAuto: { groupBy: '$n', buckets: 3 } }])
    .toArray()
  expect(buckets.map((each): unknown[] => [Object.keys(each), each['_id'], each['count']])).toEqual(
    [
      [['_id', 'count'], { min: 2, max: 4 }, 2],
      [['_id', 'count'], { min: 4, max: 9 }, 2],
      [['_id', 'count'], { min: 9, max: 9 }, 1],
    ],
  )
})
