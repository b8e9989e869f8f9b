import type { RequestHandler } from 'express'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { parseCaseCode } from '#domain/case-code'
import { DomainError } from '#domain/errors'

/** How many requests of a kind one address may make in a time. */
type Limit = { readonly points: number; readonly duration: number }

const LIMITS = {
  /** Reports: a family behind one address, or a ward office typing for its people. */
  reports: { points: 30, duration: 600 },
  preview: { points: 120, duration: 60 },
  /** Status by code and PIN: enough to mistype, far too few to guess. */
  status: { points: 60, duration: 900 },
  reading: { points: 600, duration: 60 },
  /** An office signs in behind one address; each try costs us a slow hash. */
  signIn: { points: 100, duration: 300 },
} as const satisfies Record<string, Limit>
export type LimitName = keyof typeof LIMITS

/** Wrong PINs for one case from anywhere; each address has its own limit besides. */
const WRONG_PINS: Limit = { points: 10, duration: 3_600 }

/** The limits of one process; all pass where `isOn` is false. */
export type RateLimits = {
  of(name: LimitName): RequestHandler
  /** Counts failed openings of a case and refuses further ones with `too-many-requests`. */
  guardPin<T>(code: string, open: () => Promise<T>): Promise<T>
}

/** Rate limits by client address, kept in memory. */
export function rateLimits(isOn: boolean): RateLimits {
  const wrongPins = new RateLimiterMemory(WRONG_PINS)
  return {
    of(name) {
      const limiter = new RateLimiterMemory({ ...LIMITS[name], keyPrefix: name })
      return async (request, _response, next) => {
        if (isOn) await consume(limiter, request.ip ?? 'unknown')
        next()
      }
    },
    async guardPin(code, open) {
      if (!isOn) return open()
      // However it is written, a code is one case; what is no code opens none.
      const key = parseCaseCode(code)
      if (key === null) return open()
      // Taken before the PIN is looked at: a hundred guesses at once are a hundred guesses.
      await consume(wrongPins, key)
      try {
        const opened = await open()
        await wrongPins.reward(key)
        return opened
      } catch (error) {
        const isWrong = error instanceof DomainError && error.code === 'not-found'
        if (!isWrong) await wrongPins.reward(key)
        throw error
      }
    },
  }
}

/** Counts one; refuses with `too-many-requests` where the limit is reached. */
export async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (error) {
    throw error instanceof RateLimiterRes ? tooMany(error) : error
  }
}

/** The refusal with the time after which it is worth another try. */
function tooMany(state: RateLimiterRes): DomainError {
  const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1_000))
  return new DomainError('too-many-requests', 'rate-limited', { seconds })
}
