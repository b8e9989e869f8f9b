import { io, type Socket } from 'socket.io-client'
import type { Ack, ClientEvents, ServerEvents } from '#contracts/events'

export type ConsoleSocket = Socket<ServerEvents, ClientEvents>

/** A connection that has joined its rooms, or is on its way to. */
export type Realtime = {
  readonly socket: ConsoleSocket
  readonly connection: () => 'live' | 'reconnecting'
  /** How often the rooms were joined; a snapshot taken under one join knows all events before it. */
  readonly joinCount: () => number
  readonly subscribe: (listener: () => void) => () => void
  /** Connects and stays connected; answers what ends it. */
  readonly start: (handlers: {
    readonly onJoined: () => void
    readonly onSessionEnded: () => void
  }) => () => void
}

const JOIN_TIMEOUT_MS = 5_000
const RETRY_MS = 3_000

/** A socket to the server that brought this page; it connects when it is started. */
export function connectToServer(): ConsoleSocket {
  return io({
    path: '/socket.io',
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  })
}

/** Joins on every connection and says when; keeps trying when the server goes away. */
export function createRealtime(socket: ConsoleSocket): Realtime {
  let connection: 'live' | 'reconnecting' = 'reconnecting'
  let joinCount = 0
  const listeners = new Set<() => void>()
  function become(next: 'live' | 'reconnecting'): void {
    connection = next
    for (const listener of listeners) listener()
  }
  return {
    socket,
    connection: () => connection,
    joinCount: () => joinCount,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: ({ onJoined, onSessionEnded }) => {
      let retry: ReturnType<typeof setTimeout> | undefined
      function retryLater(): void {
        clearTimeout(retry)
        retry = setTimeout(() => socket.disconnect().connect(), RETRY_MS)
      }
      function onConnect(): void {
        socket.timeout(JOIN_TIMEOUT_MS).emit('inbox:join', (error: Error | null, answer: Ack) => {
          if (error) {
            retryLater()
          } else if (!answer.ok) {
            refused(answer.code === 'unauthenticated')
          } else {
            joinCount += 1
            become('live')
            onJoined()
          }
        })
      }
      function refused(isSignedOut: boolean): void {
        if (isSignedOut) onSessionEnded()
        else retryLater()
      }
      function onLost(): void {
        become('reconnecting')
        // The library gives up where the server itself refused or closed; we do not.
        if (!socket.active) retryLater()
      }
      socket.on('connect', onConnect)
      socket.on('disconnect', onLost)
      socket.on('connect_error', onLost)
      socket.on('session:ended', onSessionEnded)
      socket.connect()
      return () => {
        clearTimeout(retry)
        socket.off('connect', onConnect)
        socket.off('disconnect', onLost)
        socket.off('connect_error', onLost)
        socket.off('session:ended', onSessionEnded)
        socket.disconnect()
      }
    },
  }
}
