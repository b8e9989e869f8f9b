import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'

/** What sign-in needs from outside. */
export type StaffAuthOptions = {
  /** Where accounts and sessions are kept (better-auth's own adapter interface). */
  readonly database: NonNullable<BetterAuthOptions['database']>
  readonly secret: string
  /** Null: the address is the one each request came to. */
  readonly publicUrl: string | null
}

const SESSION_HOURS = 12
const PASSWORD_MIN = 10

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
        isActive: { type: 'boolean', required: false, defaultValue: true, input: false },
      },
    },
    // Our own limits and lock-out stand before this handler.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    advanced: {
      cookiePrefix: 'hoiam',
      useSecureCookies: publicUrl?.startsWith('https:') ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    plugins: [twoFactor({ issuer: 'Hồi Âm' })],
  })
}

export type StaffAuth = ReturnType<typeof staffAuth>

function ownOrigins(request: Request): string[] {
  const host = request.headers.get('host')
  return host === null ? [] : [`http://${host}`, `https://${host}`]
}
