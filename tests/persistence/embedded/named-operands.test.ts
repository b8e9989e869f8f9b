import { MongoServerError, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  await server.client.db('named').collection('one').insertOne({ a: 5 })
})

afterAll(() => server.stop())

const one = () => server.client.db('named').collection('one')
const morning = new Date('2017-01-04T15:08:51.911Z')

async function codeOf(pipeline: Document[]): Promise<number> {
  try {
    await one().aggregate(pipeline).toArray()
    return 0
  } catch (error) {
    return error instanceof MongoServerError ? Number(error.code) : -1
  }
}

async function valueOf(expression: Document): Promise<unknown> {
  const [result] = await one()
    .aggregate([{ $project: { _id: 0, r: expression } }])
    .toArray()
  return result?.['r']
}

describe('a named operand whose path is missing', () => {
  test.each([
    { $dateFromParts: { year: '$none' } },
    { $dateFromParts: { year: 2017, month: '$none' } },
    { $dateFromParts: { year: 2017, timezone: '$none' } },
    { $dateToString: { date: morning, timezone: '$none' } },
    { $dateToString: { date: morning, format: '$none' } },
    { $dateToParts: { date: morning, iso8601: '$none' } },
    { $dateTrunc: { date: morning, unit: 'day', timezone: '$none' } },
    { $dateAdd: { startDate: morning, unit: 'day', amount: 1, timezone: '$none' } },
    { $dateDiff: { startDate: morning, endDate: morning, unit: 'day', timezone: '$none' } },
    { $year: { date: morning, timezone: '$none' } },
  ])('makes the answer null: %o', async (expression) => {
    expect(await valueOf(expression)).toBeNull()
  })

  test('is not one that was left out', async () => {
    expect(await valueOf({ $year: { date: morning } })).toBe(2017)
  })
})

describe('operands that are refused', () => {
  test.each<[number, Document]>([
    [18533, { $dateToString: { date: '$none', format: 5 } }],
    [18535, { $dateToString: { date: '$none', format: '%Y%' } }],
    [18536, { $dateToString: { date: '$none', format: '%n' } }],
    [40485, { $dateToString: { date: '$none', timezone: 'No/Where' } }],
    [40521, { $dateToParts: { date: morning, iso8601: 5 } }],
    [40523, { $dateFromParts: { year: 0 } }],
    [40536, { $month: [morning, morning] }],
    [5166400, { $dateAdd: 5 }],
    [34463, { $zip: { inputs: [[1]], useLongestLength: 1 } }],
    [34464, { $zip: { inputs: [[1]], other: 1 } }],
    [34466, { $zip: { inputs: ['$none'], defaults: [1] } }],
    [34467, { $zip: { inputs: [[1]], defaults: [1, 2], useLongestLength: true } }],
    [40391, { $arrayToObject: [[{ k: 'a', v: 1 }, ['b', 2]]] }],
    [40396, { $arrayToObject: [[['b', 2], { k: 'a', v: 1 }]] }],
  ])('with code %i: %o', async (code, expression) => {
    expect(await codeOf([{ $project: { r: expression } }])).toBe(code)
  })

  test.each<[number, Document]>([
    [28748, { $sample: { size: 1, other: 1 } }],
    [31120, { $unset: ['a', 5] }],
    [40147, { $sortByCount: { a: '$a' } }],
    [40400, { $group: { _id: null, all: { $mergeObjects: '$a' } } }],
    [
      5339901,
      { $setWindowFields: { output: { s: { $sum: '$a', window: { documents: [-1, 0] } } } } },
    ],
  ])('with code %i, by a stage: %o', async (code, stage) => {
    expect(await codeOf([stage])).toBe(code)
  })
})
