import { io, type Socket } from 'socket.io-client'
import type { Ack, CaseChanged, ClientEvents, Presence, ServerEvents } from '#contracts/events'

/** A console's socket, with everything it heard. */
export type ConsoleClient = {
  readonly socket: Socket<ServerEvents, ClientEvents>
  readonly heard: CaseChanged[]
  readonly presences: Presence[]
  join(): Promise<Ack>
  watch(code: string, activity: 'viewing' | 'writing'): Promise<Ack>
  close(): void
}

/** Connects as whoever the headers say; rejects where the server refuses. */
export async function connectConsole(
  url: string,
  headers: Record<string, string>,
): Promise<ConsoleClient> {
  const socket: Socket<ServerEvents, ClientEvents> = io(url, {
    transports: ['websocket'],
    extraHeaders: headers,
    forceNew: true,
    reconnection: false,
  })
  const heard: CaseChanged[] = []
  const presences: Presence[] = []
  socket.on('case:changed', (changed) => heard.push(changed))
  socket.on('case:presence', (presence) => presences.push(presence))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return {
    socket,
    heard,
    presences,
    join: async () => socket.emitWithAck('inbox:join'),
    watch: async (code, activity) => socket.emitWithAck('case:watch', { code, activity }),
    close: () => socket.disconnect(),
  }
}
