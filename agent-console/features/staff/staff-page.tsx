import { Button, Skeleton, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StaffAccount } from '#contracts/staff'
import { EmptyState } from '../../components/notice.tsx'
import { Pill } from '../../components/pill.tsx'
import { LoadFailed } from '../../components/problem-notice.tsx'
import { matchesText } from '../../lib/fold.ts'
import { dialled } from '../../lib/phone.ts'
import { ChangeAccountDialog, NewAccountDialog } from './account-dialogs.tsx'
import { useStaff } from './use-staff.ts'
import '../../components/table.css'

/** Accounts of staff: who there is, what they may do; for administrators. */
export function StaffPage(): ReactNode {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = useStaff()
  const [wanted, setWanted] = useState('')
  const [open, setOpen] = useState<StaffAccount | 'new' | null>(null)
  const accounts = (data ?? []).filter(({ name, email, agency, telephone }) =>
    matchesText([name, email, agency?.name ?? '', telephone ?? ''].join(' '), wanted),
  )
  const close = () => {
    setOpen(null)
  }
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('staff.title')}</h1>
        <TextInput
          type="search"
          aria-label={t('staff.search')}
          placeholder={t('staff.search')}
          value={wanted}
          onChange={(event) => {
            setWanted(event.currentTarget.value)
          }}
        />
        <Button
          onClick={() => {
            setOpen('new')
          }}
        >
          {t('staff.create')}
        </Button>
      </header>
      {isPending && <Skeleton height={320} />}
      {error && !data && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {data && accounts.length === 0 && <EmptyState title={t('staff.empty')} />}
      {accounts.length > 0 && <StaffTable accounts={accounts} onEdit={setOpen} />}
      {open === 'new' && <NewAccountDialog onClose={close} />}
      {open !== null && open !== 'new' && <ChangeAccountDialog account={open} onClose={close} />}
    </div>
  )
}

function StaffTable(props: {
  readonly accounts: readonly StaffAccount[]
  readonly onEdit: (account: StaffAccount) => void
}): ReactNode {
  const { t } = useTranslation()
  return (
    <table className="table" aria-label={t('staff.table')}>
      <thead>
        <tr>
          {(['name', 'email', 'role', 'agency', 'telephone', 'state'] as const).map((head) => (
            <th key={head} scope="col">
              {t(`staff.${head}`)}
            </th>
          ))}
          <td />
        </tr>
      </thead>
      <tbody>
        {props.accounts.map((account) => (
          <tr key={account.id} data-off={!account.isActive}>
            <th scope="row">{account.name}</th>
            <td>{account.email}</td>
            <td>{t(`roles.${account.role}`)}</td>
            <td>{account.agency?.name ?? t('staff.noAgency')}</td>
            <td className="numbers">
              {account.telephone === null ? '–' : dialled(account.telephone)}
            </td>
            <td>
              <Pill tone={account.isActive ? 'good' : 'quiet'}>
                {t(account.isActive ? 'staff.active' : 'staff.inactive')}
              </Pill>
            </td>
            <td>
              <Button
                variant="default"
                size="compact-xs"
                aria-label={t('staff.edit', { name: account.name })}
                onClick={() => {
                  props.onEdit(account)
                }}
              >
                {t('staff.editShort')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
