import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { deserialize, serialize, type Document } from 'bson'

/** A client that sends whatever it is told to, as no driver would. */
export interface RawClient {
  readonly socket: Socket
  readonly send: (bytes: Buffer) => void
  /** The documents of the next replies, or null once the server has hung up. */
  readonly reply: () => Promise<Document | null>
  readonly command: (body: Document) => Promise<Document | null>
}

/** Connects without a driver. */
export async function rawClient(port: number): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  let received = Buffer.alloc(0)
  let isOver = false
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk])
  })
  socket.on('close', () => {
    isOver = true
  })
  socket.on('error', () => {
    isOver = true
  })
  const reply = async (): Promise<Document | null> => {
    while (received.length < 4 || received.length < received.readInt32LE(0)) {
      if (isOver) return null
      await Promise.race([once(socket, 'data'), once(socket, 'close')])
    }
    const length = received.readInt32LE(0)
    const message = received.subarray(0, length)
    received = received.subarray(length)
    return deserialize(message.subarray(21))
  }
  const send = (bytes: Buffer): void => {
    socket.write(bytes)
  }
  return {
    socket,
    send,
    reply,
    command: (body) => {
      send(opMsg(serialize(body)))
      return reply()
    },
  }
}

/** A message with one body section, its declared length and opcode free to be wrong. */
export function opMsg(
  body: Uint8Array,
  wrong: { length?: number; opcode?: number; flags?: number; tail?: Buffer } = {},
): Buffer {
  const { tail = Buffer.alloc(0) } = wrong
  const head = Buffer.alloc(21)
  head.writeInt32LE(wrong.length ?? 21 + body.length + tail.length, 0)
  head.writeInt32LE(7, 4)
  head.writeInt32LE(wrong.opcode ?? 2013, 12)
  head.writeUInt32LE(wrong.flags ?? 0, 16)
  return Buffer.concat([head, body, tail])
}
