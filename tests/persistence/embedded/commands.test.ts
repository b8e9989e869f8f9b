import { Timestamp, type Db, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer
let db: Db

beforeAll(async () => {
  server = await startServer()
  db = server.client.db('commands')
})

afterAll(() => server.stop())

describe('reading', () => {
  test('projections pick, leave out and look into arrays', async () => {
    const rows = db.collection('projections')
    await rows.insertOne({
      _id: 1 as never,
      a: { b: 1, c: 2 },
      list: [
        { k: 1, v: 1 },
        { k: 2, v: 2 },
      ],
      n: [1, 2, 3, 4],
    })
    const pick = (projection: Document, filter: Document = {}): Promise<Document | null> =>
      rows.findOne(filter, { projection })
    expect(await pick({ 'a.b': 1, _id: 0 })).toEqual({ a: { b: 1 } })
    expect(await pick({ list: 0, n: 0, 'a.c': 0 })).toEqual({ _id: 1, a: { b: 1 } })
    expect(await pick({ n: { $slice: [1, 2] }, _id: 0, a: 1 })).toEqual({
      a: { b: 1, c: 2 },
      n: [2, 3],
    })
    expect(await pick({ n: { $slice: -1 }, list: 0, a: 0 })).toEqual({ _id: 1, n: [4] })
    expect(await pick({ list: { $elemMatch: { k: 2 } } })).toEqual({
      _id: 1,
      list: [{ k: 2, v: 2 }],
    })
    expect(await pick({ 'list.$': 1 }, { 'list.k': 2 })).toEqual({ _id: 1, list: [{ k: 2, v: 2 }] })
    expect(await pick({ 'list.v': 1, _id: 0 })).toEqual({ list: [{ v: 1 }, { v: 2 }] })
    expect(await pick({ sum: { $add: ['$a.b', '$a.c'] } })).toEqual({ _id: 1, sum: 3 })
    await expect(pick({ a: 1, n: 0 })).rejects.toMatchObject({ code: 31254 })
    await expect(pick({ a: 1, 'a.b': 1 })).rejects.toMatchObject({ code: 31249 })
  })

  test('sort, skip and limit work together, across types', async () => {
    const rows = db.collection('sorted')
    await rows.insertMany([
      { v: 'b' },
      { v: 2 },
      { v: null },
      {},
      { v: [5, 0] },
      { v: [] },
      { v: true },
      { v: { a: 1 } },
    ])
    const values = async (direction: 1 | -1): Promise<unknown[]> =>
      (await rows.find().sort({ v: direction }).toArray()).map(({ v }) => v as unknown)
    expect(await values(1)).toEqual([[], null, undefined, [5, 0], 2, 'b', { a: 1 }, true])
    expect((await values(-1)).slice(0, 4)).toEqual([true, { a: 1 }, 'b', [5, 0]])
    expect(
      (await rows.find().sort({ v: 1 }).skip(4).limit(2).toArray()).map(({ v }) => v as unknown),
    ).toEqual([2, 'b'])
  })

  test('an answer is fetched in batches and its cursor closed', async () => {
    const rows = db.collection('batches')
    await rows.insertMany(Array.from({ length: 1000 }, (_, n) => ({ n })))
    const cursor = rows.find({ n: { $gte: 0 } }, { batchSize: 7 })
    const seen = new Set<unknown>()
    for await (const { n } of cursor) seen.add(n)
    expect(seen.size).toBe(1000)
    const begun = rows.find({}, { batchSize: 2 })
    await begun.next()
    await begun.close()
    await expect(db.command({ getMore: begun.id, collection: 'batches' })).rejects.toMatchObject({
      code: 43,
    })
  })

  test('count, distinct and collation', async () => {
    const rows = db.collection('counted')
    await rows.insertMany([
      { a: ['x', 'y'], name: 'Ánh' },
      { a: 'x', name: 'anh' },
      { a: 2, name: 'Bình' },
    ])
    expect(await rows.distinct('a')).toEqual(['x', 'y', 2])
    expect(await rows.countDocuments({ a: 'x' })).toBe(2)
    expect(await rows.estimatedDocumentCount()).toBe(3)
    expect(
      await rows.countDocuments({ name: 'ANH' }, { collation: { locale: 'vi', strength: 1 } }),
    ).toBe(2)
  })

  test('a collation holds for every command and stage', async () => {
    const rows = db.collection<{ _id: number; name: string; n?: number }>('collated')
    const names = ['Ánh', 'anh', 'Bình', 'binh']
    await rows.insertMany(names.map((name, _id) => ({ _id, name })))
    const collation = { locale: 'vi', strength: 1 }
    const run = (...pipeline: Document[]): Promise<Document[]> =>
      rows.aggregate(pipeline, { collation }).toArray()
    expect(await rows.distinct('name', {}, { collation })).toEqual(['Ánh', 'Bình'])
    expect(await run({ $group: { _id: '$name', n: { $sum: 1 } } })).toEqual([
      { _id: 'Ánh', n: 2 },
      { _id: 'Bình', n: 2 },
    ])
    expect(await run({ $match: { $expr: { $eq: ['$name', 'ANH'] } } })).toHaveLength(2)
    expect(
      await run({ $project: { i: { $in: ['$name', ['BINH']] }, s: { $setUnion: [names, []] } } }),
    ).toMatchObject([{ i: false, s: ['Ánh', 'Bình'] }, { i: false }, { i: true }, { i: true }])
    const sets = await run({ $group: { _id: null, s: { $addToSet: '$name' } } })
    expect(sets).toEqual([{ _id: null, s: ['Ánh', 'Bình'] }])
    const bottom = { $bottom: { sortBy: { name: 1 }, output: '$name' } }
    expect(await run({ $group: { _id: 1, b: bottom } })).toEqual([{ _id: 1, b: 'binh' }])
    expect(await run({ $bucketAuto: { groupBy: '$name', buckets: 2 } })).toEqual([
      { _id: { min: 'Ánh', max: 'Bình' }, count: 2 },
      { _id: { min: 'Bình', max: 'binh' }, count: 2 },
    ])
    await expect(run({ $densify: { field: 'n', range: {} } })).rejects.toMatchObject({ code: 115 })
    const changed = await rows.findOneAndUpdate(
      { name: 'ÁNH' },
      { $set: { n: 1 } },
      { collation, sort: { name: -1 }, returnDocument: 'after' },
    )
    expect(changed).toMatchObject({ n: 1 })
    expect(await rows.updateMany({ name: 'ANH' }, { $set: { n: 2 } }, { collation })).toMatchObject(
      { modifiedCount: 2 },
    )
    expect(await rows.deleteMany({ name: 'BINH' }, { collation })).toMatchObject({
      deletedCount: 2,
    })
  })

  test('a command past its time limit is ended', async () => {
    const rows = db.collection('slow')
    await rows.insertMany(Array.from({ length: 4000 }, (_, n) => ({ n, text: 'x'.repeat(300) })))
    const query = rows.find(
      { $expr: { $gt: [{ $strLenCP: { $concat: ['$text', '$text'] } }, 1_000_000] } },
      { maxTimeMS: 1 },
    )
    await expect(query.toArray()).rejects.toMatchObject({ code: 50 })
  })
})

describe('collections', () => {
  test('are created, renamed, listed and dropped', async () => {
    await db.createCollection('made')
    await db.collection('made').insertOne({ a: 1 })
    await expect(db.createCollection('made', { validator: { a: 1 } })).rejects.toMatchObject({
      code: 48,
    })
    await db.collection('made').rename('renamed')
    await expect(db.collection('made').rename('x')).rejects.toMatchObject({ code: 26 })
    await db.createCollection('target')
    await expect(db.collection('renamed').rename('target')).rejects.toMatchObject({ code: 48 })
    const names = (
      await db.listCollections({ name: { $in: ['made', 'renamed', 'target'] } }).toArray()
    ).map(({ name }) => name)
    expect(names.sort()).toEqual(['renamed', 'target'])
    expect(await db.collection('renamed').drop()).toBe(true)
    expect(await db.collection('renamed').countDocuments()).toBe(0)
    await server.client.db('gone').collection('c').insertOne({})
    await server.client.db('gone').dropDatabase()
    const { databases } = await db.admin().listDatabases()
    expect(databases.map(({ name }) => name)).not.toContain('gone')
  })

  test('a validator refuses and can be changed', async () => {
    await db.createCollection('checked', {
      validator: {
        $jsonSchema: {
          required: ['name'],
          properties: { name: { bsonType: 'string', minLength: 2 } },
        },
      },
    })
    const rows = db.collection('checked')
    await expect(rows.insertOne({ name: 'x' })).rejects.toMatchObject({ code: 121 })
    await rows.insertOne({ name: 'An' })
    await expect(rows.updateOne({}, { $set: { name: 5 } })).rejects.toMatchObject({ code: 121 })
    await rows.insertOne({ name: 5 }, { bypassDocumentValidation: true })
    await db.command({ collMod: 'checked', validator: {} })
    await rows.insertOne({ name: 6 })
    expect(await rows.countDocuments()).toBe(3)
  })

  test('an empty timestamp is filled in, an array as _id is refused', async () => {
    const rows = db.collection('special')
    await rows.insertOne({ at: new Timestamp(0n) })
    expect((await rows.findOne())?.['at']).not.toEqual(new Timestamp(0n))
    await expect(rows.insertOne({ _id: [1] as never })).rejects.toMatchObject({ code: 53 })
    await expect(rows.insertOne({ text: 'x'.repeat(17 * 1024 * 1024) })).rejects.toThrow()
  })
})

describe('what is left to a full MongoDB', () => {
  test.each<[string, (database: Db) => Promise<unknown>]>([
    [
      'a capped collection',
      (database) => database.createCollection('capped', { capped: true, size: 1000 }),
    ],
    [
      'a time-series collection',
      (database) => database.createCollection('series', { timeseries: { timeField: 'at' } }),
    ],
    [
      'a geographical index',
      (database) => database.collection('c').createIndex({ place: '2dsphere' }, {}, {}),
    ],
    ['a change stream', (database) => database.collection('c').watch().next()],
    ['sharding', (database) => database.admin().command({ shardCollection: 'a.b', key: { a: 1 } })],
    ['a user', (database) => database.command({ createUser: 'x', pwd: 'y', roles: [] })],
  ])('%s is refused by name, with the way on', async (_, attempt) => {
    await expect(attempt(db)).rejects.toMatchObject({
      code: 115,
      message: expect.stringContaining('MONGODB_URI') as string,
    })
  })

  test('a transaction is refused by name', async () => {
    const attempt = server.client.withSession((session) =>
      session.withTransaction(() => db.collection('c').insertOne({}, { session })),
    )
    await expect(attempt).rejects.toMatchObject({ code: 115 })
  })

  test('an unknown command has its own code', async () => {
    await expect(db.command({ nothing: 1 })).rejects.toMatchObject({
      code: 59,
      message: "no such command: 'nothing'",
    })
  })
})

describe('failures asked for by tests of clients', () => {
  test('the driver retries a write that failed on the way', async () => {
    const rows = db.collection('retried')
    for (const data of [
      { failCommands: ['insert'], closeConnection: true },
      { failCommands: ['insert'], errorCode: 91 },
    ]) {
      await db.admin().command({ configureFailPoint: 'failCommand', mode: { times: 1 }, data })
      await rows.insertOne({ a: 1 })
    }
    await db
      .admin()
      .command({ configureFailPoint: 'onPrimaryTransactionalWrite', mode: { times: 1 } })
    await rows.insertOne({ a: 2 })
    expect(await rows.countDocuments()).toBe(3)
  })

  test('each of many writes that fail once after they were done is done once', async () => {
    const rows = db.collection<{ _id: number; n: number }>('failing')
    await db
      .admin()
      .command({ configureFailPoint: 'onPrimaryTransactionalWrite', mode: { times: 3 } })
    await rows.bulkWrite([
      { insertOne: { document: { _id: 1, n: 0 } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } },
      { insertOne: { document: { _id: 2, n: 5 } } },
    ])
    expect(await rows.find().toArray()).toEqual([
      { _id: 1, n: 1 },
      { _id: 2, n: 5 },
    ])
  })
})

describe('the variables of let', () => {
  test('are constant expressions, in pipelines and in updates', async () => {
    const rows = db.collection<{ _id: number }>('lets')
    await rows.insertMany([{ _id: 1 }, { _id: 2 }])
    const options = { let: { id: 2, word: { $literal: '$bar' }, sum: { $add: [1, 2] } } }
    const wanted = { _id: 2, word: '$bar', sum: 3 }
    const match = { $expr: { $eq: ['$_id', '$$id'] } }
    const set = { $set: { word: '$$word', sum: '$$sum' } }
    expect(await rows.aggregate([{ $match: match }, set], options).toArray()).toEqual([wanted])
    await rows.updateMany(match, [set], options)
    expect(await rows.findOne({ _id: 2 })).toEqual(wanted)
  })
})

test.each(['$out', '$merge'])('%s does not go with linearizable reads', async (stage) => {
  const rows = db.collection('linearizable')
  await rows.insertOne({ a: 1 })
  const pipeline = [{ [stage]: stage === '$out' ? 'copied' : { into: 'copied' } }]
  await expect(
    rows.aggregate(pipeline, { readConcern: { level: 'linearizable' } }).toArray(),
  ).rejects.toMatchObject({ code: 72 })
})
