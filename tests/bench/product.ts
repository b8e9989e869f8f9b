import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../support/server-process.ts'

/** The package's folder; the bench runs from dist/tests/bench. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** The administrator of every server measured here. */
export const ADMIN = { email: 'admin@bench.hoiam', password: 'mat-khau-do-dac' } as const

const MAIN = join(ROOT, 'dist/backend/main.js')
const DATABASE = join(ROOT, 'dist/database/server.js')
const START_LIMIT_MS = 120_000
/** Short enough not to show in a start of hundreds of milliseconds. */
const POLL_MS = 5

/** A server process that answers, and how long it took until it did. */
export type Running = {
  readonly url: string
  readonly pid: number
  readonly startMs: number
  end(): Promise<void>
}

const folders: string[] = []
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder that is empty now and gone when the process ends. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hoiam-bench-'))
  folders.push(folder)
  return folder
}

/** Starts the built product as its users do, rate limits off, and waits for `/readyz`. */
export async function startProduct(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const port = await freePort()
  return startServer([MAIN], port, '/readyz', {
    DATA_DIR: dataDir,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    RATE_LIMITS: 'off',
    ...environment,
    PORT: String(port),
  })
}

/** Runs a Node script that listens on `port` and waits until `path` answers 200. */
export async function startServer(
  script: readonly string[],
  port: number,
  path: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const { PATH, HOME } = process.env
  const printed = join(emptyFolder(), 'printed.log')
  const file = openSync(printed, 'a')
  const startedAt = performance.now()
  const child = spawn(process.execPath, script, {
    cwd: ROOT,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', file, file],
  })
  const url = `http://127.0.0.1:${port}`
  await untilAnswered(`${url}${path}`, child, printed)
  const startMs = performance.now() - startedAt
  return { url, pid: child.pid ?? 0, startMs, end: async () => end(child) }
}

/** The embedded database as a process of its own, so that others than the product can use it. */
export async function startDatabase(
  folder = emptyFolder(),
): Promise<{ uri: string; pid: number; end: () => Promise<void> }> {
  const child = spawn(process.execPath, [DATABASE, '--port', '0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const uri = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const ready = /^ready (.+)$/m.exec(printed)
      if (ready?.[1] !== undefined) resolve(ready[1])
    })
    child.once('exit', () => {
      reject(new Error(`the embedded database did not start:\n${printed}`))
    })
  })
  return { uri, pid: child.pid ?? 0, end: async () => end(child) }
}

async function untilAnswered(url: string, child: ChildProcess, printed: string): Promise<void> {
  const until = performance.now() + START_LIMIT_MS
  while (child.exitCode === null && performance.now() < until) {
    if ((await statusOf(url)) === 200) return
    await pause(POLL_MS)
  }
  child.kill('SIGKILL')
  throw new Error(`a server did not become ready:\n${readFileSync(printed, 'utf8').slice(-4_000)}`)
}

async function statusOf(url: string): Promise<number> {
  return new Promise((resolve) => {
    const request = get(url, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    // Nobody listens yet.
    request.once('error', () => {
      resolve(0)
    })
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
