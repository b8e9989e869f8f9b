import { Decimal128, Double, Long } from 'mongodb'
import type { Collection, Document, FindOptions, Hint } from 'mongodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

interface Row extends Document {
  _id: number
}

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  await server.client
    .db('plans')
    .collection('stages')
    .insertMany([{ rank: 1 }, { rank: 1 }, { rank: 1 }])
})

afterAll(() => server.stop())

async function explained(filter: Document, options: { hint?: Hint }, from: Collection<Row>) {
  const { queryPlanner, executionStats } = (await from
    .find(filter, options)
    .explain('executionStats')) as {
    queryPlanner: { winningPlan: Document }
    executionStats: { nReturned: number; totalKeysExamined: number }
  }
  return {
    plan: queryPlanner.winningPlan,
    keys: executionStats.totalKeysExamined,
    returned: executionStats.nReturned,
  }
}

test('explain names the stages around the search', async () => {
  const find = { find: 'stages', filter: { rank: 1 }, projection: { rank: 1 }, skip: 1, limit: 2 }
  const plan = async (explain: Document) => {
    const reply = await server.client.db('plans').command({ explain })
    return reply as { queryPlanner: { winningPlan: Document }; executionStats: Document }
  }
  expect((await plan(find)).queryPlanner.winningPlan).toMatchObject({
    stage: 'LIMIT',
    limitAmount: 2,
    inputStage: {
      stage: 'PROJECTION_SIMPLE',
      inputStage: {
        stage: 'SKIP',
        skipAmount: 1,
        inputStage: { stage: 'COLLSCAN', filter: { rank: 1 } },
      },
    },
  })
  expect((await plan({ ...find, sort: { rank: 1 } })).queryPlanner.winningPlan).toMatchObject({
    stage: 'PROJECTION_SIMPLE',
    inputStage: {
      stage: 'SKIP',
      inputStage: { stage: 'SORT', sortPattern: { rank: 1 }, limitAmount: 3 },
    },
  })
  const counted = await plan({ count: 'stages', query: { rank: 1 }, skip: 1, limit: -2 })
  expect(counted.executionStats['executionStages']).toMatchObject({ stage: 'COUNT', nCounted: 2 })
})

test('a hidden index is kept, but no query uses it', async () => {
  const collection = server.client.db('plans').collection<Row>('hiding')
  await collection.insertMany([
    { _id: 1, a: 1 },
    { _id: 2, a: 2 },
  ])
  const hide = (hidden: boolean, name = 'a_1') =>
    server.client.db('plans').command({ collMod: 'hiding', index: { name, hidden } })
  await collection.createIndexes([{ key: { a: 1 } }])
  await hide(true)
  expect(await collection.indexes()).toContainEqual(expect.objectContaining({ hidden: true }))
  expect((await explained({ a: 1 }, {}, collection)).plan).toMatchObject({ stage: 'COLLSCAN' })
  await expect(explained({ a: 1 }, { hint: 'a_1' }, collection)).rejects.toMatchObject({
    code: 2,
  })
  await collection.insertOne({ _id: 3, a: 1 })
  await hide(false)
  expect(await explained({ a: 1 }, {}, collection)).toMatchObject({ keys: 2, returned: 2 })
  expect(await collection.indexes()).not.toContainEqual(
    expect.objectContaining({ hidden: expect.anything() as unknown }),
  )
  await expect(hide(true, '_id_')).rejects.toMatchObject({ code: 2 })
})

test('unique and sparse tell indexes of the same fields apart', async () => {
  const collection = server.client.db('plans').collection<Row>('alike')
  const key = { a: 1 } as const
  await collection.createIndexes([
    { key },
    { key, name: 'sparse', sparse: true },
    { key, name: 'unique', unique: true },
  ])
  const again = collection.createIndexes([{ key, name: 'again', sparse: true }])
  await expect(again).rejects.toMatchObject({ code: 85 })
  await expect(explained({ a: 1 }, { hint: key }, collection)).rejects.toMatchObject({ code: 27 })
  expect((await explained({ a: 1 }, { hint: 'sparse' }, collection)).returned).toBe(0)
})

test('a hashed index takes no array', async () => {
  const collection = server.client.db('plans').collection<Row>('hashed')
  await collection.createIndexes([{ key: { 'a.b': 'hashed' } }])
  const refused = collection.insertOne({ _id: 1, a: [{ b: 1 }] })
  await expect(refused).rejects.toMatchObject({ code: 16766 })
  await collection.insertOne({ _id: 1, a: { b: 1 } })
  expect((await explained({ 'a.b': 1 }, {}, collection)).keys).toBe(1)
})

