import type { Collection, Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

let made = 0

function fresh(): Collection<Document & { _id: number | string }> {
  return server.client.db('semantics').collection(`u${String(made++)}`)
}

describe('updates that are refused', () => {
  const refused: [
    name: string,
    before: Document,
    update: Document | Document[],
    code: number,
    options?: Document,
  ][] = [
    ['$rename from inside an array', { a: [{ x: 1 }] }, { $rename: { 'a.0.x': 'b' } }, 2],
    ['$rename into an array', { a: 1, b: [{}] }, { $rename: { a: 'b.0.c' } }, 2],
    ['an unknown option of $currentDate', {}, { $currentDate: { a: { $type: 'date', b: 1 } } }, 2],
    ['a $sort of 2', { a: [1] }, { $push: { a: { $each: [], $sort: { x: 2 } } } }, 2],
    [
      'a $sort by an empty name',
      { a: [1] },
      { $push: { a: { $each: [], $sort: { 'x.': 1 } } } },
      2,
    ],
    ['fields beside $each', { a: [] }, { $addToSet: { a: { $each: [1], x: 1 } } }, 2],
    ['$[] in the first place', { a: [1] }, { $set: { '$[]': 1 } }, 2],
    ['an unknown stage', {}, [{ $foo: 1 }], 40324],
    ['a stage that updates may not use', {}, [{ $match: {} }], 72],
    [
      'an array filter of two names',
      { a: [1] },
      { $set: { 'a.$[x]': 5 } },
      9,
      { arrayFilters: [{ x: 2, y: 3 }] },
    ],
    [
      'an array filter with a capital',
      { a: [1] },
      { $set: { 'a.$[X]': 5 } },
      2,
      { arrayFilters: [{ X: 2 }] },
    ],
    ['array filters of a pipeline', {}, [{ $set: { b: 1 } }], 9, { arrayFilters: [{ x: 1 }] }],
    ['an upsert to another _id', {}, { $set: { _id: 6 } }, 66, { upsert: true, q: { _id: 5 } }],
    [
      'an upsert from two depths',
      {},
      { $set: { c: 1 } },
      54,
      { upsert: true, q: { a: 1, 'a.b': 2 } },
    ],
  ]

  test.each(refused)('%s', async (_, before, update, code, options = {}) => {
    const collection = fresh()
    await collection.insertOne({ _id: 1, ...before })
    const { q = {}, ...rest } = options
    const reply = await server.client.db('semantics').command({
      update: collection.collectionName,
      updates: [{ q: q as Document, u: update, ...rest }],
    })
    expect(reply).toMatchObject({ n: 0, writeErrors: [{ index: 0, code }] })
    expect(await collection.find().toArray()).toEqual([{ _id: 1, ...before }])
  })
})

const worded: [before: Document, update: Document, message: string][] = [
  [
    { a: 5.5 },
    { $bit: { a: { or: 1 } } },
    "Cannot apply $bit to a value of non-integral type.{_id: 1} has the field 'a' of non-integer type double",
  ],
  [
    {},
    { $currentDate: { a: 'date' } },
    "string is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).",
  ],
  [
    {},
    { $set: 5 },
    'Modifiers operate on fields but we found type int instead. For example: {$mod: {<field>: ...}} not {$set: 5}',
  ],
  [
    { a: [] },
    { $push: { a: { $each: [1], $position: 'x' } } },
    'The value for $position must be an integer value, not of type: string',
  ],
]

test.each(worded)('%j does not take %j', async (before, update, message) => {
  const collection = fresh()
  await collection.insertOne({ _id: 1, ...before })
  await expect(collection.updateOne({}, update)).rejects.toMatchObject({ message })
})

test('a document that grows past 16 MB is refused, a little past it with another code', async () => {
  const collection = fresh()
  await collection.insertOne({ _id: 1, a: 'x'.repeat(16 * 1024 * 1024 - 100) })
  const little = collection.updateOne({}, { $set: { b: 'y'.repeat(200) } })
  await expect(little).rejects.toMatchObject({ code: 17419 })
  const much = collection.updateOne({}, { $set: { b: 'y'.repeat(1024 * 1024) } })
  await expect(much).rejects.toMatchObject({ code: 10334 })
})

describe('commands that are refused whole', () => {
  const commands: [command: Document, code: number][] = [
    [{ find: 'c', foo: 1 }, 40415],
    [{ count: 'c', rawData: true }, 40415],
    [{ insert: 'c', documents: [{}], foo: 1 }, 40415],
    [{ update: 'c', updates: [{ q: {}, u: {}, foo: 1 }] }, 40415],
    [{ update: 'c', updates: [{ u: {} }] }, 40414],
    [{ delete: 'c', deletes: [{ q: {}, limit: 1, foo: 1 }] }, 40415],
    [{ delete: 'c', deletes: [{ q: {} }] }, 40414],
    [{ delete: 'c', deletes: [{ q: {}, limit: 2 }] }, 9],
    [{ findAndModify: 'c', remove: true, foo: 1 }, 40415],
    [{ aggregate: 'c', pipeline: [], cursor: {}, foo: 1 }, 40415],
  ]

  test.each(commands)('%j', async (command, code) => {
    await expect(server.client.db('semantics').command(command)).rejects.toMatchObject({ code })
  })
})

const spelled: [before: Document, update: Document, code: number, message: string][] = [
  [
    { a: [{ b: [1] }] },
    { $set: { 'a.$.b.$': 1 } },
    2,
    "Too many positional (i.e. '$') elements found in path 'a.$.b.$'",
  ],
  [{ a: 1 }, { $rename: { a: '' } }, 56, 'An empty update path is not valid.'],
  [
    { a: 1 },
    { $rename: { a: 'b.$[]' } },
    2,
    'The destination field for $rename may not be dynamic: b.$[]',
  ],
  [{ a: [1] }, { $pop: { a: 'x' } }, 9, 'Expected a number in: a: "x"'],
  [{ a: [1] }, { $pop: { a: 1.5 } }, 9, 'Expected an integer: a: 1.5'],
  [
    { a: 1 },
    { $bit: { a: {} } },
    2,
    'You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}',
  ],
  [
    { a: 1 },
    { $set: { $a: 1 } },
    52,
    "The dollar ($) prefixed field '$a' in '$a' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.",
  ],
  [{ a: 1 }, { $set: { 'a.$b': 1 } }, 28, "Cannot create field '$b' in element {a: 1}"],
]

test.each(spelled)('%j and %j', async (before, update, code, message) => {
  const collection = server.client.db('semantics').collection('spelled')
  await collection.deleteMany({})
  await collection.insertOne(before)
  await expect(collection.updateOne({}, update)).rejects.toMatchObject({ code, message })
})

test('$pull takes a filter of whole elements, an upsert has no _id to tell', async () => {
  const collection = server.client.db('semantics').collection('pulled')
  await collection.insertOne({ list: [{ x: 1 }, { x: 2 }, 1] })
  const condition = { $or: [{ x: 1 }, { y: 1 }] }
  await collection.updateOne({}, { $pull: { list: condition } } as Document)
  expect(await collection.findOne({}, { projection: { _id: 0 } })).toEqual({ list: [{ x: 2 }, 1] })
  await expect(
    collection.updateOne({ a: 1 }, { $push: { a: 1 } } as Document, { upsert: true }),
  ).rejects.toMatchObject({
    message: "The field 'a' must be an array but is of type int in document {no id}",
  })
})
