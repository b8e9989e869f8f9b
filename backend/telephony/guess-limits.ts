import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ANONYMOUS } from '#domain/call'
import type { Told } from './door.ts'

/** Keeps callers from guessing codes and PINs, beyond the few tries of one call. */
export type GuessLimits = {
  /** Takes a guess before it is looked at; false where there are none left. */
  take(caller: Pick<Told, 'callId' | 'from'>, code: string | null): Promise<boolean>
  /** Gives guesses back that were none. */
  giveBack(caller: Pick<Told, 'callId' | 'from'>, code: string | null, count: number): Promise<void>
}

const HOUR = 3_600
const GUESSES_OF_A_NUMBER = 20
const GUESSES_AT_A_CASE = 10

/** Limits in this process's memory; all pass where `isOn` is false. */
export function guessLimits(isOn: boolean): GuessLimits {
  const ofNumber = new RateLimiterMemory({ points: GUESSES_OF_A_NUMBER, duration: HOUR })
  const atCase = new RateLimiterMemory({ points: GUESSES_AT_A_CASE, duration: HOUR })
  // Those who withhold their number must not lock each other out; the case has its own limit.
  const keyOf = ({ from, callId }: Pick<Told, 'callId' | 'from'>) =>
    from === null || from === ANONYMOUS ? callId : from

  return {
    async take(caller, code) {
      if (!isOn) return true
      const isLeft = await consume(ofNumber, keyOf(caller))
      return isLeft && (code === null || (await consume(atCase, code)))
    },
    async giveBack(caller, code, count) {
      if (!isOn) return
      await ofNumber.reward(keyOf(caller), count)
      if (code !== null) await atCase.reward(code)
    },
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limiter.consume(key)
    return true
  } catch (error) {
    if (error instanceof RateLimiterRes) return false
    throw error
  }
}
