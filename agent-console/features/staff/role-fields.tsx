import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgencyRef } from '#contracts/catalogue'
import { type Role, ROLES } from '#contracts/vocabulary'
import { AgencyPicker } from '../../components/agency-picker.tsx'

/** Officers and approvers belong to an agency; everyone else to the call centre. */
export function needsAgency(role: Role): boolean {
  return role === 'officer' || role === 'approver'
}

/** The role, and the agency where the role needs one. */
export function RoleFields(props: {
  readonly role: Role
  readonly agency: AgencyRef | null
  readonly isAgencyMissing: boolean
  readonly onRole: (role: Role) => void
  readonly onAgency: (agency: AgencyRef) => void
}): ReactNode {
  const { t } = useTranslation()
  return (
    <>
      <NativeSelect
        label={t('staff.role')}
        value={props.role}
        data={ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
        onChange={(event) => {
          props.onRole(ROLES.find((role) => role === event.currentTarget.value) ?? 'officer')
        }}
      />
      {needsAgency(props.role) && (
        <AgencyPicker
          label={t('staff.agency')}
          chosen={props.agency}
          onChoose={props.onAgency}
          error={props.isAgencyMissing ? t('staff.needsAgency') : null}
        />
      )}
    </>
  )
}
