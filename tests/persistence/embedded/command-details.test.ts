import { Double, Int32, type Document } from 'mongodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  await rows().insertMany([
    { _id: 1 as never, a: new Int32(2), list: [{ b: 1 }, { b: 2 }], c: 3 },
    { _id: 2 as never, a: new Double(2), list: [], c: 1 },
    { _id: 3 as never, a: 'x', c: 2 },
  ])
})

afterAll(() => server.stop())

const db = () => server.client.db('details')
const rows = () => db().collection('rows')

const refusals: [command: Document, code: number, message: string][] = [
  [{ collMod: 'rows', no: 1 }, 40415, "BSON field 'collMod.no' is an unknown field."],
  [{ create: 'other', no: 1 }, 40415, "BSON field 'create.no' is an unknown field."],
  [
    { create: 'other', validationLevel: 'no' },
    2,
    "Enumeration value 'no' for field 'create.validationLevel' is not a valid value.",
  ],
  [
    { findAndModify: 'rows', remove: true, arrayFilters: [] },
    9,
    'Cannot specify arrayFilters and remove=true',
  ],
  [
    { findAndModify: 'rows', update: {}, sort: { a: 'x' } },
    15974,
    'Illegal key in $sort specification: a: "x"',
  ],
  [{ distinct: 'rows' }, 40414, "BSON field 'distinct.key' is missing but a required field"],
  [
    { find: 'rows', skip: 'x' },
    14,
    "BSON field 'find.skip' is the wrong type 'string', expected types '[long, int, decimal, double]'",
  ],
  [
    { find: 'rows', readConcern: { level: 'no' } },
    2,
    "Enumeration value 'no' for field 'readConcern.level' is not a valid value.",
  ],
  [
    { insert: 'rows', documents: [{}], writeConcern: { w: 51 } },
    9,
    'w has to be a non-negative number and not greater than 50; found: 51',
  ],
  [
    { aggregate: 1, pipeline: [{ $match: {} }], cursor: {} },
    73,
    "{aggregate: 1} is not valid for '$match'; a collection is required.",
  ],
  [
    { createIndexes: 'rows', indexes: [{ key: { a: 0 }, name: 'a' }] },
    67,
    'Error in specification { key: { a: 0 }, name: "a" } :: caused by :: Values in the index key pattern cannot be 0.',
  ],
  [
    { create: 'other', expireAfterSeconds: 5 },
    72,
    "'expireAfterSeconds' is only supported on time-series collections or when the 'clusteredIndex' option is specified",
  ],
  [
    { find: 'rows', projection: { list: { $slice: 'x' } } },
    28667,
    'Invalid $slice syntax. The given syntax { $slice: "x" } did not match the find() syntax because :: Location31273: $slice only supports numbers and [skip, limit] arrays :: The given syntax did not match the expression $slice syntax. :: caused by :: Expression $slice takes at least 2 arguments, and at most 3, but 1 were passed in.',
  ],
]

test.each(refusals)('%j is refused', async (command, code, message) => {
  await expect(db().command(command)).rejects.toMatchObject({ code, message })
})

test('search indexes are refused by the name of what has them', async () => {
  const definition = { name: 'x', definition: { mappings: { dynamic: true } } }
  const Atlas = { code: 115, message: expect.stringContaining('Atlas') as string }
  await expect(rows().createSearchIndex(definition)).rejects.toMatchObject(Atlas)
  await expect(rows().updateSearchIndex('x', {})).rejects.toMatchObject(Atlas)
  await expect(rows().dropSearchIndex('x')).rejects.toMatchObject(Atlas)
  await expect(rows().listSearchIndexes().toArray()).rejects.toMatchObject(Atlas)
})

test('a write that more servers should know is done, and says that they are not there', async () => {
  const write = (w: string | number) =>
    db()
      .collection('concerns')
      .insertOne({ w }, { writeConcern: { w: w as number } })
  await expect(write('no')).rejects.toMatchObject({
    code: 79,
    message: "No write concern mode named 'no' found in replica set configuration",
  })
  await expect(write(2)).rejects.toMatchObject({ code: 100 })
  await write('majority')
  await write(1)
  expect(await db().collection('concerns').countDocuments()).toBe(4)
})

test('distinct gives values as they are met, the first of equal ones; an index gives them in order', async () => {
  const { values } = await db().command({ distinct: 'rows', key: 'a' }, { promoteValues: false })
  expect(values).toEqual([new Int32(2), 'x'])
  expect(await rows().distinct('c')).toEqual([3, 1, 2])
  await rows().createIndex({ c: 1 }, {}, {})
  expect(await rows().distinct('c')).toEqual([1, 2, 3])
})

test('$elemMatch in a projection goes with fields that are left out, in any order', async () => {
  const list = { $elemMatch: { b: 2 } }
  const expected = { _id: 1, a: 2, list: [{ b: 2 }] }
  for (const projection of [
    { list, c: 0 },
    { c: 0, list },
  ])
    expect(await rows().findOne({ _id: 1 as never }, { projection })).toEqual(expected)
  expect(await rows().findOne({ _id: 1 as never }, { projection: { list } })).toEqual({
    _id: 1,
    list: [{ b: 2 }],
  })
})

test('one _id is not planned', async () => {
  const plan = async (command: Document): Promise<unknown> => {
    const { queryPlanner } = await db().command({ explain: command, verbosity: 'queryPlanner' })
    return (queryPlanner as { winningPlan: Document }).winningPlan
  }
  const express = (stage: string) => ({
    isCached: false,
    stage,
    keyPattern: '{ _id: 1 }',
    indexName: '_id_',
  })
  expect(await plan({ find: 'rows', filter: { _id: 1 } })).toEqual(express('EXPRESS_IXSCAN'))
  expect(await plan({ find: 'rows', filter: { _id: { $eq: 1 } } })).toEqual(
    express('EXPRESS_IXSCAN'),
  )
  expect(
    await plan({ update: 'rows', updates: [{ q: { _id: 1 }, u: { $set: { a: 1 } } }] }),
  ).toEqual(express('EXPRESS_UPDATE'))
  expect(await plan({ delete: 'rows', deletes: [{ q: { _id: 1 }, limit: 1 }] })).toEqual(
    express('EXPRESS_DELETE'),
  )
  expect(await plan({ find: 'rows', filter: { _id: 1 }, projection: { a: '$c' } })).toMatchObject({
    stage: 'PROJECTION_DEFAULT',
    inputStage: { stage: 'IDHACK' },
  })
  for (const find of [{ filter: { _id: { $gt: 1 } } }, { filter: { _id: 1, a: 1 } }])
    expect(await plan({ find: 'rows', ...find })).toMatchObject({
      stage: 'FETCH',
      inputStage: { stage: 'IXSCAN' },
    })
})
