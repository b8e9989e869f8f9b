import { PasswordInput, Switch, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgencyRef } from '#contracts/catalogue'
import type { StaffAccount } from '#contracts/staff'
import type { Role } from '#contracts/vocabulary'
import { Dialog } from '../../components/dialog.tsx'
import { fieldErrorAt } from '../../lib/problem-text.ts'
import { TelephoneField } from '../../components/telephone-field.tsx'
import { needsAgency, RoleFields } from './role-fields.tsx'
import { useChangeAccount, useCreateAccount } from './use-staff.ts'

/** Adds an account. */
export function NewAccountDialog(props: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation()
  const create = useCreateAccount()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [role, setRole] = useState<Role>('officer')
  const [agency, setAgency] = useState<AgencyRef | null>(null)
  const [telephone, setTelephone] = useState('')
  const [isChecked, setChecked] = useState(false)
  const isAgencyMissing = needsAgency(role) && agency === null

  function submit(): void {
    setChecked(true)
    if (isAgencyMissing) return
    const place = needsAgency(role) && agency ? { agencyId: agency.id } : {}
    create.mutate(
      {
        name: name.trim(),
        email: email.trim(),
        password,
        role,
        telephone: telephone.trim() || null,
        ...place,
      },
      {
        onSuccess: () => {
          notifications.show({ message: t('staff.created', { name: name.trim() }) })
          props.onClose()
        },
      },
    )
  }

  return (
    <Dialog
      title={t('staff.create')}
      submitLabel={t('staff.create')}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <TextInput
        data-autofocus
        label={t('staff.name')}
        error={fieldErrorAt(create.error, '/name')}
        value={name}
        maxLength={100}
        onChange={(event) => {
          setName(event.currentTarget.value)
        }}
      />
      <TextInput
        type="email"
        autoComplete="off"
        label={t('staff.email')}
        error={fieldErrorAt(create.error, '/email')}
        value={email}
        onChange={(event) => {
          setEmail(event.currentTarget.value)
        }}
      />
      <PasswordInput
        autoComplete="new-password"
        label={t('staff.password')}
        error={fieldErrorAt(create.error, '/password')}
        description={t('staff.passwordHint')}
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value)
        }}
      />
      <RoleFields
        role={role}
        agency={agency}
        isAgencyMissing={isChecked && isAgencyMissing}
        onRole={setRole}
        onAgency={setAgency}
      />
      <TelephoneField value={telephone} error={create.error} onChange={setTelephone} />
    </Dialog>
  )
}

/** Changes an account's role, agency and telephone, or takes its access away. */
export function ChangeAccountDialog(props: {
  readonly account: StaffAccount
  readonly onClose: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { account } = props
  const change = useChangeAccount(account.id)
  const [role, setRole] = useState(account.role)
  const [agency, setAgency] = useState(account.agency)
  const [isActive, setActive] = useState(account.isActive)
  const [telephone, setTelephone] = useState(account.telephone ?? '')
  const [isChecked, setChecked] = useState(false)
  const isAgencyMissing = needsAgency(role) && agency === null

  function submit(): void {
    setChecked(true)
    if (isAgencyMissing) return
    change.mutate(
      {
        role,
        agencyId: needsAgency(role) ? (agency?.id ?? null) : null,
        telephone: telephone.trim() || null,
        isActive,
      },
      {
        onSuccess: () => {
          notifications.show({ message: t('staff.changed', { name: account.name }) })
          props.onClose()
        },
      },
    )
  }

  return (
    <Dialog
      title={t('staff.edit', { name: account.name })}
      submitLabel={t('app.save')}
      isBusy={change.isPending}
      error={change.error}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <RoleFields
        role={role}
        agency={agency}
        isAgencyMissing={isChecked && isAgencyMissing}
        onRole={setRole}
        onAgency={setAgency}
      />
      <TelephoneField value={telephone} error={change.error} onChange={setTelephone} />
      <Switch
        label={t('staff.isActive')}
        checked={isActive}
        onChange={(event) => {
          setActive(event.currentTarget.checked)
        }}
      />
    </Dialog>
  )
}
