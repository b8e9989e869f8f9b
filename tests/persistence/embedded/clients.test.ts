import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { MongoClient, type Document } from 'mongodb'
import { MongoMemoryReplSet, MongoMemoryServer } from 'mongodb-memory-server-core'
import mongoose from 'mongoose'
import { describe, expect, test } from 'vitest'
import { startEmbeddedDatabase } from '#persistence/embedded/supervisor'
import { startServer } from './server-process.ts'

const systemBinary = resolve(
  import.meta.dirname,
  '../../../backend/persistence/embedded/mongod.mjs',
)
const binary = { systemBinary, version: '8.0.4' }
const quiet = { info: () => undefined, error: () => undefined }

describe('Mongoose', () => {
  test('works as on any MongoDB', async () => {
    const server = await startServer()
    const connection = await mongoose
      .createConnection(server.uri, { dbName: 'mongoose' })
      .asPromise()
    const schema = new mongoose.Schema(
      {
        code: { type: String, unique: true, required: true },
        place: { lat: Number, tags: [String] },
        steps: [new mongoose.Schema({ kind: String, at: Date })],
        extra: { type: Map, of: Number },
        amount: mongoose.Schema.Types.Decimal128,
      },
      { timestamps: true, optimisticConcurrency: true },
    )
    const Case = connection.model('Case', schema)
    await Case.init()
    const opened = await Case.create({
      code: 'A1',
      place: { lat: 1, tags: ['x'] },
      steps: [{ kind: 'opened' }],
      extra: { k: 1 },
      amount: '1.10',
    })
    const [mine, theirs] = [await Case.findOne({ code: 'A1' }), await Case.findById(opened._id)]
    mine?.steps.push({ kind: 'answered' })
    mine?.place?.tags.push('y')
    mine?.extra?.set('l', 2)
    await mine?.save()
    theirs?.set('place.lat', 5)
    await expect(theirs?.save()).rejects.toThrow(mongoose.Error.VersionError)
    await expect(Case.create({ code: 'A1' })).rejects.toMatchObject({ code: 11000 })
    const found = await Case.findOne({ 'steps.kind': 'answered' }).lean()
    expect(found).toMatchObject({
      code: 'A1',
      place: { lat: 1, tags: ['x', 'y'] },
      extra: { k: 1, l: 2 },
      __v: 1,
    })
    expect(String(found?.amount)).toBe('1.10')
    await Case.bulkWrite([
      { updateOne: { filter: { code: 'A1' }, update: { $set: { 'place.lat': 9 } } } },
    ])
    expect(
      await Case.aggregate<Document>([{ $group: { _id: '$place.lat', n: { $sum: 1 } } }]),
    ).toEqual([{ _id: 9, n: 1 }])
    await connection.close()
    await server.stop()
  }, 40_000)
})

describe('mongodb-memory-server', () => {
  test('starts it as a standalone server and as a replica set', async () => {
    for (const start of [
      () => MongoMemoryServer.create({ binary }),
      () => MongoMemoryReplSet.create({ binary, replSet: { count: 1 } }),
    ]) {
      const memory = await start()
      const client = await MongoClient.connect(memory.getUri())
      expect(await client.db('m').collection('c').insertOne({ a: 1 })).toMatchObject({
        acknowledged: true,
      })
      await client.close()
      await memory.stop()
    }
  }, 60_000)
})

describe('the supervisor', () => {
  test('keeps the address through a crash, refuses a second owner, and stops', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hoi-am-supervised-'))
    const database = await startEmbeddedDatabase({ dataDir, log: quiet })
    const client = await MongoClient.connect(database.uri)
    const rows = client.db('s').collection('c')
    await rows.insertOne({ n: 1 })
    await expect(startEmbeddedDatabase({ dataDir, log: quiet })).rejects.toThrow(
      /is in use by process \d+/,
    )
    const { pid } = (await client.db('admin').command({ serverStatus: 1 })) as { pid: number }
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => database.isReady(), { interval: 5 }).toBe(false)
    await expect.poll(() => database.isReady(), { timeout: 10_000 }).toBe(true)
    await rows.insertOne({ n: 2 })
    expect(await rows.countDocuments({ n: { $gt: 0 } })).toBe(2)
    await client.close()
    await database.stop()
    expect(database.isReady()).toBe(false)
    rmSync(dataDir, { recursive: true, force: true })
  }, 60_000)
})
