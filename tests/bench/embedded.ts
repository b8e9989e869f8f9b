import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Collection, MongoClient } from 'mongodb'
import {
  aDocument,
  bareInserts,
  fill,
  indexedCollection,
  rate,
  timeReads,
  type BenchDocument,
} from './embedded-load.ts'
import { startDatabase } from './embedded-server.ts'
import type { Row } from './row.ts'
import { median, percentile } from './statistics.ts'

/** One kind of request, how many of it a slice takes, and what bounds it. */
interface Operation {
  readonly name: string
  readonly perSlice: number
  readonly bound: string
  readonly run: (i: number) => Promise<unknown>
}

/**
 * Measures the embedded database through the unmodified driver, sixteen requests in flight, with
 * 10,000 documents and, unless it has to be quick, with a million. Beside each figure stands the
 * driver's own ping against the same server, taken in turn with it, so that what else the machine
 * does meets both.
 */
export async function benchEmbedded(isQuick: boolean): Promise<Row[]> {
  const small = await benchSize(10_000, isQuick)
  if (isQuick) return small
  const large = await benchSize(1_000_000, isQuick)
  return [...small, ...large, ...growth(small, large)]
}

async function benchSize(documents: number, isQuick: boolean): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hoi-am-bench-'))
  try {
    const first = await startDatabase(join(folder, 'data'))
    const rows = await measure(first.client, { documents, slices: isQuick ? 3 : 9 })
    const inserts = await insertRow(first.client, join(folder, 'bare'), documents)
    await first.stop()
    const second = await startDatabase(join(folder, 'data'))
    const startMs = second.startMs
    const scan = await scanRows(second.client, documents)
    const memory = second.anonymousMegabytes()
    await second.stop()
    return [
      ...rows,
      inserts,
      ...scan,
      plain('start', startMs, 'ms', 'loading the program'),
      plain('anonymous memory after a scan', memory, 'MB', 'the heap between two collections'),
    ].map((row) => ({ ...row, name: `embedded, ${sizeName(documents)}: ${row.name}` }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(
  client: MongoClient,
  { documents, slices }: { documents: number; slices: number },
): Promise<Row[]> {
  const rows = await indexedCollection(client)
  await fill(rows, documents)
  const ping: Operation = {
    name: 'ping',
    perSlice: 2000,
    bound: '',
    run: () => client.db('bench').command({ ping: 1 }),
  }
  const operations = operationsOn(rows, documents)
  const rates = new Map([ping, ...operations].map(({ name }) => [name, [] as number[]]))
  for (const { perSlice, run } of [ping, ...operations]) await rate(perSlice, run)
  for (let slice = 1; slice <= slices; slice++) {
    for (const { name, perSlice, run } of [ping, ...operations]) {
      rates.get(name)?.push(await rate(perSlice, (i) => run(slice * perSlice + i)))
    }
  }
  const baseline = { name: 'ping', value: median(rates.get('ping') ?? []) }
  return operations.map(({ name, bound }) => ({
    name,
    value: median(rates.get(name) ?? []),
    unit: 'operations/s',
    baseline,
    bound,
  }))
}

function operationsOn(rows: Collection<BenchDocument>, documents: number): Operation[] {
  return [
    {
      name: 'findOne by _id',
      perSlice: 2000,
      bound: 'the driver, which here takes one core whole',
      run: (i) => rows.findOne({ _id: (i * 7919) % documents }),
    },
    {
      name: 'equality + range + sort, 20 documents',
      perSlice: 800,
      bound: 'the driver, which decodes 20 KB',
      run: (i) => page(rows, i),
    },
    {
      name: 'durable insertOne',
      perSlice: 800,
      bound: 'the disk: one fsync for what arrives together',
      run: (i) => rows.insertOne(aDocument(documents + i)),
    },
    {
      name: 'updateOne by an index',
      perSlice: 1200,
      bound: 'the disk: one fsync for what arrives together',
      run: (i) => raise(rows, (i * 7919) % documents),
    },
  ]
}

function page(rows: Collection<BenchDocument>, i: number): Promise<unknown> {
  const filter = { agency: `agency-${String(i % 200)}`, at: { $gte: new Date(1.7e12) } }
  return rows.find(filter).sort({ at: -1 }).limit(20).toArray()
}

function raise(rows: Collection<BenchDocument>, id: number): Promise<unknown> {
  return rows.updateOne({ key: `key-${String(id)}` }, { $inc: { count: 1 } })
}

/** insertMany into a collection that has its documents already, beside the bare storage engine. */
async function insertRow(client: MongoClient, path: string, documents: number): Promise<Row> {
  const rows = client.db('bench').collection<BenchDocument>('rows')
  const added = Array.from({ length: 20_000 }, (_, i) => aDocument(2 * documents + 100_000 + i))
  const startedAt = performance.now()
  for (let from = 0; from < added.length; from += 1000)
    await rows.insertMany(added.slice(from, from + 1000))
  return {
    name: 'insertMany',
    value: (added.length / (performance.now() - startedAt)) * 1000,
    unit: 'documents/s',
    baseline: {
      name: 'bare lmdb, 1,000 documents a commit',
      value: bareInserts(path, 20),
    },
    bound: 'reading each document and making its five index keys',
  }
}

/** Single reads while a whole scan runs, beside the same without one. */
async function scanRows(client: MongoClient, documents: number): Promise<Row[]> {
  const rows = client.db('bench').collection<BenchDocument>('rows')
  await timeReads(rows, documents, () => true)
  const alone = await timeReads(rows, documents, () => true)
  let isOver = false
  const startedAt = performance.now()
  const scan = rows.countDocuments({ text: 'nowhere' }).then(() => {
    isOver = true
    return performance.now() - startedAt
  })
  const beside = await timeReads(rows, documents, () => isOver)
  const scanMs = await scan
  const found = await rows.estimatedDocumentCount()
  return [
    {
      name: 'p99 of findOne during a scan',
      value: percentile(beside, 0.99),
      unit: 'ms',
      baseline: { name: 'the same without a scan', value: percentile(alone, 0.99) },
      bound: 'the step after which a scan lets others pass',
    },
    plain('scan', (found / scanMs) * 1000, 'documents/s', 'decoding what the filter looks at'),
  ]
}

/** Each rate with a million documents beside the same with 10,000, both as parts of their ping. */
function growth(small: readonly Row[], large: readonly Row[]): Row[] {
  return large.flatMap((row, i) => {
    const before = small[i]
    if (row.baseline?.name !== 'ping' || !before?.baseline) return []
    return {
      name: `${row.name}, in pings`,
      value: row.value / row.baseline.value,
      unit: 'pings',
      baseline: { name: 'with 10,000', value: before.value / before.baseline.value },
    }
  })
}

/** A figure that nothing plainer stands beside. */
function plain(name: string, value: number, unit: string, bound: string): Row {
  return { name, value, unit, baseline: null, bound }
}

function sizeName(documents: number): string {
  return documents >= 1_000_000 ? '1 M' : `${String(documents / 1000)} k`
}
