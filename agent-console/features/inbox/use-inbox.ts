import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { CaseCounts, CasePage, CaseRow } from '#contracts/cases'
import type { Session } from '#contracts/staff'
import { getJson, pathWith } from '../../lib/api.ts'
import { useRealtime, useServerEvent } from '../../lib/realtime.tsx'
import { useNow } from '../../lib/use-now.ts'
import type { InboxQuery } from './inbox-query.ts'
import { useLiveInbox } from './live-inbox.tsx'
import { visibleRows } from './visible-rows.ts'

const PAGE_SIZE = '100'
const COUNTS_PAUSE_MS = 1_500
const SEARCH_PAUSE_MS = 4_000
const CLOCK_MS = 60_000

/** The rows of the inbox, kept up to date by events; `loadMore` reads the next page. */
export function useInbox(query: InboxQuery, viewer: Session) {
  const { heard } = useLiveInbox()
  const now = useNow()
  const pages = usePages(query)
  const snapshot = useMemo(() => {
    const read = pages.data?.pages ?? []
    const byCode = new Map<string, CaseRow>()
    for (const row of read.flatMap((page) => page.rows)) byCode.set(row.code, row)
    return {
      rows: [...byCode.values()],
      isComplete: read.at(-1)?.nextCursor === null,
      join: Math.min(...read.map((page) => page.join)),
    }
  }, [pages.data])
  const rows = useMemo(
    () => (pages.data ? visibleRows(snapshot, heard, query, viewer, now) : []),
    [pages.data, snapshot, heard, query, viewer, now],
  )
  useRefreshedSearch(query)
  return {
    rows,
    isLoading: pages.isPending,
    isComplete: snapshot.isComplete,
    isLoadingMore: pages.isFetchingNextPage,
    error: pages.data ? null : pages.error,
    retry: () => void pages.refetch(),
    loadMore: () => {
      if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
    },
  }
}

function usePages(query: InboxQuery) {
  const realtime = useRealtime()
  return useInfiniteQuery({
    queryKey: ['live', 'cases', query],
    queryFn: async ({ pageParam, signal }) => {
      // Events heard from here on are newer than what the server is about to answer.
      const join = realtime.joinCount()
      const path = pathWith('/api/cases', {
        view: query.view,
        status: query.status ?? undefined,
        field: query.field ?? undefined,
        agency: query.agency ?? undefined,
        q: query.q,
        sort: query.sort,
        cursor: pageParam ?? undefined,
        limit: PAGE_SIZE,
      })
      return { ...(await getJson<CasePage>(path, signal)), join }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // A deadline passes without any event.
    refetchInterval: ['overdue', 'due-today'].includes(query.view) ? CLOCK_MS : false,
  })
}

/** How many cases each view holds; renewed soon after something changed. */
export function useCounts() {
  const refresh = usePaused(COUNTS_PAUSE_MS, ['live', 'counts'])
  useServerEvent('case:changed', refresh)
  return useQuery({
    queryKey: ['live', 'counts'],
    queryFn: ({ signal }) => getJson<CaseCounts>('/api/cases/counts', signal),
    refetchInterval: CLOCK_MS,
    placeholderData: (previous) => previous,
  })
}

/** A search is the server's to judge: while one is shown, changes are followed by asking again. */
function useRefreshedSearch(query: InboxQuery): void {
  const refresh = usePaused(SEARCH_PAUSE_MS, ['live', 'cases', query])
  useServerEvent('case:changed', () => {
    if (query.q !== '') refresh()
  })
}

/** Asks again once after a pause, however often it is called meanwhile. */
function usePaused(pauseMs: number, queryKey: readonly unknown[]): () => void {
  const queryClient = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void queryClient.invalidateQueries({ queryKey })
    }, pauseMs)
  }
}
