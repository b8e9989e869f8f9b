import { MongoErrorLabel, MongoNetworkError, MongoServerError } from 'mongodb'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { DomainError } from '#domain/errors'
import { guarded } from '#persistence/guard'

const failing = (error: Error) => guarded({ act: async () => Promise.reject(error) })
const refusalOf = async (error: Error) =>
  failing(error)
    .act()
    .catch((caught: unknown) => caught)

/** What the driver makes of a bulk write whose connection broke: only the label tells. */
const cutOffBulkWrite = () => {
  const error = new MongoServerError({ message: 'connection 3 to 127.0.0.1:27017 closed' })
  error.addErrorLabel(MongoErrorLabel.RetryableWriteError)
  return error
}

/** What a socket says to whoever writes after the other side has ended it. */
async function errorOfEndedSocket(): Promise<Error> {
  const server = createServer((peer) => peer.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').resume()
  await once(socket, 'end')
  const failed = once(socket, 'error')
  socket.write('too late')
  const [error] = (await failed) as [Error]
  server.close()
  return error
}

const withCode = (code: string | number, cause?: Error) =>
  Object.assign(new Error('it failed', { cause }), { code })

describe('a database that is away', () => {
  test.each([
    new MongoNetworkError('connection closed'),
    new MongoServerError({ message: 'shutting down', code: 91 }),
    new MongoServerError({ message: 'not primary', code: 10_107 }),
    cutOffBulkWrite(),
  ])('is refused as unavailable: %s', async (error) => {
    expect(await refusalOf(error)).toMatchObject({ code: 'unavailable' })
  })

  test('is so where a connection ended under the driver', async () => {
    const error = await errorOfEndedSocket()
    expect(error).toMatchObject({ code: 'EPIPE' })
    expect(await refusalOf(error)).toMatchObject({
      code: 'unavailable',
      refusal: 'database-unavailable',
    })
  })

  test('or that does not answer in time is refused too', async () => {
    const silent = guarded({ act: async () => new Promise(() => undefined) }, 10)
    await expect(silent.act()).rejects.toMatchObject({ code: 'unavailable' })
  })
})

test.each([
  withCode('ENOSPC'),
  withCode('EDQUOT'),
  withCode('E_CANNOT_WRITE_FILE', withCode('ENOSPC')),
  new MongoServerError({ message: 'full', code: 14_031 }),
])('a full disk is named: %s', async (error) => {
  expect(await refusalOf(error)).toMatchObject({ code: 'storage-full', refusal: 'disk-full' })
})

test('a refusal and a bug stay what they are', async () => {
  const refusal = new DomainError('conflict', 'version-stale')
  expect(await refusalOf(refusal)).toBe(refusal)
  const bug = new TypeError('undefined is not a function')
  expect(await refusalOf(bug)).toBe(bug)
})
