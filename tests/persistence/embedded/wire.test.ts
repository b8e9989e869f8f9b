import { Binary, Long, serialize } from 'bson'
import fc from 'fast-check'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { crc32c } from '#persistence/embedded/wire/checksum'
import { opMsg, rawClient } from './raw-wire.ts'
import { startServer, type TestServer } from './server-process.ts'

let server: TestServer
let open: TestServer

beforeAll(async () => {
  server = await startServer()
  open = await startServer({ args: ['--noauth'] })
})

afterAll(async () => {
  await server.stop()
  await open.stop()
})

const ping = { ping: 1, $db: 'admin' }

describe('the wire', () => {
  test('takes checksums, document sequences and several messages at once', async () => {
    const client = await rawClient(open.port)
    const body = Buffer.from(serialize({ insert: 'sequences', $db: 'wire' }))
    const documents = [serialize({ _id: 1 }), serialize({ _id: 2 })]
    const name = Buffer.from('documents\0')
    const size = Buffer.alloc(4)
    size.writeInt32LE(4 + name.length + documents.reduce((sum, each) => sum + each.length, 0))
    const section = Buffer.concat([Buffer.from([1]), size, name, ...documents])
    const plain = opMsg(body, { tail: Buffer.concat([section, Buffer.alloc(4)]), flags: 1 })
    plain.writeUInt32LE(crc32c(plain.subarray(0, -4)), plain.length - 4)
    client.send(Buffer.concat([plain, opMsg(serialize(ping)), opMsg(serialize(ping))]))
    expect(await client.reply()).toMatchObject({ n: 2, ok: 1 })
    expect(await client.reply()).toMatchObject({ ok: 1 })
    expect(await client.reply()).toMatchObject({ ok: 1 })
    plain.writeUInt32LE(1, plain.length - 4)
    client.send(plain)
    expect(await client.reply()).toMatchObject({ ok: 0 })
  })

  test('a client that sends faster than it is answered loses nothing', async () => {
    const client = await rawClient(open.port)
    const comment = 'x'.repeat(8_000_000)
    const long = opMsg(serialize({ ping: 1, comment, $db: 'admin' }))
    for (let n = 0; n < 12; n++) client.send(long)
    for (let n = 0; n < 12; n++) expect(await client.reply()).toMatchObject({ ok: 1 })
    client.socket.destroy()
  }, 30_000)

  test('a message may come in pieces', async () => {
    const client = await rawClient(open.port)
    for (const byte of opMsg(serialize(ping))) client.send(Buffer.from([byte]))
    expect(await client.reply()).toMatchObject({ ok: 1 })
  })

  test.each([
    ['a negative length', opMsg(serialize(ping), { length: -1 })],
    ['a length beyond the limit', opMsg(serialize(ping), { length: 0x7fffffff })],
    ['a length too short for a header', opMsg(serialize(ping), { length: 3 })],
  ])('%s ends the connection and nothing else', async (_, bytes) => {
    const client = await rawClient(open.port)
    client.send(bytes)
    expect(await client.reply()).toBeNull()
    expect(await open.client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 })
  })

  test.each([
    ['an unknown opcode', opMsg(serialize(ping), { opcode: 4711 })],
    ['unknown flags', opMsg(serialize(ping), { flags: 8 })],
    ['a document with a wrong length', opMsg(Buffer.from([200, 0, 0, 0, 0]))],
    ['invalid UTF-8', opMsg(Buffer.from([14, 0, 0, 0, 2, 97, 0, 2, 0, 0, 0, 0xff, 0, 0]))],
    ['an empty body', opMsg(Buffer.alloc(0))],
  ])('%s is refused', async (_, bytes) => {
    const client = await rawClient(open.port)
    client.send(bytes)
    const reply = await client.reply()
    expect(reply === null || reply['ok'] === 0).toBe(true)
  })

  test('BSON nested too deep is refused, not followed', async () => {
    const client = await rawClient(open.port)
    let nested: object = {}
    for (let depth = 0; depth < 250; depth++) nested = { a: nested }
    expect(
      await client.command({ insert: 'deep', documents: [nested], $db: 'wire' }),
    ).toMatchObject({ ok: 0, code: 15 })
  })

  test('random bytes never stop the server', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const client = await rawClient(open.port)
        client.send(opMsg(bytes))
        await client.reply()
        client.socket.destroy()
      }),
      { numRuns: 100 },
    )
    expect(await open.client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 })
  })

  test('a retried write is carried out once, also after a crash', async () => {
    const lsid = { id: new Binary(Buffer.alloc(16, 7), 4) }
    const increment = {
      update: 'retried',
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }],
      txnNumber: Long.fromNumber(1),
      lsid,
      $db: 'wire',
    }
    const first = await (await rawClient(open.port)).command(increment)
    await open.crash()
    await open.client.close()
    open = await startServer({ folder: open.folder, args: ['--noauth'] })
    const client = await rawClient(open.port)
    expect(await client.command(increment)).toEqual(first)
    expect(await open.client.db('wire').collection('retried').findOne()).toMatchObject({ n: 1 })
    expect(await client.command({ ...increment, txnNumber: Long.fromNumber(0) })).toMatchObject({
      code: 225,
    })
    const removal = {
      findAndModify: 'retried',
      query: {},
      remove: true,
      txnNumber: Long.fromNumber(2),
      lsid,
      $db: 'wire',
    }
    const removed = await client.command(removal)
    expect(removed).toMatchObject({ value: { n: 1 } })
    expect(await client.command(removal)).toEqual(removed)
  })

  test('2,000 clients at once', async () => {
    const clients = await Promise.all(Array.from({ length: 2000 }, () => rawClient(open.port)))
    const replies = await Promise.all(clients.map((client) => client.command(ping)))
    for (const { socket } of clients) socket.destroy()
    expect(replies.every((reply) => reply?.['ok'] === 1)).toBe(true)
  })
})

describe('authentication', () => {
  test('who has not logged in cannot make the server keep long messages', async () => {
    const stranger = await rawClient(server.port)
    stranger.send(opMsg(serialize(ping), { length: 20_000 }))
    expect(await stranger.reply()).toBeNull()
    const known = await rawClient(open.port)
    const long = serialize({ ping: 1, comment: 'x'.repeat(20_000), $db: 'admin' })
    known.send(opMsg(long))
    expect(await known.reply()).toMatchObject({ ok: 1 })
    known.socket.destroy()
  })

  test('without it there are no data', async () => {
    const client = await rawClient(server.port)
    expect(await client.command({ find: 'c', $db: 'x' })).toMatchObject({ ok: 0, code: 13 })
    expect(await client.command(ping)).toMatchObject({ ok: 1 })
  })

  test('a wrong password and a stranger are refused alike', async () => {
    for (const [from, to] of [
      [/:[0-9a-f]{48}@/, ':wrong@'],
      [/hoiam:/, 'somebody:'],
    ] as const) {
      const client = new MongoClient(server.uri.replace(from, to), {
        serverSelectionTimeoutMS: 3000,
      })
      await expect(client.connect()).rejects.toMatchObject({
        code: 18,
        message: 'Authentication failed.',
      })
      await client.close()
    }
  })

  test('an address beyond this machine is refused', async () => {
    await expect(startServer({ args: ['--bind_ip', '0.0.0.0'] })).rejects.toThrow(
      /this machine only/,
    )
  })
})
