import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgencyRef } from '#contracts/catalogue'
import { AgencyPicker } from '../../../components/agency-picker.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import type { Acting } from './acting.ts'

/** Sends the case to an agency; the one that was suggested is at hand. */
export function RouteDialog(props: { readonly acting: Acting }): ReactNode {
  const { t } = useTranslation()
  const { view, act, isBusy, error, onClose } = props.acting
  const [agency, setAgency] = useState<AgencyRef | null>(view.suggestedAgency)
  const [reason, setReason] = useState('')
  const [isChecked, setChecked] = useState(false)
  return (
    <Dialog
      title={t('dialogs.routeTitle')}
      submitLabel={t('actions.route')}
      isBusy={isBusy}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        setChecked(true)
        if (!agency) return
        const why = reason.trim()
        act('route', { agencyId: agency.id, ...(why === '' ? {} : { reason: why }) })
      }}
    >
      <AgencyPicker
        label={t('case.agency')}
        chosen={agency}
        onChoose={setAgency}
        isFocused
        error={isChecked && agency === null ? t('dialogs.pickAgency') : null}
      />
      <TextInput
        label={`${t('dialogs.routeReason')} (${t('app.optional')})`}
        value={reason}
        maxLength={500}
        onChange={(event) => {
          setReason(event.currentTarget.value)
        }}
      />
    </Dialog>
  )
}
