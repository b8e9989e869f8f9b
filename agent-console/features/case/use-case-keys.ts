import type { RefObject } from 'react'
import { CASE_ACTIONS } from '#contracts/vocabulary'
import { useKeys } from '../../lib/keyboard.ts'
import { ACTION_KEYS } from '../../lib/keys.ts'
import { candidates } from './candidates.ts'
import type { CaseActions } from './use-case-actions.ts'

/** The keys of the open case. A key whose action is not possible now does nothing. */
export function useCaseKeys(
  actions: CaseActions,
  editor: RefObject<HTMLTextAreaElement | null>,
): void {
  const ofActions = CASE_ACTIONS.flatMap((action) => {
    const key = ACTION_KEYS[action]
    return key === undefined
      ? []
      : [
          [
            key,
            () => {
              actions.begin(action)
            },
          ] as const,
        ]
  })
  const ofFields = candidates(actions.view).map(
    ({ field }, index) =>
      [
        String(index + 1),
        () => {
          actions.chooseField(field)
        },
      ] as const,
  )
  useKeys({
    ...Object.fromEntries([...ofActions, ...ofFields]),
    r: () => editor.current?.focus(),
    'mod+enter': () => {
      if (actions.isForReview) actions.approve()
      else if (actions.isEditable) actions.submit()
    },
  })
}
