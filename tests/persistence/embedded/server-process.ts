import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { MongoClient } from 'mongodb'

const serverFile = resolve(import.meta.dirname, '../../../dist/database/server.js')

/** A real embedded database in a process of its own, and a client of it. */
export interface TestServer {
  readonly uri: string
  readonly port: number
  readonly folder: string
  readonly client: MongoClient
  readonly process: ChildProcess
  /** Ends the process without warning, as a crash would. */
  readonly crash: () => Promise<void>
  /** Starts again on the same folder, under another port. */
  readonly restart: () => Promise<TestServer>
  /** Ends the process and erases its folder. */
  readonly stop: () => Promise<void>
}

/** Starts a server on an empty folder, or on the one given. */
export async function startServer(
  options: { folder?: string; args?: readonly string[]; maxFileBytes?: number } = {},
): Promise<TestServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'hoi-am-embedded-'))
  const command = [
    process.execPath,
    serverFile,
    '--port',
    '0',
    '--data',
    folder,
    ...(options.args ?? []),
  ]
  // A limit on the size of files stands in for a full disk: ulimit counts blocks of 512 bytes.
  const limit =
    options.maxFileBytes === undefined ? '' : `ulimit -f ${String(options.maxFileBytes / 512)}; `
  const child = spawn('sh', ['-c', `${limit}exec "$0" "$@"`, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const uri = await readyLine(child)
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5000 })
  await client.connect()
  const ended = new Promise<void>((done) =>
    child.once('exit', () => {
      done()
    }),
  )
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal)
    await ended
  }
  return {
    uri,
    port: Number(new URL(uri.replace('mongodb:', 'http:')).port),
    folder,
    client,
    process: child,
    crash: () => end('SIGKILL'),
    restart: async () => {
      await client.close()
      await end('SIGTERM')
      return startServer({ ...options, folder })
    },
    stop: async () => {
      await client.close()
      await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function readyLine(child: ChildProcess): Promise<string> {
  let output = ''
  return new Promise((done, fail) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const uri = /^ready (\S+)$/m.exec(output)?.[1]
      if (uri) done(uri)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', () => {
      fail(new Error(`the embedded database did not start: ${output}`))
    })
  })
}
