import { performance } from 'node:perf_hooks'
import { cpuMsOf } from './process-figures.ts'

/** One thing to be measured: an operation that is repeated with a number of them in flight. */
export interface Side {
  readonly operation: (i: number) => Promise<unknown>
  readonly inFlight: number
  /** The process that answers. */
  readonly pid: number
  /** Puts things back as they were; its time does not count. */
  readonly restore?: () => Promise<unknown>
}

/** What a side came to. */
export interface Figure {
  readonly perSecond: number
  /** How much of the time the measuring thread, which is the driver's, was at work. */
  readonly driverBusy: number
  readonly serverBusy: number
}

interface Sum {
  count: number
  wallMs: number
  driverMs: number
  serverMs: number
}

const sliceMs = 250
const warmUps = 5

/**
 * Measures all sides in short slices, one after the other and again: what else the machine does
 * meanwhile falls on all of them.
 */
export async function alternate(sides: readonly Side[], slices: number): Promise<Figure[]> {
  const sums = sides.map(() => ({ count: 0, wallMs: 0, driverMs: 0, serverMs: 0 }))
  for (let round = -warmUps; round < slices; round++) {
    for (const [i, side] of sides.entries()) {
      const sum = sums[i]
      if (sum) await slice(side, round < 0 ? { ...sum } : sum)
      await side.restore?.()
    }
  }
  return sums.map(({ count, wallMs, driverMs, serverMs }) => ({
    perSecond: (count / wallMs) * 1000,
    driverBusy: driverMs / wallMs,
    serverBusy: serverMs / wallMs,
  }))
}

async function slice({ operation, inFlight, pid }: Side, sum: Sum): Promise<void> {
  const before = performance.eventLoopUtilization()
  const serverBefore = cpuMsOf(pid) ?? Number.NaN
  const startedAt = performance.now()
  const work = async (): Promise<void> => {
    while (performance.now() - startedAt < sliceMs) {
      const i = next++
      await operation(i)
      sum.count++
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  sum.wallMs += performance.now() - startedAt
  sum.driverMs += performance.eventLoopUtilization(before).active
  sum.serverMs += (cpuMsOf(pid) ?? Number.NaN) - serverBefore
}

// Never the same twice, so that inserts can take it for an id.
let next = 0
