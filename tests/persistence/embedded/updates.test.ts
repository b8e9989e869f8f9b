import { Decimal128, Double, Long, ObjectId, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

interface Row extends Document {
  _id: number
}

async function updated(
  before: Document,
  update: Document | Document[],
  filter: Document = {},
  options: Document = {},
): Promise<Document | null> {
  const collection = server.client.db('updates').collection<Row>(`c${new ObjectId().toHexString()}`)
  await collection.insertOne({ _id: 1, ...before })
  await collection.updateOne({ _id: 1, ...filter }, update, options)
  return collection.findOne({}, { projection: { _id: 0 }, promoteValues: options['raw'] !== true })
}

type Case = [
  name: string,
  before: Document,
  update: Document | Document[],
  after: Document,
  filter?: Document,
  options?: Document,
]

const cases: Case[] = [
  ['$set makes missing parents', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
  [
    '$set by index fills an array with null',
    { a: [1] },
    { $set: { 'a.3': 4 } },
    { a: [1, null, null, 4] },
  ],
  ['$set of new fields is in order of their names', {}, { $set: { b: 1, a: 2 } }, { a: 2, b: 1 }],
  [
    '$unset removes a field and empties an element',
    { a: 1, b: [1, 2] },
    { $unset: { a: '', 'b.0': '' } },
    { b: [null, 2] },
  ],
  ['$inc starts at nothing', {}, { $inc: { n: 5 } }, { n: 5 }],
  ['$mul starts at zero', {}, { $mul: { n: 5 } }, { n: 0 }],
  ['$min and $max', { a: 5, b: 5 }, { $min: { a: 3, c: 1 }, $max: { b: 9 } }, { a: 3, b: 9, c: 1 }],
  ['$rename moves a field', { a: { b: 1 } }, { $rename: { 'a.b': 'c' } }, { a: {}, c: 1 }],
  ['$push appends', { a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
  [
    '$push with all its modifiers',
    { a: [3, 1] },
    { $push: { a: { $each: [2, 5], $sort: -1, $slice: 3 } } },
    { a: [5, 3, 2] },
  ],
  [
    '$push at a position',
    { a: [1, 4] },
    { $push: { a: { $each: [2, 3], $position: 1 } } },
    { a: [1, 2, 3, 4] },
  ],
  [
    '$push sorts documents',
    { a: [{ s: 2 }] },
    { $push: { a: { $each: [{ s: 1 }], $sort: { s: 1 } } } },
    { a: [{ s: 1 }, { s: 2 }] },
  ],
  [
    '$addToSet knows numbers of all types',
    { a: [1] },
    { $addToSet: { a: { $each: [new Double(1), 2, 2] } } },
    { a: [1, 2] },
  ],
  [
    '$pop takes from either end',
    { a: [1, 2, 3], b: [1, 2] },
    { $pop: { a: 1, b: -1 } },
    { a: [1, 2], b: [2] },
  ],
  ['$pull by value', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ['$pull by condition', { a: [1, 5, 9] }, { $pull: { a: { $gt: 4 } } }, { a: [1] }],
  [
    '$pull by fields of documents',
    { a: [{ b: 1, c: 1 }, { b: 2 }] },
    { $pull: { a: { b: 1 } } },
    { a: [{ b: 2 }] },
  ],
  ['$pullAll', { a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  ['$bit', { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
  ['the positional operator', { a: [1, 5, 9] }, { $set: { 'a.$': 0 } }, { a: [1, 0, 9] }, { a: 5 }],
  [
    'the positional operator by a field',
    { a: [{ k: 1 }, { k: 2 }] },
    { $set: { 'a.$.v': 7 } },
    { a: [{ k: 1 }, { k: 2, v: 7 }] },
    { 'a.k': 2 },
  ],
  [
    'the positional operator by $elemMatch',
    {
      a: [
        { k: 1, g: 1 },
        { k: 1, g: 2 },
      ],
    },
    { $inc: { 'a.$.g': 5 } },
    {
      a: [
        { k: 1, g: 1 },
        { k: 1, g: 7 },
      ],
    },
    { a: { $elemMatch: { k: 1, g: { $gt: 1 } } } },
  ],
  ['all elements', { a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
  [
    'filtered elements',
    { a: [{ k: 1 }, { k: 5 }] },
    { $set: { 'a.$[big].x': 1 } },
    { a: [{ k: 1 }, { k: 5, x: 1 }] },
    {},
    { arrayFilters: [{ 'big.k': { $gt: 3 } }] },
  ],
  [
    'a pipeline',
    { a: 1, b: 2 },
    [{ $set: { c: { $add: ['$a', '$b'] } } }, { $unset: 'a' }],
    { b: 2, c: 3 },
  ],
  [
    'a field named __proto__ is a field',
    {},
    { $set: { ['__proto__.x']: 1 } },
    JSON.parse('{"__proto__":{"x":1}}') as Document,
  ],
]

describe('updates', () => {
  test.each(cases)('%s', async (_, before, update, after, filter, options) => {
    const actual = await updated(before, update, filter, options)
    expect(JSON.stringify(actual)).toBe(JSON.stringify(after))
  })

  test('numbers keep and widen their types', async () => {
    const before = {
      d: new Double(1),
      l: Long.fromNumber(1),
      m: Decimal128.fromString('0.1'),
      i: 2147483647,
    }
    const after = await updated(
      before,
      { $inc: { d: 1, l: 1, m: Decimal128.fromString('0.2'), i: 1 } },
      {},
      { raw: true },
    )
    expect(after).toMatchObject({
      d: new Double(2),
      l: Long.fromNumber(2),
      i: Long.fromNumber(2147483648),
    })
    expect(String(after?.['m'])).toBe('0.3')
  })

  test.each([
    [{ $inc: { a: 1 } }, 14],
    [{ $inc: { n: 'x' } }, 14],
    [{ $push: { n: 1 } }, 2],
    [{ $set: { 'n.x': 1 } }, 28],
    [{ $set: { _id: 9 } }, 66],
    [{ $set: { a: 1 }, $unset: { a: 1 } }, 40],
    [{ $set: { a: 1, 'a.b': 2 } }, 40],
    [{ $nothing: { a: 1 } }, 9],
    [{ $pop: { l: 2 } }, 9],
    [{ $set: { '': 1 } }, 56],
    [{ $set: { $x: 1 } }, 52],
    [{ $rename: { a: 'a' } }, 2],
    [{ $set: { 'l.$': 1 } }, 2],
    [{ $set: { 'l.$[x]': 1 } }, 2],
    [{ $bit: { a: { and: 1 } } }, 2],
    [[{ $group: { _id: 1 } }], 72],
  ])('%j is refused with code %i and changes nothing', async (update, code) => {
    await expect(updated({ a: 'text', n: 1, l: [1] }, update)).rejects.toMatchObject({ code })
  })

  test('an upsert starts from what the filter says is equal', async () => {
    const collection = server.client.db('updates').collection('upserts')
    const result = await collection.updateOne(
      { 'a.b': 1, c: { $eq: 2 }, d: { $gt: 3 }, $and: [{ e: 5 }] },
      { $set: { x: 1 }, $setOnInsert: { y: 2 } },
      { upsert: true },
    )
    expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1 })
    expect(await collection.findOne({}, { projection: { _id: 0 } })).toEqual({
      a: { b: 1 },
      c: 2,
      e: 5,
      x: 1,
      y: 2,
    })
    expect(
      await collection.updateOne({ e: 5 }, { $setOnInsert: { y: 3 } }, { upsert: true }),
    ).toMatchObject({ matchedCount: 1, modifiedCount: 0 })
  })

  test('findOneAndUpdate gives the state before or after, in the order asked for', async () => {
    const collection = server.client.db('updates').collection<Row>('queue')
    await collection.insertMany([3, 1, 2].map((_id) => ({ _id, state: 'new' })))
    const take = { $set: { state: 'taken' } }
    expect(await collection.findOneAndUpdate({ state: 'new' }, take, { sort: { _id: 1 } })).toEqual(
      { _id: 1, state: 'new' },
    )
    expect(
      await collection.findOneAndUpdate({ state: 'new' }, take, {
        sort: { _id: -1 },
        returnDocument: 'after',
      }),
    ).toEqual({ _id: 3, state: 'taken' })
    expect(await collection.findOneAndDelete({ state: 'new' }, { projection: { _id: 1 } })).toEqual(
      { _id: 2 },
    )
    expect(await collection.findOneAndDelete({ state: 'new' })).toBeNull()
  })

  test('a replacement keeps the _id and refuses another', async () => {
    const collection = server.client.db('updates').collection<Row>('replaced')
    await collection.insertOne({ _id: 1, a: 1 })
    await collection.replaceOne({ _id: 1 }, { b: 2 })
    expect(await collection.findOne()).toEqual({ _id: 1, b: 2 })
    await expect(collection.replaceOne({ _id: 1 }, { _id: 2, b: 3 })).rejects.toMatchObject({
      code: 66,
    })
  })

  test('one bulk of several kinds, ordered and not', async () => {
    const collection = server.client.db('updates').collection<Row>('bulk')
    const operations = [
      { insertOne: { document: { _id: 1, n: 1 } } },
      { insertOne: { document: { _id: 1, n: 1 } } },
      { updateMany: { filter: {}, update: { $inc: { n: 1 } } } },
      { deleteOne: { filter: { _id: 7 } } },
    ]
    await expect(collection.bulkWrite(operations)).rejects.toMatchObject({
      code: 11000,
      result: { insertedCount: 1, modifiedCount: 0 },
    })
    await expect(
      collection.bulkWrite(operations.slice(1), { ordered: false }),
    ).rejects.toMatchObject({ result: { modifiedCount: 1 } })
  })

  test('the bulkWrite command writes to several collections', async () => {
    const result = await server.client.bulkWrite<Record<'updates.x' | 'updates.y', Row>>(
      [
        { namespace: 'updates.x', name: 'insertOne', document: { _id: 1, n: 1 } },
        {
          namespace: 'updates.y',
          name: 'updateOne',
          filter: { _id: 2 },
          update: { $set: { n: 2 } },
          upsert: true,
        },
        { namespace: 'updates.x', name: 'updateMany', filter: {}, update: { $inc: { n: 1 } } },
        { namespace: 'updates.x', name: 'deleteMany', filter: { n: 99 } },
      ],
      { verboseResults: true },
    )
    expect(result).toMatchObject({
      insertedCount: 1,
      upsertedCount: 1,
      matchedCount: 1,
      modifiedCount: 1,
      deletedCount: 0,
    })
    expect(result.updateResults?.get(1)).toMatchObject({ upsertedId: 2 })
  })
})
