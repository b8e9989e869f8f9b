import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Wallboard, WallboardHistory } from '#contracts/telephony'
import { getJson, pathWith } from '../../lib/api.ts'
import type { DayRange } from '../../lib/day-range.ts'
import { useServerEvent } from '../../lib/realtime.tsx'

const WALLBOARD_KEY = ['live', 'wallboard'] as const
// Shares and averages move by themselves; events tell only of calls and agents that changed.
const POLL_MS = 15_000
// Today's row of the days grows with every call.
const DAYS_POLL_MS = 60_000

/** The centre as it is now: a snapshot on each join, events in between, whichever is newer. */
export function useWallboard() {
  const queryClient = useQueryClient()
  const newest = (next: Wallboard): Wallboard => {
    const known = queryClient.getQueryData<Wallboard>(WALLBOARD_KEY)
    return known && Date.parse(known.at) > Date.parse(next.at) ? known : next
  }
  useServerEvent('wallboard:changed', (wallboard) => {
    queryClient.setQueryData(WALLBOARD_KEY, newest(wallboard))
  })
  return useQuery({
    queryKey: WALLBOARD_KEY,
    queryFn: async ({ signal }) => newest(await getJson<Wallboard>('/api/wallboard', signal)),
    refetchInterval: POLL_MS,
  })
}

/** Figures day by day; nothing is asked while `range` is null. Keeps the last answer meanwhile. */
export function useHistory(range: DayRange | null) {
  return useQuery({
    queryKey: ['wallboard-history', range],
    queryFn: ({ signal }) =>
      getJson<WallboardHistory>(pathWith('/api/wallboard/history', { ...range }), signal),
    enabled: range !== null,
    refetchInterval: DAYS_POLL_MS,
    placeholderData: (previous) => previous,
  })
}
