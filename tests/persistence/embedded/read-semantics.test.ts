import { Decimal128, Double, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

let made = 0

async function filled(documents: readonly Document[]) {
  const collection = server.client
    .db('semantics')
    .collection<Document & { _id: number }>(`r${String(made++)}`)
  await collection.insertMany(documents.map((each, _id) => ({ _id, ...each })))
  return collection
}

async function sorted(documents: readonly Document[], sort: Document): Promise<number[]> {
  const { collectionName } = await filled(documents)
  const reply = await server.client.db('semantics').command({ find: collectionName, sort })
  const { firstBatch } = reply['cursor'] as { firstBatch: { _id: number }[] }
  return firstBatch.map(({ _id }) => _id)
}

describe('sorting', () => {
  const pairs = [
    {
      a: [
        { x: 1, y: 2 },
        { x: 0, y: 9 },
      ],
    },
    { a: [{ x: 0, y: 5 }] },
  ]
  const orders: [name: string, documents: Document[], sort: Document, ids: number[]][] = [
    ['fields of one element go together', pairs, { 'a.x': 1, 'a.y': 1 }, [1, 0]],
    ['downwards by the greatest', pairs, { 'a.x': -1, 'a.y': 1 }, [0, 1]],
    [
      'an array with a scalar',
      [
        { a: [3, 1], b: 2 },
        { a: 1, b: 1 },
      ],
      { a: 1, b: 1 },
      [1, 0],
    ],
    [
      'numbers beyond every double',
      [{ a: Infinity }, { a: Decimal128.fromString('1E400') }],
      { a: 1 },
      [1, 0],
    ],
  ]

  test.each(orders)('%s', async (_, documents, sort, ids) => {
    expect(await sorted(documents, sort)).toEqual(ids)
  })

  const refused: [sort: Document, code: number][] = [
    [{ a: 1, b: 1 }, 2],
    [{ a: 'x' }, 15974],
    [{ a: 2 }, 15975],
    [{ 'a..b': 1 }, 15998],
    [{ $a: 1 }, 16410],
    [{ $natural: 1, a: 1 }, 2],
  ]

  test.each(refused)('%j is refused', async (sort, code) => {
    await expect(sorted([{ a: [1, 2], b: [3] }], sort)).rejects.toMatchObject({ code })
  })
})

describe('projections', () => {
  const document = { a: 1, b: 2, c: { d: 1 }, l: [1, 2, 3], o: [{ x: 1 }, { x: 2 }] }

  test('a computed _id keeps nothing else', async () => {
    const collection = await filled([document])
    expect(await collection.findOne({}, { projection: { _id: '$b' } })).toEqual({ _id: 2 })
    expect(await collection.aggregate([{ $project: { _id: '$b' } }]).toArray()).toEqual([
      { _id: 2 },
    ])
  })

  test('$slice of another array is an expression', async () => {
    const collection = await filled([document])
    const projection = { _id: 0, b: { $slice: ['$l', 1] } }
    expect(await collection.findOne({}, { projection })).toEqual({ b: [1] })
  })

  const refused: [projection: Document, code: number][] = [
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: 1 }, 31253],
    [{ a: 0, z: '$b' }, 31310],
    [{ a: 0, z: { $add: [1, 2] } }, 31252],
    [{ c: 1, 'c.d': 1 }, 31249],
    [{ 'c.d': 1, c: 1 }, 31250],
    [{ 'o.$': 1, 'l.$': 1 }, 31276],
    [{ 'o.$': 0 }, 31395],
    [{ 'o.$.x': 1 }, 31394],
    [{ o: { $elemMatch: 1 } }, 31274],
    [{ 'c.o': { $elemMatch: { x: 1 } } }, 31275],
    [{ l: { $slice: [1] } }, 28667],
  ]

  test.each(refused)('%j is refused', async (projection, code) => {
    const collection = await filled([document])
    await expect(collection.findOne({ 'o.x': 2 }, { projection })).rejects.toMatchObject({ code })
  })
})

