import type { RequestHandler } from 'express'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
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
      const before = await wrongPins.get(code)
      if (before !== null && before.consumedPoints >= WRONG_PINS.points) throw tooMany(before)
      try {
        return await open()
      } catch (error) {
        if (error instanceof DomainError && error.code === 'not-found') {
          await wrongPins.penalty(code)
        }
        throw error
      }
    },
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (error) {
    throw error instanceof RateLimiterRes ? tooMany(error) : error
  }
}

/** The refusal with the time after which it is worth another try. */
export function tooMany(state: RateLimiterRes): DomainError {
  const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1_000))
  return new DomainError('too-many-requests', 'rate-limited', { seconds })
}
