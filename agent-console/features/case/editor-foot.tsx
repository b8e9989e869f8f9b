import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../components/key-hint.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { LOCALES } from '../../lib/locale.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'
import { CannedAnswers } from './canned-answers.tsx'
import { SimilarAnswers } from './similar-answers.tsx'
import type { CaseActions } from './use-case-actions.ts'

/** From here on the length is worth showing. */
const LONG = 8_000

/** Under the editor: what helps to write, what is saved, and the two ways on. */
export function EditorFoot(props: {
  readonly actions: CaseActions
  readonly length: number
  readonly isEmpty: boolean
  readonly isPreviewOpen: boolean
  readonly onPreview: (isOpen: boolean) => void
  readonly onCanned: (text: string) => void
}): ReactNode {
  const { t } = useTranslation()
  const { actions, isEmpty, isPreviewOpen } = props
  const { view, commands } = actions
  return (
    <div className="response-foot">
      <CannedAnswers onPick={props.onCanned} />
      <SimilarAnswers view={view} onPick={props.onCanned} />
      {view.response && (
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={isPreviewOpen}
          onClick={() => {
            props.onPreview(!isPreviewOpen)
          }}
        >
          {t(isPreviewOpen ? 'response.hidePreview' : 'response.showPreview')}
        </Button>
      )}
      <SaveState actions={actions} length={props.length} />
      {view.actions.includes('draft') && (
        <Button
          variant="default"
          size="compact-md"
          disabled={isEmpty}
          loading={commands.running === 'draft'}
          onClick={actions.saveDraft}
        >
          {t('actions.draft')}
        </Button>
      )}
      {view.actions.includes('submit') && (
        <Button
          size="compact-md"
          disabled={isEmpty}
          loading={commands.running === 'submit'}
          aria-keyshortcuts="Control+Enter"
          rightSection={<KeyHint keys="mod+enter" />}
          onClick={actions.submit}
        >
          {t('actions.submit')}
        </Button>
      )}
    </div>
  )
}

function SaveState(props: { readonly actions: CaseActions; readonly length: number }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { view, draft } = props.actions
  const { response } = view
  return (
    <p className="response-state">
      {draft !== null && t('response.unsaved')}
      {draft === null &&
        response &&
        t('response.savedBy', {
          name: response.draftedBy.name,
          time: stamp(new Date(response.draftedAt), now, screenLanguage(i18n)),
        })}
      {props.length > LONG && (
        <span className="numbers">
          {' '}
          {t('response.count', { n: props.length.toLocaleString(LOCALES[screenLanguage(i18n)]) })}
        </span>
      )}
    </p>
  )
}
