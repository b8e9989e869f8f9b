import { useQuery } from '@tanstack/react-query'
import type { CaseView, LikelyDuplicate } from '#contracts/cases'
import { getJson } from '../../lib/api.ts'

/** Other cases likely about the same incident; asked again when this one was classified anew. */
export function useDuplicates({ code, field }: Pick<CaseView, 'code' | 'field'>) {
  return useQuery({
    queryKey: ['duplicates', code, field],
    queryFn: ({ signal }) => getJson<LikelyDuplicate[]>(`/api/cases/${code}/duplicates`, signal),
    // Others may report it while the case is open on the screen.
    refetchInterval: 60_000,
  })
}
