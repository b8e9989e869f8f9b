import { toNodeHandler } from 'better-auth/node'
import { type RequestHandler, Router } from 'express'
import { DomainError } from '#domain/errors'
import type { RateLimits } from './rate-limits.ts'
import { signInGuard } from './sign-in-guard.ts'
import type { StaffAuth } from './staff-auth.ts'

/** What a console uses of better-auth; its other doors (sign-up, renaming oneself, …) stay shut. */
const OPEN = [
  '/sign-out',
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/generate-backup-codes',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
]

/** `/api/auth`: sign-in, sign-out, password and second factor. */
export function authRoutes(auth: StaffAuth, limits: RateLimits, readJson: RequestHandler): Router {
  // Exact paths: another spelling of a path must not lead around the guard.
  const router = Router({ caseSensitive: true, strict: true })
  const handler = toNodeHandler(auth)
  router.use(readJson, onlyJson)
  router.post('/sign-in/email', limits.of('signIn'), signInGuard(), handler)
  router.post(OPEN, handler)
  return router
}

/** The guard reads JSON; better-auth would take a form as well. */
const onlyJson: RequestHandler = (request, _response, next) => {
  if (request.method === 'POST' && request.is('application/json') === false) {
    throw new DomainError('unsupported-media', 'media-type')
  }
  next()
}
