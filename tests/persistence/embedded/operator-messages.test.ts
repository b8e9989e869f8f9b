import { Binary, Decimal128, Double, Int32, Long, Timestamp, type Document } from 'mongodb'
import { EJSON } from 'bson'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  const document = { a: new Int32(5), n: [3, 1, 2], 'x.y': 'dotted', $z: 'dollar' }
  await server.client.db('semantics').collection('one').insertOne(document)
})

afterAll(() => server.stop())

const int = (value: number): Int32 => new Int32(value)
const day = (text: string): Date => new Date(text)
const canonical = (value: unknown): string => EJSON.stringify([value ?? null], { relaxed: false })

async function result(expression: unknown): Promise<string> {
  const [answer] = await server.client
    .db('semantics')
    .collection('one')
    .aggregate([{ $replaceWith: { r: expression } }], { promoteValues: false })
    .toArray()
  return canonical(answer?.['r'])
}

const values: [expression: Document, value: unknown][] = [
  [{ $dateFromParts: { year: 2024, month: 14, day: 0 } }, day('2025-01-31')],
  [{ $dateFromParts: { year: 2024, month: 1, day: 1, hour: -1 } }, day('2023-12-31T23:00Z')],
  [
    { $dateFromParts: { year: 2024, second: 3661, millisecond: -1 } },
    day('2024-01-01T01:01:00.999Z'),
  ],
  [
    { $dateFromParts: { year: 2024, month: 2, day: 1, timezone: 'Asia/Ho_Chi_Minh' } },
    day('2024-01-31T17:00Z'),
  ],
  [{ $dateFromParts: { isoWeekYear: 2020, isoWeek: 53, isoDayOfWeek: 5 } }, day('2021-01-01')],
  [{ $dateFromParts: { year: 2024, month: null } }, null],
  [{ $dateFromString: { dateString: '2024-02-29' } }, day('2024-02-29')],
  [{ $dateFromString: { dateString: '2024-02-29T10:00:00+07:00' } }, day('2024-02-29T03:00Z')],
  [
    { $dateFromString: { dateString: '2024-02-29 10:00', timezone: '+07' } },
    day('2024-02-29T03:00Z'),
  ],
  [
    { $dateFromString: { dateString: '29/02/2024 08h', format: '%d/%m/%Y %Hh' } },
    day('2024-02-29T08:00Z'),
  ],
  [{ $dateFromString: { dateString: '60-2024', format: '%j-%Y' } }, day('2024-02-29')],
  [{ $dateFromString: { dateString: 'June 7, 2018' } }, day('2018-06-07')],
  [{ $dateFromString: { dateString: 'none', onError: 'bad' } }, 'bad'],
  [{ $dateFromString: { dateString: 5, onError: 'bad' } }, 'bad'],
  [{ $dateFromString: { dateString: '$none', onNull: 'null' } }, 'null'],
  [{ $getField: 'a' }, int(5)],
  [{ $getField: 'x.y' }, 'dotted'],
  [{ $getField: { $literal: '$z' } }, 'dollar'],
  [{ $getField: { field: 'b', input: { b: 1 } } }, int(1)],
  [{ $getField: { field: '__proto__', input: {} } }, null],
  [{ $setField: { field: 'x.y', input: { a: 1 }, value: int(2) } }, { a: 1, 'x.y': 2 }],
  [{ $setField: { field: 'a', input: { a: 1, b: 2 }, value: '$$REMOVE' } }, { b: 2 }],
  [{ $unsetField: { field: 'a', input: { a: 1, b: 2 } } }, { b: 2 }],
  [{ $setField: { field: 'a', input: null, value: 1 } }, null],
  [{ $tsSecond: new Timestamp({ t: 7, i: 3 }) }, Long.fromNumber(7)],
  [{ $tsIncrement: new Timestamp({ t: 7, i: 3 }) }, Long.fromNumber(3)],
  [{ $binarySize: 'é' }, int(2)],
  [{ $binarySize: new Binary(Buffer.from('abc')) }, int(3)],
  [{ $bsonSize: { a: int(1) } }, int(12)],
  [{ $sortArray: { input: '$n', sortBy: -1 } }, [3, 2, 1]],
  [
    { $sortArray: { input: [{ a: 2 }, { a: 1 }], sortBy: { a: 1 } } },
    [{ a: int(1) }, { a: int(2) }],
  ],
  [{ $median: { input: '$n', method: 'approximate' } }, new Double(2)],
  [
    { $percentile: { input: '$n', p: [0, 0.9], method: 'approximate' } },
    [new Double(1), new Double(3)],
  ],
  [{ $median: { input: 'x', method: 'approximate' } }, null],
  [{ $toDecimal: day('1970-01-01T00:00:01Z') }, Decimal128.fromString('1000')],
  [{ $setUnion: [null, 1] }, null],
  [{ $bitNot: int(5) }, int(-6)],
  [{ $bitNot: Long.fromNumber(5) }, Long.fromNumber(-6)],
]

