import { notifications } from '@mantine/notifications'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/dialog.tsx'
import { TelephoneField } from '../../components/telephone-field.tsx'
import { useChangeTelephone } from './use-session.ts'

/** Somebody says where the exchange reaches them. */
export function TelephoneDialog(props: {
  readonly telephone: string | null
  readonly onClose: () => void
}): ReactNode {
  const { t } = useTranslation()
  const change = useChangeTelephone()
  const [telephone, setTelephone] = useState(props.telephone ?? '')
  return (
    <Dialog
      title={t('profile.telephone')}
      hint={t('profile.telephoneWhy')}
      submitLabel={t('app.save')}
      isBusy={change.isPending}
      error={change.error}
      onSubmit={() => {
        change.mutate(telephone.trim() || null, {
          onSuccess: () => {
            notifications.show({ message: t('profile.telephoneSaved') })
            props.onClose()
          },
        })
      }}
      onClose={props.onClose}
    >
      <TelephoneField isFirst value={telephone} error={change.error} onChange={setTelephone} />
    </Dialog>
  )
}
