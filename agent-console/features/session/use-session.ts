import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OwnAccountChange, Session } from '#contracts/staff'
import { ApiError, errorCode, getJson, sendJson } from '../../lib/api.ts'

export const SESSION_KEY = ['session'] as const

/** Who is signed in; null where nobody is. */
export function useSession() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => readSession(signal),
    staleTime: 5 * 60_000,
  })
}

/** Signs in with e-mail and password; answers whether a second step is wanted. */
export function useSignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (secret: { readonly email: string; readonly password: string }) =>
      sendJson<{ twoFactorRedirect?: boolean } | null>('POST', '/api/auth/sign-in/email', secret),
    onSuccess: (answer) => (answer?.twoFactorRedirect ? undefined : enter(queryClient)),
  })
}

/** The second step: a code from the app, or one of the backup codes. */
export function useSecondStep() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ code, isBackup }: { readonly code: string; readonly isBackup: boolean }) =>
      sendJson('POST', `/api/auth/two-factor/${isBackup ? 'verify-backup-code' : 'verify-totp'}`, {
        code,
      }),
    onSuccess: () => enter(queryClient),
  })
}

/** Signs out and forgets everything that was loaded. */
export function useSignOut() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => sendJson('POST', '/api/auth/sign-out', {}),
    onSuccess: () => {
      queryClient.setQueryData(SESSION_KEY, null)
      forgetOthers(queryClient)
    },
  })
}

/** Turning two-step verification on: first the password, then a code that proves the app has the key. */
export function useTwoFactorSetup() {
  const queryClient = useQueryClient()
  const begin = useMutation({
    mutationFn: (password: string) =>
      sendJson<{ totpURI: string; backupCodes: string[] }>('POST', '/api/auth/two-factor/enable', {
        password,
      }),
  })
  const finish = useMutation({
    mutationFn: (code: string) => sendJson('POST', '/api/auth/two-factor/verify-totp', { code }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: SESSION_KEY }),
  })
  return { begin, finish }
}

/** Says where the exchange reaches whoever is signed in. */
export function useChangeTelephone() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (telephone: string | null) =>
      sendJson<Session>('PATCH', '/api/session', { telephone } satisfies OwnAccountChange),
    onSuccess: (session) => {
      queryClient.setQueryData(SESSION_KEY, session)
    },
  })
}

/** Somebody signed in: perhaps not the one whose session ended on this screen. */
function enter(queryClient: QueryClient): Promise<void> {
  forgetOthers(queryClient)
  return queryClient.invalidateQueries({ queryKey: SESSION_KEY })
}

/** Drops everything that was read for whoever was signed in before. */
function forgetOthers(queryClient: QueryClient): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] })
}

async function readSession(signal: AbortSignal): Promise<Session | null> {
  try {
    return await getJson<Session>('/api/session', signal)
  } catch (error) {
    if (error instanceof ApiError && errorCode(error) === 'unauthenticated') return null
    throw error
  }
}
