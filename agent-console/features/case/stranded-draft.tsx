import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../components/notice.tsx'
import { copyText } from '../../lib/clipboard.ts'
import './response.css'

/** Words that can no longer be sent here, because the case moved on: still there to be taken along. */
export function StrandedDraft(props: {
  readonly text: string
  readonly onDrop: () => void
}): ReactNode {
  const { t } = useTranslation()
  return (
    <section className="response" aria-label={t('response.stranded')}>
      <Notice tone="warn">
        <span>{t('response.strandedHint')}</span>
        <Button variant="default" size="compact-xs" onClick={() => void copyText(props.text)}>
          {t('app.copy')}
        </Button>
        <Button variant="default" size="compact-xs" onClick={props.onDrop}>
          {t('response.drop')}
        </Button>
      </Notice>
      <blockquote className="case-kept">{props.text}</blockquote>
    </section>
  )
}
