import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Binary, Decimal128, Double, Long, Timestamp, type Document } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backupFolder, restoreFolder } from '#persistence/embedded/backup'
import { exportDatabases, importDatabases } from '#persistence/embedded/ndjson'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer
let work: string

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'hoi-am-moving-'))
  server = await startServer()
  const db = server.client.db('city')
  await db.createCollection('cases', { validator: { $jsonSchema: { required: ['code'] } } })
  await db.collection('cases').createIndex({ code: 1 }, { unique: true }, {})
  await db.collection('cases').createIndex({ at: 1 }, { expireAfterSeconds: 3600 * 24 * 3650 }, {})
  await db.collection('cases').insertMany(
    Array.from({ length: 50 }, (_, i) => ({
      code: `c${String(i)}`,
      at: new Date(1.79e12 + i),
      text: 'đèn đường hỏng',
      double: new Double(1),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('0.10'),
      bytes: new Binary(Buffer.from([1, 2])),
      stamp: Timestamp.fromBits(1, 2),
      nested: { b: 1, a: [null, true, /x/i] },
    })),
  )
})

afterAll(async () => {
  await server.stop()
  rmSync(work, { recursive: true, force: true })
})

async function rawDocuments(of: TestServer): Promise<Document[]> {
  return of.client
    .db('city')
    .collection('cases')
    .find({}, { promoteValues: false, bsonRegExp: true, sort: { _id: 1 } })
    .toArray()
}

describe('backup and restore', () => {
  test('a backup taken while writing is whole and comes back', async () => {
    const backup = join(work, 'backup')
    const writing = Array.from({ length: 100 }, (_, i) =>
      server.client.db('other').collection('log').insertOne({ i }),
    )
    const [report] = await Promise.all([backupFolder(server.folder, backup), ...writing])
    expect(report.bytes).toBeGreaterThan(0)
    const target = join(work, 'restored')
    expect(await restoreFolder(backup, target)).toBeNull()
    const restored = await startServer({ folder: target })
    expect(await rawDocuments(restored)).toEqual(await rawDocuments(server))
    await expect(
      restored.client.db('city').collection('cases').insertOne({ code: 'c1' }),
    ).rejects.toMatchObject({ code: 11000 })
    await expect(restoreFolder(backup, target)).rejects.toThrow(/is in use by process/)
    await restored.stop()
  }, 40_000)

  test('a damaged backup is refused and what is there stays', async () => {
    const backup = join(work, 'damaged')
    await backupFolder(server.folder, backup)
    const file = join(backup, 'store.mdb')
    const bytes = readFileSync(file)
    bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 100)
    writeFileSync(file, bytes)
    await expect(restoreFolder(backup, join(work, 'untouched'))).rejects.toThrow(/damaged/)
    await expect(restoreFolder(work, join(work, 'untouched'))).rejects.toThrow(/not a backup/)
    await expect(backupFolder(join(work, 'nowhere'), backup)).rejects.toThrow(
      /no embedded database/,
    )
  })
})

describe('export and import', () => {
  test('carry every value, type, index and validator to another server', async () => {
    const folder = join(work, 'export')
    expect(await exportDatabases(server.uri, folder)).toMatchObject({ 'city.cases': 50 })
    const other = await startServer()
    expect(await importDatabases(other.uri, folder)).toMatchObject({ 'city.cases': 50 })
    expect(await rawDocuments(other)).toEqual(await rawDocuments(server))
    const [from, to] = [server.client, other.client].map((client) =>
      client.db('city').collection('cases'),
    )
    expect(await to?.indexes()).toEqual(await from?.indexes())
    await expect(to?.insertOne({ noCode: 1 })).rejects.toMatchObject({ code: 121 })
    await expect(importDatabases(other.uri, folder)).rejects.toThrow(/already has documents/)
    await other.stop()
  }, 40_000)

  test('a line that is not Extended JSON is named', async () => {
    const folder = join(work, 'broken-export')
    await exportDatabases(server.uri, folder)
    appendFileSync(join(folder, 'city.cases.ndjson'), '{"half":\n')
    const other = await startServer()
    await expect(importDatabases(other.uri, folder)).rejects.toThrow(/line 51 of city\.cases/)
    await other.stop()
  }, 40_000)
})
