import {
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  type Collection,
  type Document,
} from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

interface Row extends Document {
  _id: number
}

const moment = new Date(1_700_000_000_000)
const oddValues: readonly unknown[] = [
  ...[1, 5, 5.5, -0, new Double(5), Long.fromNumber(5), Decimal128.fromString('5.0'), Infinity],
  ...[Number.NaN, Decimal128.fromString('NaN'), -Infinity, null, undefined, true, false],
  ...['', 'a', 'a\0b', 'ab', `${'x'.repeat(1950)}1`, `${'x'.repeat(1950)}2`, moment, { a: 5 }],
  ...[new Date(0), new ObjectId('0123456789abcdef01234567'), /a/],
]
const wanted: readonly unknown[] = [
  ...[1, 5, Long.fromNumber(5), Decimal128.fromString('5'), -Infinity, Number.NaN, null, true],
  ...[
    'a',
    'ab',
    `${'x'.repeat(1950)}1`,
    moment,
    { a: 5 },
    new ObjectId('0123456789abcdef01234567'),
  ],
]

let server: TestServer

beforeAll(async () => {
  server = await startServer({ args: [] })
})

afterAll(() => server.stop())

async function filled(name: string, values: readonly unknown[], index: Record<string, 1 | -1>) {
  const rows = server.client.db('answers').collection<Row>(name)
  await rows.insertMany(values.map((v, _id) => ({ _id, group: _id % 2, v })))
  await rows.createIndexes([{ key: index, name: 'tried' }])
  return rows
}

async function found(rows: Collection<Row>, filter: Document, hint: string | Document) {
  const all = await rows.find(filter, { hint }).toArray()
  return all.map(({ _id }) => _id).sort((a, b) => a - b)
}

/** What an index finds is what a scan finds, for every comparison with every value. */
async function agrees(rows: Collection<Row>, path: string, fixed: Document = {}): Promise<void> {
  const operators = ['$eq', '$lt', '$lte', '$gt', '$gte']
  for (const value of wanted) {
    const single = operators.map((operator) => ({ [operator]: value }))
    const between = { $gt: value, $lte: wanted[wanted.indexOf(value) + 1] ?? value }
    for (const condition of [...single, between]) {
      const filter = { ...fixed, [path]: condition }
      const byIndex = await found(rows, filter, 'tried')
      expect(byIndex, JSON.stringify(filter)).toEqual(await found(rows, filter, { $natural: 1 }))
    }
  }
}

describe('an index alone finds what a scan finds', () => {
  test('among values of every type, NaN and missing ones too', async () => {
    await agrees(await filled('plain', oddValues, { v: 1 }), 'v')
    await agrees(await filled('descending', oddValues, { v: -1 }), 'v')
  })

  test('behind an equality', async () => {
    await agrees(await filled('compound', oddValues, { group: 1, v: -1 }), 'v', { group: 1 })
  })

  test('among arrays, and by the place in an array', async () => {
    const lists = [...oddValues, [1, 5], [], [[5]], { 0: 5 }, [null, 'a'], [5, 'a']]
    await agrees(await filled('lists', lists, { v: 1 }), 'v')
    await agrees(await filled('places', lists, { 'v.0': 1 }), 'v.0')
    const named = [...lists, [{ x: 5 }], { x: 5 }]
    await agrees(await filled('places and names', named, { 'v.0': 1 }), 'v.0')
  })

  test('among arrays behind and before other fields, one and several values at once', async () => {
    const lists = [...oddValues, [1, 5], [], [[5]], { 0: 5 }, [null, 'a'], [5, 'a']]
    const before = await filled('before', lists, { v: 1, group: -1 })
    await agrees(before, 'v', { group: { $gte: 0, $lt: 1 } })
    await agrees(await filled('behind', lists, { group: 1, v: 1 }), 'v', { group: { $in: [0, 1] } })
    for (const [i, value] of wanted.entries()) {
      const filter = { v: { $in: [value, wanted[i + 1], 'none'] }, group: { $gt: 0, $lte: 1 } }
      expect(await found(before, filter, 'tried')).toEqual(
        await found(before, filter, { $natural: 1 }),
      )
    }
  })

  test('in the order of a sort: an array without elements between MinKey and null', async () => {
    const ordered = [new MinKey(), [], null, -1, [2, 5], [5, 3], 'a', new MaxKey()]
    const rows = await filled('order', [...ordered].reverse(), { v: 1 })
    const fresh = server.client.db('answers').collection<Row>('unordered')
    await fresh.insertMany(await rows.find().toArray())
    for (const sort of [{ v: 1 }, { v: 1, group: 1 }] as const) {
      const sorted = await fresh.find().sort(sort).toArray()
      expect(sorted.map(({ _id }) => _id)).toEqual(ordered.map((_, i) => ordered.length - 1 - i))
      const back = await fresh.find().sort({ v: -1 }).toArray()
      expect(back.at(-2)?.['v']).toEqual([])
    }
  })

  test('in the order of a sort by what only some elements of an array have', async () => {
    const lists = [{ x: 2 }, [{ x: 3 }, { x: 9 }], [5, { x: 1 }], [{ x: 7 }], 'a', { x: 4 }]
    const rows = await filled('some elements', lists, { 'v.x': 1 })
    const orders = [{ 'v.x': 1 }, { 'v.x': 1, _id: 1 }] as const
    for (const order of orders) {
      const sorted = await rows.find().sort(order).toArray()
      expect(sorted.map(({ _id }) => _id)).toEqual([2, 4, 0, 1, 5, 3])
    }
    const back = (await rows.find().sort({ 'v.x': -1 }).toArray()).map(({ _id }) => _id)
    expect(back.slice(0, 4)).toEqual([1, 3, 5, 0])
  })

  test('when different elements meet the conditions of a compound index', async () => {
    const rows = server.client.db('answers').collection<Row>('elements')
    await rows.insertMany([
      { _id: 1, x: [{ a: 1 }, { b: 2 }] },
      { _id: 2, x: [{ a: 1, b: 2 }] },
      { _id: 3, x: [{ a: 1 }, { b: 3 }] },
    ])
    await rows.createIndexes([{ key: { 'x.a': 1, 'x.b': 1 }, name: 'tried' }])
    const apart = { 'x.a': 1, 'x.b': 2 }
    expect(await found(rows, apart, 'tried')).toEqual([1, 2])
    const together = { x: { $elemMatch: { a: 1, b: 2 } } }
    expect(await found(rows, together, 'tried')).toEqual([2])
  })

  test('when two conditions meet on one field', async () => {
    const rows = await filled('twice', oddValues, { v: 1 })
    for (const second of [{ v: { $gt: 1 } }, { v: { $lt: 5 } }, { v: 5 }, { v: { $ne: 5 } }]) {
      const filter = { $and: [{ v: { $gte: 1 } }, second] }
      expect(await found(rows, filter, 'tried')).toEqual(await found(rows, filter, { $natural: 1 }))
    }
  })
})
