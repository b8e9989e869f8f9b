import type { Logger } from 'pino'

const RETRY_MS = 60_000

/**
 * Runs something long once in the background; after a failure it is tried again. `stop` asks it to
 * end and waits until it has.
 */
export function runUntilDone(
  name: string,
  run: (isStopping: () => boolean) => Promise<unknown>,
  log: Logger,
): { stop(): Promise<void> } {
  let isStopping = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void>

  async function attempt(): Promise<void> {
    try {
      await run(() => isStopping)
    } catch (error) {
      log.warn({ err: error, job: name }, 'job failed')
      if (isStopping) return
      timer = setTimeout(() => {
        running = attempt()
      }, RETRY_MS)
    }
  }

  running = attempt()
  return {
    async stop() {
      isStopping = true
      clearTimeout(timer)
      await running
    },
  }
}
