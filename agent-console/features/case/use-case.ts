import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { CaseView } from '#contracts/cases'
import { getJson } from '../../lib/api.ts'
import { useServerEvent } from '../../lib/realtime.tsx'

/** Where a case's view is kept. */
export function caseKey(code: string): readonly string[] {
  return ['live', 'case', code]
}

/** One case as this person may see it; read again whenever it is told to have changed. */
export function useCase(code: string) {
  const queryClient = useQueryClient()
  const query = useQuery({
    queryKey: caseKey(code),
    queryFn: ({ signal }) => getJson<CaseView>(`/api/cases/${code}`, signal),
  })
  useServerEvent('case:changed', (changed) => {
    const known = queryClient.getQueryData<CaseView>(caseKey(code))
    if (changed.code !== code || (known && known.version >= changed.version)) return
    void queryClient.invalidateQueries({ queryKey: caseKey(code) })
  })
  return query
}
