import { randomBytes } from 'node:crypto'
import { CommandError, withContext } from './errors.ts'
import type { RawDocument, Doc } from './bson/values.ts'

/** A part of a query's answer. */
export interface Batch {
  readonly documents: (RawDocument | Doc)[]
  readonly isDone: boolean
}

/** Produces the next part of an answer: at most `count` documents, less if they are large. */
export type NextBatch = (count: number) => Batch | Promise<Batch>

/** The parts of an answer, with what fails said to have failed in the command, or in a getMore. */
export function inContext(next: NextBatch, context: string): NextBatch {
  let current = context
  return (count) => {
    const failed = (error: unknown): never => {
      throw withContext(error, current)
    }
    const done = (batch: Batch): Batch => {
      current = 'Executor error during getMore'
      return batch
    }
    try {
      const batch = next(count)
      return batch instanceof Promise ? batch.then(done, failed) : done(batch)
    } catch (error) {
      return failed(error)
    }
  }
}

/** An answer that is being fetched in parts. */
export interface Cursor {
  readonly id: bigint
  readonly namespace: string
  readonly next: NextBatch
  usedAt: number
  isBusy: boolean
}

/** The open cursors of the server. */
export interface Cursors {
  readonly open: (namespace: string, next: NextBatch) => bigint
  readonly take: (id: bigint, namespace: string) => Cursor
  readonly close: (id: bigint) => boolean
  readonly closeIdle: (now: number) => void
  readonly count: () => number
}

const idleLimitMs = 10 * 60 * 1000

/** Makes the table of open cursors. */
export function createCursors(): Cursors {
  const cursors = new Map<bigint, Cursor>()
  return {
    open: (namespace, next) => {
      const id = newId(cursors)
      cursors.set(id, { id, namespace, next, usedAt: Date.now(), isBusy: false })
      return id
    },
    take: (id, namespace) => {
      const cursor = cursors.get(id)
      if (!cursor) throw new CommandError('CursorNotFound', `cursor id ${String(id)} not found`)
      if (cursor.namespace !== namespace) {
        throw new CommandError(
          'Unauthorized',
          `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
        )
      }
      if (cursor.isBusy) throw new CommandError(143, `cursor id ${String(id)} is already in use`)
      cursor.usedAt = Date.now()
      return cursor
    },
    close: (id) => cursors.delete(id),
    closeIdle: (now) => {
      for (const cursor of cursors.values()) {
        if (!cursor.isBusy && now - cursor.usedAt > idleLimitMs) cursors.delete(cursor.id)
      }
    },
    count: () => cursors.size,
  }
}

// Positive, within 53 bits, and not to be guessed by another client.
function newId(taken: ReadonlyMap<bigint, unknown>): bigint {
  for (;;) {
    const id = BigInt(randomBytes(6).readUIntBE(0, 6)) + 1n
    if (!taken.has(id)) return id
  }
}
