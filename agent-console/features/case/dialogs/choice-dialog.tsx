import { Radio, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../components/dialog.tsx'
import type { vi } from '../../../i18n/vi.ts'
import type { Acting } from './acting.ts'

type ReasonCode = keyof (typeof vi)['reasons']

/** One action that wants a reason from a list, and may be explained. */
export function ChoiceDialog<Choice extends ReasonCode>(props: {
  readonly acting: Acting
  readonly title: string
  readonly hint?: string
  readonly label: string
  readonly choices: readonly Choice[]
  readonly maxComment: number
  readonly submitLabel: string
  readonly isDangerous?: boolean
  readonly onChoice: (choice: Choice, comment: string | undefined) => void
  readonly children?: ReactNode
}): ReactNode {
  const { t } = useTranslation()
  const { isBusy, error, onClose } = props.acting
  const [choice, setChoice] = useState<Choice | null>(null)
  const [comment, setComment] = useState('')
  const [isChecked, setChecked] = useState(false)
  return (
    <Dialog
      title={props.title}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
      submitLabel={props.submitLabel}
      isDangerous={props.isDangerous ?? false}
      isBusy={isBusy}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        setChecked(true)
        if (choice) props.onChoice(choice, comment.trim() || undefined)
      }}
    >
      <Radio.Group
        label={props.label}
        value={choice}
        error={isChecked && choice === null && t('dialogs.chooseReason')}
        onChange={(value) => {
          setChoice(props.choices.find((each) => each === value) ?? null)
        }}
      >
        <div className="case-choices">
          {props.choices.map((each, index) => (
            <Radio
              key={each}
              value={each}
              label={t(`reasons.${each}`)}
              data-autofocus={index === 0 || undefined}
            />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={`${t('dialogs.comment')} (${t('app.optional')})`}
        minRows={2}
        value={comment}
        maxLength={props.maxComment}
        onChange={(event) => {
          setComment(event.currentTarget.value)
        }}
      />
      {props.children}
    </Dialog>
  )
}
