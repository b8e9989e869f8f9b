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
  [
    'a schema compares documents whatever the order of their fields',
    [{ a: { x: 1, y: [{ p: 1, q: 2 }] } }, { a: { x: 1 } }],
    { $jsonSchema: { properties: { a: { enum: [{ y: [{ q: 2, p: 1 }], x: 1 }] } } } },
    [0],
  ],
  [
    'uniqueItems compares documents whatever the order of their fields',
    [
      {
        a: [
          { x: 1, y: 2 },
          { y: 2, x: 1 },
        ],
      },
      {
        a: [
          [1, 2],
          [2, 1],
        ],
      },
    ],
    { $jsonSchema: { properties: { a: { uniqueItems: true } } } },
    [1],
  ],
  [
    '$mod of what no long can hold',
    [{ a: -1e19 }, { a: huge }, { a: 14.5 }],
    { a: { $mod: [10, 4] } },
    [2],
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
  ['a(?i)b', 'aB', true],
  ['a(?i)b', 'AB', false],
  ['a(?i:đ)c', 'aĐc', true],
  ['a(?i:đ)c', 'aĐC', false],
  ['(?i)a(?-i)b', 'Ab', true],
  ['(?i)a(?-i)b', 'AB', false],
  ['(a(?i)b|c)d', 'Cd', true],
  ['(a(?i)b|c)d', 'CD', false],
  ['(?i:[a-c])x', 'Bx', true],
  ['a(?s:.)b', 'a\nb', true],
  ['a.b', 'a\nb', false],
  ['x(?m:^b)', 'x\nb', false],
  ['x\n(?m:^b)', 'x\nb', true],
  ['a(?x: b c )d', 'abcd', true],
  ['a++a', 'aaa', false],
  ['a++b', 'aab', true],
  ['"[^"]*+"', 'say "yes"', true],
  ['(?>ab|a)b', 'ab', false],
  ['(?>ab|a)c', 'abc', true],
  ['(?>a|b)(c)\\1', 'acc', true],
  ['(c)(?>a)\\1', 'cac', true],
  ['(?:x{1,2}+)x', 'xx', false],
  ['(a)\\g{-1}', 'aa', true],
  ["(?'n'a)\\k{n}", 'aa', true],
  ['a{,2}b', 'a{,2}b', true],
  ['}]{', '}]{', true],
  ['^\\x{111}$', 'đ', true],
  ['^[\\S]$', '\u00a0', true],
  ['^\\p{L}+$', 'Đèn', true],
  ['^\\pL\\PL$', 'a1', true],
  ['(?=a)?ab', 'ab', true],
  ['a\\N\\Rb', 'ax\r\nb', true],
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
    ['a pattern that recurs', { a: { $regex: '(a(?R)?b)' } }, 51091],
    ['a pattern with a verb', { a: { $regex: 'a(*SKIP)b' } }, 51091],
    ['an unknown escape', { a: { $regex: '\\y' } }, 51091],
    ['a reference to no group', { a: { $regex: '(a)\\2' } }, 51091],
    ['a class that PCRE does not know', { a: { $regex: '[[:constructor:]]' } }, 51091],
    ['a set that ends nowhere', { a: { $regex: '[a' } }, 51091],
    ['a range backwards', { a: { $regex: '[z-a]' } }, 51091],
    ['a repetition of nothing', { a: { $regex: 'a|*' } }, 51091],
    ['options in two places', { a: { $regex: /b/i, $options: 'm' } }, 51075],
    ['a $sampleRate above 1', { $sampleRate: 2 }, 2],
    ['$alwaysTrue of two', { $alwaysTrue: 2 }, 9],
  ]

  test.each(refused)('%s', async (_, filter, code) => {
    await expect(found([{ a: 1 }], filter)).rejects.toMatchObject({ code })
  })
})