describe('indexes that are refused', () => {
  const indexes: [index: Document, code: number][] = [
    [{ key: { z: 1 } }, 9],
    [{ name: 'z' }, 9],
    [{ key: { z: 1 }, name: 'z', foo: 1 }, 197],
    [{ key: { z: 1 }, name: '*' }, 2],
    [{ key: { z: 1 }, name: 'z', unique: 'yes' }, 14],
    [{ key: { z: 1 }, name: 'z', expireAfterSeconds: 'x' }, 14],
    [{ key: { _id: 1 }, name: '_id_', unique: true }, 197],
    [{ key: { z: 1 }, name: 'z', partialFilterExpression: { a: { $ne: 1 } } }, 67],
    [{ key: { z: 1 }, name: 'z', partialFilterExpression: { a: { $exists: false } } }, 67],
    [{ key: { z: 1 }, name: 'z', partialFilterExpression: { a: /x/ } }, 67],
    [{ key: { z: 1 }, name: 'z', partialFilterExpression: { $expr: { $eq: ['$a', 1] } } }, 224],
    [{ key: { z: 1 }, name: 'z', partialFilterExpression: nestedAnd(4) }, 67],
    [{ key: { z: 1 }, name: 'z', partialFilterExpression: { a: 1 }, sparse: new Double(1) }, 67],
    [{ key: { z: 1 }, name: 'z', collation: 'vi' }, 14],
    [{ key: { q: 1 }, name: 'q', hidden: true }, 85],
    [{ key: { a: 'hashed', b: 'hashed' }, name: 'z' }, 31303],
    [
      {
        key: Object.fromEntries([...Array(33).keys()].map((i) => [`f${String(i)}`, 1])),
        name: 'z',
      },
      13103,
    ],
    [{ key: { a: 'hashed' }, name: 'z', unique: true }, 16764],
    [{ key: { q: 1 }, name: 'q', expireAfterSeconds: 9 }, 85],
    [{ key: { q: 1 }, name: 'q', unique: true }, 86],
  ]

  test.each(indexes)('%j', async (index, code) => {
    const { collectionName } = await filled([{}])
    const create = (spec: Document) =>
      server.client.db('semantics').command({ createIndexes: collectionName, indexes: [spec] })
    await create({ key: { q: 1 }, name: 'q' })
    await expect(create(index)).rejects.toMatchObject({ code })
  })
})

function nestedAnd(depth: number): Document {
  return depth === 0 ? { a: 1 } : { $and: [nestedAnd(depth - 1)] }
}

describe('what only the filter of a whole query may ask for', () => {
  const expression = { $expr: { $eq: ['$a', 1] } }
  const commands: [name: string, command: (of: string) => Document, code: number][] = [
    ['the filter of an upsert', (of) => updateOf(of, { q: expression, upsert: true }), 224],
    ['$pull', (of) => updateOf(of, { u: { $pull: { l: expression } } }), 224],
    [
      'arrayFilters',
      (of) =>
        updateOf(of, { u: { $set: { 'l.$[i]': 1 } }, arrayFilters: [{ i: 1, ...expression }] }),
      224,
    ],
    [
      'the filter of findAndModify that upserts',
      (of) => ({ findAndModify: of, query: expression, update: { a: 1 }, upsert: true }),
      224,
    ],
    ['$elemMatch', (of) => ({ find: of, filter: { l: { $elemMatch: expression } } }), 2],
    [
      '$elemMatch of a schema',
      (of) => ({ find: of, filter: { l: { $elemMatch: { $jsonSchema: {} } } } }),
      2,
    ],
  ]

  test.each(commands)('%s may not', async (_, command, code) => {
    const { collectionName } = await filled([{ l: [1] }])
    const reply = server.client.db('semantics').command(command(collectionName))
    const refusal = reply.then(({ writeErrors }) => (writeErrors as Document[])[0])
    expect(await refusal.catch((error: unknown) => error)).toMatchObject({ code })
  })

  function updateOf(update: string, statement: Document): Document {
    return { update, updates: [{ q: {}, u: { $set: { a: 1 } }, ...statement }] }
  }
})

