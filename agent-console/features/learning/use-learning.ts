import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DoubtfulExamples, DoubtVerdict, LearningOverview } from '#contracts/learning'
import type { StaffAccount } from '#contracts/staff'
import { getJson, sendJson } from '../../lib/api.ts'

const OVERVIEW_KEY = ['learning', 'overview'] as const
const DOUBTS_KEY = ['learning', 'doubts'] as const
/** A training takes minutes; its end is noticed within seconds. */
const TRAINING_POLL_MS = 3_000

/** The versions of the model and what it learns from; followed closely while it is being trained. */
export function useLearning() {
  return useQuery({
    queryKey: OVERVIEW_KEY,
    queryFn: ({ signal }) => getJson<LearningOverview>('/api/learning', signal),
    refetchInterval: ({ state }) => (state.data?.trainingStep == null ? false : TRAINING_POLL_MS),
  })
}

/** The newest examples that wait for an administrator; `round` counts what makes them other ones. */
export function useDoubts(round: number | undefined) {
  return useQuery({
    queryKey: [...DOUBTS_KEY, round],
    queryFn: ({ signal }) => getJson<DoubtfulExamples>('/api/learning/doubts', signal),
    placeholderData: (previous) => previous,
  })
}

/** Names of staff by their id, for who decided what. */
export function useStaffNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['staff'],
    queryFn: ({ signal }) => getJson<StaffAccount[]>('/api/staff', signal),
  })
  return new Map((data ?? []).map(({ id, name }) => [id, name]))
}

/** Starts a training; refused where one is under way. */
export function useTraining() {
  return useOverviewChange(() => sendJson<LearningOverview>('POST', '/api/learning/training', {}))
}

/** Reads with another version from now on. */
export function useVersionChoice() {
  return useOverviewChange((version: string) =>
    sendJson<LearningOverview>('PUT', '/api/learning/version', { version }),
  )
}

/** Settles a doubt: learn from the example after all, or never. */
export function useVerdict() {
  const queryClient = useQueryClient()
  return useOverviewChange(async ({ id, verdict }: DoubtVerdict & { readonly id: string }) => {
    const path = `/api/learning/doubts/${encodeURIComponent(id)}`
    const overview = await sendJson<LearningOverview>('POST', path, { verdict })
    // Gone from the list at once: the next key press must not meet it again.
    queryClient.setQueriesData<DoubtfulExamples>(
      { queryKey: DOUBTS_KEY },
      (known) => known && { examples: known.examples.filter((each) => each.id !== id) },
    )
    return overview
  })
}

/** Every change is answered with how things are then. */
function useOverviewChange<V = void>(change: (asked: V) => Promise<LearningOverview>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (overview) => {
      queryClient.setQueryData(OVERVIEW_KEY, overview)
    },
    // A refusal says that somebody else was quicker: then what is shown is old.
    onError: () => queryClient.invalidateQueries({ queryKey: ['learning'] }),
  })
}
