import { Binary, Code, Decimal128, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

let made = 0

async function found(documents: readonly Document[], filter: Document): Promise<number[]> {
  const collection = server.client
    .db('semantics')
    .collection<Document & { _id: number }>(`f${String(made++)}`)
  await collection.insertMany(documents.map((each, _id) => ({ _id, ...each })))
  return (await collection.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id)
}

const lists: Document[] = [
  { a: [1, 5] },
  { a: [[3]] },
  { a: [[1, 2]] },
  { a: [{ b: 1 }] },
  { a: 3 },
]
const huge = Decimal128.fromString('1E400')

const cases: [name: string, documents: Document[], filter: Document, ids: number[]][] = [
  ['$elemMatch on arrays in arrays', lists, { a: { $elemMatch: { $elemMatch: { $eq: 3 } } } }, [1]],
  ['$size of an element', lists, { a: { $elemMatch: { $size: 2 } } }, [2]],
  ['an element array against an array', lists, { a: { $elemMatch: { $lt: [2] } } }, [2]],
  ['$elemMatch by an index', lists, { a: { $elemMatch: { 0: 3 } } }, [1]],
  ['the empty $elemMatch takes objects and arrays', lists, { a: { $elemMatch: {} } }, [1, 2, 3]],
  ['$not inside $elemMatch', lists, { a: { $elemMatch: { $not: { $gte: 5 } } } }, [0, 1, 2, 3]],
  ['a decimal beyond every double', [{ a: huge }, { a: Infinity }], { a: { $lt: Infinity } }, [0]],
  [
    'code without a scope',
    [{ a: new Code('x') }, { a: new Code('x', {}) }],
    { a: new Code('x') },
    [0],
  ],
  ['$sampleRate: everything', [{}, {}], { $sampleRate: 1 }, [0, 1]],
  ['$sampleRate: nothing', [{}, {}], { $sampleRate: 0 }, []],
  [
    'a mask of 64 bits',
    [{ a: new Binary(Buffer.alloc(9, 255)) }],
    { a: { $bitsAllSet: [70] } },
    [0],
  ],
]

test.each(cases)('%s', async (_, documents, filter, ids) => {
  expect(await found(documents, filter)).toEqual(ids)
})

const patterns: [pattern: string, text: string, matches: boolean][] = [
  ['c$', 'abc\n', true],
  ['a.c', 'a\rc', true],
  ['a.c', 'a\nc', false],
  ['\\Afoo', 'foo bar', true],
  ['bar\\z', 'foo bar', true],
  ['bar\\z', 'foo bar\n', false],
  ['bar\\Z', 'foo bar\n', true],
  ['^[[:alpha:]]+$', 'abc', true],
  ['^[[:alpha:]_]+$', 'a:c', false],
  ['^[[:constructor:]]$', 'f }]', false],
  ['^\\Qa.b\\E$', 'a.b', true],
  ['^\\Qa.b\\E$', 'axb', false],
  ['fo(?#any)o', 'foo', true],
  ['(?P<x>a)(?P=x)', 'aa', true],
  ['x\\-y', 'x-y', true],
  ['^\\s$', '\u00a0', false],
  ['^[\\]a]$', ']', true],
  ['^[]a]$', ']', true],
  ['^[^\\s.]+$', 'ab', true],
  ['[.]$', 'a.', true],
]

test.each(patterns)('the pattern %s on %j: %s', async (pattern, text, matches) => {
  expect(await found([{ a: text }], { a: { $regex: pattern } })).toEqual(matches ? [0] : [])
})

describe('refusals', () => {
  const refused: [name: string, filter: Document, code: number][] = [
    ['$all that mixes $elemMatch and values', { a: { $all: [{ $elemMatch: { x: 1 } }, 1] } }, 2],
    ['a negative bit mask', { a: { $bitsAllSet: -1 } }, 9],
    ['a bit mask with a fraction', { a: { $bitsAllSet: 1.5 } }, 9],
    ['a bit mask that is a text', { a: { $bitsAllSet: 'x' } }, 2],
    ['options in two places', { a: { $regex: /b/i, $options: 'm' } }, 51075],
    ['a $sampleRate above 1', { $sampleRate: 2 }, 2],
    ['$alwaysTrue of two', { $alwaysTrue: 2 }, 9],
  ]

  test.each(refused)('%s', async (_, filter, code) => {
    await expect(found([{ a: 1 }], filter)).rejects.toMatchObject({ code })
  })
})
