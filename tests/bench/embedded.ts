import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from 'lmdb'
import { MongoClient, type Collection } from 'mongodb'
import { ROOT } from './product.ts'
import type { Row } from './row.ts'

interface BenchDocument {
  readonly _id: number
  readonly agency: string
  readonly at: Date
  readonly group: number
  readonly state: string
  readonly key: string
  readonly count: number
  readonly text: string
}

const serverFile = join(ROOT, 'dist/backend/persistence/embedded/server.js')
const inFlight = 16

/**
 * Measures the embedded database through the unmodified driver. Beside each figure stands the
 * driver's own ping, and beside durable inserts what the bare storage engine commits.
 */
export async function benchEmbedded(isQuick: boolean): Promise<Row[]> {
  const documents = isQuick ? 3000 : 100_000
  const folder = mkdtempSync(join(tmpdir(), 'hoi-am-bench-'))
  try {
    const bare = bareCommits(join(folder, 'bare'))
    const first = await start(join(folder, 'data'))
    const rows = await measure(first, { documents, bare, share: isQuick ? 0.2 : 1 })
    await first.stop()
    const startedAt = performance.now()
    const second = await start(join(folder, 'data'))
    rows.push(
      plain(
        `embedded: start with ${String(documents)} documents`,
        performance.now() - startedAt,
        'ms',
      ),
      plain('embedded: anonymous memory', second.anonymousMegabytes(), 'MB'),
    )
    await second.stop()
    return rows
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Running {
  readonly client: MongoClient
  readonly anonymousMegabytes: () => number
  readonly stop: () => Promise<void>
}

async function start(folder: string): Promise<Running> {
  const child = spawn(process.execPath, [serverFile, '--port', '0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const uri = await new Promise<string>((done, fail) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = /^ready (\S+)$/m.exec(output)?.[1]
      if (found) done(found)
    })
    child.once('exit', () => fail(new Error('the embedded database did not start')))
  })
  const client = await MongoClient.connect(uri)
  return {
    client,
    anonymousMegabytes: () => anonymousMegabytes(child.pid ?? 0),
    stop: async () => {
      await client.close()
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Memory that is the process's own; pages of the data file are the system's to give back. */
function anonymousMegabytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    return Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return Number.NaN
  }
}

/** A figure that nothing plainer stands beside. */
function plain(name: string, value: number, unit: string): Row {
  return { name, value, unit, baseline: null }
}

interface Plan {
  readonly documents: number
  /** Durable commits a second of the bare storage engine. */
  readonly bare: number
  /** How much of the full number of operations is measured. */
  readonly share: number
}

async function measure({ client }: Running, { documents, bare, share }: Plan): Promise<Row[]> {
  const rows = client.db('bench').collection<BenchDocument>('rows')
  await rows.createIndexes([
    { key: { agency: 1, at: -1 } },
    { key: { group: 1 } },
    { key: { state: 1 } },
    { key: { key: 1 }, unique: true },
  ])
  const filled = await fill(rows, documents)
  const ask = (): Promise<unknown> => client.db('bench').command({ ping: 1 })
  await rate(2000 * share, ask)
  const ping = { name: 'ping', value: await rate(6000 * share, ask) }
  const measured = async (
    name: string,
    count: number,
    bound: string,
    operation: (i: number) => Promise<unknown>,
  ): Promise<Row> => {
    const value = await rate(count * share, operation)
    return { name: `embedded: ${name}`, value, unit: 'operations/s', baseline: ping, bound }
  }
  const result = [
    await measured('findOne by _id', 6000, 'the driver', (i) =>
      rows.findOne({ _id: (i * 7919) % documents }),
    ),
    await measured(
      'equality + range + sort, 20 documents',
      3000,
      'the driver, reading 20 KB',
      (i) => page(rows, i),
    ),
    await measured(
      'durable insertOne',
      3000,
      'the disk: one fsync for what arrives together',
      (i) => rows.insertOne(aDocument(documents + i)),
    ),
    await measured('updateOne by an index', 4000, 'the disk', (i) =>
      raise(rows, (i * 31) % documents),
    ),
  ]
  return [
    ...result,
    {
      name: 'embedded: insertMany',
      value: filled,
      unit: 'documents/s',
      baseline: { name: 'bare lmdb, one document a commit', value: bare },
    },
    plain('embedded: p99 of findOne during a scan', await readsDuringScan(rows, documents), 'ms'),
  ]
}

function aDocument(id: number): BenchDocument {
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

async function fill(rows: Collection<BenchDocument>, documents: number): Promise<number> {
  const startedAt = performance.now()
  for (let from = 0; from < documents; from += 1000) {
    const size = Math.min(1000, documents - from)
    await rows.insertMany(Array.from({ length: size }, (_, i) => aDocument(from + i)))
  }
  return (documents / (performance.now() - startedAt)) * 1000
}

function page(rows: Collection<BenchDocument>, i: number): Promise<unknown> {
  const filter = { agency: `agency-${String(i % 200)}`, at: { $gte: new Date(1.7e12) } }
  return rows.find(filter).sort({ at: -1 }).limit(20).toArray()
}

function raise(rows: Collection<BenchDocument>, id: number): Promise<unknown> {
  return rows.updateOne({ key: `key-${String(id)}` }, { $inc: { count: 1 } })
}

/** Operations per second with a fixed number in flight. */
async function rate(count: number, operation: (i: number) => Promise<unknown>): Promise<number> {
  let next = 0
  const startedAt = performance.now()
  const work = async (): Promise<void> => {
    while (next < count) await operation(next++)
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  return (count / (performance.now() - startedAt)) * 1000
}

async function readsDuringScan(
  rows: Collection<BenchDocument>,
  documents: number,
): Promise<number> {
  const scan = rows.countDocuments({ text: 'nowhere' })
  const times: number[] = []
  for (let i = 0; i < 300; i++) {
    const startedAt = performance.now()
    await rows.findOne({ _id: (i * 7919) % documents })
    times.push(performance.now() - startedAt)
  }
  await scan
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN
}

/** What the storage engine alone does: one durable commit of one document after another. */
function bareCommits(path: string): number {
  const root = open<Buffer, number>({
    path,
    keyEncoding: 'uint32',
    encoding: 'binary',
    overlappingSync: false,
  })
  const bytes = Buffer.alloc(1000, 1)
  const commits = 500
  const startedAt = performance.now()
  for (let i = 0; i < commits; i++) {
    root.transactionSync(() => {
      root.putSync(i, bytes)
    })
  }
  const value = (commits / (performance.now() - startedAt)) * 1000
  void root.close()
  return value
}
