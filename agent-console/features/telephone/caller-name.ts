import { useTranslation } from 'react-i18next'
import type { CallRow } from '#contracts/calls'
import { dialled } from '../../lib/phone.ts'

/** The number of the citizen at the other end, as people say it. */
export function useCallerName(): (
  call: Pick<CallRow, 'direction' | 'from'> & {
    readonly to?: string
    readonly phone?: string | null
  },
) => string {
  const { t } = useTranslation()
  return ({ direction, from, to, phone }) => {
    const number = phone ?? (direction === 'outbound' ? to : from) ?? ''
    return number === '' || number === 'anonymous' ? t('telephone.anonymous') : dialled(number)
  }
}
