import { useSyncExternalStore } from 'react'

const TICK_MS = 20_000

let now = new Date()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/** The present moment, renewed often enough for deadlines in minutes. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now)
}

/** One clock for the whole screen, so that all deadlines move together. */
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = new Date()
    timer = setInterval(tick, TICK_MS)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

function tick(): void {
  now = new Date()
  for (const listener of listeners) listener()
}
