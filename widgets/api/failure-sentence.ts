import type { Messages } from '../i18n/vi.ts'
import { RequestFailure } from './problem.ts'

/** What to tell a person about any failure: the server's own sentence when it has one. */
export function failureSentence(error: unknown, t: Messages): string {
  if (!(error instanceof RequestFailure)) return t.failure.unexpected
  if (error.problem) return error.problem.detail
  return error.kind === 'refused' ? t.failure.unexpected : t.failure[error.kind]
}
