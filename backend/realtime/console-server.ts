import type { Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import { z } from 'zod'
import type { Ack } from '#contracts/events'
import type { ErrorCode } from '#contracts/vocabulary'
import { canSeeCalls, type StaffMember } from '#domain/access'
import { DomainError } from '#domain/errors'
import type { Ports } from '#use-cases/ports'
import { hearSoftphone } from '#use-cases/telephone/agents'
import { viewCase } from '#use-cases/view-case'
import { unwatchCase, watchCase, tellPresence } from './presence.ts'
import { type ConsoleServer, type ConsoleSocket, inboxRoomOf, staffRoom } from './rooms.ts'

type Headers = Readonly<Record<string, string | string[] | undefined>>

/** What the consoles' socket needs. */
export type ConsoleServerOptions = {
  readonly ports: Ports
  readonly authenticate: (headers: Headers) => Promise<StaffMember | null>
  readonly log: Logger
}

/** A session that runs out, or that another process ended, closes its sockets within this time. */
const SESSION_CHECK_MS = 60_000

const Watch = z.object({ code: z.string().max(20), activity: z.enum(['viewing', 'writing']) })
const Unwatch = z.object({ code: z.string().max(20) })

/** Socket.IO for consoles: only staff connect, each hears what their role may see. */
export function consoleServer(http: HttpServer, options: ConsoleServerOptions): ConsoleServer {
  const io: ConsoleServer = new Server(http, {
    serveClient: false,
    // Same origin only: the browser sends an Origin with every WebSocket.
    allowRequest: (request, answer) => {
      answer(null, isOwnOrigin(request.headers))
    },
    maxHttpBufferSize: 10_000,
  })
  io.use((socket, next) => {
    options.authenticate(socket.request.headers).then(
      (staff) => {
        if (staff === null) {
          next(new Error('unauthenticated'))
          return
        }
        socket.data = { staff, watching: {} }
        next()
      },
      (error: unknown) => {
        next(error instanceof Error ? error : new Error('unavailable'))
      },
    )
  })
  io.on('connection', (socket) => {
    welcome(io, socket, options)
  })
  return io
}

/** Signs an account's consoles out at once: what it may see has changed. */
export function endSessionsOf(io: ConsoleServer, staffId: string): void {
  io.to(staffRoom(staffId)).emit('session:ended')
  io.in(staffRoom(staffId)).disconnectSockets(true)
}

function welcome(io: ConsoleServer, socket: ConsoleSocket, options: ConsoleServerOptions): void {
  const { ports, log } = options
  void socket.join(staffRoom(socket.data.staff.id))
  const answered = async (ack: unknown, act: () => Promise<void>): Promise<void> => {
    const reply = typeof ack === 'function' ? (ack as (answer: Ack) => void) : () => undefined
    try {
      await act()
      reply({ ok: true })
    } catch (error) {
      reply({ ok: false, code: codeOf(error, log) })
    }
  }

  socket.on('inbox:join', (ack) => {
    void answered(ack, async () => {
      const room = inboxRoomOf(socket.data.staff)
      if (room === null) throw new DomainError('forbidden', 'agency-needed')
      await socket.join(room)
    })
  })
  socket.on('case:watch', (given, ack) => {
    void answered(ack, async () => {
      const { code, activity } = Watch.parse(given)
      await viewCase(code, socket.data.staff, ports)
      await watchCase(io, socket, code, activity)
    })
  })
  socket.on('case:unwatch', (given, ack) => {
    void answered(ack, async () => unwatchCase(io, socket, Unwatch.parse(given).code))
  })

  socket.on('softphone:alive', (ack) => {
    void answered(ack, async () => {
      const { staff } = socket.data
      if (!canSeeCalls(staff)) throw new DomainError('forbidden', 'not-allowed')
      await hearSoftphone(staff, ports)
    })
  })

  const checking = setInterval(() => {
    void endIfChanged(socket, options)
  }, SESSION_CHECK_MS)
  socket.on('disconnect', () => {
    clearInterval(checking)
    for (const code of Object.keys(socket.data.watching)) void tellPresence(io, code)
  })
}

async function endIfChanged(socket: ConsoleSocket, options: ConsoleServerOptions): Promise<void> {
  try {
    const staff = await options.authenticate(socket.request.headers)
    const { role, agencyId } = socket.data.staff
    if (staff !== null && staff.role === role && staff.agencyId === agencyId) return
    socket.emit('session:ended')
    socket.disconnect(true)
  } catch (error) {
    // The database is away: nobody is signed out for that.
    options.log.warn({ err: error }, 'session check failed')
  }
}

function codeOf(error: unknown, log: Logger): ErrorCode {
  if (error instanceof DomainError) return error.code
  if (error instanceof z.ZodError) return 'invalid'
  log.error({ err: error }, 'socket request failed')
  return 'unexpected'
}

function isOwnOrigin({ origin, host }: Headers): boolean {
  if (typeof origin !== 'string') return true
  return URL.canParse(origin) && new URL(origin).host === host
}
