import { MongoServerError, type Document, type UpdateOptions } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

let made = 0
const fresh = () => server.client.db('paths').collection(`c${String(made++)}`)

interface Refusal {
  code: number
  errmsg: string
}

async function updated(
  before: Document,
  update: Document,
  options: UpdateOptions = {},
): Promise<Document | null> {
  const collection = fresh()
  await collection.insertOne({ ...before })
  await collection.updateOne({}, update, options)
  return collection.findOne({}, { projection: { _id: 0 } })
}

async function refusal(
  before: Document,
  update: Document,
  options: UpdateOptions = {},
): Promise<Refusal> {
  try {
    await updated(before, update, options)
    return { code: 0, errmsg: '' }
  } catch (error) {
    if (!(error instanceof MongoServerError)) throw error
    return { code: Number(error.code), errmsg: error.message }
  }
}

describe('two paths of one update', () => {
  const filtered = { arrayFilters: [{ one: 1 }] }

  test.each(['list.$', 'list.0', 'list.name'])(
    'that name elements and %s conflict before any document is read',
    async (other) => {
      expect(await refusal({}, { $set: { 'list.$[one]': 0, [other]: 0 } }, filtered)).toEqual({
        code: 40,
        errmsg: `Updating the path '${other}' would create a conflict at 'list'`,
      })
    },
  )

  test('conflict at the one that was written first', async () => {
    const { errmsg } = await refusal({}, { $set: { 'a.b': 1 }, $inc: { a: 1 } })
    expect(errmsg).toBe("Updating the path 'a' would create a conflict at 'a'")
  })

  const nested = {
    list: [
      { kind: 'x', parts: [{ size: 1 }] },
      { kind: 'y', parts: [] },
    ],
  }

  test('conflict where their filters choose the same element', async () => {
    const paths = { $set: { 'list.$[p].name': 1, 'list.$[q].name': 2 } }
    const same = { arrayFilters: [{ 'p.kind': 'x' }, { 'q.kind': { $ne: 'y' } }] }
    expect(await refusal(nested, paths, same)).toEqual({
      code: 40,
      errmsg: "Update created a conflict at 'list.0.name'",
    })
    const others = { arrayFilters: [{ 'p.kind': 'x' }, { 'q.kind': 'y' }] }
    expect(await updated(nested, paths, others)).toEqual({
      list: [
        { kind: 'x', parts: [{ size: 1 }], name: 1 },
        { kind: 'y', parts: [], name: 2 },
      ],
    })
  })

  test('conflict below an element that both choose by name', async () => {
    const paths = { $set: { 'list.$[p].parts.$[r].size': 1, 'list.$[q].parts.$[r].size': 2 } }
    const filters = { arrayFilters: [{ 'p.kind': 'x' }, { 'q.kind': 'x' }, { 'r.size': 1 }] }
    const { errmsg } = await refusal(nested, paths, filters)
    expect(errmsg).toBe("Update created a conflict at 'list.0.parts.$[r].size'")
  })
})

describe('a value in the way of a path', () => {
  test.each([{ $pop: { 'a.b': 1 } }, { $pull: { 'a.b': 1 } }, { $pullAll: { 'a.b': [1] } }])(
    'is refused by %o',
    async (update) => {
      expect(await refusal({ a: 'text' }, update)).toEqual({
        code: 28,
        errmsg: 'Cannot use the part (b) of (a.b) to traverse the element ({a: "text"})',
      })
    },
  )

  test('is no matter to $unset, nor is a missing one', async () => {
    expect(await updated({ a: 5 }, { $unset: { 'a.b': '' } })).toEqual({ a: 5 })
    expect(await updated({ a: {} }, { $pull: { 'a.b': 1 } })).toEqual({ a: {} })
  })
})

describe('array filters', () => {
  const refused = (filter: Document, path = 'a.$[i]') =>
    refusal({}, { $set: { [path]: 1 } }, { arrayFilters: [filter] })

  test('refuse what looks further than the element', async () => {
    expect(await refused({ $expr: true })).toMatchObject({ code: 224 })
    expect(await refused({ $where: '1' })).toMatchObject({ code: 2 })
  })

  test('say that a name with a dollar is no name', async () => {
    const { code, errmsg } = await refused({ $i: 0 }, 'a.$[$i]')
    expect(code).toBe(2)
    expect(errmsg).toMatch(/^Error parsing array filter .* unknown top level operator: \$i/)
  })
})

describe('the collation of an update', () => {
  const collation = { locale: 'en', strength: 2 }

  test.each([
    [{ v: 'B' }, { $min: { v: 'a' } }, { v: 'a' }],
    [{ v: 'a' }, { $max: { v: 'B' } }, { v: 'B' }],
    [{ v: ['A'] }, { $addToSet: { v: { $each: ['a', 'b', 'B'] } } }, { v: ['A', 'b'] }],
    [{ v: ['A', 'b'] }, { $pull: { v: 'a' } }, { v: ['b'] }],
    [{ v: ['A', 'b'] }, { $pullAll: { v: ['a', 'B'] } }, { v: [] }],
    [{ v: ['b', 'C'] }, { $push: { v: { $each: ['a'], $sort: 1 } } }, { v: ['a', 'b', 'C'] }],
    [
      { v: [{ n: 'b' }, { n: 'C' }] },
      { $push: { v: { $each: [{ n: 'a' }], $sort: { n: 1 } } } },
      { v: [{ n: 'a' }, { n: 'b' }, { n: 'C' }] },
    ],
  ])('decides in %o for %o', async (before, update, after) => {
    expect(await updated(before, update, { collation })).toEqual(after)
  })
})

describe('what an update cannot have together', () => {
  const failed = async (command: Document): Promise<number> => {
    try {
      await server.client.db('paths').command(command)
      return 0
    } catch (error) {
      return error instanceof MongoServerError ? Number(error.code) : -1
    }
  }

  test('the new document and the position of the old match', async () => {
    const collection = fresh()
    await collection.insertOne({ list: [1, 2] })
    const command = {
      findAndModify: collection.collectionName,
      query: { list: 2 },
      fields: { 'list.$': 1 },
      update: { $set: { a: 1 } },
    }
    expect(await failed({ ...command, new: true })).toBe(2)
    expect(await failed(command)).toBe(0)
  })

  test('constants without a pipeline', async () => {
    const update = { q: {}, u: { $set: { a: 1 } }, c: { b: 1 } }
    const reply = await server.client.db('paths').command({ update: 'any', updates: [update] })
    expect(reply).toMatchObject({ writeErrors: [{ code: 51198 }] })
  })

  test('an upsert and a filter that gives a field twice', async () => {
    const upsert = async (filter: Document, update: Document) => {
      const command = { update: 'none', updates: [{ q: filter, u: update, upsert: true }] }
      const reply = await server.client.db('paths').command(command)
      return (reply['writeErrors'] as Document[] | undefined)?.[0]?.['code'] as number
    }
    expect(await upsert({ a: { $all: [1, 2] } }, { $set: { b: 1 } })).toBe(54)
    expect(await upsert({ '_id.a': 1 }, { b: 1 })).toBe(111)
  })
})
