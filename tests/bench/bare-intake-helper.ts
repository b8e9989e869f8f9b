import express from 'express'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type Collection, MongoClient } from 'mongodb'
import { helpParent } from './helper.ts'

/** The database server to write into, and the database in it that has a case to copy. */
export type BareIntake = { readonly uri: string; readonly caseDatabase: string }

type Stored = Record<string, unknown> & { readonly _id: string }
type IndexSpec = {
  readonly key: Record<string, 1 | -1>
  readonly name: string
  readonly unique?: boolean
  readonly sparse?: boolean
}

// Given by the one who starts this script, of the very same build.
helpParent(async (given) => serveBareIntake(given as BareIntake))

/**
 * The baseline of intake: Express, a JSON body, one `insertOne` of a real case under a new id, into
 * a collection with the same indexes. No logic. Answers its port.
 */
async function serveBareIntake({ uri, caseDatabase }: BareIntake): Promise<number> {
  const client = new MongoClient(uri, { writeConcern: { w: 'majority', journal: true } })
  await client.connect()
  const real = client.db(caseDatabase).collection<Stored>('cases')
  const bare = client.db('bare').collection<Stored>('cases')
  const captured = await real.findOne()
  if (captured === null) throw new Error('there is no case to copy')
  await copyIndexes(real, bare)
  // The outbox fields as they are at the moment of the insert.
  const template = { ...captured, untoldFrom: 1, untoldSince: captured['receivedAt'] }

  let count = 0
  const app = express()
  app.post('/api/reports', express.json(), async (request, response) => {
    const _id = String(1_000_000_000 + count++)
    const idempotencyKey = request.get('idempotency-key')
    await bare.insertOne({ ...template, _id, idempotencyKey })
    response.status(201).json({ code: _id })
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function copyIndexes(from: Collection<Stored>, to: Collection<Stored>): Promise<void> {
  for (const { key, name, unique, sparse } of (await from.listIndexes().toArray()) as IndexSpec[]) {
    if (name === '_id_') continue
    await to.createIndex(key, { name, unique: unique === true, sparse: sparse === true }, {})
  }
}
