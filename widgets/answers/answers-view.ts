import type { Catalogue } from '#contracts/catalogue'
import type { Language } from '#contracts/vocabulary'
import type { Messages } from '../i18n/vi.ts'
import type { AnswersState } from './answers-state.ts'

/** Everything the list of answers is made from. */
export interface AnswersView {
  readonly t: Messages
  readonly lang: Language
  readonly state: AnswersState
  readonly catalogue: Catalogue | null
  readonly map: 'closed' | 'loading' | 'open' | 'failed'
  readonly on: {
    readonly search: (q: string) => void
    readonly choose: (field: string | null) => void
    readonly arrange: (layout: AnswersState['layout']) => void
    readonly more: () => void
    readonly retry: () => void
    readonly gather: (codes: readonly string[]) => void
    readonly open: (code: string) => void
    readonly close: () => void
  }
}
