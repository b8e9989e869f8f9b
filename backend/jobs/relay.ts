import type { Logger } from 'pino'
import type { Case, TimelineStep } from '#domain/case'
import type { Outbox, Publisher } from '#use-cases/ports'

/** Hears of every change at least once; must take the same change twice without harm. */
export type Consumer = (changed: Case, steps: readonly TimelineStep[]) => void | Promise<void>

/** The outbox's postman. */
export type Relay = Publisher & {
  /** Tells what a crash left untold, then keeps looking. */
  start(): void
  /** Tells what is under way, marks it, and stops. */
  stop(): Promise<void>
}

const MARK_EVERY_MS = 200
const SWEEP_EVERY_MS = 5_000
/** Younger changes are still with the process that made them. */
const STALE_MS = 3_000
const SWEEP_BATCH = 200

/**
 * Tells consumers of changes after they are durable. A change is told at once by the process that
 * made it and marked so in batches; what a crash left unmarked is told again by a sweep.
 */
export function createRelay(
  outbox: Outbox,
  consumers: readonly Consumer[],
  clock: { readonly now: () => Date },
  log: Logger,
): Relay {
  const told = new Map<string, number>()
  const underWay = new Set<Promise<void>>()
  const timers: NodeJS.Timeout[] = []
  let marking: Promise<void> = Promise.resolve()

  async function tell(changed: Case, steps: readonly TimelineStep[]): Promise<void> {
    try {
      for (const consumer of consumers) await consumer(changed, steps)
      told.set(changed.code, Math.max(changed.version, told.get(changed.code) ?? 0))
    } catch (error) {
      // It stays in the outbox; the sweep comes back to it.
      log.warn({ err: error, caseVersion: changed.version }, 'telling a change failed')
    }
  }

  function publish(changed: Case, steps: readonly TimelineStep[]): void {
    const telling = tell(changed, steps).finally(() => underWay.delete(telling))
    underWay.add(telling)
  }

  async function mark(): Promise<void> {
    const batch = [...told].map(([code, version]) => ({ code, version }))
    if (batch.length === 0) return
    told.clear()
    try {
      await outbox.markTold(batch)
    } catch (error) {
      log.warn({ err: error }, 'marking told changes failed')
    }
  }

  async function sweep(): Promise<void> {
    try {
      const since = new Date(clock.now().getTime() - STALE_MS)
      for (const { changed, steps } of await outbox.findPending(since, SWEEP_BATCH)) {
        await tell(changed, steps)
      }
      await mark()
    } catch (error) {
      log.warn({ err: error }, 'sweeping the outbox failed')
    }
  }

  const markInTurn = (): void => {
    marking = marking.then(mark)
  }

  return {
    publish,
    start() {
      void sweep()
      timers.push(setInterval(markInTurn, MARK_EVERY_MS))
      timers.push(setInterval(() => void sweep(), SWEEP_EVERY_MS))
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await Promise.all(underWay)
      markInTurn()
      await marking
    },
  }
}
