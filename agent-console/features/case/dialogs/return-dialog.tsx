import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgencyRef } from '#contracts/catalogue'
import { RETURN_REASONS } from '#contracts/vocabulary'
import { AgencyPicker } from '../../../components/agency-picker.tsx'
import type { Acting } from './acting.ts'
import { ChoiceDialog } from './choice-dialog.tsx'

/** "Not ours": why, and who it belongs to. */
export function ReturnDialog(props: { readonly acting: Acting }): ReactNode {
  const { t } = useTranslation()
  const [agency, setAgency] = useState<AgencyRef | null>(null)
  return (
    <ChoiceDialog
      acting={props.acting}
      title={t('dialogs.returnTitle')}
      label={t('dialogs.reason')}
      choices={RETURN_REASONS}
      maxComment={1_000}
      submitLabel={t('actions.return')}
      onChoice={(reason, comment) => {
        props.acting.act('return', {
          reason,
          ...(comment === undefined ? {} : { comment }),
          ...(agency === null ? {} : { suggestedAgencyId: agency.id }),
        })
      }}
    >
      <AgencyPicker
        label={`${t('dialogs.suggested')} (${t('app.optional')})`}
        chosen={agency}
        onChoose={setAgency}
      />
    </ChoiceDialog>
  )
}
