import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, Suspense } from 'react'
import { LoginPage } from '../features/session/login-page.tsx'
import { SESSION_KEY, useSession } from '../features/session/use-session.ts'
import { LoadFailed } from '../components/problem-notice.tsx'
import { lazily } from '../lib/lazily.ts'
import type { ConsoleSocket } from '../lib/realtime-link.ts'

// Fetched while the session is being asked for, so that the login page does not wait for all of it.
const signedIn = import('./signed-in.tsx').then((loaded) => loaded.SignedIn)
const SignedIn = lazily(() => signedIn)

/** The login page, or the console of who is signed in with its live connection. */
export function SignedInGate(props: { readonly connect: () => ConsoleSocket }): ReactNode {
  const queryClient = useQueryClient()
  const { data: session, error, isPending, refetch } = useSession()
  if (isPending) return null
  if (session === undefined) {
    return (
      <main>
        <LoadFailed error={error} onRetry={() => void refetch()} />
      </main>
    )
  }
  if (session === null) return <LoginPage />
  return (
    <Suspense>
      <SignedIn
        key={session.id}
        session={session}
        connect={props.connect}
        onSessionEnded={() => void queryClient.invalidateQueries({ queryKey: SESSION_KEY })}
      />
    </Suspense>
  )
}
