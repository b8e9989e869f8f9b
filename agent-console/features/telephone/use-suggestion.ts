import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { ReportPreview, ReportPreviewQuery } from '#contracts/reports'
import type { Language } from '#contracts/vocabulary'
import { sendJson } from '../../lib/api.ts'

const PAUSE_MS = 800
const SHORTEST_TEXT = 8

/** What is understood of a report while it is being written; null before, or where nobody could be asked. */
export function useSuggestion(text: string, address: string, lang: Language): ReportPreview | null {
  const [settled] = useDebouncedValue(JSON.stringify({ text, address }), PAUSE_MS)
  const asked = JSON.parse(settled) as { readonly text: string; readonly address: string }
  const isEnough = asked.text.trim().length >= SHORTEST_TEXT
  const { data } = useQuery({
    queryKey: ['report-preview', settled, lang],
    queryFn: () => {
      const place = asked.address.trim() === '' ? {} : { place: { address: asked.address.trim() } }
      const query: ReportPreviewQuery = { text: asked.text.trim(), lang, ...place }
      return sendJson<ReportPreview>('POST', '/api/reports/preview', query)
    },
    enabled: isEnough,
    staleTime: Infinity,
    gcTime: 60_000,
    // A courtesy: the agent writes and sends on, whatever went wrong.
    retry: false,
    placeholderData: (previous) => previous,
  })
  return isEnough ? (data ?? null) : null
}
