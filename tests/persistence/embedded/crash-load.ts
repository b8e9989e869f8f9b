import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { MongoClient } from 'mongodb'
import { startServer } from './server-process.ts'

/** What a series of crashes has shown. */
export interface CrashOutcome {
  readonly acknowledged: number
  readonly problems: readonly string[]
}

interface Ledger {
  /** The documents whose insertion was acknowledged. */
  readonly inserted: Set<string>
  /** How often each counter was told that it was raised, and how often it was asked. */
  readonly raised: number[]
  readonly asked: number[]
  readonly deleted: Set<string>
}

const counters = 8

/** Kills a server again and again under mixed load and compares what it kept with what it promised. */
export async function crashUnderLoad(options: {
  kills: number
  loadMs: number
}): Promise<CrashOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'hoi-am-crash-'))
  const ledger: Ledger = {
    inserted: new Set(),
    raised: Array<number>(counters).fill(0),
    asked: Array<number>(counters).fill(0),
    deleted: new Set(),
  }
  const problems: string[] = []
  await prepare(folder)
  for (let round = 0; round < options.kills; round++) {
    const server = await startServer({ folder })
    problems.push(...(await compare(server.client, ledger)))
    const stopped = { value: false }
    const load = Promise.all(
      Array.from({ length: 12 }, (_, worker) =>
        work(server.client, ledger, { worker, round, stopped }),
      ),
    )
    await delay(options.loadMs)
    await server.crash()
    stopped.value = true
    await load
    await server.client.close()
  }
  const last = await startServer({ folder })
  problems.push(...(await compare(last.client, ledger)))
  await last.stop()
  rmSync(folder, { recursive: true, force: true })
  return { acknowledged: ledger.inserted.size, problems }
}

async function prepare(folder: string): Promise<void> {
  const server = await startServer({ folder })
  const db = server.client.db('crash')
  await db
    .collection('rows')
    .createIndexes([
      { key: { key: 1 }, unique: true },
      { key: { tags: 1 } },
      { key: { worker: 1, round: -1 } },
    ])
  await db
    .collection('counters')
    .insertMany(Array.from({ length: counters }, (_, k) => ({ k, n: 0 })))
  await server.client.close()
  await server.crash()
}

interface Load {
  readonly worker: number
  readonly round: number
  readonly stopped: { value: boolean }
}

async function work(
  client: MongoClient,
  ledger: Ledger,
  { worker, round, stopped }: Load,
): Promise<void> {
  const rows = client.db('crash').collection<{ key: string; tags: string[] }>('rows')
  const counted = client.db('crash').collection('counters')
  for (let i = 0; !stopped.value; i++) {
    const key = `${String(round)}-${String(worker)}-${String(i)}`
    const k = (worker + i) % counters
    try {
      await client
        .db('crash')
        .collection('rows')
        .insertOne({
          key,
          worker,
          round,
          tags: [`a${String(i % 5)}`, `b${String(i % 3)}`],
          text: 'x'.repeat(i % 2000),
        })
      ledger.inserted.add(key)
      ledger.asked[k] = (ledger.asked[k] ?? 0) + 1
      await counted.updateOne({ k }, { $inc: { n: 1 } })
      ledger.raised[k] = (ledger.raised[k] ?? 0) + 1
      if (i % 4 === 0) await rows.updateOne({ key }, { $push: { tags: 'late' } })
      if (i % 10 === 9) {
        ledger.deleted.add(key)
        await rows.deleteOne({ key })
      }
    } catch {
      // The connection broke under the crash: nothing was promised.
    }
  }
}

async function compare(client: MongoClient, ledger: Ledger): Promise<string[]> {
  const db = client.db('crash')
  const problems: string[] = []
  const stored = await db
    .collection('rows')
    .find({}, { projection: { key: 1 } })
    .toArray()
  const kept = new Set(stored.map(({ key }) => key as string))
  for (const key of ledger.inserted)
    if (!kept.has(key) && !ledger.deleted.has(key)) problems.push(`lost ${key}`)
  if (kept.size !== stored.length) problems.push('a document was stored twice')
  for (const { k, n } of await db.collection('counters').find().toArray()) {
    const [least, most] = [ledger.raised[k as number] ?? 0, ledger.asked[k as number] ?? 0]
    if ((n as number) < least || (n as number) > most)
      problems.push(
        `counter ${String(k)} is ${String(n)}, not within ${String(least)}–${String(most)}`,
      )
  }
  for (const name of ['rows', 'counters']) {
    const { valid, errors } = await db.command({ validate: name })
    if (valid !== true) problems.push(...(errors as string[]))
  }
  return problems
}
