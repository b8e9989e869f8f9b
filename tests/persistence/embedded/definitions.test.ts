import { MongoServerError, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  const collection = database().collection('places')
  await collection.insertOne({ a: 1 })
  await collection.createIndexes([{ key: { a: 1 } }])
  await database().createCollection('shown', { viewOn: 'places', pipeline: [] })
})

afterAll(() => server.stop())

const database = () => server.client.db('definitions')

async function codeOf(command: Document, db = 'definitions'): Promise<number> {
  try {
    await server.client.db(db).command(command)
    return 0
  } catch (error) {
    return error instanceof MongoServerError ? Number(error.code) : -1
  }
}

describe('create refuses', () => {
  const id = { key: { _id: 1 }, name: '_id_' }

  test.each<[number, Document]>([
    [14, { idIndex: 1 }],
    [9, { idIndex: {} }],
    [2, { idIndex: { key: { a: 1 }, name: 'a_1' } }],
    [197, { idIndex: { ...id, sparse: true } }],
    [72, { idIndex: id, viewOn: 'places' }],
    [72, { size: 256 }],
    [72, { max: 2 }],
    [72, { pipeline: [] }],
    [2, { viewOn: '' }],
  ])('with code %i: %o', async (code, options) => {
    expect(await codeOf({ create: 'other', ...options })).toBe(code)
  })

  test('no plain specification of the index on _id', async () => {
    expect(await codeOf({ create: 'plain', idIndex: id })).toBe(0)
  })
})

describe('indexes that are refused', () => {
  test.each<[number, Document]>([
    [67, { key: { d: 1 }, name: 'd', v: 0 }],
    [67, { key: { d: 1 }, name: 'd\0' }],
    [67, { key: { d: true }, name: 'd' }],
    [2, { key: { d: 1 }, name: '*' }],
    [2, { key: { d: 1 }, name: '_id_' }],
    [0, { key: { d: 1 }, name: 'd', v: 1 }],
  ])('with code %i: %o', async (code, index) => {
    expect(await codeOf({ createIndexes: 'places', indexes: [index] })).toBe(code)
  })

  test('and drops of what is no name', async () => {
    expect(await codeOf({ dropIndexes: 'places' })).toBe(40414)
    expect(await codeOf({ dropIndexes: 'places', index: 5 })).toBe(14)
    expect(await codeOf({ dropIndexes: 'places', index: [5] })).toBe(14)
  })
})

describe('collMod refuses', () => {
  test.each<[number, Document]>([
    [72, {}],
    [72, { name: 'a_1', keyPattern: { a: 1 }, hidden: true }],
    [72, { name: 'a_1' }],
    [14, { name: 'a_1', hidden: 'yes' }],
    [14, { name: 'a_1', expireAfterSeconds: 'soon' }],
    [2, { name: '_id_', hidden: true }],
    [72, { name: '_id_', expireAfterSeconds: 5 }],
    [115, { name: 'a_1', prepareUnique: true }],
  ])('with code %i a change of an index: %o', async (code, index) => {
    expect(await codeOf({ collMod: 'places', index })).toBe(code)
  })
})

test.each<[number, Document]>([
  [51024, { batchSize: -1 }],
  [40415, { size: 5 }],
])('a cursor is refused with code %i: %o', async (code, cursor) => {
  expect(await codeOf({ aggregate: 'places', pipeline: [], cursor })).toBe(code)
  expect(await codeOf({ listIndexes: 'places', cursor })).toBe(code)
})

test('a view is no place for a collection to be renamed to', async () => {
  const command = { renameCollection: 'definitions.places', to: 'definitions.shown' }
  expect(await codeOf({ ...command, dropTarget: true }, 'admin')).toBe(48)
})

test('$out and $merge pass a validator by, where they are asked to', async () => {
  await database().createCollection('checked', { validator: { a: { $lt: 0 } } })
  for (const stage of [{ $merge: 'checked' }, { $out: 'checked' }]) {
    const pipeline = [stage]
    const write = { aggregate: 'places', pipeline, cursor: {} }
    expect(await codeOf(write)).toBe(121)
    expect(await codeOf({ ...write, bypassDocumentValidation: true })).toBe(0)
    await database().collection('checked').deleteMany({})
  }
})
