import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { ROOT } from './product.ts'

/** An embedded database of its own process, and a client of it. */
export interface RunningDatabase {
  readonly client: MongoClient
  /** From the start of the process until it took connections, in milliseconds. */
  readonly startMs: number
  readonly anonymousMegabytes: () => number
  readonly stop: () => Promise<void>
}

const serverFile = join(ROOT, 'dist/backend/persistence/embedded/server.js')

/** Starts the embedded database on a folder, on any free port. */
export async function startDatabase(folder: string): Promise<RunningDatabase> {
  const startedAt = performance.now()
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
  const startMs = performance.now() - startedAt
  const client = await MongoClient.connect(uri)
  return {
    client,
    startMs,
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
    return Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) / 1024
  } catch {
    return Number.NaN
  }
}
