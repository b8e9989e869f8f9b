import { z } from 'zod'
import { ROLES } from '#contracts/vocabulary'
import type { AccountRepository, Taken } from '#use-cases/manage-staff'
import type { StaffAuth } from './staff-auth.ts'

const Stored = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  agencyId: z.string().nullish(),
  telephone: z.string().nullish(),
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

    async findByTelephone(telephone) {
      const { adapter } = await auth.$context
      const where = [{ field: 'telephone', value: telephone }]
      const user = await adapter.findOne<object>({ model: 'user', where })
      return user === null ? null : toAccount(user)
    },

    async create(account, password) {
      const adapter = await internals()
      if ((await adapter.findUserByEmail(account.email)) !== null) return { taken: 'email' }
      const { password: hasher } = await auth.$context
      const hash = await hasher.hash(password)
      const creating = adapter.createUser({ ...account, emailVerified: true }, { method: 'admin' })
      const created: { readonly id: string } | Taken = await creating.catch(takenIn)
      if ('taken' in created) return created
      await adapter.linkAccount({
        userId: created.id,
        providerId: 'credential',
        accountId: created.id,
        password: hash,
      })
      return toAccount(created)
    },

    async change(id, { role, agencyId, telephone, isActive }) {
      const adapter = await internals()
      const changing = adapter.updateUser(id, { role, agencyId, telephone, isActive })
      return changing.then(
        () => true,
        (error: unknown) => takenIn(error).taken !== 'telephone',
      )
    },

    async endSessions(id) {
      await (await internals()).deleteUserSessions(id)
    },

    async hasTwoFactor(id) {
      const user = await (await internals()).findUserById(id)
      return user !== null && Stored.parse(user).twoFactorEnabled === true
    },
  }
}

/** MongoDB's code for a unique index's refusal. */
const DUPLICATE_KEY = 11_000

/** Two at once gave an account one address or one telephone: the other one was first. */
function takenIn(error: unknown): Taken {
  if (!(error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY)) throw error
  return { taken: /telephone/.test(error.message) ? 'telephone' : 'email' }
}

function toAccount(user: unknown) {
  const { agencyId, telephone, isActive, twoFactorEnabled: _, ...stored } = Stored.parse(user)
  return {
    ...stored,
    agencyId: agencyId ?? null,
    telephone: telephone ?? null,
    isActive: isActive !== false,
  }
}
