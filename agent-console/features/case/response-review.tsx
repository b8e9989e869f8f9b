import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import type { CaseAction } from '#contracts/vocabulary'
import { KeyHint } from '../../components/key-hint.tsx'
import { screenLanguage } from '../../i18n/setup.ts'
import { stamp } from '../../lib/time.ts'
import { useNow } from '../../lib/use-now.ts'
import './response.css'

/** Where the approver signs: what the citizen gets beside what the public will read. */
export function ResponseReview(props: {
  readonly view: CaseView
  readonly response: NonNullable<CaseView['response']>
  readonly running: CaseAction | null
  readonly onApprove: () => void
  readonly onSendBack: () => void
}): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { response, view } = props
  return (
    <section className="response" aria-label={t('response.region')}>
      <div className="response-versions">
        <div>
          <h2 className="section-title">{t('response.original')}</h2>
          <blockquote>{response.text}</blockquote>
        </div>
        <div>
          <h2 className="section-title">{t('response.preview')}</h2>
          <blockquote>{response.publicText}</blockquote>
          <p className="soft">
            {t(view.consents.includes('publish') ? 'response.previewHint' : 'response.notPublic')}
          </p>
        </div>
      </div>
      <div className="response-foot">
        <p className="response-state">
          {t('response.savedBy', {
            name: response.draftedBy.name,
            time: stamp(new Date(response.draftedAt), now, screenLanguage(i18n)),
          })}
        </p>
        {!view.actions.includes('approve') && <p className="soft">{t('response.ownWork')}</p>}
        {view.actions.includes('send-back') && (
          <Button variant="default" size="compact-md" onClick={props.onSendBack}>
            {t('actions.send-back')}
          </Button>
        )}
        {view.actions.includes('approve') && (
          <Button
            size="compact-md"
            loading={props.running === 'approve'}
            aria-keyshortcuts="Control+Enter"
            rightSection={<KeyHint keys="mod+enter" />}
            onClick={props.onApprove}
          >
            {t('actions.approve')}
          </Button>
        )}
      </div>
    </section>
  )
}
