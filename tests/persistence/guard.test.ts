import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { guarded } from '#persistence/guard'

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

test('a connection that ended under the driver is a database that is away', async () => {
  const error = await errorOfEndedSocket()
  expect(error).toMatchObject({ code: 'EPIPE' })
  const { read } = guarded({ read: (): Promise<never> => Promise.reject(error) })
  await expect(read()).rejects.toMatchObject({
    code: 'unavailable',
    refusal: 'database-unavailable',
  })
})

test('an error of our own stays what it is', async () => {
  const error = new TypeError('not a function')
  const { read } = guarded({ read: (): Promise<never> => Promise.reject(error) })
  await expect(read()).rejects.toBe(error)
})
