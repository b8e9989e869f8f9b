import { fromNodeHeaders } from 'better-auth/node'
import type { RequestHandler, Response } from 'express'
import { z } from 'zod'
import { ROLES } from '#contracts/vocabulary'
import { canAdminister, canSeeCalls, type StaffMember } from '#domain/access'
import { DomainError } from '#domain/errors'
import type { StaffAuth } from './staff-auth.ts'

/** Finds out who is behind a request's or a socket's headers; null where nobody is signed in. */
export type Authenticate = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
) => Promise<StaffMember | null>

const StaffUser = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  agencyId: z.string().nullish(),
  isActive: z.boolean().nullish(),
})

/** Who is signed in, by the session cookie. A deactivated account is nobody. */
export function authenticateBy(auth: StaffAuth): Authenticate {
  return async (headers) => {
    // No cookie, no session: the database need not be asked.
    if (headers['cookie'] === undefined) return null
    const session = await auth.api
      .getSession({ headers: fromNodeHeaders({ ...headers }) })
      .catch(rethrowRefusal)
    if (session === null) return null
    const user = StaffUser.parse(session.user)
    if (user.isActive === false) return null
    const { id, name, email, role } = user
    return { id, name, email, role, agencyId: user.agencyId ?? null }
  }
}

/** better-auth wraps what its database refused; the refusal itself says what to answer. */
function rethrowRefusal(error: unknown): never {
  throw error instanceof Error && error.cause instanceof DomainError ? error.cause : error
}

/** Lets staff through, everyone else gets 401. */
export function requireStaff(authenticate: Authenticate): RequestHandler {
  return async (request, response, next) => {
    const staff = await authenticate(request.headers)
    if (staff === null) throw new DomainError('unauthenticated', 'sign-in-needed')
    response.locals['staff'] = staff
    response.setHeader('Cache-Control', 'no-store')
    next()
  }
}

/** Lets administrators through. Mounted behind `requireStaff`. */
export const requireAdministrator: RequestHandler = (_request, response, next) => {
  if (!canAdminister(staffOf(response))) throw new DomainError('forbidden', 'not-allowed')
  next()
}

/** Lets people of the centre through. Mounted behind `requireStaff`. */
export const mustSeeCalls: RequestHandler = (_request, response, next) => {
  if (!canSeeCalls(staffOf(response))) throw new DomainError('forbidden', 'not-allowed')
  next()
}

/** The member of staff that `requireStaff` let through. */
export function staffOf(response: Response): StaffMember {
  const staff: unknown = response.locals['staff']
  if (staff === undefined) throw new Error('requireStaff is missing before this route')
  // Written by `requireStaff` alone.
  return staff as StaffMember
}

/**
 * Refuses requests that another site's page could have made: changes need a header that only our
 * own scripts can set, and an `Origin` that, where the browser sends one, is our own host.
 */
export const refuseForgery: RequestHandler = (request, _response, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) {
    next()
    return
  }
  const origin = request.get('origin')
  const isForeign = origin !== undefined && hostOf(origin) !== request.get('host')
  if (isForeign || request.get('x-requested-with') === undefined) {
    throw new DomainError('forbidden', 'csrf-header')
  }
  next()
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
