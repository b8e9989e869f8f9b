import { z } from 'zod'
import { ROLES } from '#contracts/vocabulary'
import type { AccountRepository } from '#use-cases/manage-staff'
import type { StaffAuth } from './staff-auth.ts'

const Stored = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  agencyId: z.string().nullish(),
  isActive: z.boolean().nullish(),
  twoFactorEnabled: z.boolean().nullish(),
})

const LIST_LIMIT = 5_000

/** Staff accounts through better-auth, which keeps users, password hashes and sessions. */
export function authAccountRepository(auth: StaffAuth): AccountRepository {
  const internals = async () => (await auth.$context).internalAdapter

  return {
    async list() {
      const users = await (await internals()).listUsers(LIST_LIMIT)
      return users.map(toAccount)
    },

    async find(id) {
      const user = await (await internals()).findUserById(id)
      return user === null ? null : toAccount(user)
    },

    async findByEmail(email) {
      const found = await (await internals()).findUserByEmail(email)
      return found === null ? null : toAccount(found.user)
    },

    async create(account, password) {
      const adapter = await internals()
      if ((await adapter.findUserByEmail(account.email)) !== null) return null
      const { password: hasher } = await auth.$context
      const hash = await hasher.hash(password)
      const user = await adapter
        .createUser({ ...account, emailVerified: true }, { method: 'admin' })
        .catch(nullWhereTaken)
      if (user === null) return null
      await adapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: hash,
      })
      return toAccount(user)
    },

    async change(id, { role, agencyId, isActive }) {
      const adapter = await internals()
      await adapter.updateUser(id, { role, agencyId, isActive })
      await adapter.deleteUserSessions(id)
    },

    async hasTwoFactor(id) {
      const user = await (await internals()).findUserById(id)
      return user !== null && Stored.parse(user).twoFactorEnabled === true
    },
  }
}

/** MongoDB's code for a unique index's refusal. */
const DUPLICATE_KEY = 11_000

/** Two at once opened an account with one address: the other one was first. */
function nullWhereTaken(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY) return null
  throw error
}

function toAccount(user: unknown) {
  const { id, name, email, role, agencyId, isActive } = Stored.parse(user)
  return { id, name, email, role, agencyId: agencyId ?? null, isActive: isActive !== false }
}
