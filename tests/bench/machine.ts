import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os'

/** What the figures were measured on. */
export type Machine = {
  readonly node: string
  readonly system: string
  readonly cpu: string
  readonly cpuCount: number
  readonly memoryMb: number
  /** Load average of the last minute before the first measurement. */
  readonly loadBefore: number
}

/** Looks at the machine now. */
export function describeMachine(): Machine {
  return {
    node: process.version,
    system: `${platform()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cpuCount: availableParallelism(),
    memoryMb: Math.round(totalmem() / 2 ** 20),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
}
