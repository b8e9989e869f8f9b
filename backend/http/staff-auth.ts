import type { DBAdapterInstance } from 'better-auth'
import { APIError } from 'better-auth/api'
// Without its SQL layer, which would be loaded for nothing at every start.
import { betterAuth } from 'better-auth/minimal'
import { twoFactor } from 'better-auth/plugins/two-factor'

/** What sign-in needs from outside. */
export type StaffAuthOptions = {
  /** Where accounts and sessions are kept (better-auth's own adapter interface). */
  readonly database: DBAdapterInstance
  readonly secret: string
  /** Null: the address is the one each request came to. */
  readonly publicUrl: string | null
}

const SESSION_HOURS = 12
const PASSWORD_MIN = 10
/** Wrong codes in a row before the second step of an account is locked, and for how long. */
const SECOND_FACTOR_LOCK = { maxFailedAttempts: 5, durationSeconds: 900 }

/** Staff accounts: e-mail and password (scrypt), sessions in httpOnly cookies, two-factor by TOTP. */
export function staffAuth({ database, secret, publicUrl }: StaffAuthOptions) {
  return betterAuth({
    database,
    secret,
    basePath: '/api/auth',
    ...(publicUrl === null ? {} : { baseURL: publicUrl }),
    // A console may be opened by any of the host's names; an Origin of another host is refused.
    trustedOrigins: (request) => (request === undefined ? [] : ownOrigins(request)),
    emailAndPassword: {
      enabled: true,
      // Accounts are made by an administrator.
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
    },
    session: { expiresIn: SESSION_HOURS * 3_600, updateAge: 3_600 },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        agencyId: { type: 'string', required: false, input: false },
        telephone: { type: 'string', required: false, input: false },
        isActive: { type: 'boolean', required: false, defaultValue: true, input: false },
      },
    },
    // Our own limits and lock-out stand before this handler.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // It would write plain text beside our JSON; what goes wrong is thrown to our error handler.
    logger: { disabled: true },
    onAPIError: { throw: true },
    databaseHooks: { session: { create: { before: refuseDeactivated } } },
    advanced: {
      cookiePrefix: 'hoiam',
      // Said aloud, for by itself it switches them off under NODE_ENV=test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: publicUrl?.startsWith('https:') ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    plugins: [twoFactor({ issuer: 'Hồi Âm', accountLockout: SECOND_FACTOR_LOCK })],
  })
}

export type StaffAuth = ReturnType<typeof staffAuth>

function ownOrigins(request: Request): string[] {
  const host = request.headers.get('host')
  return host === null ? [] : [`http://${host}`, `https://${host}`]
}

type SessionHookContext = {
  readonly context: {
    readonly internalAdapter: { findUserById(id: string): Promise<object | null> }
  }
} | null

/** A deactivated account is told so where it signs in, once it has shown the right password. */
async function refuseDeactivated(
  session: { readonly userId: string },
  hook: SessionHookContext,
): Promise<void> {
  const user = await hook?.context.internalAdapter.findUserById(session.userId)
  if (user == null || !('isActive' in user) || user.isActive !== false) return
  throw new APIError('FORBIDDEN', {
    code: 'ACCOUNT_DEACTIVATED',
    message: 'This account has been deactivated',
  })
}
