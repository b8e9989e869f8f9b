import type { Logger } from 'pino'

/** Trainings, one at a time. */
export type Training = {
  /** Begins now; false where one is under way. */
  begin(): boolean
  /** Begins if it is night, and the last one was not tonight. */
  beginAtNight(): Promise<void>
  /** What the one under way is doing; null where there is none. */
  step(): string | null
  /** Waits for the one under way. */
  settled(): Promise<void>
}

const VIETNAM_OFFSET_HOURS = 7
const NIGHT = { from: 2, to: 5 }
const HOUR_MS = 3_600_000
const LEAST_HOURS_BETWEEN = 12

/** Runs `train` on demand and by night; a failure is logged and the next night tries again. */
export function nightlyTraining(
  train: (onStep: (step: string) => void) => Promise<unknown>,
  clock: { readonly now: () => Date },
  log: Logger,
): Training {
  let step: string | null = null
  let running: Promise<void> = Promise.resolve()
  let lastAt: Date | null = null

  function begin(): boolean {
    if (step !== null) return false
    step = 'beginning'
    lastAt = clock.now()
    running = train((next) => (step = next))
      .then(
        () => undefined,
        (error: unknown) => {
          log.warn({ err: error }, 'training failed')
        },
      )
      .finally(() => (step = null))
    return true
  }

  return {
    begin,
    async beginAtNight() {
      const now = clock.now()
      const hour = (now.getUTCHours() + VIETNAM_OFFSET_HOURS) % 24
      const isNight = hour >= NIGHT.from && hour < NIGHT.to
      const isRested =
        lastAt === null || now.getTime() - lastAt.getTime() > LEAST_HOURS_BETWEEN * HOUR_MS
      if (isNight && isRested && begin()) await running
    },
    step: () => step,
    settled: async () => running,
  }
}
