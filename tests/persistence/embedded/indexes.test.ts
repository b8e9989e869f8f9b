import { Decimal128, Double, Long, type Collection, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

interface Row extends Document {
  _id: number
}

let server: TestServer
let rows: Collection<Row>

beforeAll(async () => {
  server = await startServer({ args: ['--setParameter', 'ttlMonitorSleepSecs=1'] })
  rows = server.client.db('indexes').collection<Row>('rows')
  const documents = Array.from({ length: 3000 }, (_, _id) => ({
    _id,
    state: ['new', 'open', 'done'][_id % 3],
    at: new Date(1_700_000_000_000 + ((_id * 7919) % 3000) * 1000),
    agency: `agency-${String(_id % 50)}`,
    tags: [`t${String(_id % 7)}`, `t${String(_id % 11)}`],
    rank: _id % 100,
  }))
  await rows.insertMany(documents)
  await rows.createIndexes([
    { key: { state: 1, at: -1 } },
    { key: { agency: 1, rank: 1 } },
    { key: { tags: 1 } },
  ])
})

afterAll(() => server.stop())

interface Explained {
  readonly plan: Document
  readonly keys: number
  readonly documents: number
  readonly returned: number
}

function withoutLimit(plan: Document): Document {
  return plan['stage'] === 'LIMIT' ? (plan['inputStage'] as Document) : plan
}

async function explained(
  filter: Document,
  options: { sort?: Record<string, 1 | -1>; limit?: number; hint?: string } = {},
  from = rows,
): Promise<Explained> {
  const { queryPlanner, executionStats } = (await from
    .find(filter, options)
    .explain('executionStats')) as {
    queryPlanner: { winningPlan: Document }
    executionStats: { nReturned: number; totalKeysExamined: number; totalDocsExamined: number }
  }
  return {
    plan: withoutLimit(queryPlanner.winningPlan),
    keys: executionStats.totalKeysExamined,
    documents: executionStats.totalDocsExamined,
    returned: executionStats.nReturned,
  }
}

/** The same answer as a scan gives. */
async function sameAsScan(
  filter: Document,
  sort: Record<string, 1 | -1>,
  limit: number,
): Promise<void> {
  const byIndex = await rows.find(filter).sort(sort).limit(limit).toArray()
  const byScan = await rows.find(filter).hint({ $natural: 1 }).sort(sort).limit(limit).toArray()
  expect(byIndex.map(({ _id }) => _id)).toEqual(byScan.map(({ _id }) => _id))
}

describe('the planner', () => {
  test('answers equality, range and sort from one index and looks at no more than it returns', async () => {
    const filter = { state: 'open', at: { $gte: new Date(1_700_000_500_000) } }
    const { plan, documents, returned } = await explained(filter, { sort: { at: -1 }, limit: 20 })
    expect(plan).toMatchObject({
      stage: 'FETCH',
      inputStage: { stage: 'IXSCAN', indexName: 'state_1_at_-1', direction: 'forward' },
    })
    expect([documents, returned]).toEqual([20, 20])
    await sameAsScan(filter, { at: -1 }, 50)
    await sameAsScan(filter, { at: 1 }, 50)
  })

  test('walks an index backwards for the opposite order', async () => {
    const { plan } = await explained({ state: 'new' }, { sort: { at: 1 } })
    expect(plan).toMatchObject({ inputStage: { direction: 'backward' } })
  })

  test('turns $in into ranges', async () => {
    const filter = { agency: { $in: ['agency-3', 'agency-7'] }, rank: { $lt: 30 } }
    const { plan, documents, returned } = await explained(filter)
    expect(plan).toMatchObject({ inputStage: { indexName: 'agency_1_rank_1', rangeCount: 2 } })
    expect(documents).toBe(returned)
    await sameAsScan(filter, { agency: 1, rank: 1, _id: 1 }, 500)
  })

  test('answers $or by the union of its parts, each document once', async () => {
    const filter = { $or: [{ agency: 'agency-1' }, { tags: 't1' }, { _id: 1 }] }
    const { plan } = await explained(filter)
    expect(plan).toMatchObject({ inputStage: { stage: 'OR' } })
    await sameAsScan(filter, { _id: 1 }, 5000)
  })

  test('uses an array index for each value and never for order', async () => {
    const { plan } = await explained({ tags: { $all: ['t1', 't5'] } }, { sort: { tags: 1 } })
    expect(plan).toMatchObject({
      stage: 'SORT',
      inputStage: { inputStage: { indexName: 'tags_1', isMultiKey: true } },
    })
    await sameAsScan({ tags: { $all: ['t1', 't5'] } }, { _id: 1 }, 5000)
  })

  test('gives the order behind several values by walking them side by side', async () => {
    const filter = { state: { $in: ['new', 'open'] }, at: { $gte: new Date(1_700_000_500_000) } }
    const { plan, documents } = await explained(filter, { sort: { at: -1 }, limit: 20 })
    expect(plan).toMatchObject({
      stage: 'FETCH',
      inputStage: { stage: 'SORT_MERGE', inputStages: [{ indexName: 'state_1_at_-1' }] },
    })
    expect(documents).toBe(20)
    for (const limit of [1, 50, 5000]) {
      await sameAsScan(filter, { at: -1 }, limit)
      await sameAsScan(filter, { at: 1 }, limit)
    }
    const many = { agency: { $in: Array.from({ length: 201 }, (_, n) => `agency-${String(n)}`) } }
    expect((await explained(many, { sort: { rank: 1 } })).plan).toMatchObject({ stage: 'SORT' })
    await sameAsScan({ ...many, rank: { $gt: 3, $lt: 90 } }, { rank: 1, _id: 1 }, 5000)
  })

  test('bounds and orders by what is no array, also beside one', async () => {
    const listed = server.client.db('indexes').collection<Row>('listed')
    await listed.insertMany(await rows.find().toArray())
    await listed.createIndexes([{ key: { tags: 1, at: -1 } }])
    const at = { $gte: new Date(1_700_000_500_000), $lt: new Date(1_700_001_500_000) }
    for (const tags of ['t1', { $in: ['t1', 't2', 't5'] }]) {
      const { documents, returned } = await explained({ tags, at }, {}, listed)
      expect(documents).toBe(returned)
      for (const order of [1, -1] as const) {
        const options = { sort: { at: order }, limit: 70 }
        const { plan } = await explained({ tags, at }, options, listed)
        expect(plan).toMatchObject({ stage: 'FETCH' })
        const byIndex = await listed.find({ tags, at }, options).toArray()
        const byScan = await rows.find({ tags, at }, options).hint({ $natural: 1 }).toArray()
        expect(byIndex).toEqual(byScan)
      }
    }
    // Once a document has an array there, its order is not that of the index.
    await listed.insertOne({ _id: -1, tags: 't1', at: [at.$lt, at.$gte] })
    const { plan } = await explained({ tags: 't1' }, { sort: { at: -1 } }, listed)
    expect(plan).toMatchObject({ stage: 'SORT' })
    // Each condition is met, by an element each.
    const between = { $gt: new Date(1_700_001_000_000), $lt: new Date(1_700_001_000_000) }
    expect(await listed.distinct('_id', { tags: 't1', at: between })).toEqual([-1])
  })

  test('finds by a prefix that a pattern begins with', async () => {
    const { plan, documents } = await explained({ agency: /^agency-4\d/ })
    expect(plan).toMatchObject({ inputStage: { indexName: 'agency_1_rank_1' } })
    expect(documents).toBe((3000 / 50) * 11)
    await sameAsScan({ agency: /^agency-4\d/ }, { _id: 1 }, 5000)
  })

  test('scans when no index helps, and obeys a hint', async () => {
    expect((await explained({ rank: 5 })).plan).toEqual({
      stage: 'COLLSCAN',
      filter: { rank: 5 },
      direction: 'forward',
    })
    expect((await explained({ rank: 5 }, { hint: '_id_' })).plan).toMatchObject({
      inputStage: { indexName: '_id_' },
    })
    await expect(explained({}, { hint: 'no_such_index' })).rejects.toMatchObject({ code: 2 })
  })

  test('one lookup finds by _id', async () => {
    expect(await explained({ _id: 5 })).toMatchObject({ keys: 1, documents: 1, returned: 1 })
  })
})

describe('unique indexes', () => {
  test('refuse a second document, naming key and value', async () => {
    const collection = server.client.db('indexes').collection('unique')
    await collection.createIndex({ a: 1, b: 1 }, { unique: true }, {})
    await collection.insertOne({ a: 1, b: 'x' })
    await expect(collection.insertOne({ a: new Double(1), b: 'x' })).rejects.toMatchObject({
      code: 11000,
      message:
        'E11000 duplicate key error collection: indexes.unique index: a_1_b_1 dup key: { a: 1.0, b: "x" }',
      keyPattern: { a: 1, b: 1 },
      keyValue: { a: 1, b: 'x' },
    })
    await collection.insertOne({ a: 2, b: 'x' })
    await expect(collection.updateOne({ a: 2 }, { $set: { a: 1 } })).rejects.toMatchObject({
      code: 11000,
    })
    expect(await collection.countDocuments({ a: 1 })).toBe(1)
  })

  test('count missing as null', async () => {
    const collection = server.client.db('indexes').collection('missing')
    await collection.createIndex({ a: 1 }, { unique: true }, {})
    await collection.insertOne({ a: null })
    await expect(collection.insertOne({})).rejects.toMatchObject({ code: 11000 })
  })

  test('leave out what a sparse or partial index leaves out', async () => {
    const collection = server.client.db('indexes').collection('partial')
    await collection.createIndex({ a: 1 }, { unique: true, sparse: true }, {})
    await collection.createIndex(
      { b: 1 },
      { unique: true, partialFilterExpression: { b: { $gte: '' } } },
      {},
    )
    await collection.insertMany([{}, {}, { b: null }, { b: null }])
    await collection.insertOne({ a: 1, b: 'x' })
    await expect(collection.insertOne({ b: 'x' })).rejects.toMatchObject({ code: 11000 })
    expect(await collection.find({ a: null }).toArray()).toHaveLength(4)
    const plan = await collection.find({ b: 'x' }).explain('queryPlanner')
    expect(plan).toMatchObject({
      queryPlanner: { winningPlan: { inputStage: { indexName: 'b_1' } } },
    })
  })

  test('are not built over duplicates, and leave nothing behind', async () => {
    const collection = server.client.db('indexes').collection('duplicates')
    await collection.insertMany([{ a: 1 }, { a: 1 }])
    await expect(collection.createIndex({ a: 1 }, { unique: true }, {})).rejects.toMatchObject({
      code: 11000,
    })
    expect(await collection.indexes()).toHaveLength(1)
  })

  test('tell long texts apart that begin alike, and sort them', async () => {
    const collection = server.client.db('indexes').collection('long')
    await collection.createIndex({ a: 1 }, { unique: true }, {})
    const long = 'x'.repeat(5000)
    await collection.insertMany([{ a: `${long}b` }, { a: `${long}a` }, { a: long }, { a: 'x' }])
    await expect(collection.insertOne({ a: `${long}a` })).rejects.toMatchObject({ code: 11000 })
    expect(await collection.findOne({ a: `${long}b` })).not.toBeNull()
    expect(await collection.countDocuments({ a: { $gt: long } })).toBe(2)
    const sorted = await collection
      .find({ a: { $gte: '' } })
      .sort({ a: 1 })
      .toArray()
    expect(sorted.map(({ a }) => (a as string).slice(-1) + String((a as string).length))).toEqual([
      'x1',
      'x5000',
      'a5001',
      'b5001',
    ])
  })

  test('hold one entry for a number of any type', async () => {
    const collection = server.client.db('indexes').collection('numbers')
    await collection.createIndex({ a: 1 }, { unique: true }, {})
    await collection.insertOne({ a: Long.fromString('9007199254740993') })
    await collection.insertOne({ a: Long.fromString('9007199254740992') })
    await expect(
      collection.insertOne({ a: Decimal128.fromString('9007199254740993.0') }),
    ).rejects.toMatchObject({ code: 11000 })
  })
})

describe('index administration', () => {
  test('tells what exists, refuses clashes, and drops', async () => {
    const collection = server.client.db('indexes').collection('admin')
    expect(await collection.createIndex({ a: 1 }, {}, {})).toBe('a_1')
    expect(await collection.createIndex({ a: 1 }, {}, {})).toBe('a_1')
    await expect(collection.createIndex({ a: 1 }, { name: 'other' }, {})).rejects.toMatchObject({
      code: 85,
    })
    await expect(collection.createIndex({ b: 1 }, { name: 'a_1' }, {})).rejects.toMatchObject({
      code: 86,
    })
    await expect(collection.createIndex({ a: 1 }, { unique: true }, {})).rejects.toMatchObject({
      code: 86,
    })
    await expect(collection.createIndex({ a: 'text' }, {}, {})).rejects.toMatchObject({ code: 115 })
    await expect(collection.createIndex({ '$**': 1 }, {}, {})).rejects.toMatchObject({ code: 115 })
    await expect(collection.dropIndex('none')).rejects.toMatchObject({ code: 27 })
    await collection.dropIndex('a_1')
    expect((await collection.indexes()).map(({ name }) => name as string)).toEqual(['_id_'])
  })

  test('an index over two arrays of one document is refused', async () => {
    const collection = server.client.db('indexes').collection('parallel')
    await collection.createIndex({ a: 1, b: 1 }, {}, {})
    await expect(collection.insertOne({ a: [1], b: [2] })).rejects.toMatchObject({ code: 171 })
    await collection.insertOne({ a: [1, 2], b: 3 })
    expect(await collection.countDocuments({ a: 2, b: 3 })).toBe(1)
  })

  test('an index is built over many documents while they change', async () => {
    const collection = server.client.db('indexes').collection<Row>('building')
    await collection.insertMany(Array.from({ length: 5000 }, (_, _id) => ({ _id, n: _id % 10 })))
    const building = collection.createIndex({ n: 1 }, {}, {})
    const changes = Array.from({ length: 50 }, (_, i) =>
      collection.updateOne({ _id: i * 90 }, { $set: { n: 77 } }),
    )
    await Promise.all([building, ...changes, collection.deleteMany({ _id: { $gte: 4900 } })])
    expect(await collection.find({ n: 77 }).hint('n_1').toArray()).toHaveLength(50)
    expect(await server.client.db('indexes').command({ validate: 'building' })).toMatchObject({
      valid: true,
      keysPerIndex: { n_1: 4900 },
    })
  })

  test('collMod changes an expiry', async () => {
    const collection = server.client.db('indexes').collection('expiring')
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 60 }, {})
    const change = { collMod: 'expiring', index: { keyPattern: { at: 1 }, expireAfterSeconds: 90 } }
    expect(await server.client.db('indexes').command(change)).toMatchObject({
      expireAfterSeconds_old: 60,
      expireAfterSeconds_new: 90,
    })
    expect(await collection.indexes()).toContainEqual(
      expect.objectContaining({ expireAfterSeconds: 90 }),
    )
  })

  test('documents past their time are removed', async () => {
    const collection = server.client.db('indexes').collection('expired')
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 1 }, {})
    await collection.insertMany([
      { at: new Date(0) },
      { at: new Date(Date.now() + 60_000) },
      { at: 'no date' },
      { at: [new Date(0)] },
    ])
    await expect.poll(() => collection.countDocuments(), { timeout: 15_000, interval: 200 }).toBe(2)
  })
})
