import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Session } from '#contracts/staff'
import { LiveInboxProvider } from '../features/inbox/live-inbox.tsx'
import { RealtimeProvider } from '../lib/realtime.tsx'
import type { ConsoleSocket } from '../lib/realtime-link.ts'
import { Shell } from './shell.tsx'

/** The console of one person, with its live connection; each join takes a fresh snapshot. */
export function SignedIn(props: {
  readonly session: Session
  readonly connect: () => ConsoleSocket
  readonly onSessionEnded: () => void
}): ReactNode {
  const queryClient = useQueryClient()
  return (
    <RealtimeProvider
      connect={props.connect}
      onJoined={() => void queryClient.invalidateQueries({ queryKey: ['live'] })}
      onSessionEnded={props.onSessionEnded}
    >
      <LiveInboxProvider>
        <Shell session={props.session} />
      </LiveInboxProvider>
    </RealtimeProvider>
  )
}
