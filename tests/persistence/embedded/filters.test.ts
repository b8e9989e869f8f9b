import { Binary, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

/** The positions of the documents that a filter finds, with and without an index on `a`. */
async function found(
  documents: readonly Document[],
  filter: Document,
  index?: Document,
): Promise<number[]> {
  const collection = server.client
    .db('filters')
    .collection<Document & { _id: number }>(`c${new ObjectId().toHexString()}`)
  await collection.insertMany(documents.map((each, _id) => ({ _id, ...each })))
  if (index) await collection.createIndex(index, {}, {})
  const ids = (await collection.find(filter).toArray()).map(({ _id }) => _id)
  return ids.sort((a, b) => a - b)
}

const mixed: Document[] = [
  { a: 1 },
  { a: new Double(1) },
  { a: Long.fromNumber(1) },
  { a: Decimal128.fromString('1') },
  { a: '1' },
  { a: null },
  {},
  { a: [] },
  { a: [1, 5] },
  { a: { b: 1 } },
  { a: NaN },
  { a: true },
  { a: new Date(1) },
  { a: [[1]] },
  { a: 2.5 },
  { a: [null] },
]

const cases: readonly (readonly [string, readonly Document[], Document, readonly number[]])[] = [
  ['numbers of all four types are equal', mixed, { a: 1 }, [0, 1, 2, 3, 8]],
  ['null finds null, missing and null in an array', mixed, { a: null }, [5, 6, 15]],
  ['$exists: false finds missing alone', mixed, { a: { $exists: false } }, [6]],
  [
    '$ne is the complement of equality',
    mixed,
    { a: { $ne: 1 } },
    [4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15],
  ],
  ['a comparison stays within its type', mixed, { a: { $gte: 1 } }, [0, 1, 2, 3, 8, 14]],
  ['NaN is below no number', mixed, { a: { $lt: 5 } }, [0, 1, 2, 3, 8, 14]],
  ['NaN equals itself', mixed, { a: NaN }, [10]],
  ['$gte: null finds null and missing', mixed, { a: { $gte: null } }, [5, 6, 15]],
  ['an array equals an array or an element that is one', mixed, { a: [1] }, [13]],
  ['the empty array equals itself', mixed, { a: [] }, [7]],
  ['a document equals one with the same fields', mixed, { a: { b: 1 } }, [9]],
  ['$in finds any of its values', mixed, { a: { $in: [5, '1', null] } }, [4, 5, 6, 8, 15]],
  ['$nin finds all others', mixed, { a: { $nin: [1, null, '1'] } }, [7, 9, 10, 11, 12, 13, 14]],
  ['$type number covers four types', mixed, { a: { $type: 'number' } }, [0, 1, 2, 3, 8, 10, 14]],
  ['$type tells a double from an int', mixed, { a: { $type: 'double' } }, [1, 10, 14]],
  ['$type array looks at the field itself', mixed, { a: { $type: 'array' } }, [7, 8, 13, 15]],
  ['$size counts elements', mixed, { a: { $size: 2 } }, [8]],
  [
    'two bounds are met by different elements',
    [{ a: [1, 9] }, { a: [7] }],
    { a: { $gt: 8, $lt: 2 } },
    [0],
  ],
  [
    '$elemMatch wants one element to meet both',
    [{ a: [1, 9] }, { a: [5] }],
    { a: { $elemMatch: { $gt: 4, $lt: 6 } } },
    [1],
  ],
  [
    '$elemMatch looks into documents',
    [{ a: [{ b: 1, c: 2 }] }, { a: [{ b: 1 }, { c: 2 }] }],
    { a: { $elemMatch: { b: 1, c: 2 } } },
    [0],
  ],
  [
    'a path goes through arrays',
    [{ a: [{ b: 1 }, { b: 2 }] }, { a: { b: [2] } }, { a: [[{ b: 2 }]] }],
    { 'a.b': 2 },
    [0, 1],
  ],
  [
    'a number in a path is an index or a name',
    [{ a: [5, 6] }, { a: { 1: 6 } }, { a: [{ 1: 6 }] }],
    { 'a.1': 6 },
    [0, 1, 2],
  ],
  [
    'null through an array of documents',
    [{ a: [{ b: 1 }, {}] }, { a: [] }, { a: [1] }, { a: {} }],
    { 'a.b': null },
    [0, 3],
  ],
  [
    '$all wants every value',
    [{ a: [1, 2, 3] }, { a: [1] }, { a: 1 }],
    { a: { $all: [1, 2] } },
    [0],
  ],
  [
    '$all with one value finds the value itself',
    [{ a: [1, 2] }, { a: 1 }, { a: 2 }],
    { a: { $all: [1] } },
    [0, 1],
  ],
  [
    '$all with $elemMatch',
    [{ a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }] }],
    { a: { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: 2 } }] } },
    [0],
  ],
  [
    '$not turns round, missing included',
    [{ a: 1 }, { a: 9 }, {}],
    { a: { $not: { $gt: 5 } } },
    [0, 2],
  ],
  ['$nor wants none', [{ a: 1 }, { a: 2 }, { b: 1 }], { $nor: [{ a: 1 }, { b: 1 }] }, [1]],
  ['$or wants one', [{ a: 1 }, { b: 2 }, { c: 3 }], { $or: [{ a: 1 }, { b: 2 }] }, [0, 1]],
  ['$mod', [{ a: 4 }, { a: 5 }, { a: 6.7 }, { a: '4' }], { a: { $mod: [2, 0] } }, [0, 2]],
  [
    '$regex with options',
    [{ a: 'Đèn' }, { a: 'đèn hỏng' }, { a: 'x' }],
    { a: { $regex: '^đèn', $options: 'i' } },
    [0, 1],
  ],
  [
    'a regular expression in $in',
    [{ a: 'abc' }, { a: 'x' }, { a: 'y' }],
    { a: { $in: [/^a/, 'y'] } },
    [0, 2],
  ],
  [
    '$bitsAllSet and $bitsAnyClear',
    [{ a: 7 }, { a: 5 }, { a: 2 }],
    { a: { $bitsAllSet: [0, 2] } },
    [0, 1],
  ],
  [
    '$expr compares two fields',
    [
      { a: 1, b: 2 },
      { a: 3, b: 2 },
    ],
    { $expr: { $gt: ['$a', '$b'] } },
    [1],
  ],
  [
    'binary data compare by bytes',
    [{ a: new Binary(Buffer.from('x')) }, { a: new Binary(Buffer.from('y')) }],
    { a: new Binary(Buffer.from('y')) },
    [1],
  ],
  [
    'long integers beyond doubles are told apart',
    [{ a: Long.fromString('9007199254740993') }, { a: Long.fromString('9007199254740992') }],
    { a: Long.fromString('9007199254740993') },
    [0],
  ],
  [
    'MinKey is below everything, MaxKey above',
    [{ a: 1 }, { a: 'x' }, {}],
    { a: { $gt: new MinKey(), $lt: new MaxKey() } },
    [0, 1, 2],
  ],
  [
    'the order of fields in a document counts',
    [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }],
    { a: { x: 1, y: 2 } },
    [0],
  ],
  [
    '$jsonSchema',
    [{ a: 1 }, { a: 'x' }, {}],
    { $jsonSchema: { required: ['a'], properties: { a: { bsonType: 'string' } } } },
    [1],
  ],
]

