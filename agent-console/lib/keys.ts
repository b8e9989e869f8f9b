import type { CaseAction } from '#contracts/vocabulary'
import type { CaseViewName } from '#contracts/cases'

/** The key of each action on the open case; an action without one is in the menu or the editor. */
export const ACTION_KEYS: Partial<Record<CaseAction, string>> = {
  accept: 'a',
  route: 't',
  return: 'b',
  correct: 'f',
  note: 'n',
  extend: 'e',
  reject: 'x',
}

/** After `g`, the letter that goes to a view. */
export const VIEW_KEYS: Record<CaseViewName, string> = {
  mine: 'm',
  open: 'o',
  triage: 't',
  'due-today': 'd',
  overdue: 'q',
  'awaiting-approval': 'p',
  closed: 'c',
  all: 'a',
}

/** The views in the order in which they are shown. */
export const CASE_VIEW_NAMES = Object.keys(VIEW_KEYS) as CaseViewName[]

/** Keys of the telephone: `p`, then a letter that means nothing else on the screen. */
export const TELEPHONE_KEYS = {
  main: 'p p',
  decline: 'p d',
  available: 'p s',
  away: 'p v',
  offline: 'p o',
  hold: 'p h',
  mute: 'p m',
  transfer: 'p c',
  keypad: 'p q',
  hangUp: 'p u',
  panel: 'p l',
  write: 'p w',
} as const
