import type { NewStaffAccount, StaffAccountChange } from '#contracts/staff'
import type { Role } from '#contracts/vocabulary'
import type { NamedRef } from '#domain/case'
import { DomainError } from '#domain/errors'
import { staffTelephone } from '#domain/party-number'
import type { AgencyRepository } from './ports.ts'

/** A staff account as kept. */
export type Account = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly agency: NamedRef | null
  /** An extension of the exchange, or a number in E.164: one person's, or nobody's. */
  readonly telephone: string | null
  readonly isActive: boolean
}

type StoredAccount = Omit<Account, 'agency'> & { readonly agencyId: string | null }

/** Where accounts live; passwords go in and never come out. */
export type AccountRepository = {
  list(): Promise<readonly StoredAccount[]>
  find(id: string): Promise<StoredAccount | null>
  /** By sign-in address, in lower case. */
  findByEmail(email: string): Promise<StoredAccount | null>
  findByTelephone(telephone: string): Promise<StoredAccount | null>
  /** Answers what of it is another account's already. */
  create(account: Omit<StoredAccount, 'id'>, password: string): Promise<StoredAccount | Taken>
  /** False where the telephone is another account's. */
  change(id: string, change: Partial<StoredAccount>): Promise<boolean>
  endSessions(id: string): Promise<void>
  hasTwoFactor(id: string): Promise<boolean>
}

/** What of an account belongs to one alone. */
export type Taken = { readonly taken: 'email' | 'telephone' }

export type StaffPorts = {
  readonly agencies: AgencyRepository
  readonly accounts: AccountRepository
  /** Closes what an account has open elsewhere, its consoles' sockets. */
  readonly endSessions: (accountId: string) => void
}

/** Every account, by name. */
export async function listAccounts(ports: StaffPorts): Promise<Account[]> {
  const accounts = await ports.accounts.list()
  const withAgency = await Promise.all(accounts.map(async (each) => named(each, ports)))
  return withAgency.sort((a, b) => a.name.localeCompare(b.name, 'vi'))
}

/** Opens an account. Officers and approvers need an active agency; an address is used once. */
export async function openAccount(given: NewStaffAccount, ports: StaffPorts): Promise<Account> {
  const { name, role, password } = given
  const agencyId = await agencyFor(role, given.agencyId ?? null, ports)
  const telephone = readTelephone(given.telephone ?? null)
  const email = given.email.toLowerCase()
  const account = { name, email, role, agencyId, telephone, isActive: true }
  const created = await ports.accounts.create(account, password)
  if (!('taken' in created)) return named(created, ports)
  const { taken } = created
  throw new DomainError('conflict', `${taken}-taken`, {}, `/${taken}`)
}

/**
 * Changes role, agency, telephone or whether an account may sign in. What somebody may do begins
 * with a new sign-in; a telephone alone ends no session.
 */
export async function changeAccount(
  id: string,
  change: StaffAccountChange,
  ports: StaffPorts,
): Promise<Account> {
  const current = await ports.accounts.find(id)
  if (current === null) throw new DomainError('not-found', 'staff-not-found')
  const role = change.role ?? current.role
  const wanted = change.agencyId === undefined ? current.agencyId : change.agencyId
  // Looked up where it is given anew: the account of an agency that is gone can still be closed.
  const isMoving = change.role !== undefined || change.agencyId !== undefined
  const agencyId = isMoving ? await agencyFor(role, wanted, ports) : current.agencyId
  const telephone =
    change.telephone === undefined ? current.telephone : readTelephone(change.telephone)
  const isActive = change.isActive ?? current.isActive
  const next = { ...current, role, agencyId, telephone, isActive }
  await mustLeaveAnAdministrator(next, ports)
  await keep(next, ports)
  const mayTheSame =
    role === current.role && agencyId === current.agencyId && isActive === current.isActive
  if (!mayTheSame) {
    await ports.accounts.endSessions(id)
    ports.endSessions(id)
  }
  return named(next, ports)
}

/** Somebody says which telephone is theirs; null: none. */
export async function changeOwnTelephone(
  id: string,
  telephone: string | null,
  ports: StaffPorts,
): Promise<void> {
  const current = await ports.accounts.find(id)
  if (current === null) throw new DomainError('not-found', 'staff-not-found')
  await keep({ ...current, telephone: readTelephone(telephone) }, ports)
}

async function keep(next: StoredAccount, ports: StaffPorts): Promise<void> {
  if (await ports.accounts.change(next.id, next)) return
  throw new DomainError('conflict', 'telephone-taken', {}, '/telephone')
}

function readTelephone(given: string | null): string | null {
  if (given === null) return null
  const telephone = staffTelephone(given)
  if (telephone === null) throw new DomainError('invalid', 'telephone-invalid', {}, '/telephone')
  return telephone
}

/** Nobody could ever open an account again. */
async function mustLeaveAnAdministrator(next: StoredAccount, ports: StaffPorts): Promise<void> {
  const accounts = (await ports.accounts.list()).map((each) => (each.id === next.id ? next : each))
  if (accounts.some(({ role, isActive }) => role === 'administrator' && isActive)) return
  throw new DomainError('not-allowed-now', 'last-administrator')
}

/** People of the centre belong to no agency; officers and approvers must. */
async function agencyFor(
  role: Role,
  agencyId: string | null,
  ports: StaffPorts,
): Promise<string | null> {
  if (role !== 'officer' && role !== 'approver') return null
  if (agencyId === null) throw new DomainError('invalid', 'agency-needed', {}, '/agencyId')
  const agency = await ports.agencies.findById(agencyId)
  if (agency?.isActive !== true) {
    throw new DomainError('invalid', 'agency-not-found', {}, '/agencyId')
  }
  return agency.id
}

async function named({ agencyId, ...account }: StoredAccount, ports: StaffPorts): Promise<Account> {
  const agency = agencyId === null ? null : await ports.agencies.findById(agencyId)
  return { ...account, agency: agency === null ? null : { id: agency.id, name: agency.name } }
}
