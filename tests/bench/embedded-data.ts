import { readFileSync } from 'node:fs'
import { MongoClient, type Collection } from 'mongodb'
import { startDatabase } from './product.ts'

/** A document of about 1 KB, as it is measured with. */
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

/** A running database with so many documents in it. */
export interface Filled {
  readonly documents: number
  readonly client: MongoClient
  readonly rows: Collection<BenchDocument>
  readonly pid: number
  readonly startMs: number
  readonly end: () => Promise<void>
}

/** How many documents go with one insertMany. */
export const perInsert = 1000

/** Starts the database on a folder that has, or will have, so many documents. */
export async function openFilled(folder: string, documents: number): Promise<Filled> {
  const startedAt = performance.now()
  const { uri, pid, end } = await startDatabase(folder)
  const startMs = performance.now() - startedAt
  const client = await MongoClient.connect(uri)
  return {
    documents,
    client,
    rows: client.db('bench').collection<BenchDocument>('rows'),
    pid,
    startMs,
    end: async () => {
      await client.close()
      await end()
    },
  }
}

/** Fills the database through the driver. */
export async function fill({ rows, documents }: Filled): Promise<void> {
  await rows.createIndexes([
    { key: { agency: 1, at: -1 } },
    { key: { group: 1 } },
    { key: { state: 1 } },
    { key: { key: 1 }, unique: true },
  ])
  for (let from = 0; from < documents; from += perInsert) {
    await rows.insertMany(someDocuments(from, Math.min(perInsert, documents - from)))
  }
}

/** Documents with consecutive ids. */
export function someDocuments(from: number, count: number): BenchDocument[] {
  return Array.from({ length: count }, (_, i) => aDocument(from + i))
}

/** The document with that id. */
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

/** Memory that is the process's own; pages of the data file are the system's to give back. */
export function anonymousMegabytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    return Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return Number.NaN
  }
}
