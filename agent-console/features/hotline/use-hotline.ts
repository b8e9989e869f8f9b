import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { HotlinePreview, HotlineSettings } from '#contracts/hotline'
import { getJson, sendJson } from '../../lib/api.ts'

const SETTINGS_PATH = '/api/settings/hotline'
const SETTINGS_KEY = ['hotline', 'settings'] as const
const PREVIEW_KEY = ['hotline', 'preview'] as const

/** The hotline as it is set. Read once: what is being written must not change under the hand. */
export function useHotlineSettings() {
  return useQuery({
    queryKey: SETTINGS_KEY,
    queryFn: ({ signal }) => getJson<HotlineSettings>(SETTINGS_PATH, signal),
    staleTime: Infinity,
    gcTime: 0,
  })
}

/** Replaces the settings; what callers then hear is read anew. */
export function useSaveHotline() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (settings: HotlineSettings) =>
      sendJson<HotlineSettings>('PUT', SETTINGS_PATH, settings),
    onSuccess: (saved) => {
      queryClient.setQueryData(SETTINGS_KEY, saved)
      return queryClient.invalidateQueries({ queryKey: PREVIEW_KEY })
    },
  })
}

/** What callers hear now, in both languages. */
export function useHotlinePreview() {
  return useQuery({
    queryKey: PREVIEW_KEY,
    queryFn: ({ signal }) => getJson<HotlinePreview>('/api/hotline/preview', signal),
  })
}
