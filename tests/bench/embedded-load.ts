import { open } from 'lmdb'
import type { Collection, MongoClient } from 'mongodb'

/** One document of the load: about 1 KB, found through four indexes beside `_id`. */
export interface BenchDocument {
  readonly _id: number
  readonly agency: string
  readonly at: Date
  readonly group: number
  readonly state: string
  readonly key: string
  readonly count: number
  readonly text: string
}

const inFlight = 16
const batchSize = 1000

/** The `id`-th document; the same every time. */
export function aDocument(id: number): BenchDocument {
  return {
    _id: id,
    agency: `agency-${String(id % 200)}`,
    at: new Date(1.7e12 + id * 1000),
    group: id % 50,
    state: `s${String(id)}`,
    key: `key-${String(id)}`,
    count: 0,
    text: 'x'.repeat(850),
  }
}

/** An empty collection with the four indexes. */
export async function indexedCollection(client: MongoClient): Promise<Collection<BenchDocument>> {
  const rows = client.db('bench').collection<BenchDocument>('rows')
  await rows.createIndexes([
    { key: { agency: 1, at: -1 } },
    { key: { group: 1 } },
    { key: { state: 1 } },
    { key: { key: 1 }, unique: true },
  ])
  return rows
}

/** Adds documents by insertMany, a thousand at a time; returns documents per second. */
export async function fill(rows: Collection<BenchDocument>, documents: number): Promise<number> {
  const startedAt = performance.now()
  for (let from = 0; from < documents; from += batchSize) {
    const size = Math.min(batchSize, documents - from)
    await rows.insertMany(Array.from({ length: size }, (_, i) => aDocument(from + i)))
  }
  return (documents / (performance.now() - startedAt)) * 1000
}

/** Operations per second with sixteen in flight. */
export async function rate(
  count: number,
  operation: (i: number) => Promise<unknown>,
): Promise<number> {
  let next = 0
  const startedAt = performance.now()
  const work = async (): Promise<void> => {
    while (next < count) await operation(next++)
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  return (count / (performance.now() - startedAt)) * 1000
}

/** How long single reads by `_id` take, in milliseconds, until `isOver`, at least 300 of them. */
export async function timeReads(
  rows: Collection<BenchDocument>,
  documents: number,
  isOver: () => boolean,
): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < 300 || !isOver(); i++) {
    const startedAt = performance.now()
    await rows.findOne({ _id: (i * 7919) % documents })
    times.push(performance.now() - startedAt)
  }
  return times
}

/**
 * What the bare storage engine does in the place of insertMany: a thousand documents a durable
 * commit, each with five index entries. Documents per second.
 */
export function bareInserts(path: string, batches: number): number {
  const root = open<Buffer, number>({
    path,
    keyEncoding: 'uint32',
    encoding: 'binary',
    overlappingSync: false,
  })
  const bytes = Buffer.alloc(1000, 1)
  const entry = Buffer.alloc(8, 1)
  const startedAt = performance.now()
  for (let batch = 0; batch < batches; batch++) {
    root.transactionSync(() => {
      for (let i = 0; i < batchSize; i++) {
        root.putSync(batch * batchSize + i, bytes)
        for (let index = 1; index <= 5; index++)
          root.putSync(index * 1e8 + scattered(batch * batchSize + i), entry)
      }
    })
  }
  const value = ((batches * batchSize) / (performance.now() - startedAt)) * 1000
  void root.close()
  return value
}

/** Index keys do not arrive in order. */
function scattered(i: number): number {
  return (i * 7919) % 99_999_989
}
