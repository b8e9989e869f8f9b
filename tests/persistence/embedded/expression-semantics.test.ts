import { Decimal128, Double, Int32, Long, ObjectId, type Document } from 'mongodb'
import { EJSON } from 'bson'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  await server.client
    .db('semantics')
    .collection('one')
    .insertOne({ a: new Int32(5) })
})

afterAll(() => server.stop())

/** What an expression comes to, with the types of its numbers. */
async function result(expression: unknown): Promise<string> {
  const [answer] = await server.client
    .db('semantics')
    .collection('one')
    .aggregate([{ $replaceWith: { r: expression } }], { promoteValues: false })
    .toArray()
  return canonical(answer?.['r'])
}

const canonical = (value: unknown): string => EJSON.stringify([value ?? null], { relaxed: false })
const int = (value: number): Int32 => new Int32(value)
const long = (value: number): Long => Long.fromNumber(value)
const double = (value: number): Double => new Double(value)
const decimal = (value: string): Decimal128 => Decimal128.fromString(value)

const leapDay = new Date('2024-02-29T13:05:07.089Z')
const saigon = 'Asia/Ho_Chi_Minh'
const day = (text: string): Date => new Date(text)

const values: [expression: Document, value: unknown][] = [
  [{ $divide: [int(6), int(3)] }, double(2)],
  [{ $divide: [decimal('1'), int(4)] }, decimal('0.25')],
  [{ $divide: [decimal('1'), int(3)] }, decimal('0.3333333333333333333333333333333333')],
  [{ $mod: [long(-7), int(3)] }, long(-1)],
  [{ $mod: [double(7.5), int(2)] }, double(1.5)],
  [{ $abs: long(-3) }, long(3)],
  [{ $ceil: double(1.2) }, double(2)],
  [{ $ceil: double(-1.2) }, double(-1)],
  [{ $floor: double(-1.2) }, double(-2)],
  [{ $floor: int(3) }, int(3)],
  [{ $round: [double(2.5)] }, double(2)],
  [{ $round: [double(1.255), int(2)] }, double(1.25)],
  [{ $round: [int(1250), int(-2)] }, int(1200)],
  [{ $round: decimal('3.5') }, decimal('4')],
  [{ $trunc: [double(-1.99), int(1)] }, double(-1.9)],
  [{ $sqrt: int(16) }, double(4)],
  [{ $pow: [int(2), int(40)] }, long(2 ** 40)],
  [{ $pow: [int(2), int(-1)] }, double(0.5)],
  [{ $log: [int(8), int(2)] }, double(3)],
  [{ $bitXor: [int(5), long(1)] }, long(4)],
  [{ $toLower: null }, ''],
  [{ $toUpper: 'đường a' }, 'đườNG A'],
  [{ $toLower: 'ĐƯỜNG A' }, 'ĐƯỜng a'],
  [{ $strcasecmp: ['É', 'é'] }, int(-1)],
  [{ $toString: double(0.1 + 0.2) }, '0.3'],
  [{ $toString: double(1e21) }, '1e+21'],
  [{ $toString: double(0.0000001) }, '1e-07'],
  [{ $toString: double(-1234.5) }, '-1234.5'],
  [{ $setDifference: [[int(3), int(1), int(2), int(3)], [int(1)]] }, [int(3), int(2)]],
  [{ $substrBytes: ['hello', int(1), int(-1)] }, 'ello'],
  [{ $substrCP: ['héllo', int(1), int(2)] }, 'él'],
  [{ $indexOfCP: ['héllo', 'l'] }, int(2)],
  [{ $indexOfBytes: ['héllo', 'l'] }, int(3)],
  [{ $indexOfCP: ['abab', 'a', int(1)] }, int(2)],
  [{ $trim: { input: 'xxaxx', chars: 'x' } }, 'a'],
  [{ $rtrim: { input: ' a\n' } }, ' a'],
  [{ $toDouble: int(1) }, double(1)],
  [{ $toDouble: '1e3' }, double(1000)],
  [{ $toDecimal: double(1.5) }, decimal('1.50000000000000')],
  [{ $add: [double(1), decimal('0.1')] }, decimal('1.10000000000000')],
  [{ $avg: [decimal('1'), int(2)] }, decimal('1.5')],
  [{ $toBool: 'false' }, true],
  [{ $toDate: new ObjectId('5f0000000000000000000000') }, new Date(0x5f000000 * 1000)],
  [{ $toDate: '2024-02-29T10:00+0700' }, new Date('2024-02-29T03:00:00Z')],
  [{ $convert: { input: 'x', to: 'int', onError: 'bad' } }, 'bad'],
  [{ $convert: { input: '$none', to: 'int', onNull: 'none' } }, 'none'],
  [{ $convert: { input: '5', to: 18 } }, long(5)],
  [{ $convert: { input: '5', to: null } }, null],
  [{ $week: leapDay }, int(8)],
  [{ $isoWeekYear: leapDay }, long(2024)],
  [{ $dayOfWeek: leapDay }, int(5)],
  [{ $hour: { date: leapDay, timezone: saigon } }, int(20)],
  [{ $year: null }, null],
  [{ $year: new ObjectId('5f0000000000000000000000') }, int(2020)],
  [
    {
      $dateToString: {
        date: leapDay,
        format: '%Y-%m-%d %H:%M:%S.%L %j %u %U %V %G %w %z %Z %% %b %B',
      },
    },
    '2024-02-29 13:05:07.089 060 4 08 09 2024 5 +0000 0 % Feb February',
  ],
  [{ $dateToString: { date: leapDay } }, '2024-02-29T13:05:07.089Z'],
  [{ $dateToString: { date: leapDay, timezone: saigon } }, '2024-02-29T20:05:07.089'],
  [{ $dateToString: { date: leapDay, timezone: saigon, format: '%H%z %Z' } }, '20+0700 420'],
  [{ $dateToString: { date: null, onNull: 'none' } }, 'none'],
  [
    { $dateToParts: { date: leapDay, iso8601: true } },
    {
      isoWeekYear: int(2024),
      isoWeek: int(9),
      isoDayOfWeek: int(4),
      hour: int(13),
      minute: int(5),
      second: int(7),
      millisecond: int(89),
    },
  ],
  [
    { $dateDiff: { startDate: day('2024-01-31'), endDate: day('2024-03-01'), unit: 'month' } },
    long(2),
  ],
  [
    { $dateDiff: { startDate: day('2024-01-06'), endDate: day('2024-01-07'), unit: 'week' } },
    long(1),
  ],
  [
    {
      $dateDiff: {
        startDate: day('2024-01-06'),
        endDate: day('2024-01-07'),
        unit: 'week',
        startOfWeek: 'mon',
      },
    },
    long(0),
  ],
  [
    {
      $dateDiff: {
        startDate: day('2024-01-31T18:00Z'),
        endDate: day('2024-02-01T16:00Z'),
        unit: 'day',
        timezone: saigon,
      },
    },
    long(0),
  ],
  [{ $dateDiff: { startDate: null, endDate: leapDay, unit: 'day' } }, null],
  [{ $slice: [null, int(1)] }, null],
  [{ $reverseArray: [[int(1), int(2)]] }, [int(2), int(1)]],
  [{ $range: [int(5), int(0), int(-2)] }, [int(5), int(3), int(1)]],
  [
    { $zip: { inputs: [[int(1), int(2)], ['a']], useLongestLength: true } },
    [
      [int(1), 'a'],
      [int(2), null],
    ],
  ],
  [{ $arrayToObject: [[{ k: 'a', v: int(1) }]] }, { a: int(1) }],
  [{ $arrayToObject: [[['__proto__', int(1)]]] }, new Map([['__proto__', int(1)]])],
  [{ $setUnion: [[int(1)], null] }, null],
  [
    {
      $setEquals: [
        [int(1), int(2)],
        [int(2), int(1), double(1)],
      ],
    },
    true,
  ],
  [{ $indexOfArray: [[int(1), long(2)], int(2)] }, int(1)],
  [{ $regexMatch: { input: 'Đèn', regex: /^đ/i } }, true],
  [{ $regexMatch: { input: null, regex: 'a' } }, false],
  [
    { $regexFind: { input: 'đ-aab', regex: '(?>a+)(b)(c)?' } },
    { match: 'aab', idx: int(2), captures: ['b', null] },
  ],
  [{ $regexFind: { input: 'x', regex: 'y' } }, null],
  [
    { $regexFindAll: { input: 'a1b2', regex: '[a-z](\\d)' } },
    [
      { match: 'a1', idx: int(0), captures: ['1'] },
      { match: 'b2', idx: int(2), captures: ['2'] },
    ],
  ],
  [{ $regexFindAll: { input: null, regex: 'y' } }, []],
  [{ $replaceAll: { input: 'aab', find: 'a', replacement: { $literal: '$&' } } }, '$&$&b'],
]

