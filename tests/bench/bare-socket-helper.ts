import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { helpParent } from './helper.ts'

/** What the bare server understands and says. */
export type BareEvents = { echo: (payload: unknown) => void }
export type BareRequests = BareEvents & { join: (ack: () => void) => void }

const ROOM = 'listeners'

helpParent(serveBareSocket)

/** The baseline of live events: Socket.IO that repeats what it hears to a room. Answers its port. */
async function serveBareSocket(): Promise<number> {
  const http = createServer()
  const io = new Server<BareRequests, BareEvents>(http, { serveClient: false })
  io.on('connection', (socket) => {
    socket.on('join', (ack) => {
      void socket.join(ROOM)
      ack()
    })
    socket.on('echo', (payload) => {
      io.to(ROOM).emit('echo', payload)
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return (http.address() as AddressInfo).port
}
