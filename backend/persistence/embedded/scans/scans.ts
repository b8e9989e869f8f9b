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
  /** False until it has loaded what it needs. */
  readonly isReady: () => boolean
  /** Null from a thread that has failed: nobody waits for it again. */
  readonly ask: (task: Omit<ScanTask, 'task'>) => Promise<SiftedPart | null>
  readonly end: () => Promise<unknown>
}

// What is over soon is not worth the start of a thread.
const turnsBeforeStart = 10

/** Makes ready for long scans; the thread starts with the first of them. */
export function createScans(folder: string): Scans {
  let thread: Thread | null = null
  let scans = 0
  return {
    begin: ({ origin }) => {
      if (!origin) return null
      const scan = scans++
      let portable: ReturnType<typeof portableFilter> | null = null
      let turns = 0
      return (place) => {
        if (!thread && turns++ < turnsBeforeStart) return 'not yet'
        thread ??= startThread(folder)
        if (!thread.isReady()) return 'not yet'
        portable ??= portableFilter(origin)
        return thread.ask({ scan, place, ...portable })
      }
    },
    close: async () => {
      await thread?.end()
    },
  }
}

function startThread(folder: string): Thread {
  const waiting = new Map<number, (part: SiftedPart | null) => void>()
  let state: 'loading' | 'ready' | 'over' = 'loading'
  let tasks = 0
  const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: folder })
  worker.unref()
  worker.on('message', (message: 'ready' | ScanPart) => {
    if (message === 'ready') state = message
    else {
      waiting.get(message.task)?.(siftedPart(message))
      waiting.delete(message.task)
    }
  })
  // Whoever waits for a thread that ended goes on without it.
  const giveUp = (): void => {
    state = 'over'
    for (const settle of waiting.values()) settle(null)
    waiting.clear()
  }
  worker.on('error', (error) => {
    process.stderr.write(`embedded database: the thread for long scans failed: ${String(error)}\n`)
    giveUp()
  })
  worker.on('exit', giveUp)
  return {
    isReady: () => state !== 'loading',
    ask: async (request) => {
      if (state === 'over') return null
      const task = tasks++
      worker.postMessage({ task, ...request } satisfies ScanTask)
      return new Promise((resolve) => waiting.set(task, resolve))
    },
    end: () => worker.terminate(),
  }
}

function siftedPart({ place, examined, records, ends, bytes, isStuck }: ScanPart): SiftedPart {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = records.map((record, i) => ({
    record,
    bytes: all.subarray(ends[i - 1] ?? 0, ends[i]),
    document: null,
  }))
  return { place, examined, found, canGoOn: !isStuck }
}
