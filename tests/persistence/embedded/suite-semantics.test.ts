import { DBRef, ObjectId, Timestamp, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

let made = 0
const fresh = () => server.client.db('suite').collection(`c${String(made++)}`)
const run = (command: Document, db = 'suite') => server.client.db(db).command(command)

describe('references', () => {
  test('are found by their fields in an element', async () => {
    const collection = fresh()
    const [one, other] = [new ObjectId(), new ObjectId()]
    await collection.insertOne({ members: [new DBRef('people', one, 'city')] })
    const count = (element: Document) =>
      collection.countDocuments({ members: { $elemMatch: element } })
    expect(await count({ $id: one })).toBe(1)
    expect(await count({ $id: other })).toBe(0)
    expect(await count({ $ref: 'people', $db: 'city' })).toBe(1)
  })
})

describe('an empty timestamp', () => {
  const empty = new Timestamp(0n)
  const isFilled = (value: unknown) => value instanceof Timestamp && value.toBigInt() > 0n

  test('becomes the present moment in a replacement, at the top only', async () => {
    const collection = fresh()
    const { insertedId } = await collection.insertOne({ a: 1 })
    await collection.replaceOne({ _id: insertedId }, { at: empty, inside: { at: empty } })
    const replaced = await collection.findOne()
    expect(isFilled(replaced?.['at'])).toBe(true)
    expect(isFilled((replaced?.['inside'] as Document)['at'])).toBe(false)
    const found = await collection.findOneAndReplace({}, { at: empty }, { returnDocument: 'after' })
    expect(isFilled(found?.['at'])).toBe(true)
  })

  test('stays where a client asks for that, and in $set', async () => {
    const { collectionName } = fresh()
    await run({
      insert: collectionName,
      documents: [{ _id: 1, at: empty }],
      bypassEmptyTsReplacement: true,
    })
    const collection = server.client.db('suite').collection(collectionName)
    await collection.updateOne({}, { $set: { other: empty } })
    const stored = await collection.findOne()
    expect([stored?.['at'], stored?.['other']].some(isFilled)).toBe(false)
  })
})

describe('a number in an index path', () => {
  const ambiguous = { a: [{ 0: 'x' }, { 0: 'y' }] }

  test('refuses elements that have it as a name', async () => {
    const collection = fresh()
    await collection.createIndex({ 'a.0': 1 }, {}, {})
    await expect(collection.insertOne({ ...ambiguous })).rejects.toMatchObject({ code: 16746 })
    const { insertedId } = await collection.insertOne({ a: ['x'] })
    await expect(
      collection.updateOne({ _id: insertedId }, { $set: ambiguous }),
    ).rejects.toMatchObject({ code: 16746 })
    expect(await collection.countDocuments({ 'a.0': 'x' })).toBe(1)
  })

  test('refuses an index over such documents, which are found without it', async () => {
    const collection = fresh()
    await collection.insertOne({ ...ambiguous })
    await expect(collection.createIndex({ 'a.0': 1 }, {}, {})).rejects.toMatchObject({
      code: 16746,
    })
    expect(await collection.countDocuments({ 'a.0': 'y' })).toBe(1)
  })
})

describe('a collation', () => {
  const refused: [collation: Document, code: number][] = [
    [{ locale: 'tlh_nowhere' }, 2],
    [{ locale: '' }, 2],
    [{ strength: 2 }, 40414],
    [{ locale: 'vi', strength: 6 }, 51024],
    [{ locale: 'vi', strength: 0 }, 51024],
    [{ locale: 'vi', colour: 1 }, 40415],
    [{ locale: 'vi', caseLevel: 1 }, 14],
    [{ locale: 'vi', caseFirst: 'first' }, 2],
    [{ locale: 'fr', backwards: true }, 115],
  ]

  test.each(refused)('%j is refused', async (collation, code) => {
    await expect(run({ find: 'c0', collation })).rejects.toMatchObject({ code })
  })

  const orders: [collation: Document & { locale: string }, texts: string[]][] = [
    [{ locale: 'en', caseFirst: 'upper' }, ['A', 'a', 'b']],
    [{ locale: 'en', caseFirst: 'lower' }, ['a', 'A', 'b']],
    [{ locale: 'en', alternate: 'shifted' }, ['ab', '-ac', 'ad']],
    [{ locale: 'de@collation=phonebook' }, ['ad', 'ä', 'af']],
  ]

  test.each(orders)('%j is heeded', async (collation, texts) => {
    const collection = fresh()
    await collection.insertMany([...texts].reverse().map((text) => ({ text })))
    const found = await collection.find({}, { collation, sort: { text: 1 } }).toArray()
    expect(found.map((each) => each['text'] as string)).toEqual(texts)
  })
})

describe('is refused as mongod does it', () => {
  const commands: [command: Document, code: number, message: RegExp][] = [
    [{ find: 'c0', sort: { a: 2 } }, 15975, /must be 1 \(for ascending\) or -1/],
    [{ find: 'c0', sort: { 'a.': 1 } }, 40353, /must not end with/],
    [{ find: 'c0', sort: { a: { $meta: 'textScore' } } }, 40218, /text score metadata/],
    [{ find: 'c0', sort: { a: { $meta: 'mood' } } }, 31138, /Illegal \$meta sort: \$meta: "mood"/],
    [{ find: 'c0', sort: { a: { $meta: 1 } } }, 31138, /Illegal \$meta sort/],
    [{ find: 'c0', sort: { a: { $meta: 'randVal', b: 1 } } }, 9, /additional keys/],
    [{ find: 'c0', sort: { a: { b: 1 } } }, 17312, /only expression supported by \$sort/],
    [{ find: 'c0', projection: { a: { $meta: 'textScore' } } }, 40218, /text score metadata/],
    [{ find: 'c0', projection: { a: { $meta: 'mood' } } }, 17308, /Unsupported argument to \$meta/],
    [{ find: 'c0', projection: { a: { $meta: 'recordId' } } }, 115, /not supported/],
    [{ find: 'c0', filter: { a: { $within: { $box: [] } } } }, 115, /\$within/],
    [{ find: 'c0', filter: { a: { $bitsAllSet: -1 } } }, 9, /in: \$bitsAllSet: -1/],
    [{ explain: { find: 'c0' }, verbosity: 'much' }, 2, /'much' for field 'explain.verbosity'/],
    [{ renameCollection: 'a.b', to: 'a.c' }, 13, /against the admin database/],
    [
      { aggregate: 'c0', pipeline: [{ $group: { foo: 'bar' } }], cursor: {} },
      40234,
      /must be an accumulator object/,
    ],
  ]

  test.each(commands)('%j', async (command, code, message) => {
    const refusal: unknown = await run(command).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(message) as unknown })
  })

  test.each(['a', 'a.b.c'])('renaming a.b to %s, which lies on its own way', async (to) => {
    const update = fresh().updateOne({}, { $rename: { 'a.b': to } }, { upsert: true })
    await expect(update).rejects.toMatchObject({ code: 2 })
  })
})

test('dropping all indexes says so', async () => {
  const collection = fresh()
  await collection.createIndex({ a: 1 }, {}, {})
  expect(await run({ dropIndexes: collection.collectionName, index: '*' })).toMatchObject({
    nIndexesWas: 2,
    msg: 'non-_id indexes dropped for collection',
  })
})

test('a cursor whose collection is dropped ends with an error, not as if it were done', async () => {
  const collection = fresh()
  await collection.insertMany(Array.from({ length: 500 }, (_, n) => ({ n })))
  const cursor = collection.find().batchSize(10)
  await cursor.next()
  await collection.drop()
  await expect(cursor.toArray()).rejects.toMatchObject({ code: 175 })
})