test.each(values)('%j', async (expression, value) => {
  expect(await result(expression)).toBe(canonical(value))
})

describe('refusals', () => {
  const refused: [expression: Document, code: number][] = [
    [{ $toDate: '2024-02-30' }, 241],
    [{ $divide: [1, 0] }, 2],
    [{ $divide: ['x', 1] }, 14],
    [{ $mod: [1, 0] }, 16610],
    [{ $mod: ['x', 1] }, 16611],
    [{ $abs: 'x' }, 28765],
    [{ $sqrt: -1 }, 28714],
    [{ $ln: 0 }, 28766],
    [{ $pow: [0, -1] }, 28764],
    [{ $round: ['x'] }, 51081],
    [{ $bitAnd: [1.5] }, 14],
    [{ $subtract: [1] }, 16020],
    [{ $not: [1, 2] }, 16020],
    [{ $range: [1] }, 28667],
    [{ $concat: ['a', 1] }, 16702],
    [{ $toLower: [['a']] }, 16007],
    [{ $strLenCP: null }, 34471],
    [{ $substrCP: ['a', 'x', 1] }, 34450],
    [{ $split: ['a', ''] }, 40087],
    [{ $split: [1, 'x'] }, 40085],
    [{ $indexOfCP: [1, 'x'] }, 40093],
    [{ $trim: { input: 1 } }, 50699],
    [{ $toDouble: 'x' }, 241],
    [{ $toDate: 5 }, 241],
    [{ $toDate: 'x' }, 241],
    [{ $convert: { input: { a: 1 }, to: 'int' } }, 241],
    [{ $convert: { input: '5', to: 'foo' } }, 2],
    [{ $convert: { input: '5' } }, 9],
    [{ $year: 'x' }, 16006],
    [{ $hour: { date: leapDay, timezone: 'Nope' } }, 40485],
    [{ $dateToString: { date: leapDay, format: '%q' } }, 18536],
    [{ $dateToString: { date: leapDay, format: 1 } }, 18533],
    [{ $dateDiff: { startDate: 'x', endDate: leapDay, unit: 'day' } }, 5166307],
    [{ $dateDiff: { startDate: leapDay, endDate: leapDay, unit: 'foo' } }, 9],
    [{ $dateDiff: { startDate: leapDay, endDate: leapDay, unit: 'constructor' } }, 9],
    [{ $map: { input: [], in: 1, constructor: 1 } }, 16879],
    [{ $slice: [1, 1] }, 28724],
    [{ $slice: [[1], 1, 0] }, 28729],
    [{ $range: [0, 5, 0] }, 34449],
    [{ $reverseArray: 1 }, 34435],
    [{ $indexOfArray: [1, 2] }, 40090],
    [{ $arrayElemAt: [[1], 1.5] }, 28691],
    [{ $arrayToObject: [[1]] }, 40398],
    [{ $arrayToObject: [[{ k: 1, v: 1 }]] }, 40394],
    [{ $first: 1 }, 28689],
    [{ $setUnion: [[1], 1] }, 17043],
    [{ $setIntersection: [[1], 1] }, 17047],
    [{ $setDifference: [1, [1]] }, 17048],
    [{ $setIsSubset: [1, [1]] }, 17046],
    [{ $anyElementTrue: [1] }, 17041],
    [{ $cond: { if: 1, then: 2 } }, 17082],
    [{ $cond: { if: 1, then: 2, else: 3, x: 1 } }, 17083],
    [{ $ifNull: [1] }, 1257300],
    [{ $switch: { branches: [] } }, 40068],
    [{ $switch: { branches: [{ then: 1 }], default: 1 } }, 40064],
    [{ $filter: { input: [1] } }, 28650],
    [{ $filter: { input: 1, cond: 1 } }, 28651],
    [{ $map: { in: 1 } }, 16880],
    [{ $reduce: { input: 1, initialValue: 0, in: 1 } }, 40080],
    [{ $let: { vars: { A: 1 }, in: 1 } }, 9],
    [{ $regexMatch: 'x' }, 51103],
    [{ $regexMatch: { input: 'x', regex: 'x', flags: 'i' } }, 31024],
    [{ $regexMatch: { regex: 'x' } }, 31022],
    [{ $regexMatch: { input: 'x' } }, 31023],
    [{ $regexFind: { input: 1, regex: 'x' } }, 51104],
    [{ $regexFind: { input: 'x', regex: 1 } }, 51105],
    [{ $regexFind: { input: 'x', regex: 'x', options: 1 } }, 51106],
    [{ $regexFindAll: { input: 'x', regex: /x/i, options: 'm' } }, 51107],
    [{ $regexFindAll: { input: 'x', regex: 'x', options: 'q' } }, 51108],
    [{ $regexMatch: { input: 'x', regex: 'x\0' } }, 51109],
    [{ $regexMatch: { input: 'x', regex: '(' } }, 51111],
    [{ $replaceOne: { input: 1, find: 'a', replacement: 'b' } }, 51746],
  ]

  test.each(refused)('%j', async (expression, code) => {
    await expect(result(expression)).rejects.toMatchObject({ code: new Int32(code) })
  })
})

test('an id stays what it is', async () => {
  const id = new ObjectId()
  expect(await result({ $ifNull: [null, id] })).toBe(canonical(id))
})
