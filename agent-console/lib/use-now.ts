import { useSyncExternalStore } from 'react'

const often = sharedClock(20_000)
const bySecond = sharedClock(1_000)

/** The present moment, renewed often enough for deadlines in minutes. */
export function useNow(): Date {
  return useSyncExternalStore(often.subscribe, often.now)
}

/** The present moment, renewed every second, for what is seen to tick. */
export function useNowBySecond(): Date {
  return useSyncExternalStore(bySecond.subscribe, bySecond.now)
}

/** One clock for the whole screen, so that all deadlines move together. */
function sharedClock(tickMs: number) {
  let now = new Date()
  let timer: ReturnType<typeof setInterval> | undefined
  const listeners = new Set<() => void>()

  function tick(): void {
    now = new Date()
    for (const listener of listeners) listener()
  }

  return {
    now: () => now,
    subscribe: (listener: () => void) => {
      if (listeners.size === 0) {
        now = new Date()
        timer = setInterval(tick, tickMs)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) clearInterval(timer)
      }
    },
  }
}
