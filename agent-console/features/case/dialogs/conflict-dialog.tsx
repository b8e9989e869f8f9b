import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseStep } from '#contracts/cases'
import { CASE_EVENTS } from '#contracts/vocabulary'
import { DialogFrame } from '../../../components/dialog-frame.tsx'
import { screenLanguage } from '../../../i18n/setup.ts'
import { stamp } from '../../../lib/time.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useStepWords } from '../step-words.ts'
import type { Conflict } from '../use-commands.ts'

const UNKNOWN_STEP = {
  by: { kind: 'staff', name: '' },
  from: null,
  to: null,
  reason: null,
  text: null,
  message: null,
} as const

/** Somebody was faster: what they did, what is kept, and the way on. */
export function ConflictDialog(props: {
  readonly conflict: Conflict
  /** The record as known now: it says more than the refusal did. */
  readonly timeline: readonly CaseStep[]
  readonly onLoadNewest: () => Promise<void>
  readonly onClose: () => void
}): ReactNode {
  const { t } = useTranslation()
  const [isLoading, setLoading] = useState(false)
  const { action, changes, text } = props.conflict
  return (
    <DialogFrame title={t('conflict.title')} onClose={props.onClose}>
      <div className="dialog">
        <p>{t('conflict.intro')}</p>
        <ul className="case-timeline">
          {changes.map((change, index) => (
            <Change key={index} change={change} timeline={props.timeline} />
          ))}
        </ul>
        <p className="soft">{t('conflict.yours', { action: t(`actions.${action}`) })}</p>
        {text !== null && (
          <div>
            <p className="soft">{t('conflict.kept')}</p>
            <blockquote className="case-kept">{text}</blockquote>
          </div>
        )}
        <div className="dialog-buttons">
          <Button variant="default" onClick={props.onClose}>
            {t('app.close')}
          </Button>
          <Button
            data-autofocus
            loading={isLoading}
            onClick={() => {
              setLoading(true)
              void props.onLoadNewest().finally(() => {
                setLoading(false)
              })
            }}
          >
            {t('conflict.loadNewest')}
          </Button>
        </div>
      </div>
    </DialogFrame>
  )
}

function Change(props: {
  readonly change: Conflict['changes'][number]
  readonly timeline: readonly CaseStep[]
}): ReactNode {
  const { i18n } = useTranslation()
  const now = useNow()
  const stepWords = useStepWords()
  const { at, by, type } = props.change
  const event = CASE_EVENTS.find((each) => each === type)
  const step =
    props.timeline.find((each) => each.at === at && each.type === type) ??
    (event && { ...UNKNOWN_STEP, at, type: event })
  return (
    <li>
      <time dateTime={at}>{stamp(new Date(at), now, screenLanguage(i18n))}</time>
      <div>
        <strong>{by}</strong> {step ? stepWords(step).what : type}
      </div>
    </li>
  )
}
