import { Worker } from 'node:worker_threads'
import type { LookOn, SiftedPart } from '../query/document-walk.ts'
import type { Filter } from '../query/filter-types.ts'
import { portableFilter, type ScanPart, type ScanTask } from './scan-part.ts'

/** Long scans of a folder's collections, done in a thread beside the one that answers. */
export interface Scans {
  /** Who goes on with a scan for what this filter wants; null when it cannot be told elsewhere. */
  readonly begin: (filter: Filter) => LookOn | null
  readonly close: () => Promise<void>
}

interface Thread {
  readonly ask: (task: Omit<ScanTask, 'task'>) => Promise<ScanPart | null>
  readonly isOver: () => boolean
  readonly end: () => Promise<unknown>
}

/** Makes ready for long scans; the thread starts with the first of them. */
export function createScans(folder: string): Scans {
  let thread: Thread | null = null
  let scans = 0
  return {
    begin: ({ origin }) => {
      if (!origin) return null
      const scan = scans++
      let portable: ReturnType<typeof portableFilter> | null = null
      return async (place) => {
        portable ??= portableFilter(origin)
        if (!thread || thread.isOver()) thread = startThread(folder)
        const part = await thread.ask({ scan, place, ...portable })
        return part && sifted(part)
      }
    },
    close: async () => {
      await thread?.end()
    },
  }
}

function startThread(folder: string): Thread {
  const waiting = new Map<number, (part: ScanPart | null) => void>()
  let tasks = 0
  let isOver = false
  const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: folder })
  worker.unref()
  worker.on('message', (part: ScanPart) => {
    waiting.get(part.task)?.(part)
    waiting.delete(part.task)
  })
  // Whoever waits for a thread that ended goes on without it.
  const giveUp = (): void => {
    isOver = true
    for (const settle of waiting.values()) settle(null)
    waiting.clear()
  }
  worker.on('error', (error) => {
    process.stderr.write(`embedded database: the thread for long scans failed: ${String(error)}\n`)
    giveUp()
  })
  worker.on('exit', giveUp)
  return {
    ask: (request) =>
      new Promise((resolve) => {
        const task = tasks++
        waiting.set(task, resolve)
        worker.postMessage({ task, ...request } satisfies ScanTask)
      }),
    isOver: () => isOver,
    end: () => worker.terminate(),
  }
}

function sifted({ place, examined, records, ends, bytes, isStuck }: ScanPart): SiftedPart {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = records.map((record, i) => ({
    record,
    bytes: all.subarray(ends[i - 1] ?? 0, ends[i]),
    document: null,
  }))
  return { place, examined, found, canGoOn: !isStuck }
}
