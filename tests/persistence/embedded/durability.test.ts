import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { crashUnderLoad } from './crash-load.ts'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

describe('durability', () => {
  test('what was acknowledged survives kill -9 under load, once, with indexes equal to data', async () => {
    const outcome = await crashUnderLoad({ kills: 3, loadMs: 400 })
    expect(outcome.problems).toEqual([])
    expect(outcome.acknowledged).toBeGreaterThan(0)
  }, 60_000)

  test('a restart finds the same collections, indexes and data', async () => {
    const collection = server.client.db('kept').collection('c')
    await collection.createIndex({ a: 1 }, { unique: true }, {})
    await collection.insertMany([{ a: 1 }, { a: 2 }])
    server = await server.restart()
    const again = server.client.db('kept').collection('c')
    expect(await again.countDocuments({ a: { $gt: 0 } })).toBe(2)
    expect(await again.estimatedDocumentCount()).toBe(2)
    await expect(again.insertOne({ a: 2 })).rejects.toMatchObject({ code: 11000 })
  })

  test('the folder keeps its secret for its owner and is locked against a second server', async () => {
    const secret = join(server.folder, 'embedded.secret')
    expect(existsSync(secret)).toBe(true)
    expect(statSync(secret).mode & 0o777).toBe(0o600)
    await expect(startServer({ folder: server.folder })).rejects.toThrow(/is in use by process \d+/)
  }, 20_000)

  test('a data file that is cut short, emptied or foreign is refused in words, and left as it is', async () => {
    const whole = await startServer()
    const rows = whole.client.db('damage').collection('rows')
    await rows.insertMany(Array.from({ length: 50 }, (_, n) => ({ n, text: 'x'.repeat(9000) })))
    await whole.client.close()
    await whole.crash()
    const file = join(whole.folder, 'store.mdb')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const good = readFileSync(file)
    const damaged = [
      Buffer.alloc(0),
      good.subarray(0, 5000),
      good.subarray(0, 40_000),
      good.subarray(0, good.length >> 1),
      Buffer.alloc(good.length, 0x41),
    ]
    for (const bytes of damaged) {
      writeFileSync(file, bytes)
      const starting = startServer({ folder: whole.folder })
      await expect(starting).rejects.toThrow(/store\.mdb away and restore the last backup/)
      expect(readFileSync(file).equals(bytes)).toBe(true)
    }
    writeFileSync(file, good)
    const again = await startServer({ folder: whole.folder })
    expect(await again.client.db('damage').collection('rows').countDocuments()).toBe(50)
    await again.stop()
  }, 40_000)

  test('damage inside the file is answered with what to do', async () => {
    const whole = await startServer()
    const rows = whole.client.db('damage').collection('rows')
    await rows.insertMany(Array.from({ length: 2000 }, (_, n) => ({ n, text: 'x'.repeat(500) })))
    await whole.client.close()
    await whole.crash()
    const file = join(whole.folder, 'store.mdb')
    const bytes = readFileSync(file)
    bytes.fill(0xff, 4096 * 20, bytes.length - 4096 * 40)
    writeFileSync(file, bytes)
    const starting = startServer({ folder: whole.folder })
    const answer = await starting
      .then(
        (damaged) => damaged.client.db('damage').collection('rows').find().toArray(),
        (error: unknown) => Promise.reject(error as Error),
      )
      .then(
        () => 'read',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      )
    expect(answer).toMatch(/restore the last backup/)
    await starting.then(
      (damaged) => damaged.stop(),
      () => undefined,
    )
  }, 40_000)

  test('a full disk refuses writes with its own code, keeps reading, and stays whole', async () => {
    const small = await startServer({ maxFileBytes: 4 * 1024 * 1024 })
    const rows = small.client.db('full').collection('rows')
    await rows.createIndex({ n: 1 }, {}, {})
    const fill = async (): Promise<never> => {
      for (let n = 0; ; n++) await rows.insertOne({ n, text: 'x'.repeat(20_000) })
    }
    await expect(fill()).rejects.toMatchObject({ code: 14031 })
    const stored = await rows.countDocuments({ n: { $gte: 0 } })
    expect(stored).toBeGreaterThan(50)
    expect(await rows.findOne({ n: 5 })).toMatchObject({ n: 5 })
    expect(await small.client.db('full').command({ validate: 'rows' })).toMatchObject({
      valid: true,
      nrecords: stored,
    })
    await small.stop()
  }, 40_000)
})
