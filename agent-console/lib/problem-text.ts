import { useTranslation } from 'react-i18next'
import type { FieldError } from '#contracts/errors'
import { ApiError } from './api.ts'

/** A refusal in words a person understands. */
export type ProblemText = {
  readonly text: string
  readonly fieldErrors: readonly FieldError[]
  /** When to try again, where the server said so. */
  readonly retryHint: string
}

/** Words for refusals: the server's own, ours where it could not be reached. */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t } = useTranslation()
  return (error) => {
    if (!(error instanceof ApiError)) return plain(t('problem.unexpected'))
    const { status, detail, retryAfterSeconds: seconds, requestId, errors } = error.problem
    if (status === 0) return plain(t('problem.offline'))
    const sentences = [detail === '' ? t('problem.unexpected') : detail]
    if (status >= 500 && requestId) sentences.push(t('problem.requestId', { id: requestId }))
    return {
      text: sentences.join(' '),
      fieldErrors: errors ?? [],
      retryHint: seconds ? t('problem.retryAfter', { time: wait(seconds) }) : '',
    }
  }

  function wait(seconds: number): string {
    if (seconds < 60) return t('time.seconds', { n: seconds })
    return t('time.minutes', { n: Math.ceil(seconds / 60) })
  }
}

/** What the server says about one field of what was sent, such as `/email`; null where it is fine. */
export function fieldErrorAt(error: unknown, pointer: string): string | null {
  if (!(error instanceof ApiError)) return null
  return error.problem.errors?.find((each) => each.pointer === pointer)?.detail ?? null
}

/** The same for a list, such as `/words`: what is said about it or about anything in it. */
export function fieldErrorWithin(error: unknown, pointer: string): string | null {
  if (!(error instanceof ApiError)) return null
  const isWithin = (each: FieldError) => `${each.pointer}/`.startsWith(`${pointer}/`)
  return error.problem.errors?.find(isWithin)?.detail ?? null
}

function plain(text: string): ProblemText {
  return { text, fieldErrors: [], retryHint: '' }
}
