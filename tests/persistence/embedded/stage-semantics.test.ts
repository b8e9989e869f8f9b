import type { Document } from 'mongodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  const rows = [
    { _id: 1, a: 1, t: ['x'] },
    { _id: 2, a: 2 },
  ]
  await server.client.db('semantics').collection<Document & { _id: number }>('s').insertMany(rows)
})

afterAll(() => server.stop())

const run = (pipeline: Document[]): Promise<Document[]> =>
  server.client.db('semantics').collection('s').aggregate(pipeline).toArray()

const refused: [stage: Document, code: number][] = [
  [{ $unwind: 1 }, 15981],
  [{ $unwind: {} }, 28812],
  [{ $unwind: { path: '$t', x: 1 } }, 28811],
  [{ $unwind: { path: '$t', includeArrayIndex: '$i' } }, 28822],
  [{ $unwind: { path: '$t', preserveNullAndEmptyArrays: 1 } }, 28809],
  [{ $count: '$a' }, 40158],
  [{ $count: 'a.b' }, 40160],
  [{ $count: '' }, 40157],
  [{ $addFields: {} }, 40177],
  [{ $unset: [] }, 31119],
  [{ $sort: 1 }, 15973],
  [{ $sample: {} }, 28749],
  [{ $sample: { size: -1 } }, 28747],
  [{ $bucket: { groupBy: '$a', boundaries: [5, 0] } }, 40194],
  [{ $bucket: { groupBy: '$a', boundaries: [0, 'x'] } }, 40193],
  [{ $bucket: { groupBy: '$a', boundaries: [0, 5], default: 2 } }, 40199],
  [{ $bucket: { groupBy: 'a', boundaries: [0, 5] } }, 40202],
  [{ $bucket: { boundaries: [0, 5] } }, 40198],
  [{ $indexStats: 1 }, 28803],
  [{ $limit: 'x' }, 5107201],
  [{ $limit: -1 }, 5107201],
  [{ $limit: 0 }, 15958],
  [{ $skip: 'x' }, 5107200],
  [{ $skip: 1.5 }, 5107200],
  [{ $replaceRoot: 1 }, 40229],
  [{ $replaceRoot: {} }, 40414],
  [{ $replaceRoot: { newRoot: '$a' } }, 40228],
  [{ $fill: { output: { 'a.constructor': { value: 1 } } } }, 115],
  [{ $densify: { field: '__proto__.a', range: { step: 1, bounds: 'full' } } }, 115],
  [{ $setWindowFields: { sortBy: { a: 1 }, output: { constructor: { $sum: '$a' } } } }, 115],
  [{ $setWindowFields: { output: { b: { $sum: '$a.prototype' } } } }, 115],
  [{ $sortByCount: 'a' }, 40148],
  [{ $facet: { a: [{ $out: 'x' }] } }, 40600],
  [{ $facet: { a: [{ $nope: 1 }] } }, 40324],
  [{ $lookup: { from: 's', as: 'j' } }, 9],
  [{ $lookup: { from: 's', localField: '$a', foreignField: 'a', as: 'j' } }, 16410],
]

test.each(refused)('%j is refused', async (stage, code) => {
  await expect(run([stage])).rejects.toMatchObject({ code })
})

test('$documents comes first or not at all', async () => {
  await expect(run([{ $limit: 1 }, { $documents: [] }])).rejects.toMatchObject({ code: 40602 })
})

test('$top and $bottom are one value', async () => {
  const output = '$_id'
  const top = { $top: { sortBy: { a: -1 }, output } }
  const bottom = { $bottom: { sortBy: { a: -1 }, output } }
  expect(await run([{ $group: { _id: null, top, bottom } }])).toEqual([
    { _id: null, top: 2, bottom: 1 },
  ])
})

test.each<[projection: Document, names: string[], inner: string[]]>([
  [{ b: '$a', t: 1 }, ['_id', 't', 'b'], []],
  [{ t: '$a', a: 1 }, ['_id', 'a', 't'], []],
  [{ d: { e: '$nothing' } }, ['_id', 'd'], []],
  [{ d: { e: '$a', f: 1 } }, ['_id', 'd'], ['e']],
])('%j puts computed fields after kept ones', async (projection, names, inner) => {
  const [first] = await run([{ $sort: { _id: 1 } }, { $project: projection }])
  expect(Object.keys(first ?? {})).toEqual(names)
  expect(Object.keys((first?.['d'] ?? {}) as Document)).toEqual(inner)
})

test('a collection that is not there has no indexes to tell of', async () => {
  const missing = server.client.db('semantics').collection('missing')
  expect(await missing.aggregate([{ $indexStats: {} }]).toArray()).toEqual([])
})
