import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../components/notice.tsx'
import type { CaseActions } from './use-case-actions.ts'

/** Above the editor: why the approver sent it back, and that a colleague saved another version. */
export function EditorNotices(props: { readonly actions: CaseActions }): ReactNode {
  const { t } = useTranslation()
  const { view, draft, takeTheirs, keepMine } = props.actions
  const { response } = view
  const isOvertaken = draft !== null && response && response.text !== draft.basis.responseText
  return (
    <>
      {response?.state === 'sent-back' && response.sentBackReason && (
        <Notice tone="warn">{t('response.sentBack', { reason: response.sentBackReason })}</Notice>
      )}
      {isOvertaken && (
        <Notice tone="warn">
          <span>{t('response.outdated', { name: response.draftedBy.name })}</span>
          <Button variant="default" size="compact-xs" onClick={takeTheirs}>
            {t('response.useTheirs')}
          </Button>
          <Button variant="default" size="compact-xs" onClick={keepMine}>
            {t('response.keepMine')}
          </Button>
        </Notice>
      )}
    </>
  )
}
