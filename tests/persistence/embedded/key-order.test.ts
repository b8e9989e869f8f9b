import { Binary, BSONRegExp, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareValues } from '#persistence/embedded/bson/compare'
import { decodeDocument } from '#persistence/embedded/bson/decode'
import { encodeDocument } from '#persistence/embedded/bson/encode'
import type { Value } from '#persistence/embedded/bson/values'
import { encodeKey } from '#persistence/embedded/indexes/key-encoding'

const numbers = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.double().map((value) => new Double(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: 2n ** 53n - 5n, max: 2n ** 53n + 5n }),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => Decimal128.fromString(value.toString())),
  fc.constantFrom(
    ...[
      '0.1',
      '1E+400',
      '-1E+400',
      '9007199254740993',
      '-0',
      'NaN',
      'Infinity',
      '1E-6000',
      '0.30000000000000004',
    ].map((text) => Decimal128.fromString(text)),
  ),
)

const scalars: fc.Arbitrary<Value> = fc.oneof(
  numbers,
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\u{1F600}', '\uFFFD', '\uE000x', 'a\0b', 'a', ''),
  fc.constant(null),
  fc.boolean(),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.uint8Array({ maxLength: 5 }).map((bytes) => new Binary(bytes)),
  fc.constantFrom<Value>(
    new MinKey(),
    new MaxKey(),
    new BSONRegExp('a', 'i'),
    Timestamp.fromBits(1, 2),
  ),
)

const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', '10', '9', '__proto__'), tie('value')), {
        maxLength: 3,
      })
      .map((entries) => new Map(entries)),
  ),
})).value

describe('index keys', () => {
  test('compare as their values do, across all types', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const bytes = Buffer.compare(encodeKey([a], [false]), encodeKey([b], [false]))
        expect(bytes).toBe(Math.sign(compareValues(a, b)))
      }),
      { numRuns: 3000 },
    )
  })

  test('compare the other way round in a descending field, and by the next field when equal', () => {
    fc.assert(
      fc.property(scalars, scalars, scalars, scalars, (a, b, c, d) => {
        const bytes = Buffer.compare(
          encodeKey([a, c], [true, false]),
          encodeKey([b, d], [true, false]),
        )
        expect(bytes).toBe(-Math.sign(compareValues(a, b)) || Math.sign(compareValues(c, d)))
      }),
      { numRuns: 2000 },
    )
  })

  test('are one for the same number in all four types', () => {
    const fives: Value[] = [5, new Double(5), 5n, Decimal128.fromString('5.0')]
    const keys = new Set(fives.map((value) => encodeKey([value], [false]).toString('hex')))
    expect(keys.size).toBe(1)
    expect(encodeKey([-0], [false])).toEqual(encodeKey([0], [false]))
  })
})

describe('documents', () => {
  test('come back from BSON as they were, in order and with their types', () => {
    fc.assert(
      fc.property(values, (value) => {
        const decoded = decodeDocument(
          encodeDocument(
            new Map([
              ['10', value],
              ['9', 1],
            ]),
          ),
        )
        expect([...decoded.keys()]).toEqual(['10', '9'])
        expect(encodeDocument(decoded)).toEqual(
          encodeDocument(
            new Map([
              ['10', value],
              ['9', 1],
            ]),
          ),
        )
        expect(compareValues(decoded.get('10'), value)).toBe(0)
      }),
      { numRuns: 1000 },
    )
  })
})
