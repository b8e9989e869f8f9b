import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient, type Db, type Document } from 'mongodb'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startEmbeddedDatabase } from '#persistence/embedded/supervisor'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer
let db: Db

beforeAll(async () => {
  server = await startServer()
  db = server.client.db('failing')
}, 30_000)

afterEach(() => failing({}, 'off'))

afterAll(() => server.stop())

function failing(data: Document, mode: unknown = { times: 1 }): Promise<Document> {
  return db.admin().command({ configureFailPoint: 'failCommand', mode, data })
}

describe('who may let commands fail', () => {
  test('clients of a server that a person started, and getParameter says so', async () => {
    expect(await db.admin().command({ getParameter: 1, enableTestCommands: 1 })).toMatchObject({
      enableTestCommands: true,
    })
  })

  test('nobody at a server that was started without test commands', async () => {
    const strict = await startServer({ args: ['--setParameter', 'enableTestCommands=0'] })
    await expectNoFailPoints(strict.client)
    await strict.stop()
  })

  test('nobody at the database of a running installation', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hoi-am-fail-points-'))
    const log = { info: () => undefined, error: () => undefined }
    const database = await startEmbeddedDatabase({ dataDir, log })
    const client = await MongoClient.connect(database.uri)
    await expectNoFailPoints(client)
    await client.close()
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }, 40_000)

  test('nobody from another database than admin', async () => {
    await expect(
      db.command({ configureFailPoint: 'failCommand', mode: 'off' }),
    ).rejects.toMatchObject({ code: 13 })
  })
})

async function expectNoFailPoints(client: MongoClient): Promise<void> {
  const admin = client.db('admin')
  expect(await admin.command({ getParameter: 1, enableTestCommands: 1 })).toMatchObject({
    enableTestCommands: false,
  })
  await expect(
    admin.command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data: {} }),
  ).rejects.toMatchObject({ code: 59, message: "no such command: 'configureFailPoint'" })
}

describe('what fails', () => {
  test.each([
    [134, 'ReadConcernMajorityNotAvailableYet'],
    [262, 'ExceededTimeLimit'],
    [64, 'WriteConcernFailed'],
    [4242, 'Location4242'],
  ])('a command with code %i, under its name', async (errorCode, codeName) => {
    await failing({ failCommands: ['ping'], errorCode })
    await expect(db.command({ ping: 1 })).rejects.toMatchObject({ code: errorCode, codeName })
  })

  test('a write that cannot be sent again says so by having no label', async () => {
    const rows = db.collection('labels')
    await failing({ failCommands: ['insert'], errorCode: 50 })
    const error = await rows.insertOne({ a: 1 }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 50 })
    expect((error as { errorLabels: string[] }).errorLabels).not.toContain('RetryableWriteError')
  })

  test('only commands on the collection that is named', async () => {
    const namespace = 'failing.one'
    await failing({ failCommands: ['find'], errorCode: 8, namespace }, 'alwaysOn')
    expect(await db.collection('two').find().toArray()).toEqual([])
    await expect(db.collection('one').find().toArray()).rejects.toMatchObject({ code: 8 })
  })

  test('a blocked command whose time is up before it goes on', async () => {
    await failing({ failCommands: ['find'], blockConnection: true, blockTimeMS: 60_000 })
    await expect(db.collection('slow').find({}, { maxTimeMS: 5 }).toArray()).rejects.toMatchObject({
      code: 50,
      codeName: 'MaxTimeMSExpired',
    })
  })

  test('the hello that a monitoring client waits for', async () => {
    const appName = 'watched'
    const client = new MongoClient(server.uri, { appName, heartbeatFrequencyMS: 500 })
    const failed = new Promise<Error>((done) => {
      client.on('serverHeartbeatFailed', ({ failure }) => {
        done(failure)
      })
    })
    await client.connect()
    await failing({ failCommands: ['hello', 'isMaster'], appName, errorCode: 91 }, { times: 2 })
    expect(await failed).toMatchObject({ code: 91 })
    await client.close()
  })

  test.each(['sometimes', { often: 1 }, null])('nothing in a mode like %o', async (mode) => {
    await expect(failing({ failCommands: ['ping'], errorCode: 8 }, mode)).rejects.toMatchObject({
      code: 2,
    })
  })
})
