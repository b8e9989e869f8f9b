import type { Presence } from '#contracts/events'
import { caseRoom, type ConsoleServer, type ConsoleSocket } from './rooms.ts'

/** More cases than anyone has open at once; a client that asks for more forgets the oldest. */
const WATCHED_MAX = 20

/** Notes that this socket has a case open, and tells the others. */
export async function watchCase(
  io: ConsoleServer,
  socket: ConsoleSocket,
  code: string,
  activity: 'viewing' | 'writing',
): Promise<void> {
  const others = Object.entries(socket.data.watching).filter(([watched]) => watched !== code)
  for (const [forgotten] of others.slice(0, Math.max(0, others.length - WATCHED_MAX + 1))) {
    await unwatchCase(io, socket, forgotten)
  }
  socket.data.watching = { ...socket.data.watching, [code]: activity }
  await socket.join(caseRoom(code))
  await tellPresence(io, code)
}

/** Forgets it again. */
export async function unwatchCase(
  io: ConsoleServer,
  socket: ConsoleSocket,
  code: string,
): Promise<void> {
  const others = Object.entries(socket.data.watching).filter(([watched]) => watched !== code)
  socket.data.watching = Object.fromEntries(others)
  await socket.leave(caseRoom(code))
  await tellPresence(io, code)
}

/** Tells everyone in the room who is there: each person once, writing before viewing. */
export async function tellPresence(io: ConsoleServer, code: string): Promise<void> {
  const sockets = await io.in(caseRoom(code)).fetchSockets()
  const people = new Map<string, Presence['people'][number]>()
  for (const { data } of sockets) {
    const { id, name } = data.staff
    const activity = data.watching[code] ?? 'viewing'
    if (people.get(id)?.activity !== 'writing') people.set(id, { id, name, activity })
  }
  io.to(caseRoom(code)).emit('case:presence', { code, people: [...people.values()] })
}
