import { useInfiniteQuery } from '@tanstack/react-query'
import type { CallPage } from '#contracts/calls'
import { getJson, pathWith } from '../../lib/api.ts'

const REFRESH_MS = 10_000

/** The call log, newest first, renewed while it is looked at. */
export function useCalls() {
  return useInfiniteQuery({
    queryKey: ['live', 'calls'],
    queryFn: ({ pageParam, signal }) =>
      getJson<CallPage>(pathWith('/api/calls', { cursor: pageParam ?? undefined }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: REFRESH_MS,
  })
}
