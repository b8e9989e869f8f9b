import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { DraftReview } from '#contracts/cases'
import { sendJson } from '../../lib/api.ts'

/** Long enough for a word to end, short enough to be about the sentence just written. */
const PAUSE_MS = 700

/** Hints for a text, and the very text they are about: the writer may be further by now. */
export type DraftHints = { readonly text: string; readonly hints: DraftReview['hints'] }

/** What to look at again in the response as it is written; none where nobody could be asked. */
export function useDraftHints(code: string, text: string): DraftHints | null {
  const [settled] = useDebouncedValue(text, PAUSE_MS)
  const { data } = useQuery({
    queryKey: ['draft-hints', code, settled],
    queryFn: async (): Promise<DraftHints> => {
      const body = { text: settled }
      const { hints } = await sendJson<DraftReview>('POST', `/api/cases/${code}/hints`, body)
      return { text: settled, hints }
    },
    enabled: settled.trim() !== '',
    staleTime: Infinity,
    gcTime: 60_000,
    // Advice that does not come is not missed: the writer is never told, and never waits.
    retry: false,
    placeholderData: (previous) => previous,
  })
  return settled.trim() === '' ? null : (data ?? null)
}
