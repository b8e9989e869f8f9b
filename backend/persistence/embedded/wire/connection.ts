import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { CommandError } from '../errors.ts'
import { isNumber, toDouble, type Doc } from '../bson/values.ts'
import { failureOf } from '../commands/fail-points.ts'
import { deadlineOf, dispatch, errorReply } from '../commands/dispatch.ts'
import type { Request, ServerState, Session } from '../commands/request.ts'
import { topologyVersion } from '../commands/server-commands.ts'
import { equalValues } from '../bson/compare.ts'
import { isAuthorized, newAuthentication, type Credential } from './authentication.ts'
import { encodeReply, lastReplyId, messageLength, parseMessage, type Message } from './messages.ts'

/** More than the longest message, so that one that is whole can always be answered. */
const maxWaitingBytes = 64_000_000

let lastConnectionId = 0

/** Serves one client: reads its messages in order and answers each before the next. */
export function serveConnection(
  socket: Socket,
  server: ServerState,
  credential: Credential | null,
): void {
  lastConnectionId += 1
  const session: Session = {
    connectionId: lastConnectionId,
    authentication: newAuthentication(credential),
    appName: null,
  }
  const connection: Connection = { socket, server, session, chunks: [], bytes: 0, isWorking: false }
  socket.setNoDelay(true)
  socket.on('data', (chunk) => {
    connection.chunks.push(chunk)
    connection.bytes += chunk.length
    // Who sends faster than is answered waits: at least one whole message is here by now.
    if (connection.bytes > maxWaitingBytes) socket.pause()
    if (!connection.isWorking) void work(connection)
  })
  // A client that vanishes is no error of ours; closing is all there is to do.
  socket.on('error', () => socket.destroy())
}

interface Connection {
  readonly socket: Socket
  readonly server: ServerState
  readonly session: Session
  chunks: Buffer[]
  bytes: number
  isWorking: boolean
}

async function work(connection: Connection): Promise<void> {
  connection.isWorking = true
  try {
    for (;;) {
      const bytes = nextMessage(connection)
      if (!bytes) break
      // What is answered at once needs no turn of its own.
      const answering = answer(connection, bytes)
      if (answering) await answering
      if (socketIsGone(connection)) break
    }
  } catch {
    // What cannot be read as a message cannot be answered: the connection ends.
    connection.socket.destroy()
  } finally {
    connection.isWorking = false
  }
}

function socketIsGone({ socket }: Connection): boolean {
  return socket.destroyed
}

function nextMessage(connection: Connection): Buffer | null {
  const head = connection.chunks[0]
  if (!head) return null
  const known =
    head.length >= 4 || connection.chunks.length === 1 ? head : Buffer.concat(connection.chunks)
  const length = messageLength(known, isAuthorized(connection.session.authentication))
  if (length === null || connection.bytes < length) return null
  const all = connection.chunks.length === 1 ? head : Buffer.concat(connection.chunks)
  connection.chunks = all.length > length ? [all.subarray(length)] : []
  connection.bytes -= length
  const { socket } = connection
  if (socket.isPaused() && connection.bytes <= maxWaitingBytes) socket.resume()
  return all.subarray(0, length)
}

function answer(connection: Connection, bytes: Buffer): Promise<void> | undefined {
  const message = parsed(connection, bytes)
  if (!message) return undefined
  const request = requestOf(message, connection.session)
  const isHello = ['hello', 'isMaster', 'ismaster'].includes(request.name)
  if (isHello && request.body.has('maxAwaitTimeMS')) {
    return answerAwaitedHello(connection, message, request)
  }
  const { server, socket } = connection
  const deliver = (reply: Doc | null): Promise<void> | undefined =>
    reply && !message.isSilent ? send(socket, encodeReply(reply, message)) : undefined
  const reply =
    server.failPoints.size > 0 ? failing(request, connection) : dispatch(request, server)
  return reply instanceof Promise ? reply.then(deliver) : deliver(reply)
}

/** A command while a test wants some to fail; null when its connection was to end. */
async function failing(request: Request, { server, socket }: Connection): Promise<Doc | null> {
  const failure = await failureOf(request, server)
  if (failure.closes === 'before') socket.destroy()
  if (failure.closes === 'before') return null
  const reply = failure.reply ?? (await dispatch(request, server))
  if (failure.closes === 'after') socket.destroy()
  return new Map([...reply, ...(failure.writeConcernError ?? [])])
}

/** The message, or null after telling the client what is wrong with it. */
function parsed({ socket }: Connection, bytes: Buffer): Message | null {
  try {
    return parseMessage(bytes)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    socket.write(encodeReply(errorReply(error), { id: bytes.readInt32LE(4), isLegacy: false }))
    return null
  }
}

function requestOf({ body, db, sequences }: Message, session: Session): Request {
  const name = body.keys().next().value ?? ''
  return { name, db: db ?? 'admin', body, sequences, session, deadline: deadlineOf(body) }
}

/**
 * A monitoring client waits for news of the topology. There rarely are any: it is told that
 * nothing changed when its time is up, again and again without asking if it allows that.
 */
async function answerAwaitedHello(
  connection: Connection,
  message: Message,
  request: Request,
): Promise<void> {
  const { socket, server } = connection
  let id = message.id
  do {
    const failure = await failureOf(request, server)
    if (failure.closes) {
      socket.destroy()
      return
    }
    if (failure.reply) {
      await send(socket, encodeReply(failure.reply, { id, isLegacy: message.isLegacy }))
      return
    }
    await untilNews(socket, server, request.body)
    const reply = await dispatch(request, server)
    const encoded = encodeReply(reply, { id, isLegacy: message.isLegacy }, message.allowsExhaust)
    id = lastReplyId()
    await send(socket, encoded)
    request.body.set('topologyVersion', topologyVersion(server))
  } while (message.allowsExhaust && !socketIsGone(connection))
}

async function untilNews(socket: Socket, server: ServerState, body: Doc): Promise<void> {
  const limit = body.get('maxAwaitTimeMS')
  const endsAt = Date.now() + (isNumber(limit) ? toDouble(limit) : 10_000)
  while (!socket.destroyed && Date.now() < endsAt) {
    if (!equalValues(body.get('topologyVersion'), topologyVersion(server))) return
    await delay(Math.min(500, Math.max(1, endsAt - Date.now())), undefined, { ref: false })
  }
}

function send(socket: Socket, bytes: Buffer): Promise<void> | undefined {
  if (socket.destroyed || socket.write(bytes)) return undefined
  // A slow reader is waited for, so that its answers do not fill the memory.
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.on('drain', done)
    socket.on('close', done)
  })
}
