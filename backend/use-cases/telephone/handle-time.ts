import { figuresOf } from '#domain/call-metrics'
import type { Ports } from '../ports.ts'
import type { HandleTime } from '../ports/telephony.ts'

/** How long a call takes an agent, until enough were measured. */
const USUAL_SECONDS = 240
const ENOUGH_CALLS = 5
const MEASURED_MS = 4 * 3_600_000
/** Of a busy centre the last ones say it all. */
const MEASURED_CALLS = 100
const KEPT_MS = 60_000

/**
 * The average of the calls handled in the last hours. Measured at most once a minute, however many
 * callers are told how long they will wait.
 */
export function handleTime(ports: Pick<Ports, 'calls' | 'now'>): HandleTime {
  let kept: { readonly until: number; readonly seconds: Promise<number> } | null = null

  return {
    async averageSeconds() {
      const at = ports.now()
      if (kept !== null && at.getTime() < kept.until) return kept.seconds
      const measuring = { until: at.getTime() + KEPT_MS, seconds: measured(at, ports) }
      kept = measuring
      try {
        return await measuring.seconds
      } catch (error) {
        // The next caller asks anew.
        if (kept === measuring) kept = null
        throw error
      }
    },
  }
}

async function measured(at: Date, { calls }: Pick<Ports, 'calls'>): Promise<number> {
  const handled = await calls.findHandled(new Date(at.getTime() - MEASURED_MS), MEASURED_CALLS)
  const { averageHandleSeconds } = figuresOf(handled, 0, at)
  if (averageHandleSeconds === null || handled.length < ENOUGH_CALLS) return USUAL_SECONDS
  return averageHandleSeconds
}
