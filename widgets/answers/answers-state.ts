import type { Answer, AnswerPage } from '#contracts/answers'

export interface AnswersState {
  readonly q: string
  readonly field: string | null
  readonly layout: 'list' | 'map'
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly answers: readonly Answer[]
  readonly nextCursor: string | null
  /** What was pressed on the map when it is several answers at one place. */
  readonly gathered: readonly string[]
  /** The answer being read, or why it cannot be. */
  readonly opened: Answer | null
  readonly openFailure: string | null
}

export type AnswersAction =
  | { readonly type: 'searched'; readonly change: Partial<Pick<AnswersState, 'q' | 'field'>> }
  | { readonly type: 'asked' }
  | { readonly type: 'arrived'; readonly page: AnswerPage; readonly isMore: boolean }
  | { readonly type: 'failed' }
  | { readonly type: 'layout-chosen'; readonly layout: AnswersState['layout'] }
  | { readonly type: 'gathered'; readonly codes: readonly string[] }
  | { readonly type: 'opened'; readonly answer: Answer }
  | { readonly type: 'open-failed'; readonly failure: string }
  | { readonly type: 'closed' }

export const initialAnswers: AnswersState = {
  q: '',
  field: null,
  layout: 'list',
  phase: 'loading',
  answers: [],
  nextCursor: null,
  gathered: [],
  opened: null,
  openFailure: null,
}

/** The list of answers after something happened. */
export function reduceAnswers(state: AnswersState, action: AnswersAction): AnswersState {
  switch (action.type) {
    case 'searched':
      return { ...state, ...action.change }
    case 'asked':
      return { ...state, phase: 'loading' }
    case 'arrived':
      return { ...state, ...merged(state, action), phase: 'ready', gathered: [] }
    case 'failed':
      return { ...state, phase: 'failed' }
    case 'layout-chosen':
      return { ...state, layout: action.layout, gathered: [] }
    case 'gathered':
      return { ...state, gathered: action.codes }
    case 'opened':
      return { ...state, opened: action.answer, openFailure: null }
    case 'open-failed':
      return { ...state, opened: null, openFailure: action.failure }
    case 'closed':
      return { ...state, opened: null, openFailure: null }
  }
}

/** A page that comes twice, or overlaps because something was published meanwhile, adds nothing twice. */
function merged(
  { answers }: AnswersState,
  { page, isMore }: { readonly page: AnswerPage; readonly isMore: boolean },
): Pick<AnswersState, 'answers' | 'nextCursor'> {
  if (!isMore) return page
  const known = new Set(answers.map(({ code }) => code))
  const added = page.answers.filter(({ code }) => !known.has(code))
  return { answers: [...answers, ...added], nextCursor: page.nextCursor }
}
