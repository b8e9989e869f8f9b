import { CommandError } from '../errors.ts'
import { storageError, type Store } from './store.ts'

/** What a piece of work may leave behind for the transaction that it runs in. */
export interface Transaction {
  /** Undoes a change in memory when the transaction does not reach the disk. */
  onRollback: (undo: () => void) => void
  /** Runs once just before the commit, however often the same key asks for it. */
  beforeCommit: (key: unknown, save: () => void) => void
}

/** Collects writes and commits all that are waiting in one transaction: one fsync for many. */
export interface WriteQueue {
  /** Runs `work` in the next transaction; the promise settles when its result is on disk. */
  run: <T>(work: (transaction: Transaction) => T) => Promise<T>
  /** Resolves when everything that was asked for so far is on disk. */
  drain: () => Promise<void>
}

interface Job {
  readonly work: (transaction: Transaction) => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

type Outcome = { readonly value: unknown } | { readonly refusal: CommandError }

/** Makes the queue of a store. */
export function createWriteQueue(store: Store): WriteQueue {
  let waiting: Job[] = []
  let isScheduled = false

  const flush = (): void => {
    isScheduled = false
    const jobs = waiting
    waiting = []
    commit(store, jobs)
  }
  const run = <T>(work: (transaction: Transaction) => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
      if (isScheduled) return
      isScheduled = true
      setImmediate(flush)
    })
  return {
    run,
    drain: async () => {
      await run(() => undefined)
    },
  }
}

function commit(store: Store, jobs: readonly Job[]): void {
  const undo: (() => void)[] = []
  const saves = new Map<unknown, () => void>()
  const transaction: Transaction = {
    onRollback: (step) => undo.push(step),
    beforeCommit: (key, save) => saves.set(key, save),
  }
  const outcomes: Outcome[] = []
  try {
    store.transaction(() => {
      for (const job of jobs) outcomes.push(attempt(job, transaction))
      for (const save of saves.values()) save()
    })
  } catch (error) {
    for (const step of undo.reverse()) step()
    retryAlone(store, jobs, error)
    return
  }
  jobs.forEach((job, index) => {
    const outcome = outcomes[index]
    if (outcome && 'value' in outcome) job.resolve(outcome.value)
    else if (outcome) job.reject(outcome.refusal)
  })
}

// A refusal is decided before anything is written, so the rest of the group goes on.
function attempt(job: Job, transaction: Transaction): Outcome {
  try {
    return { value: job.work(transaction) }
  } catch (error) {
    if (error instanceof CommandError) return { refusal: error }
    throw error
  }
}

// One failing write must not take the others of its group with it.
function retryAlone(store: Store, jobs: readonly Job[], error: unknown): void {
  const [only] = jobs
  if (only && jobs.length === 1) {
    only.reject(storageError(error))
    return
  }
  for (const job of jobs) commit(store, [job])
}
