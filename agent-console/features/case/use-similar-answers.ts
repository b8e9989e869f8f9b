import { useQuery } from '@tanstack/react-query'
import type { SimilarAnswer } from '#contracts/answers'
import type { CaseView } from '#contracts/cases'
import { sendJson } from '../../lib/api.ts'

/** What was published in answer to questions like this case's. */
export function useSimilarAnswers({ code, text }: Pick<CaseView, 'code' | 'text'>) {
  return useQuery({
    queryKey: ['similar-answers', code],
    queryFn: () =>
      sendJson<SimilarAnswer[]>('POST', '/api/similar-answers', { text, exceptCode: code }),
    staleTime: 5 * 60_000,
  })
}
