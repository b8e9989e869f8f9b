import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from 'react'
import type { ServerEvents } from '#contracts/events'
import { createRealtime, type ConsoleSocket, type Realtime } from './realtime-link.ts'

const RealtimeContext = createContext<Realtime | null>(null)

/** Keeps one joined connection for everything below; `onJoined` means "take a fresh snapshot now". */
export function RealtimeProvider(props: {
  readonly connect: () => ConsoleSocket
  readonly onJoined: () => void
  readonly onSessionEnded: () => void
  readonly children: ReactNode
}): ReactNode {
  const [realtime] = useState(() => createRealtime(props.connect()))
  const onJoined = useEffectEvent(props.onJoined)
  const onSessionEnded = useEffectEvent(props.onSessionEnded)
  useEffect(
    () =>
      realtime.start({
        onJoined: () => {
          onJoined()
        },
        onSessionEnded: () => {
          onSessionEnded()
        },
      }),
    [realtime],
  )
  return <RealtimeContext value={realtime}>{props.children}</RealtimeContext>
}

/** The connection below the provider. */
export function useRealtime(): Realtime {
  const realtime = useContext(RealtimeContext)
  if (!realtime) throw new Error('useRealtime needs a RealtimeProvider above it')
  return realtime
}

/** Whether what the screen shows is being kept up to date. */
export function useConnection(): 'live' | 'reconnecting' {
  const realtime = useRealtime()
  return useSyncExternalStore(realtime.subscribe, realtime.connection)
}

/** Counts the joins: it changes whenever rooms were lost and won again. */
export function useJoinCount(): number {
  const realtime = useRealtime()
  return useSyncExternalStore(realtime.subscribe, realtime.joinCount)
}

/** Hears one kind of event while the component is shown. */
export function useServerEvent<E extends keyof ServerEvents>(
  name: E,
  listener: ServerEvents[E],
): void {
  const { socket } = useRealtime()
  const heard = useEffectEvent(listener as (...args: unknown[]) => void)
  useEffect(() => {
    const onEvent = (...args: unknown[]) => {
      heard(...args)
    }
    // The library's listener type is a conditional one that a generic name cannot resolve.
    const untyped = socket as unknown as EventSource
    untyped.on(name, onEvent)
    return () => {
      untyped.off(name, onEvent)
    }
  }, [socket, name])
}

type EventSource = {
  on(name: string, listener: (...args: unknown[]) => void): void
  off(name: string, listener: (...args: unknown[]) => void): void
}
