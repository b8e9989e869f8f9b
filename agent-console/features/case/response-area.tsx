import type { ReactNode, RefObject } from 'react'
import { ResponseEditor } from './response-editor.tsx'
import { ResponseReview } from './response-review.tsx'
import { StrandedDraft } from './stranded-draft.tsx'
import type { CaseActions } from './use-case-actions.ts'

/** The foot of the case: write, sign, or take along what could not be sent. */
export function ResponseArea(props: {
  readonly actions: CaseActions
  readonly editor: RefObject<HTMLTextAreaElement | null>
  readonly onFocusChange: (isFocused: boolean) => void
  readonly onLeave: () => void
}): ReactNode {
  const { actions } = props
  const { view, draft, commands } = actions
  if (actions.isForReview && view.response) {
    return (
      <ResponseReview
        view={view}
        response={view.response}
        running={commands.running}
        onApprove={actions.approve}
        onSendBack={() => {
          actions.begin('send-back')
        }}
      />
    )
  }
  if (actions.isEditable) {
    return (
      <ResponseEditor
        actions={actions}
        input={props.editor}
        onFocusChange={props.onFocusChange}
        onLeave={props.onLeave}
      />
    )
  }
  return draft && <StrandedDraft text={draft.text} onDrop={actions.takeTheirs} />
}
