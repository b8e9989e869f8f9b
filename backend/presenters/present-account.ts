import type { StaffAccount } from '#contracts/staff'
import type { NamedRef } from '#domain/case'

type AccountLike = Omit<StaffAccount, 'agency'> & { readonly agency: NamedRef | null }

/** A staff account for administrators: nothing of its password. */
export function presentAccount(account: AccountLike): StaffAccount {
  const { id, name, email, role, agency, telephone, isActive } = account
  return { id, name, email, role, agency, telephone, isActive }
}
