import type { Collection, Db, Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer
let db: Db
let open: Collection<{ _id: number }>

beforeAll(async () => {
  server = await startServer()
  db = server.client.db('views')
  await db.collection<Document & { _id: number }>('cases').insertMany([
    { _id: 1, state: 'open', field: 'road', tags: ['a', 'b'] },
    { _id: 2, state: 'closed', field: 'road', tags: ['c'] },
    { _id: 3, state: 'open', field: 'water', tags: ['b'] },
    { _id: 4, state: 'open', field: 'road', tags: [] },
  ])
  await db.createCollection('open', { viewOn: 'cases', pipeline: [{ $match: { state: 'open' } }] })
  await db.createCollection('roads', {
    viewOn: 'open',
    pipeline: [{ $match: { field: 'road' } }, { $project: { state: 1 } }],
  })
  open = db.collection('open')
}, 30_000)

afterAll(() => server.stop())

describe('a view is read like a collection', () => {
  test('by find, with filter, order, projection and batches', async () => {
    const options = { sort: { _id: -1 }, projection: { _id: 1 }, batchSize: 1 } as const
    expect(await open.find({}, options).toArray()).toEqual([{ _id: 4 }, { _id: 3 }, { _id: 1 }])
    expect(await open.find({ field: 'road' }, { skip: 1, limit: 1 }).toArray()).toMatchObject([
      { _id: 4 },
    ])
    expect(await open.findOne({ _id: 2 })).toBeNull()
    expect(await open.findOne({ _id: 3 })).toMatchObject({ field: 'water' })
  })

  test('by count, also without a filter, and distinct', async () => {
    expect(await open.estimatedDocumentCount()).toBe(3)
    expect(await open.countDocuments({ field: 'road' })).toBe(2)
    expect(await open.distinct('tags')).toEqual(['a', 'b'])
    expect(await open.distinct('tags', { _id: 3 })).toEqual(['b'])
  })

  test('by aggregate, and joined with others', async () => {
    expect(await open.aggregate([{ $sortByCount: '$field' }]).toArray()).toEqual([
      { _id: 'road', count: 2 },
      { _id: 'water', count: 1 },
    ])
    const join = { $lookup: { from: 'open', localField: '_id', foreignField: '_id', as: 'found' } }
    const joined = await db
      .collection('cases')
      .aggregate([join, { $sort: { _id: 1 } }])
      .toArray()
    expect(joined.map((each) => (each['found'] as unknown[]).length)).toEqual([1, 0, 1, 1])
  })

  test('also when it shows another view', async () => {
    const roads = await db.collection('roads').find().toArray()
    expect(roads).toEqual([
      { _id: 1, state: 'open' },
      { _id: 4, state: 'open' },
    ])
  })

  test('and shows what is written to its collection', async () => {
    const cases = db.collection<{ _id: number }>('cases')
    await cases.updateOne({ _id: 2 }, { $set: { state: 'open' } })
    expect(await open.estimatedDocumentCount()).toBe(4)
    await cases.updateOne({ _id: 2 }, { $set: { state: 'closed' } })
  })
})

describe('a view is listed, kept and dropped', () => {
  test('under its type', async () => {
    expect(await db.listCollections({ name: 'open' }).toArray()).toEqual([
      {
        name: 'open',
        type: 'view',
        options: { viewOn: 'cases', pipeline: [{ $match: { state: 'open' } }] },
        info: { readOnly: true },
      },
    ])
  })

  test('apart from collections, by dbStats', async () => {
    expect(await db.stats()).toMatchObject({ collections: 1, views: 2, indexes: 1 })
  })

  test('over a restart', async () => {
    const before = await startServer()
    await before.client.db('kept').createCollection('shown', { viewOn: 'none' })
    const after = await before.restart()
    const kept = after.client.db('kept')
    expect(await kept.collection('shown').find().toArray()).toEqual([])
    await expect(kept.collection('shown').insertOne({})).rejects.toMatchObject({ code: 166 })
    await after.stop()
  }, 30_000)

  test('without what it shows', async () => {
    await db.createCollection('short', { viewOn: 'cases' })
    await db.dropCollection('short')
    expect(await db.listCollections({ name: 'short' }).toArray()).toEqual([])
    expect(await db.collection('cases').estimatedDocumentCount()).toBe(4)
  })
})

describe('a view refuses', () => {
  const attempts: Record<string, (view: Collection) => Promise<unknown>> = {
    insert: (view) => view.insertOne({ a: 1 }),
    update: (view) => view.updateOne({}, { $set: { a: 1 } }),
    upsert: (view) => view.updateMany({ a: 9 }, { $set: { a: 1 } }, { upsert: true }),
    delete: (view) => view.deleteMany({}),
    findAndModify: (view) => view.findOneAndDelete({}),
    createIndexes: (view) => view.createIndexes([{ key: { a: 1 } }]),
    rename: (view) => view.rename('closed'),
    $collStats: (view) => view.aggregate([{ $collStats: { count: {} } }]).toArray(),
    $out: () =>
      db
        .collection('cases')
        .aggregate([{ $out: 'open' }])
        .toArray(),
    $merge: () =>
      db
        .collection('cases')
        .aggregate([{ $merge: 'open' }])
        .toArray(),
  }

  test.each(Object.entries(attempts))('%s', async (_, attempt) => {
    await expect(attempt(db.collection('open'))).rejects.toMatchObject({ code: 166 })
  })

  test('a collation', async () => {
    const collation = { locale: 'vi', strength: 1 }
    await expect(open.find({}, { collation }).toArray()).rejects.toMatchObject({ code: 167 })
    await expect(open.countDocuments({}, { collation })).rejects.toMatchObject({ code: 167 })
  })

  test.each<[string, Document, number]>([
    ['another definition', { create: 'open', viewOn: 'cases' }, 48],
    ['a collection of its name', { create: 'open' }, 48],
    ['a limit below zero', { find: 'open', limit: -1 }, 51024],
    ['to be explained', { explain: { find: 'open' } }, 166],
    ['a tailable cursor', { find: 'open', tailable: true }, 115],
    ['a hint of no index', { find: 'open', hint: 'none' }, 2],
    ['to be defined again', { collMod: 'open', viewOn: 'cases', pipeline: [] }, 115],
    ['to write', { create: 'w', viewOn: 'cases', pipeline: [{ $out: 'x' }] }, 167],
    ['an unknown stage', { create: 'w', viewOn: 'cases', pipeline: [{ $what: 1 }] }, 40324],
    ['to be capped', { create: 'w', viewOn: 'cases', capped: true, size: 10 }, 115],
    ['to show itself', { create: 'w', viewOn: 'w' }, 5],
    [
      'to be joined with itself',
      { create: 'w', viewOn: 'cases', pipeline: [{ $facet: { f: [{ $unionWith: 'w' }] } }] },
      5,
    ],
  ])('%s', async (_, command, code) => {
    await expect(db.command(command)).rejects.toMatchObject({ code })
  })

  test('to show itself by way of another', async () => {
    await db.createCollection('first', { viewOn: 'second' })
    await expect(
      db.createCollection('second', {
        viewOn: 'cases',
        pipeline: [{ $lookup: { from: 'first', pipeline: [], as: 'all' } }],
      }),
    ).rejects.toMatchObject({ code: 5 })
  })
})
