import { doc } from './bson/values.ts'
import { deleteDocument } from './commands/document-writes.ts'
import { findAll } from './commands/execution.ts'
import { forgetOldSessions } from './commands/retryable.ts'
import { filterContext, type Engine } from './engine.ts'
import { parseFilter } from './query/filter.ts'
import { uint32, type Collection, type Index } from './storage/catalog.ts'
import { stillMatching } from './commands/target.ts'

const firstSweepMs = 5_000
const keysPerTransaction = 2000

/** Starts what the server does by itself: expiry, erasing what was dropped, forgetting sessions. */
export function startBackground(
  engine: Engine,
  sweepEveryMs: number,
  log: (message: string) => void,
): { stop: () => void } {
  let isSweeping = false
  const sweep = (): void => {
    if (isSweeping) return
    isSweeping = true
    runSweep(engine)
      .catch((error: unknown) => {
        log(`background work failed: ${error instanceof Error ? error.message : String(error)}`)
      })
      .finally(() => {
        isSweeping = false
      })
  }
  const timers = [
    setTimeout(sweep, Math.min(firstSweepMs, sweepEveryMs)),
    setInterval(sweep, sweepEveryMs),
  ]
  for (const timer of timers) timer.unref()
  return {
    stop: () => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

async function runSweep(engine: Engine): Promise<void> {
  const now = Date.now()
  engine.cursors.closeIdle(now)
  await forgetOldSessions(engine, now)
  await eraseGarbage(engine)
  for (const collection of [...engine.catalog.collections.values()]) {
    for (const index of collection.indexes) {
      await expire(engine, collection, index, now).catch((error: unknown) => {
        // A collection that was dropped meanwhile has nothing left to expire.
        if (collection.isLive) throw error
      })
    }
  }
}

/** Removes the documents whose time in a TTL index is over. */
async function expire(
  engine: Engine,
  collection: Collection,
  index: Index,
  now: number,
): Promise<void> {
  const seconds = index.spec.get('expireAfterSeconds')
  const [field] = index.fields
  if (seconds === undefined || field === undefined) return
  const limit = new Date(now - Number(seconds) * 1000)
  const filterDoc = new Map([[field, doc({ $lt: limit })]])
  const filter = parseFilter(filterDoc, filterContext())
  const hint = index.name
  const found = await findAll(engine, {
    collection,
    filter,
    sort: null,
    skip: 0,
    limit: 10_000,
    hint,
  })
  const target = {
    db: collection.db,
    name: collection.name,
    filterDoc,
    filter,
    sort: null,
    hint,
    compareText: undefined,
    deadline: Infinity,
  }
  for (let from = 0; from < found.length; from += 500) {
    await engine.queue.run((transaction) => {
      for (const { record } of found.slice(from, from + 500)) {
        const current = collection.isLive ? stillMatching(engine, target, record) : null
        if (current) deleteDocument(engine, transaction, collection, record, current.bytes)
      }
    })
  }
}

/** Erases what dropped collections and indexes left behind, a little at a time. */
export async function eraseGarbage(engine: Engine): Promise<void> {
  for (const { kind, id } of engine.catalog.garbage()) {
    let isDone = false
    while (!isDone) isDone = await engine.queue.run(() => eraseSome(engine, kind, id))
  }
}

/** Erases a part of one dropped thing; true when nothing of it is left. */
function eraseSome(engine: Engine, kind: 'documents' | 'indexes', id: number): boolean {
  const { store, catalog } = engine
  // An index under construction is on the list too, and may have been finished since it was read.
  if (!catalog.isGarbage(kind, id) || isBeingBuilt(engine, id)) return true
  const range = { start: uint32(id), end: uint32(id + 1), limit: keysPerTransaction }
  const keys = [...store[kind].getKeys(range)]
  for (const key of keys) store[kind].removeSync(key)
  if (keys.length === keysPerTransaction) return false
  catalog.forgetGarbage(kind, id)
  return true
}

function isBeingBuilt(engine: Engine, id: number): boolean {
  return [...engine.catalog.collections.values()].some(({ building }) =>
    building.some((index) => index.id === id),
  )
}