test('explain tells of a query that fails, instead of failing', async () => {
  const collection = await filled([{ a: 0 }])
  const { executionStats } = await collection
    .find({ $expr: { $divide: [1, '$a'] } })
    .explain('executionStats')
  expect(executionStats).toMatchObject({ executionSuccess: false, errorCode: 2 })
})

test('a long pattern works, a longer one is refused', async () => {
  const text = 'y'.repeat(30_000)
  const collection = await filled([{ text }])
  expect(await collection.countDocuments({ text: { $regex: `^${text}$` } })).toBe(1)
  const longer = collection.countDocuments({ text: { $regex: text + text } })
  await expect(longer).rejects.toMatchObject({ code: 51091 })
})

describe('options that are refused', () => {
  const commands: [db: string, command: Document, code: number][] = [
    ['semantics', { find: 'r0', limit: -1 }, 51024],
    ['semantics', { find: 'r0', maxTimeMS: -1 }, 2],
    ['semantics', { find: 'r0', maxTimeMS: 'x' }, 14],
    ['semantics', { count: 'r0', hint: 'none' }, 2],
    ['semantics', { find: 'r0', hint: { $natural: 1, a: 1 } }, 2],
    ['semantics', { find: 'r0', hint: { $natural: 2 } }, 2],
    ['semantics', { find: 'r0', let: { NOW: 1 } }, 4738901],
    ['semantics', { find: 'r0', let: { ROOT: 1 } }, 9],
    ['semantics', { find: 'r0', hint: { _id: 1 }, sort: { $natural: 1 } }, 2],
    ['semantics', { find: 'r0', filter: { a: { $mod: [1e19, 1] } } }, 2],
    ['semantics', { explain: { find: 'r0' }, verbose: true }, 40415],
    ['semantics', { distinct: 'r0', key: 'a\0b' }, 31032],
    ['semantics', { create: 'a$b' }, 73],
    ['semantics', { create: 'system.foo' }, 73],
    [
      'semantics',
      { bulkWrite: 1, ops: [{ insert: 0, document: {} }], nsInfo: [{ ns: 'a.b' }] },
      13,
    ],
  ]

  const nsInfo = [{ ns: 'a.b' }]
  const bulkWrites: [ops: Document[], nsInfo: Document[], code: number, message: string][] = [
    [
      [{ insert: 0, document: {}, x: 1 }],
      nsInfo,
      40415,
      "BSON field 'bulkWrite.insert.x' is an unknown field.",
    ],
    [
      [{ update: 0, filter: {}, updateMods: { $set: { a: 1 } }, multy: true }],
      nsInfo,
      40415,
      "BSON field 'bulkWrite.update.multy' is an unknown field.",
    ],
    [
      [{ delete: 0, filter: {}, limit: 1 }],
      nsInfo,
      40415,
      "BSON field 'bulkWrite.delete.limit' is an unknown field.",
    ],
    [
      [{ delete: 0 }],
      nsInfo,
      40414,
      "BSON field 'bulkWrite.delete.filter' is missing but a required field",
    ],
    [
      [{ delete: 0, filter: {} }],
      [{ ns: 'a.b', x: 1 }],
      40415,
      "BSON field 'bulkWrite.nsInfo.x' is an unknown field.",
    ],
  ]

  test.each(bulkWrites)('bulkWrite %j', async (ops, nsInfo, code, message) => {
    const answer = server.client.db('admin').command({ bulkWrite: 1, ops, nsInfo })
    await expect(answer).rejects.toMatchObject({ code, message })
  })

  test.each(commands)('%s %j', async (db, command, code) => {
    await filled([{}])
    await expect(server.client.db(db).command(command)).rejects.toMatchObject({ code })
  })

  test('a sorted update of many', async () => {
    const { collectionName } = await filled([{}])
    const updates = [{ q: {}, u: { $set: { a: 1 } }, multi: true, sort: { a: 1 } }]
    const reply = await server.client.db('semantics').command({ update: collectionName, updates })
    expect(reply).toMatchObject({ writeErrors: [{ index: 0, code: 9 }] })
  })
})
