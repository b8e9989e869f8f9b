import { randomBytes } from 'node:crypto'
import type { StaffPorts } from '#use-cases/manage-staff'
import { openAccount } from '#use-cases/manage-staff'
import type { Config } from './config.ts'

/**
 * Opens the administrator's account where there is no account yet. Answers the password that was
 * generated for it, or null where one was given or accounts exist.
 */
export async function openAdministrator(
  config: Pick<Config, 'adminEmail' | 'adminPassword'>,
  ports: StaffPorts,
): Promise<string | null> {
  const accounts = await ports.accounts.list()
  if (accounts.length > 0) return null
  const password = config.adminPassword ?? randomBytes(12).toString('base64url')
  await openAccount(
    { name: 'Quản trị viên', email: config.adminEmail, password, role: 'administrator' },
    ports,
  )
  return config.adminPassword === null ? password : null
}
