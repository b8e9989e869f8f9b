import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrorAt } from '../lib/problem-text.ts'

/** Where the exchange reaches somebody: an extension or a number; empty for none. */
export function TelephoneField(props: {
  readonly value: string
  readonly error: unknown
  readonly isFirst?: boolean
  readonly onChange: (value: string) => void
}): ReactNode {
  const { t } = useTranslation()
  return (
    <TextInput
      type="tel"
      autoComplete="off"
      data-autofocus={props.isFirst}
      label={t('staff.telephone')}
      description={t('staff.telephoneHint')}
      error={fieldErrorAt(props.error, '/telephone')}
      value={props.value}
      maxLength={40}
      onChange={(event) => {
        props.onChange(event.currentTarget.value)
      }}
    />
  )
}
