/** How much slow work may be under way. */
type Limit = {
  readonly atOnce: number
  /** Waiting for a turn included. */
  readonly withinMs: number
}

/** Runs work within a limit; rejects when it takes too long or no place will be free for it. */
type Limited = <T>(work: () => Promise<T>) => Promise<T>

/** Work cannot be stopped once begun: what overran keeps its place until it ends. */
export function createLimited({ atOnce, withinMs }: Limit): Limited {
  const waiting: (() => void)[] = []
  let running = 0
  let overdue = 0

  return async (work) =>
    new Promise((resolve, reject) => {
      if (overdue >= atOnce) {
        // Nobody waits behind work that may never end.
        reject(new Error('every place is taken by a run that takes too long'))
        return
      }
      let hasBegun = false
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        if (hasBegun) overdue++
        else waiting.splice(waiting.indexOf(begin), 1)
        reject(new Error(`it took longer than ${String(withinMs)} ms`))
      }, withinMs)
      const begin = (): void => {
        hasBegun = true
        running++
        void work()
          .then(resolve, reject)
          .finally(() => {
            clearTimeout(timer)
            running--
            if (isLate) overdue--
            waiting.shift()?.()
          })
      }
      if (running < atOnce) begin()
      else waiting.push(begin)
    })
}
