import type { Logger } from 'pino'
import type { Case, TimelineStep } from '#domain/case'
import type { Outbox, Publisher, ToldRange } from '#use-cases/ports'

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
  const told = new Map<string, ToldRange>()
  const underWay = new Set<Promise<unknown>>()
  const timers: NodeJS.Timeout[] = []
  let marking: Promise<unknown> = Promise.resolve()
  let sweeping: Promise<void> | null = null

  async function tell(changed: Case, steps: readonly TimelineStep[]): Promise<boolean> {
    try {
      for (const consumer of consumers) await consumer(changed, steps)
      const range = rangeOf(changed, steps)
      told.set(changed.code, joined(told.get(changed.code), range))
      return true
    } catch (error) {
      // It stays in the outbox; the sweep comes back to it.
      log.warn({ err: error, caseVersion: changed.version }, 'telling a change failed')
      return false
    }
  }

  function publish(changed: Case, steps: readonly TimelineStep[]): void {
    const telling = tell(changed, steps).finally(() => underWay.delete(telling))
    underWay.add(telling)
  }

  async function mark(): Promise<boolean> {
    const batch = [...told.values()]
    told.clear()
    try {
      await outbox.markTold(batch)
      return true
    } catch (error) {
      log.warn({ err: error }, 'marking told changes failed')
      return false
    }
  }

  async function sweepAll(): Promise<void> {
    try {
      while (await sweepBatch());
    } catch (error) {
      log.warn({ err: error }, 'sweeping the outbox failed')
    }
  }

  /** True where more may be waiting. What fails now would fail in the next batch as well. */
  async function sweepBatch(): Promise<boolean> {
    const since = new Date(clock.now().getTime() - STALE_MS)
    const pending = await outbox.findPending(since, SWEEP_BATCH)
    let isAllTold = true
    for (const { changed, steps } of pending) {
      isAllTold = (await tell(changed, steps)) && isAllTold
    }
    return (await mark()) && isAllTold && pending.length === SWEEP_BATCH
  }

  const markInTurn = (): void => {
    marking = marking.then(mark)
  }
  const sweep = (): void => {
    sweeping ??= sweepAll().finally(() => (sweeping = null))
  }

  return {
    publish,
    start() {
      sweep()
      timers.push(setInterval(markInTurn, MARK_EVERY_MS), setInterval(sweep, SWEEP_EVERY_MS))
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await Promise.all([...underWay, sweeping])
      markInTurn()
      await marking
    },
  }
}

function rangeOf({ code, version }: Case, steps: readonly TimelineStep[]): ToldRange {
  return { code, fromVersion: steps[0]?.version ?? version, version }
}

/** Ranges that touch become one; of others the later counts, and the sweep tells the earlier again. */
function joined(a: ToldRange | undefined, b: ToldRange): ToldRange {
  if (a === undefined) return b
  const [first, second] = a.fromVersion <= b.fromVersion ? [a, b] : [b, a]
  if (second.fromVersion > first.version + 1) return second
  return { ...first, version: Math.max(first.version, second.version) }
}
