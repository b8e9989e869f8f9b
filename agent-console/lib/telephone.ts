import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Session } from '#contracts/staff'
import type { CallBoard, CallView, NewCall } from '#contracts/telephony'
import { sendJson } from './api.ts'

/** Where the waiting line and one's own call are kept; a join reads it anew with all that is live. */
export const BOARD_KEY = ['live', 'telephone', 'board'] as const

/** Under this key an own call is being placed: its line may ring before the answer is here. */
const PLACING_KEY = ['telephone', 'placing'] as const

/** True for those who have a telephone: the people of the call centre. */
export function hasTelephone({ role }: Pick<Session, 'role'>): boolean {
  return role !== 'officer' && role !== 'approver'
}

/** Supervisors and administrators listen in, coach, and set what agents can do. */
export function leadsAgents({ role }: Pick<Session, 'role'>): boolean {
  return role === 'supervisor' || role === 'administrator'
}

/** Calls a citizen: a number, the citizen of a case, or one who was promised a call. */
export function usePlaceCall() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationKey: PLACING_KEY,
    mutationFn: (wanted: NewCall) => sendJson<CallView>('POST', '/api/calls', wanted),
    onSuccess: (call) => {
      keepOwnCall(queryClient, call)
      void queryClient.invalidateQueries({ queryKey: ['live', 'telephone'] })
    },
  })
}

/** True while a call is being placed and its answer is not here. */
export function isPlacingCall(queryClient: QueryClient): boolean {
  return queryClient.isMutating({ mutationKey: PLACING_KEY }) > 0
}

/** What a command answered is this agent's own call as it is now; an older answer changes nothing. */
export function keepOwnCall(queryClient: QueryClient, call: CallView): void {
  queryClient.setQueryData<CallBoard>(BOARD_KEY, (board) => {
    const known = board?.mine
    if (known?.id === call.id && known.version > call.version) return board
    const waiting = board?.waiting.filter(({ id }) => id !== call.id) ?? []
    return { waiting, mine: call, exchange: board?.exchange ?? null }
  })
}
