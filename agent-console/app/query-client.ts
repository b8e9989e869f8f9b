import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, errorCode } from '../lib/api.ts'

const MOST_RETRIES = 2

/** Keeps what was read; an answer that nobody is signed in any more calls `onSignedOut`. */
export function createQueryClient(onSignedOut: (queryClient: QueryClient) => void): QueryClient {
  function onError(error: unknown): void {
    if (error instanceof ApiError && error.problem.status === 401) onSignedOut(queryClient)
  }
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < MOST_RETRIES && isPassing(error),
      },
    },
  })
  return queryClient
}

/** Worth asking again: the server was away, not unwilling. */
function isPassing(error: unknown): boolean {
  return ['unavailable', 'unexpected'].includes(errorCode(error))
}