test.each(values)('%j', async (expression, value) => {
  expect(await result(expression)).toBe(canonical(value))
})

const incomplete =
  "Error parsing date string '2024'; 0: an incomplete date/time string has been found, with elements missing"
const specification =
  "The $percentile 'p' field must be an array of numbers from [0.0, 1.0], but found:"

const refused: [expression: Document, code: number, message: string][] = [
  [{ $dateFromString: { dateString: '2024' } }, 241, incomplete],
  [
    { $dateFromString: { dateString: 5 } },
    241,
    "$dateFromString requires that 'dateString' be a string, found: int with value 5",
  ],
  [{ $dateFromString: {} }, 40542, "Missing 'dateString' parameter to $dateFromString"],
  [
    { $dateFromString: { dateString: '2024-01-01', zone: 1 } },
    40541,
    'Unrecognized argument to $dateFromString: zone',
  ],
  [
    { $dateFromString: { dateString: '1', format: '%q' } },
    18536,
    "Invalid format character '%q' in format string",
  ],
  [
    { $dateFromParts: { year: 10000 } },
    40523,
    "'year' must evaluate to an integer in the range 1 to 9999, found 10000",
  ],
  [
    { $dateFromParts: { year: 2024, month: 40000 } },
    31034,
    "'month' must evaluate to a value in the range [-32768, 32767]; value 40000 is not in range",
  ],
  [
    { $dateFromParts: { year: 'x' } },
    40515,
    '\'year\' must evaluate to an integer, found string with value "x"',
  ],
  [
    { $dateFromParts: { month: 1 } },
    40516,
    "$dateFromParts requires either 'year' or 'isoWeekYear' to be present",
  ],
  [
    { $dateFromParts: { year: 1, isoWeek: 1 } },
    40489,
    '$dateFromParts does not allow mixing natural dates with ISO dates',
  ],
  [
    { $dateFromParts: { year: 1, timezone: 5 } },
    40517,
    'timezone must evaluate to a string, found int',
  ],
  [
    { $getField: '$a' },
    3041704,
    "$getField requires 'field' to evaluate to type String, but got int",
  ],
  [{ $getField: { field: 'a' } }, 3041703, "$getField requires 'input' to be specified"],
  [{ $getField: { k: 1 } }, 3041701, '$getField found an unknown argument: k'],
  [{ $setField: {} }, 4161102, "$setField requires 'field' to be specified"],
  [
    { $setField: { field: '$a', input: {}, value: 1 } },
    4161108,
    "A field path reference which is not allowed in this context. Did you mean {$literal: '$a'}?",
  ],
  [
    { $setField: { field: 'a', input: 1, value: 1 } },
    4161105,
    "$setField requires 'input' to evaluate to type Object",
  ],
  [{ $tsSecond: 1 }, 5687301, ' Argument to $tsSecond must be a timestamp, but is int'],
  [{ $bsonSize: 1 }, 31393, '$bsonSize requires a document input, found: int'],
  [{ $binarySize: 1 }, 51276, '$binarySize requires a string or BinData argument, found: int'],
  [
    { $sortArray: { input: 1, sortBy: 1 } },
    2942504,
    'The input argument to $sortArray must be an array, but was of type: int',
  ],
  [{ $sortArray: { input: [1] } }, 2942503, "$sortArray requires 'sortBy' to be specified"],
  [
    { $sortArray: { input: [1], sortBy: 2 } },
    2942506,
    'The $sort element value must be either 1 or -1',
  ],
  [{ $trim: {} }, 50695, "$trim requires an 'input' field"],
  [{ $trim: { input: 'a', x: 1 } }, 50694, '$trim found an unknown argument: x'],
  [{ $replaceAll: { input: 'a' } }, 51748, "$replaceAll requires 'find' to be specified"],
  [{ $percentile: { input: 1, p: [2], method: 'approximate' } }, 7750303, `${specification} 2`],
  [
    { $median: { input: 1, method: 'exact' } },
    2,
    "Currently only 'approximate' can be used as percentile 'method'.",
  ],
  [{ $in: [1, 2] }, 40081, '$in requires an array as a second argument, found: int'],
  [
    { $setEquals: [[1], null] },
    5887502,
    'All operands of $setEquals must be arrays. 2-th argument is of type: null',
  ],
  [{ $bitNot: 1.5 }, 14, '$bitNot only supports int and long, not: double.'],
  [{ $bitNot: 'x' }, 28765, '$bitNot only supports numeric types, not string'],
  [{ $bitAnd: 'x' }, 14, '$bitAnd only supports int and long operands.'],
  [{ $rand: 'x' }, 10065, 'invalid parameter: expected an object ($rand)'],
  [{ $rand: { k: 1 } }, 3040501, '$rand does not currently accept arguments'],
  [{ $dateAdd: {} }, 5166402, '$dateAdd requires startDate, unit, and amount to be present'],
  [
    { $zip: { inputs: [[1]], defaults: [2] } },
    34466,
    'cannot specify defaults unless useLongestLength is true',
  ],
  [{ $add: [1, 'x'] }, 14, '$add only supports numeric or date types, not string'],
  [{ $toLower: true }, 16007, "can't convert from BSON type bool to String"],
  [{ $toInt: [1, 2] }, 50723, '$toInt requires a single argument, got 2'],
  [
    { $toInt: Number.NaN },
    241,
    'Attempt to convert NaN value to integer type in $convert with no onError value',
  ],
  [{ $year: { date: day('2024-01-01'), k: 1 } }, 40535, 'unrecognized option to $year: "k"'],
  [{ $year: {} }, 40539, "missing 'date' argument to $year, provided: $year: {}"],
]

const endingWith = (text: string): RegExp =>
  new RegExp(`${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)

describe('refusals', () => {
  test.each(refused)('%j', async (expression, code, message) => {
    const answer = result(expression)
    // What the server was about when it found out stands before it.
    await expect(answer).rejects.toMatchObject({
      code: int(code),
      message: expect.stringMatching(endingWith(message)) as string,
    })
  })
})

test('groups have medians and percentiles', async () => {
  const collection = server.client.db('semantics').collection('numbers')
  await collection.insertMany([1, 2, 3, 'x', 10].map((a) => ({ a })))
  const input = '$a'
  const method = 'approximate'
  const stage = {
    _id: null,
    m: { $median: { input, method } },
    p: { $percentile: { input, p: [0.25, 1], method } },
  }
  expect(await collection.aggregate([{ $group: stage }]).toArray()).toEqual([
    { _id: null, m: 2, p: [1, 10] },
  ])
})
