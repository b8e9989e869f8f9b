/** Longer than any answer that still counts as one. */
const HEARD_WITHIN_MS = 30_000

/** Notes when each listener heard of a thing. */
export type Hearing = {
  heard(id: string): void
  /** The times at which `count` listeners heard of it, once all have. */
  all(id: string, count: number): Promise<readonly number[]>
}

/** A hearing that nobody has heard anything in yet. */
export function openHearing(): Hearing {
  const times = new Map<string, number[]>()
  let wake: () => void = () => undefined
  return {
    heard(id) {
      const known = times.get(id)
      if (known === undefined) times.set(id, [performance.now()])
      else known.push(performance.now())
      wake()
    },
    async all(id, count) {
      const until = performance.now() + HEARD_WITHIN_MS
      for (;;) {
        const known = times.get(id) ?? []
        if (known.length >= count) return known
        const leftMs = until - performance.now()
        if (leftMs <= 0) throw new Error(`${known.length} of ${count} listeners heard of ${id}`)
        await new Promise<void>((resolve) => {
          const limit = setTimeout(resolve, leftMs)
          wake = () => {
            clearTimeout(limit)
            resolve()
          }
        })
      }
    },
  }
}
