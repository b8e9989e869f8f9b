import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgencyRef } from '#contracts/catalogue'
import { screenLanguage } from '../i18n/setup.ts'
import { agencyRef, useAgencies } from '../lib/catalogue.ts'
import { PickList } from './pick-list.tsx'

/** Finds an agency by its name; the server searches without diacritics. */
export function AgencyPicker(props: {
  readonly label: string
  readonly chosen: AgencyRef | null
  readonly onChoose: (agency: AgencyRef) => void
  readonly isFocused?: boolean
  readonly error?: string | null
}): ReactNode {
  const { i18n } = useTranslation()
  const [text, setText] = useState(props.chosen?.name ?? '')
  const [wanted] = useDebouncedValue(text === props.chosen?.name ? '' : text, 200)
  const { data } = useAgencies(wanted)
  const found = (data ?? []).map((agency) => agencyRef(agency, screenLanguage(i18n)))
  const agencies =
    props.chosen && !found.some((agency) => agency.id === props.chosen?.id)
      ? [props.chosen, ...found]
      : found
  return (
    <PickList
      label={props.label}
      text={text}
      chosenId={props.chosen?.id ?? null}
      items={agencies.map(({ id, name }) => ({ id, label: name }))}
      onText={setText}
      onChoose={({ id, label }) => {
        props.onChoose({ id, name: label })
        setText(label)
      }}
      isFocused={props.isFocused ?? false}
      error={props.error ?? null}
    />
  )
}
