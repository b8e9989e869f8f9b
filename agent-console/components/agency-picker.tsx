import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgencyRef } from '#contracts/catalogue'
import { screenLanguage } from '../i18n/setup.ts'
import { agencyRef, useAgencies } from '../lib/catalogue.ts'
import { matchesText } from '../lib/fold.ts'
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
  const { chosen } = props
  const [text, setText] = useState(chosen?.name ?? '')
  const wanted = text === chosen?.name ? '' : text
  const [asked] = useDebouncedValue(wanted, 200)
  const { data, isPlaceholderData, isPending } = useAgencies(asked)
  const isSearching = isPending || isPlaceholderData || asked !== wanted
  const found = (data ?? []).map((agency) => agencyRef(agency, screenLanguage(i18n)))
  // The list may still be the answer to fewer letters: Enter must not take what no longer matches.
  const fitting = isSearching ? found.filter(({ name }) => matchesText(name, wanted)) : found
  const agencies = fitting.filter(({ id }) => id !== chosen?.id)
  if (chosen && wanted === '') agencies.unshift(chosen)
  return (
    <PickList
      label={props.label}
      text={text}
      chosenId={chosen?.id ?? null}
      items={agencies.map(({ id, name }) => ({ id, label: name }))}
      onText={setText}
      onChoose={({ id, label }) => {
        props.onChoose({ id, name: label })
        setText(label)
      }}
      isFocused={props.isFocused ?? false}
      isSearching={isSearching}
      error={props.error ?? null}
    />
  )
}
