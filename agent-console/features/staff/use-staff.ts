import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NewStaffAccount, StaffAccount, StaffAccountChange } from '#contracts/staff'
import { getJson, sendJson } from '../../lib/api.ts'

const STAFF_KEY = ['staff'] as const

/** Every account. */
export function useStaff() {
  return useQuery({
    queryKey: STAFF_KEY,
    queryFn: ({ signal }) => getJson<StaffAccount[]>('/api/staff', signal),
  })
}

/** Adds an account. */
export function useCreateAccount() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (account: NewStaffAccount) => sendJson<StaffAccount>('POST', '/api/staff', account),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: STAFF_KEY }),
  })
}

/** Changes what an account may do. */
export function useChangeAccount(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: StaffAccountChange) =>
      sendJson<StaffAccount>('PATCH', `/api/staff/${encodeURIComponent(id)}`, change),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: STAFF_KEY }),
  })
}
