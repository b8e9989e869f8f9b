import type { ReportStatus } from '#contracts/reports'
import type { CitizenActs } from '../api/citizen-api.ts'
import { parseCaseCode, parsePin } from '../format/case-code.ts'
import type { Messages } from '../i18n/vi.ts'

export type Act = keyof CitizenActs

export interface StatusState {
  readonly code: string
  readonly pin: string
  readonly codeError: string | null
  readonly pinError: string | null
  /** Why the last thing asked of the server did not happen. */
  readonly failure: string | null
  readonly isBusy: boolean
  readonly shown: ReportStatus | null
  /** The form that is open below the case. */
  readonly act: Act | null
  readonly words: string
  readonly score: number | null
  readonly actError: string | null
  /** What was just done. */
  readonly done: Act | null
}

export type StatusAction =
  | { readonly type: 'key-edited'; readonly change: Partial<Pick<StatusState, 'code' | 'pin'>> }
  | {
      readonly type: 'key-checked'
      readonly codeError: string | null
      readonly pinError: string | null
    }
  | { readonly type: 'asked' }
  | { readonly type: 'opened'; readonly shown: ReportStatus }
  | { readonly type: 'failed'; readonly failure: string }
  | { readonly type: 'act-chosen'; readonly act: Act | null }
  | { readonly type: 'act-edited'; readonly change: Partial<Pick<StatusState, 'words' | 'score'>> }
  | { readonly type: 'act-checked'; readonly actError: string }
  | { readonly type: 'acted'; readonly act: Act; readonly shown: ReportStatus }
  | { readonly type: 'left' }

export const initialStatus: StatusState = {
  code: '',
  pin: '',
  codeError: null,
  pinError: null,
  failure: null,
  isBusy: false,
  shown: null,
  act: null,
  words: '',
  score: null,
  actError: null,
  done: null,
}

const noAct = { act: null, words: '', score: null, actError: null } as const

/** The status screen after something happened. */
export function reduceStatus(state: StatusState, action: StatusAction): StatusState {
  switch (action.type) {
    case 'key-edited':
      return { ...state, ...action.change, codeError: null, pinError: null, failure: null }
    case 'key-checked':
      return { ...state, codeError: action.codeError, pinError: action.pinError, failure: null }
    case 'asked':
      return { ...state, isBusy: true, failure: null, done: null }
    case 'opened':
      return { ...initialStatus, code: state.code, shown: action.shown }
    case 'failed':
      return { ...state, isBusy: false, failure: action.failure }
    case 'act-chosen':
      return { ...state, ...noAct, act: action.act, failure: null, done: null }
    case 'act-edited':
      return { ...state, ...action.change, actError: null }
    case 'act-checked':
      return { ...state, actError: action.actError }
    case 'acted':
      return { ...state, ...noAct, isBusy: false, shown: action.shown, done: action.act }
    case 'left':
      return initialStatus
  }
}

/** The code and PIN as the server wants them, or what is wrong with how they are typed. */
export function checkKey(
  { code, pin }: Pick<StatusState, 'code' | 'pin'>,
  t: Messages,
): { code: string; pin: string } | { codeError: string | null; pinError: string | null } {
  const parsedCode = parseCaseCode(code)
  const parsedPin = parsePin(pin)
  if (parsedCode && parsedPin) return { code: parsedCode, pin: parsedPin }
  return {
    codeError: parsedCode ? null : t.status.badCode,
    pinError: parsedPin ? null : t.status.badPin,
  }
}

/** What is missing before this can be sent to the agency. */
export function checkAct(act: Act, { words, score }: StatusState, t: Messages): string | null {
  const length = words.trim().length
  const checks: Record<Act, string | null> = {
    rating: score === null ? t.status.chooseScore : null,
    dispute: length < 5 ? t.status.shortReason : null,
    messages: length < 1 ? t.status.emptyMessage : null,
    withdrawal: null,
  }
  return checks[act]
}
