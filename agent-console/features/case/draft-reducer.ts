import type { CaseView } from '#contracts/cases'
import { type Basis, basisOf, draftText } from './basis.ts'

/** Words not yet on the server, and what the writer saw when they began; null where there are none. */
export type Draft = { readonly text: string; readonly basis: Basis } | null

export type DraftAction =
  | { readonly type: 'typed'; readonly text: string; readonly view: CaseView }
  /** The server has `text`; `view` is its answer. */
  | { readonly type: 'saved'; readonly text: string; readonly view: CaseView }
  /** The writer looked at the newest and keeps their own words. */
  | { readonly type: 'kept'; readonly view: CaseView }
  | { readonly type: 'dropped' }

/** What becomes of the words. They are lost by `dropped` and by nothing else. */
export function draftReducer(current: Draft, action: DraftAction): Draft {
  switch (action.type) {
    case 'typed':
      return written(action.text, current?.basis ?? basisOf(action.view))
    case 'saved':
      // Typed on while it was being saved: that part is still unsaved.
      return current && current.text !== action.text
        ? written(current.text, basisOf(action.view))
        : null
    case 'kept':
      return current && written(current.text, basisOf(action.view))
    case 'dropped':
      return null
  }
}

/** What the editor shows: the writer's words, or else the server's. */
export function editorText(draft: Draft, view: CaseView): string {
  return draft?.text ?? draftText(view)
}

function written(text: string, basis: Basis): Draft {
  return text === basis.responseText ? null : { text, basis }
}
