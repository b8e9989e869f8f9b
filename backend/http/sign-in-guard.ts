import type { RequestHandler } from 'express'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { consume } from './rate-limits.ts'

/** Wrong passwords for one account before it is locked, and for how long. */
const FAILURES = { points: 5, duration: 900, blockDuration: 900 }

/**
 * Locks an account for a quarter of an hour after five wrong passwords in one, from wherever they
 * came. Always on. Stands before better-auth's handler, behind the JSON parser.
 */
export function signInGuard(): RequestHandler {
  const failures = new RateLimiterMemory({ ...FAILURES, keyPrefix: 'sign-in' })
  return async (request, response, next) => {
    const account = accountOf(request.body)
    if (account === null) {
      next()
      return
    }
    // Taken before the password is looked at: a hundred guesses at once are a hundred guesses.
    await consume(failures, account)
    response.on('finish', () => {
      if (response.statusCode === 401) return
      // The right password wipes the slate; an outage or a malformed request was no guess.
      void (response.statusCode === 200 ? failures.delete(account) : failures.reward(account))
    })
    next()
  }
}

function accountOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('email' in body)) return null
  return typeof body.email === 'string' ? body.email.toLowerCase().slice(0, 254) : null
}