describe('filters', () => {
  test.each(cases)('%s', async (_, documents, filter, expected) => {
    expect(await found(documents, filter)).toEqual(expected)
  })

  test.each(cases)('%s (the same through an index)', async (_, documents, filter, expected) => {
    const first = Object.keys(filter)[0] ?? 'a'
    const field = first.startsWith('$') ? 'a' : first
    expect(await found(documents, filter, { [field]: -1, other: 1 })).toEqual(expected)
  })

  test.each([
    [{ $foo: 1 }, 2],
    [{ a: { $foo: 1 } }, 2],
    [{ $or: [] }, 2],
    [{ a: { $in: 1 } }, 2],
    [{ a: { $regex: '(' } }, 51091],
    [{ a: { $mod: [0, 1] } }, 2],
    [{ a: { $type: 'nothing' } }, 2],
    [{ $where: 'true' }, 115],
    [{ $text: { $search: 'x' } }, 115],
    [{ a: { $near: [1, 2] } }, 115],
    [{ $expr: { $nothing: 1 } }, 168],
  ])('%j is refused with code %i', async (filter, code) => {
    await expect(found([{ a: 1 }], filter as Document)).rejects.toMatchObject({ code })
  })

  test.each([{ $where: 'true' }, { $text: { $search: 'x' } }])(
    '%j is refused in a write as in a search',
    async (filter) => {
      const rows = server.client.db('filters').collection('written')
      const refusal = { code: 115 }
      await expect(rows.deleteMany(filter)).rejects.toMatchObject(refusal)
      await expect(rows.updateOne(filter, { $set: { a: 1 } })).rejects.toMatchObject(refusal)
      await expect(
        rows.updateOne(filter, { $set: { a: 1 } }, { upsert: true }),
      ).rejects.toMatchObject(refusal)
    },
  )

  test('a runaway regular expression does not hold the server up', async () => {
    const documents = [{ a: `${'a'.repeat(40)}!` }]
    const refusal = { code: 51156 }
    await expect(found(documents, { a: { $regex: '^(a+)+$' } })).rejects.toMatchObject(refusal)
    await expect(found(documents, { a: /^(?=a)(a+)+$/i })).rejects.toMatchObject(refusal)
    await expect(
      found(documents, { $expr: { $regexMatch: { input: '$a', regex: '^(a+)+$' } } }),
    ).rejects.toMatchObject(refusal)
    expect(await found(documents, { a: { $regex: '^(a+)!' } })).toEqual([0])
  })
})
