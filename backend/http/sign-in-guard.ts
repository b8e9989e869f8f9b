import express, { type RequestHandler } from 'express'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { tooMany } from './rate-limits.ts'

/** Wrong passwords for one account before it is locked, and for how long. */
const FAILURES = { points: 5, duration: 900, blockDuration: 900 }

const GUARDED_PATHS = ['/sign-in/email', '/two-factor/verify-totp', '/two-factor/verify-backup-code']

/**
 * Locks an account for a quarter of an hour after five wrong passwords in one, and an address that
 * tries codes likewise. Stands before better-auth's handler; always on.
 */
export function signInGuard(): RequestHandler {
  const failures = new RateLimiterMemory({ ...FAILURES, keyPrefix: 'sign-in' })
  const peek = express.json({ limit: '10kb' })
  return (request, response, next) => {
    if (request.method !== 'POST' || !GUARDED_PATHS.includes(request.path)) {
      next()
      return
    }
    peek(request, response, (error?: unknown) => {
      if (error !== undefined) {
        next(error)
        return
      }
      const key = accountOf(request.body) ?? request.ip ?? 'unknown'
      failures
        .get(key)
        .then((state) => {
          if (state !== null && state.consumedPoints > FAILURES.points - 1) throw tooMany(state)
          response.on('finish', () => {
            if (response.statusCode === 401) void failures.penalty(key)
            if (response.statusCode === 200) void failures.delete(key)
          })
          next()
        })
        .catch(next)
    })
  }
}

function accountOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('email' in body)) return null
  return typeof body.email === 'string' ? body.email.toLowerCase().slice(0, 254) : null
}
