import { Long, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

let made = 0

async function projected(document: Document, filter: Document, projection: Document) {
  const collection = server.client.db('semantics').collection(`p${String(made++)}`)
  await collection.insertOne({ ...document })
  return collection.findOne(filter, { projection: { _id: 0, ...projection } })
}

const parallel = { a: [1, 2, 3], b: [4, 5, 6] }
const rows = { a: { rows: [{ n: [1, 2] }, { n: [3] }] }, b: ['first', 'second'] }

describe('the positional operator', () => {
  const places: [
    name: string,
    document: Document,
    filter: Document,
    path: string,
    kept: Document,
  ][] = [
    ['of a parallel array', parallel, { a: 2 }, 'b', { b: [5] }],
    ['of the last clause that met an array', parallel, { a: { $gt: 1 }, b: 6 }, 'a', { a: [3] }],
    ['of the first value of $in', parallel, { a: { $in: [3, 2] } }, 'b', { b: [5] }],
    ['of alternatives for one field', parallel, { $or: [{ a: 3 }, { a: 2 }] }, 'b', { b: [5] }],
    ['of $elemMatch', parallel, { a: { $elemMatch: { $gt: 1, $lt: 3 } } }, 'b', { b: [5] }],
    ['of the first array on the way', rows, { 'a.rows.n': 3 }, 'b', { b: ['second'] }],
    [
      'in the first array on its own way',
      rows,
      { 'a.rows': { $elemMatch: { n: { $elemMatch: { $gt: 2 } } } } },
      'a.rows.n',
      { a: { rows: [{ n: [3] }] } },
    ],
    ['where there is no array', { a: [1], b: { c: 2 } }, { a: 1 }, 'b.c', { b: { c: 2 } }],
    ['where there is nothing', { a: [1] }, { a: 1 }, 'b', {}],
  ]

  test.each(places)('%s', async (_, document, filter, path, kept) => {
    expect(await projected(document, filter, { [`${path}.$`]: 1 })).toEqual(kept)
  })

  const refused: [filter: Document, projection: Document, code: number][] = [
    [{ a: [1, 2, 3] }, { 'b.$': 1 }, 51246],
    [{ $or: [{ a: 1 }, { b: 5 }] }, { 'a.$': 1 }, 51246],
    [{ $nor: [{ a: 9 }] }, { 'a.$': 1 }, 51246],
    [{ a: 3 }, { 'short.$': 1 }, 51247],
    [{ a: 1 }, { 'a.$': { $slice: 1 } }, 31271],
    [{ a: 1 }, { 'a.$': 'text' }, 31308],
    [{ a: 1 }, { 'a.$': 1, b: { $elemMatch: { $gt: 4 } } }, 31255],
    [{ a: 1 }, { b: { $elemMatch: { $gt: 4 } }, 'a.$': 1 }, 31256],
    [{ a: 1 }, { '.$': 1 }, 5392900],
    [{ a: 1 }, { b: {} }, 51270],
  ]

  test.each(refused)('%j, %j is refused', async (filter, projection, code) => {
    const asked = projected({ ...parallel, short: [1] }, filter, projection)
    await expect(asked).rejects.toMatchObject({ code })
  })

  test('of an update is that of the last clause', async () => {
    const collection = server.client.db('semantics').collection(`p${String(made++)}`)
    await collection.insertOne({ ...parallel })
    await collection.updateOne({ a: 1, b: 5 }, { $set: { 'a.$': 0 } })
    expect(await collection.findOne({}, { projection: { _id: 0, a: 1 } })).toEqual({ a: [1, 0, 3] })
  })
})

describe('arrays directly within arrays', () => {
  const nested = { a: [[{ l: [1, 2], x: 0 }], { l: [1, 2], x: 0 }] }

  test('are not cut by $slice', async () => {
    expect(await projected(nested, {}, { 'a.l': { $slice: 1 } })).toEqual({
      a: [[{ l: [1, 2], x: 0 }], { l: [1], x: 0 }],
    })
  })

  test('keep their fields beside $slice', async () => {
    expect(await projected(nested, {}, { a: { l: { $slice: -1 }, x: 1 } })).toEqual({
      a: [[{ l: [1, 2], x: 0 }], { l: [2], x: 0 }],
    })
  })

  test('are not looked into by the path of an expression', async () => {
    expect(await projected(nested, {}, { y: '$a.x' })).toEqual({ y: [0] })
  })
})

test('the bits of the greatest long', async () => {
  const collection = server.client.db('semantics').collection(`p${String(made++)}`)
  await collection.insertOne({ a: Long.MAX_VALUE })
  expect(await collection.countDocuments({ a: { $bitsAllSet: Long.MAX_VALUE } })).toBe(1)
  expect(await collection.countDocuments({ a: { $bitsAnySet: [63] } })).toBe(0)
})
