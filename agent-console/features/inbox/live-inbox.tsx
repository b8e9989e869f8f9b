import {
  createContext,
  type Dispatch,
  type ReactNode,
  useContext,
  useEffect,
  useReducer,
  useRef,
} from 'react'
import { useRealtime, useServerEvent } from '../../lib/realtime.tsx'
import {
  type HeardChange,
  type LiveAction,
  type LiveRows,
  liveRowsReducer,
  NOTHING_HEARD,
} from './live-rows.ts'

type LiveInbox = LiveRows & { readonly dispatch: Dispatch<LiveAction> }

const LiveInboxContext = createContext<LiveInbox | null>(null)

/** A burst of events becomes one render. */
const GATHER_MS = 60

/** Hears every change of a case while the console is open, whichever page is shown. */
export function LiveInboxProvider(props: { readonly children: ReactNode }): ReactNode {
  const realtime = useRealtime()
  const [rows, dispatch] = useReducer(liveRowsReducer, NOTHING_HEARD)
  const gathered = useRef<HeardChange[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useServerEvent('case:changed', (changed) => {
    gathered.current.push({ changed, join: realtime.joinCount() })
    timer.current ??= setTimeout(() => {
      const changes = gathered.current
      gathered.current = []
      timer.current = undefined
      dispatch({ type: 'heard', changes })
    }, GATHER_MS)
  })
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return <LiveInboxContext value={{ ...rows, dispatch }}>{props.children}</LiveInboxContext>
}

/** What was heard so far. */
export function useLiveInbox(): LiveInbox {
  const live = useContext(LiveInboxContext)
  if (!live) throw new Error('useLiveInbox needs a LiveInboxProvider above it')
  return live
}
