import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CaseView, NewMessage } from '#contracts/cases'
import { sendJson } from '../../lib/api.ts'
import { caseKey } from './use-case.ts'

/** Writes a text message to the citizen of a case; the case is read again where that was refused. */
export function useSendMessage(code: string) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (message: NewMessage) =>
      sendJson<CaseView>('POST', `/api/cases/${code}/messages`, message),
    onSuccess: (view) => {
      queryClient.setQueryData<CaseView>(caseKey(code), (known) =>
        known && known.version > view.version ? known : view,
      )
      notifications.show({ message: t('messages.sent'), autoClose: 2_500 })
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: caseKey(code) }),
  })
}
