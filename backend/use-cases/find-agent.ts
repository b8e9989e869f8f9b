import type { AccountRepository } from './manage-staff.ts'

/** What of the staff accounts is needed to know who answered a telephone. */
export type AgentAccounts = Pick<AccountRepository, 'find' | 'findByEmail'>

/**
 * The id of the staff member whom a telephone exchange names: by sign-in address, else by id. Null
 * where nobody active has it.
 */
export async function findAgent(name: string, accounts: AgentAccounts): Promise<string | null> {
  const account = (await accounts.findByEmail(name.toLowerCase())) ?? (await accounts.find(name))
  return account?.isActive === true ? account.id : null
}
