import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eraseGarbage } from '../../../backend/persistence/embedded/background.ts'
import { encodeDocument } from '../../../backend/persistence/embedded/bson/encode.ts'
import { doc, type Doc } from '../../../backend/persistence/embedded/bson/values.ts'
import {
  dropCollection,
  ensureCollection,
} from '../../../backend/persistence/embedded/collections.ts'
import { buildIndex } from '../../../backend/persistence/embedded/commands/index-building.ts'
import { validateCollection } from '../../../backend/persistence/embedded/commands/validate.ts'
import { openEngine, type Engine } from '../../../backend/persistence/embedded/engine.ts'
import type { Collection } from '../../../backend/persistence/embedded/storage/catalog.ts'
import type { Transaction } from '../../../backend/persistence/embedded/storage/write-queue.ts'

/** More than one transaction's worth, so that the index is built in steps. */
const manyDocuments = 2500
const byNumber = doc({ v: 2, key: doc({ n: 1 }), name: 'n_1' })

let folder: string
let engine: Engine

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hoi-am-background-'))
  engine = openEngine(folder)
})

afterEach(async () => {
  await engine.store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The engine, with something done at the start of the n-th transaction from now on. */
function interrupting(nth: number, act: (transaction: Transaction) => void): Engine {
  let turn = 0
  const run = <T>(work: (transaction: Transaction) => T): Promise<T> =>
    engine.queue.run((transaction) => {
      turn += 1
      if (turn === nth) act(transaction)
      return work(transaction)
    })
  return { ...engine, queue: { ...engine.queue, run } }
}

function insert(transaction: Transaction, collection: Collection, n: number): void {
  const document: Doc = doc({ _id: n, n })
  engine.records.insert(transaction, collection, document, encodeDocument(document))
}

async function filled(name = 'cases'): Promise<Collection> {
  return engine.queue.run((transaction) => {
    const collection = ensureCollection(engine, transaction, 'db', name)
    for (let n = 0; n < manyDocuments; n++) insert(transaction, collection, n)
    return collection
  })
}

async function reopen(): Promise<void> {
  await engine.store.close()
  engine = openEngine(folder)
}

async function problemsOf(collection: Collection): Promise<string[]> {
  return (await validateCollection(engine, collection)).errors
}

describe('what the database does by itself', () => {
  test('erasing what was dropped never touches an index that was just finished', async () => {
    const collection = await filled()
    await engine.queue.run((transaction) => {
      dropCollection(engine, transaction, ensureCollection(engine, transaction, 'db', 'gone'))
    })
    let building: Promise<void> = Promise.resolve()
    // The sweep reads its list while the index is built, and comes to it when it is done.
    await new Promise<void>((begun) => {
      building = buildIndex(
        interrupting(2, () => {
          begun()
        }),
        collection,
        byNumber,
      )
    })
    const slow: Engine = {
      ...engine,
      queue: {
        ...engine.queue,
        run: async (work) => {
          await building
          return engine.queue.run(work)
        },
      },
    }
    await eraseGarbage(slow)
    expect(collection.indexes.map(({ name }) => name)).toEqual(['_id_', 'n_1'])
    expect(await problemsOf(collection)).toEqual([])
  })

  test('a collection that is dropped while an index is built stays dropped', async () => {
    const collection = await filled()
    const dropping = interrupting(2, (transaction) => {
      dropCollection(engine, transaction, collection)
    })
    await expect(buildIndex(dropping, collection, byNumber)).rejects.toMatchObject({ code: 276 })
    await reopen()
    expect([...engine.catalog.collections.keys()]).toEqual([])
  })

  test('an index build goes on where it was after a commit that failed', async () => {
    const collection = await filled()
    let isFirst = true
    const failing = interrupting(2, (transaction) => {
      transaction.beforeCommit('a fault', () => {
        if (!isFirst) return
        isFirst = false
        throw new Error('MDB_MAP_FULL: the disk is full for a moment')
      })
    })
    // Another write in the same group: a group that fails is tried again one by one.
    const beside = engine.queue.run
    const engineWithCompany: Engine = {
      ...failing,
      queue: {
        ...failing.queue,
        run: (work) => {
          const result = failing.queue.run(work)
          void beside(() => undefined)
          return result
        },
      },
    }
    await buildIndex(engineWithCompany, collection, byNumber)
    expect(isFirst).toBe(false)
    expect(await problemsOf(collection)).toEqual([])
  })

  test('validation sees one moment, whatever is written meanwhile', async () => {
    const collection = await filled()
    await buildIndex(engine, collection, byNumber)
    const validating = problemsOf(collection)
    await engine.queue.run((transaction) => {
      for (let n = 0; n < 500; n++) insert(transaction, collection, manyDocuments + n)
    })
    expect(await validating).toEqual([])
    expect(await problemsOf(collection)).toEqual([])
  })
})
