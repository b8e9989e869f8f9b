import type { ReportReceipt } from '#contracts/reports'
import { isTemporary, RequestFailure } from '../api/problem.ts'
import type { Waiting } from './report-state.ts'

const FIRST_DELAY_MS = 2_000
const LONGEST_DELAY_MS = 60_000

export interface SubmissionOptions {
  /** One attempt; called again with the same content until it settles. */
  readonly send: (signal: AbortSignal) => Promise<ReportReceipt>
  readonly onWaiting: (because: Waiting, delayMs: number) => void
  readonly signal: AbortSignal
  /** Wakes a wait early: the citizen pressed the button, or the device is online again. */
  readonly wakeUps: EventTarget
  readonly random?: () => number
}

/** Sends until the server has it or refuses it; passing failures are waited out. */
export async function submitUntilSettled(options: SubmissionOptions): Promise<ReportReceipt> {
  const { send, onWaiting, signal, wakeUps, random = Math.random } = options
  for (let attempt = 0; ; attempt++) {
    try {
      return await send(signal)
    } catch (error) {
      if (!(error instanceof RequestFailure) || !isTemporary(error)) throw error
      const delayMs = delayBefore(attempt, error.retryAfterMs, random())
      onWaiting(waitingFor(error), delayMs)
      await wait(delayMs, signal, wakeUps)
    }
  }
}

/** Doubles from two seconds to a minute, spread by a fifth, never sooner than the server asked. */
export function delayBefore(attempt: number, retryAfterMs: number | null, random: number): number {
  const backOff = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10))
  const spread = backOff * (0.8 + 0.4 * random)
  return Math.round(Math.max(spread, retryAfterMs ?? 0))
}

function waitingFor({ kind }: RequestFailure): Waiting {
  return kind === 'offline' || kind === 'timeout' ? kind : 'unavailable'
}

function wait(delayMs: number, signal: AbortSignal, wakeUps: EventTarget): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      wakeUps.removeEventListener('wake', wake)
      end()
    }
    const wake = () => settle(resolve)
    const abort = () => {
      settle(() => reject(new DOMException('The citizen stopped sending.', 'AbortError')))
    }
    const timer = setTimeout(wake, delayMs)
    signal.addEventListener('abort', abort)
    wakeUps.addEventListener('wake', wake)
  })
}
