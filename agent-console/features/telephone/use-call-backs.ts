import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CallBackChange, CallBackList, CallBackView } from '#contracts/telephony'
import { getJson, sendJson } from '../../lib/api.ts'
import { useServerEvent } from '../../lib/realtime.tsx'

const CALL_BACKS_KEY = ['live', 'telephone', 'call-backs'] as const
const REFRESH_MS = 20_000

/** Promised calls, those due first; read again as calls go on. */
export function useCallBacks() {
  const queryClient = useQueryClient()
  useServerEvent('call:changed', () => {
    void queryClient.invalidateQueries({ queryKey: CALL_BACKS_KEY })
  })
  return useQuery({
    queryKey: CALL_BACKS_KEY,
    queryFn: ({ signal }) => getJson<CallBackList>('/api/call-backs', signal),
    refetchInterval: REFRESH_MS,
  })
}

/** Takes one over, gives it back, or tells what came of it. A stale list is read again. */
export function useChangeCallBack(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: CallBackChange) =>
      sendJson<CallBackView>('PATCH', `/api/call-backs/${encodeURIComponent(id)}`, change),
    onSettled: () => queryClient.invalidateQueries({ queryKey: CALL_BACKS_KEY }),
  })
}
