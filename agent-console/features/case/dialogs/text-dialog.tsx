import { Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../components/dialog.tsx'
import type { Acting } from './acting.ts'

/** One action that wants one text: a note, a reason. */
export function TextDialog(props: {
  readonly acting: Acting
  readonly title: string
  readonly hint?: string
  readonly label: string
  readonly submitLabel: string
  readonly minLength: number
  readonly maxLength: number
  readonly onText: (text: string) => void
}): ReactNode {
  const { t } = useTranslation()
  const { isBusy, error, onClose } = props.acting
  const [text, setText] = useState('')
  const [isChecked, setChecked] = useState(false)
  const isShort = text.trim().length < props.minLength
  return (
    <Dialog
      title={props.title}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
      submitLabel={props.submitLabel}
      isBusy={isBusy}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        setChecked(true)
        if (!isShort) props.onText(text.trim())
      }}
    >
      <Textarea
        data-autofocus
        label={props.label}
        value={text}
        maxLength={props.maxLength}
        error={isChecked && isShort && t('dialogs.tooShort', { n: props.minLength })}
        onChange={(event) => {
          setText(event.currentTarget.value)
        }}
      />
    </Dialog>
  )
}
