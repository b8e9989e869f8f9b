import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ACCENT, URGENT } from '../lib/button-colours.ts'
import { DialogFrame } from './dialog-frame.tsx'
import { ProblemNotice } from './problem-notice.tsx'

/** A question with its answer: fields, then cancel or go on. Enter sends, Escape cancels. */
export function Dialog(props: {
  readonly title: string
  readonly hint?: string
  readonly submitLabel: string
  readonly cancelLabel?: string
  readonly isDangerous?: boolean
  readonly isBusy?: boolean
  readonly error?: unknown
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children?: ReactNode
}): ReactNode {
  const { t } = useTranslation()
  return (
    <DialogFrame title={props.title} onClose={props.onClose}>
      <form
        className="dialog"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          props.onSubmit()
        }}
        onKeyDown={(event) => {
          // In a text of several lines Enter is a line; with Ctrl or ⌘ it sends.
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          event.currentTarget.requestSubmit()
        }}
      >
        {props.hint && <p className="soft">{props.hint}</p>}
        {props.children}
        {props.error ? <ProblemNotice error={props.error} /> : null}
        <div className="dialog-buttons">
          <Button variant="default" onClick={props.onClose}>
            {props.cancelLabel ?? t('app.cancel')}
          </Button>
          <Button
            type="submit"
            loading={props.isBusy ?? false}
            color={props.isDangerous ? URGENT : ACCENT}
          >
            {props.submitLabel}
          </Button>
        </div>
      </form>
    </DialogFrame>
  )
}
