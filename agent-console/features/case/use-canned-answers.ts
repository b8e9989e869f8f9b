import { useQuery } from '@tanstack/react-query'
import type { CannedAnswer } from '#contracts/cases'
import { getJson } from '../../lib/api.ts'

/** Texts that answer what is asked often. */
export function useCannedAnswers() {
  return useQuery({
    queryKey: ['canned-answers'],
    queryFn: ({ signal }) => getJson<CannedAnswer[]>('/api/canned-answers', signal),
    staleTime: 10 * 60_000,
  })
}
