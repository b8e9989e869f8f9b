import type { Logger } from 'pino'

/** Something done again and again; a run that is still going is not started a second time. */
export type Job = {
  readonly name: string
  readonly everyMs: number
  readonly run: () => Promise<unknown>
}

/** Runs jobs until stopped. A failure is logged and the next turn tries again. */
export function scheduleJobs(jobs: readonly Job[], log: Logger): { stop(): Promise<void> } {
  const running = new Map<string, Promise<unknown>>()
  const timers = jobs.map((job) =>
    setInterval(() => {
      if (running.has(job.name)) return
      const turn = job
        .run()
        .catch((error: unknown) => {
          log.warn({ err: error, job: job.name }, 'job failed')
        })
        .finally(() => running.delete(job.name))
      running.set(job.name, turn)
    }, job.everyMs),
  )
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running.values())
    },
  }
}
