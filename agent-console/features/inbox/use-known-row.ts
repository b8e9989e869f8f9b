import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { CasePage, CaseRow } from '#contracts/cases'
import { useLiveInbox } from './live-inbox.tsx'

/** What the lists and events tell of a case; null where it was opened by its address and not listed. */
export function useKnownRow(code: string | null): CaseRow | null {
  const queryClient = useQueryClient()
  const { heard } = useLiveInbox()
  const listed = useSyncExternalStore(
    (onChange) =>
      queryClient.getQueryCache().subscribe(({ type, query }) => {
        if (type === 'updated' && isOfLists(query.queryKey)) onChange()
      }),
    () => (code === null ? null : listedRow(queryClient, code)),
  )
  return (code === null ? null : heard.get(code)?.row) ?? listed
}

function isOfLists(queryKey: unknown): boolean {
  return Array.isArray(queryKey) && queryKey[1] === 'cases'
}

function listedRow(queryClient: QueryClient, code: string): CaseRow | null {
  const lists = queryClient.getQueriesData<InfiniteData<CasePage>>({ queryKey: ['live', 'cases'] })
  for (const [, list] of lists) {
    const found = list?.pages.flatMap((page) => page.rows).find((each) => each.code === code)
    if (found) return found
  }
  return null
}
