import type { Logger } from 'pino'

/** Rings waiting calls as soon as something changed. */
export type Dispatcher = {
  /** Now, or once more after the run under way. */
  wake(): void
  stop(): Promise<void>
}

/** One run at a time, however often it is woken; a failure is logged and the next wake tries again. */
export function createDispatcher(dispatch: () => Promise<unknown>, log: Logger): Dispatcher {
  let running: Promise<void> | null = null
  let isWanted = false
  let isStopping = false

  async function run(): Promise<void> {
    while (isWanted && !isStopping) {
      isWanted = false
      await dispatch().catch((error: unknown) => {
        log.warn({ err: error }, 'waiting calls were not dispatched')
      })
    }
    running = null
  }

  return {
    wake() {
      isWanted = true
      running ??= run()
    },
    async stop() {
      isStopping = true
      await running
    },
  }
}
