import { MongoClient, type Db, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer
let db: Db

beforeAll(async () => {
  server = await startServer()
  db = server.client.db('options')
  await db.collection('words').insertMany(['a-b', 'ab', 'B', 'á'].map((word) => ({ word })))
}, 30_000)

afterAll(() => server.stop())

describe('the version of the API that a client declares', () => {
  let strict: MongoClient

  beforeAll(async () => {
    strict = await MongoClient.connect(server.uri, { serverApi: { version: '1', strict: true } })
  })

  afterAll(() => strict.close())

  test('lets everything through that is in it', async () => {
    const rows = strict.db('options').collection('strictly')
    await rows.insertOne({ n: 1 })
    await rows.updateOne({ n: 1 }, { $inc: { n: 1 } })
    const either = { $match: { $or: [{ n: 2, m: null }, { n: 3 }] } }
    const inner = [{ $lookup: { from: 'strictly', pipeline: [either], as: 'all' } }]
    expect(await rows.aggregate([either, ...inner]).toArray()).toHaveLength(1)
    expect(await rows.estimatedDocumentCount()).toBe(1)
  })

  test('refuses a command that is not in it', async () => {
    await expect(strict.db('options').collection('words').distinct('word')).rejects.toMatchObject({
      code: 323,
      codeName: 'APIStrictError',
      message: 'Provided apiStrict:true, but the command distinct is not in API Version 1',
    })
  })

  test.each<[string, Document[]]>([
    ['$indexStats', [{ $indexStats: {} }]],
    ['$collStats', [{ $collStats: { count: {}, storageStats: {} } }]],
    ['$indexStats', [{ $unionWith: { coll: 'words', pipeline: [{ $indexStats: {} }] } }]],
    ['$indexStats', [{ $facet: { one: [{ $indexStats: {} }] } }]],
  ])('refuses the stage %s, which is not in it', async (stage, pipeline) => {
    const rows = strict.db('options').collection('words')
    await expect(rows.aggregate(pipeline).toArray()).rejects.toMatchObject({
      code: 323,
      message: `stage ${stage} is not allowed with 'apiStrict: true' in API Version 1`,
    })
  })

  test.each([
    [{ apiVersion: '2' }, 322],
    [{ apiStrict: true }, 72],
    [{ apiDeprecationErrors: true }, 72],
  ])('%o is refused', async (options, code) => {
    await expect(db.command({ ping: 1, ...options })).rejects.toMatchObject({ code })
  })
})

describe('a collation', () => {
  test.each([
    [{ strength: 1 }, 40414],
    [{ locale: 'zzz' }, 2],
    [{ locale: 'not a locale' }, 2],
    [{ locale: 'en', strength: 9 }, 51024],
    [{ locale: 'en', caseFirst: 'first' }, 2],
    [{ locale: 'en', caseLevel: 1 }, 14],
    [{ locale: 'en', strenth: 2 }, 40415],
    [{ locale: 'fr', backwards: true }, 115],
    [{ locale: 'en', alternate: 'shifted', maxVariable: 'space' }, 115],
  ])('%o is refused', async (collation, code) => {
    await expect(db.command({ find: 'words', collation })).rejects.toMatchObject({ code })
  })

  test.each([
    [{ strength: 3, alternate: 'shifted' }, 'ab', ['a-b', 'ab']],
    [{ strength: 1 }, 'A', ['á']],
    [{ strength: 2 }, 'b', ['B']],
    [{ strength: 2, caseLevel: true }, 'b', []],
  ] as const)('%o finds %s', async (options, word, found) => {
    const collation = { locale: 'en', ...options }
    const rows = await db.collection('words').find({ word }, { collation }).toArray()
    expect(rows.map((row): unknown => row['word'])).toEqual(found)
  })

  test('says which of two cases comes first', async () => {
    const rows = db.collection('cases')
    await rows.insertMany([{ word: 'a' }, { word: 'A' }])
    const words = async (caseFirst: string): Promise<unknown[]> => {
      const found = rows.find({}, { sort: { word: 1 }, collation: { locale: 'en', caseFirst } })
      return (await found.toArray()).map((row): unknown => row['word'])
    }
    expect(await words('upper')).toEqual(['A', 'a'])
    expect(await words('lower')).toEqual(['a', 'A'])
  })

  test('of the last strength tells apart what only looks the same to the others', async () => {
    const word = 'ab\u0000'
    const find = (strength: number) =>
      db
        .collection('nulls')
        .find({ word: 'ab' }, { collation: { locale: 'en', strength } })
        .toArray()
    await db.collection('nulls').insertOne({ word })
    expect(await find(3)).toHaveLength(1)
    expect(await find(5)).toHaveLength(0)
  })
})

describe('misspelt options', () => {
  test.each([
    [{ readConcern: { levl: 'local' } }, 40415],
    [{ let: { Upper: 1 } }, 9],
    [{ let: { 'a-b': 1 } }, 9],
  ])('%o is refused', async (options, code) => {
    await expect(db.command({ find: 'words', ...options })).rejects.toMatchObject({ code })
  })

  test('what change streams would need is kept with the collection', async () => {
    const changeStreamPreAndPostImages = { enabled: true }
    await db.createCollection('images', { changeStreamPreAndPostImages })
    expect(await db.listCollections({ name: 'images' }).toArray()).toMatchObject([
      { options: { changeStreamPreAndPostImages } },
    ])
  })
})

test('explaining a find refuses what the find would refuse', async () => {
  const explain = { find: 'words', limit: -1 }
  await expect(db.command({ explain })).rejects.toMatchObject({ code: 51024 })
  await expect(db.command({ explain: { ...explain, limit: 1 } })).resolves.toMatchObject({ ok: 1 })
})

describe('a flag of another type', () => {
  const one = { q: {}, u: { $set: { a: 1 } } }
  test.each<[string, Document]>([
    ['insert.ordered', { insert: 'flags', documents: [{ a: 1 }], ordered: 'no' }],
    ['update.ordered', { update: 'flags', updates: [one], ordered: 0 }],
    ['update.updates.multi', { update: 'flags', updates: [{ ...one, multi: 1 }] }],
    ['update.updates.upsert', { update: 'flags', updates: [{ ...one, upsert: 'yes' }] }],
    ['findAndModify.new', { findAndModify: 'flags', update: { a: 1 }, new: 'yes' }],
    ['find.singleBatch', { find: 'words', singleBatch: {} }],
  ])('is refused by name and changes nothing: %s', async (name, command) => {
    await expect(db.command(command)).rejects.toMatchObject({
      code: 14,
      message: expect.stringContaining(`BSON field '${name}' is the wrong type`) as string,
    })
    expect(await db.collection('flags').countDocuments()).toBe(0)
  })

  test('may be a number where old clients write one', async () => {
    const made = { findAndModify: 'numbered', query: {}, update: { a: 1 }, upsert: 1, new: 1 }
    await expect(db.command(made)).resolves.toMatchObject({ value: { a: 1 } })
  })
})
