import { type Document } from 'mongodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

let made = 0

/** What mongod tells of a document that a validator refuses. */
async function details(validator: Document, document: Document): Promise<unknown> {
  const name = `v${String(made++)}`
  const collection = await server.client
    .db('validation')
    .createCollection<Document & { _id: number }>(name, { validator })
  const refusal: unknown = await collection
    .insertOne({ _id: 1, ...document })
    .catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 121, errInfo: { failingDocumentId: 1 } })
  return (refusal as { errInfo: { details: unknown } }).errInfo.details
}

const person = {
  bsonType: 'object',
  required: ['name', 'age'],
  properties: {
    name: { bsonType: 'string', description: 'a name' },
    age: { minimum: 3 },
    tags: { items: { enum: ['a', 'b'] } },
  },
}

test('rules of a schema are told of one by one', async () => {
  expect(await details({ $jsonSchema: person }, { name: 5, age: 2, tags: ['a', 'z'] })).toEqual({
    operatorName: '$jsonSchema',
    schemaRulesNotSatisfied: [
      {
        operatorName: 'properties',
        propertiesNotSatisfied: [
          {
            propertyName: 'name',
            description: 'a name',
            details: [
              {
                operatorName: 'bsonType',
                specifiedAs: { bsonType: 'string' },
                reason: 'type did not match',
                consideredValue: 5,
                consideredType: 'int',
              },
            ],
          },
          {
            propertyName: 'age',
            details: [
              {
                operatorName: 'minimum',
                specifiedAs: { minimum: 3 },
                reason: 'comparison failed',
                consideredValue: 2,
              },
            ],
          },
          {
            propertyName: 'tags',
            details: [
              {
                operatorName: 'items',
                reason: 'At least one item did not match the sub-schema',
                itemIndex: 1,
                details: [
                  {
                    operatorName: 'enum',
                    specifiedAs: { enum: ['a', 'b'] },
                    reason: 'value was not found in enum',
                    consideredValue: 'z',
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  })
})

test('missing and additional fields are named', async () => {
  const required = {
    operatorName: 'required',
    specifiedAs: { required: ['name', 'age'] },
    missingProperties: ['age'],
  }
  const schemaRulesNotSatisfied = [required]
  expect(await details({ $jsonSchema: person }, { name: 'x' })).toEqual({
    operatorName: '$jsonSchema',
    schemaRulesNotSatisfied,
  })
  const strict = { properties: { _id: {} }, additionalProperties: false }
  expect(await details({ $jsonSchema: strict }, { z: 1 })).toEqual({
    operatorName: '$jsonSchema',
    schemaRulesNotSatisfied: [
      {
        operatorName: 'additionalProperties',
        specifiedAs: { additionalProperties: false },
        additionalProperties: ['z'],
      },
    ],
  })
})

test('a filter as validator', async () => {
  const specifiedAs = { a: { $gt: 5 } }
  expect(await details(specifiedAs, { a: 1 })).toEqual({
    operatorName: '$gt',
    specifiedAs,
    reason: 'comparison failed',
    consideredValue: 1,
  })
  expect(await details(specifiedAs, {})).toEqual({
    operatorName: '$gt',
    specifiedAs,
    reason: 'field was missing',
  })
  expect(await details({ a: 1, b: { $in: [2] } }, { a: 1, b: 3 })).toEqual({
    operatorName: '$and',
    clausesNotSatisfied: [
      {
        index: 1,
        details: {
          operatorName: '$in',
          specifiedAs: { b: { $in: [2] } },
          reason: 'no matching value found in array',
          consideredValue: 3,
        },
      },
    ],
  })
})

test('at the moderate level a document that was invalid may stay so', async () => {
  const db = server.client.db('validation')
  const collection = db.collection<Document & { _id: number }>('moderate')
  await collection.insertMany([
    { _id: 1, a: 1 },
    { _id: 2, a: 9 },
  ])
  const validator = { a: { $gt: 5 } }
  await db.command({ collMod: 'moderate', validator, validationLevel: 'moderate' })
  await collection.updateOne({ _id: 1 }, { $set: { b: 1 } })
  expect(await collection.findOne({ _id: 1 })).toEqual({ _id: 1, a: 1, b: 1 })
  const spoilt = collection.updateOne({ _id: 2 }, { $set: { a: 1 } })
  await expect(spoilt).rejects.toMatchObject({ code: 121 })
})

test('a bulk write over several collections tells what a validator has against a document', async () => {
  const validator = { x: { $type: 'string' } }
  await server.client.db('validation').createCollection('bulk', { validator })
  const answer = await server.client.db('admin').command({
    bulkWrite: 1,
    ops: [{ insert: 0, document: { _id: 1, x: 1 } }],
    nsInfo: [{ ns: 'validation.bulk' }],
  })
  const errInfo = { failingDocumentId: 1, details: { operatorName: '$type' } }
  expect(answer['cursor']).toMatchObject({ firstBatch: [{ ok: 0, idx: 0, code: 121, errInfo }] })
})

const meaningless: [schema: Document, code: number][] = [
  [{ required: [] }, 9],
  [{ required: ['a', 'a'] }, 9],
  [{ required: 'a' }, 14],
  [{ required: [1] }, 14],
  [{ type: 'integer' }, 9],
  [{ type: 'int' }, 2],
  [{ type: [] }, 9],
  [{ bsonType: 'whole' }, 2],
  [{ bsonType: 16 }, 14],
  [{ type: 'string', bsonType: 'string' }, 9],
  [{ minimum: '3' }, 14],
  [{ exclusiveMinimum: true }, 9],
  [{ minimum: 1, exclusiveMinimum: 2 }, 14],
  [{ multipleOf: 0 }, 9],
  [{ minLength: -1 }, 9],
  [{ maxItems: 1.5 }, 9],
  [{ minProperties: 'x' }, 9],
  [{ enum: [] }, 9],
  [{ enum: [1, 1] }, 9],
  [{ properties: 1 }, 14],
  [{ properties: { a: 1 } }, 14],
  [{ properties: { a: { properties: { b: { required: [] } } } } }, 9],
  [{ additionalProperties: 1 }, 14],
  [{ items: 1 }, 14],
  [{ items: [1] }, 14],
  [{ allOf: [] }, 9],
  [{ not: [] }, 14],
  [{ dependencies: { a: 1 } }, 14],
  [{ pattern: 1 }, 14],
  [{ uniqueItems: 1 }, 14],
  [{ title: 1 }, 14],
  [{ $ref: '#/x' }, 9],
  [{ format: 'email' }, 9],
]

test.each(meaningless)('the schema %j is refused', async (schema, code) => {
  const validator = { $jsonSchema: schema }
  const creating = server.client.db('validation').createCollection('meaningless', { validator })
  await expect(creating).rejects.toMatchObject({ code })
})

test('items beyond those that a list names are checked', async () => {
  const list = { items: [{ bsonType: 'int' }], additionalItems: false }
  const collection = server.client.db('validation').collection('lists')
  await collection.insertMany([{ l: [1] }, { l: [1, 'x'] }, { l: [1, 2] }])
  const count = (l: Document) => collection.countDocuments({ $jsonSchema: { properties: { l } } })
  expect(await count(list)).toBe(1)
  expect(await count({ ...list, additionalItems: { bsonType: 'string' } })).toBe(2)
  expect(await count({ items: { bsonType: 'int' }, additionalItems: false })).toBe(2)
})