test.each([
  [{ a: 1, b: 'hashed' }, {}, { a: [] }, 'a'],
  [{ 'a.c': 1, b: 'hashed' }, { sparse: true }, { a: [] }, 'a.c'],
  [{ b: 'hashed', a: -1 }, {}, { a: [1] }, 'a'],
] as const)('nor do its other fields: %j %j', async (key, options, document, path) => {
  const collection = server.client.db('plans').collection(`hashed ${JSON.stringify(key)}`)
  await collection.createIndexes([{ key, ...options }])
  const refused = collection.insertOne(document)
  await expect(refused).rejects.toMatchObject({ code: 16766 })
  await expect(refused).rejects.toThrow(`Found array at path: ${path}`)
})

test.each([1, new Double(1), Long.fromNumber(1), Decimal128.fromString('1')])(
  'an index gives its order however 1 is written: %o',
  async (direction) => {
    const plans = server.client.db('plans')
    await plans.collection('order').createIndexes([{ key: { a: 1 } }])
    const explained = await plans.command({ explain: { find: 'order', sort: { a: direction } } })
    expect(explained['queryPlanner']).toMatchObject({
      winningPlan: { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: 'a_1' } },
    })
  },
)

test('what is sorted in memory fits into 100 MB', async () => {
  const collection = server.client.db('plans').collection<Row>('large')
  const text = 'x'.repeat(11_000_000)
  for (let _id = 0; _id < 10; _id++) await collection.insertOne({ _id, a: _id, text })
  const sorted = (options: FindOptions) =>
    collection.find({}, { sort: { a: -1 }, projection: { a: 1 }, ...options }).toArray()
  await expect(sorted({})).rejects.toMatchObject({ code: 292 })
  expect(await sorted({ limit: 1 })).toEqual([{ _id: 9, a: 9 }])
}, 60_000)

const changes: [name: string, change: (name: string) => Document, reason: string][] = [
  ['its index is dropped', (name) => ({ dropIndexes: name, index: 'a_1' }), "index 'a_1' dropped"],
  ['its collection is dropped', (name) => ({ drop: name }), 'collection dropped'],
  [
    'its collection is renamed',
    (name) => ({ renameCollection: `plans.${name}`, to: `plans.${name}-renamed` }),
    'collection renamed',
  ],
]

test.each(changes)('a cursor ends with an error when %s', async (_, change, reason) => {
  const db = server.client.db('plans')
  const name = `read${String(changes.findIndex((each) => each[2] === reason))}`
  const collection = db.collection<Row>(name)
  await collection.insertMany([...Array(9).keys()].map((_id) => ({ _id, a: _id })))
  await collection.createIndexes([{ key: { a: 1 } }])
  const cursor = collection.find({ a: { $gte: 0 } }, { batchSize: 2 })
  await cursor.next()
  const command = change(name)
  await ('renameCollection' in command ? db.admin() : db).command(command)
  const failure: unknown = await cursor.toArray().catch((error: unknown) => error)
  expect(failure).toMatchObject({
    code: 175,
    message: expect.stringContaining(reason) as unknown,
  })
})

test('two indexes of the same fields are dropped by name alone', async () => {
  const collection = server.client.db('plans').collection<Row>('twins')
  const halves = [{ $lt: 5 }, { $gte: 5 }]
  for (const [i, b] of halves.entries()) {
    const name = `half${String(i)}`
    await collection.createIndexes([{ key: { a: 1 }, name, partialFilterExpression: { b } }])
  }
  const drop = (index: Document | string) =>
    server.client.db('plans').command({ dropIndexes: 'twins', index })
  await expect(drop({ a: 1 })).rejects.toMatchObject({ code: 181 })
  await drop('half0')
  await drop({ a: 1 })
  expect(await collection.indexes()).toHaveLength(1)
})

test('an index finds a pattern that is a value, beside the texts that match it', async () => {
  const collection = server.client.db('plans').collection<Row>('patterns')
  await collection.insertMany([
    { _id: 1, a: 'abc' },
    { _id: 2, a: /^ab/ },
    { _id: 3, a: /^ac/ },
    { _id: 4, a: 'xy' },
  ])
  await collection.createIndexes([{ key: { a: -1 } }])
  const found = await collection.find({ a: /^ab/ }, { sort: { a: 1 } }).toArray()
  expect(found.map(({ _id }) => _id)).toEqual([1, 2])
  expect(await explained({ a: /^ab/ }, {}, collection)).toMatchObject({ keys: 2, returned: 2 })
})
