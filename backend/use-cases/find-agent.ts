import { staffTelephone } from '#domain/party-number'
import type { AccountRepository } from './manage-staff.ts'

/** What of the staff accounts is needed to know who answered a telephone. */
export type AgentAccounts = Pick<AccountRepository, 'find' | 'findByEmail' | 'findByTelephone'>

/**
 * The id of the staff member whom a telephone exchange names: by telephone, else by sign-in
 * address, else by id. Null where nobody active has it.
 */
export async function findAgent(name: string, accounts: AgentAccounts): Promise<string | null> {
  const telephone = staffTelephone(name)
  const account = await accountOf(name, telephone, accounts)
  return account?.isActive === true ? account.id : null
}

async function accountOf(name: string, telephone: string | null, accounts: AgentAccounts) {
  if (telephone !== null) return accounts.findByTelephone(telephone)
  return name.includes('@') ? accounts.findByEmail(name.toLowerCase()) : accounts.find(name)
}
