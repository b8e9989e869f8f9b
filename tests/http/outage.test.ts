import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '#contracts/errors'
import type { ReportReceipt } from '#contracts/reports'
import { freePort, type ServerProcess, startProcess } from '../support/server-process.ts'
import { A_REPORT, PASSWORD, request, signIn } from '../support/test-server.ts'

// The product as it is deployed: the database is a child process of the server.
const MAIN = fileURLToPath(new URL('../../dist/backend/main.js', import.meta.url))
/** Longer than any answer takes; a hang shows as a failure instead of a stuck run. */
const HANG_MS = 20_000
/** What the reports of these tests hold of their sender. */
const PERSONAL = /0912 ?345|912345678|345 678|Trần Thị Mai|Nguyen Trai|Nguyễn Trãi/

let dataDir: string
let environment: Record<string, string>
let server: ServerProcess
let admin: Record<string, string>

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hoiam-outage-'))
  environment = {
    DATA_DIR: dataDir,
    RATE_LIMITS: 'off',
    ADMIN_EMAIL: 'admin@test.hoiam',
    ADMIN_PASSWORD: PASSWORD,
    LOG_LEVEL: 'info',
  }
  server = await startProcess(environment)
  admin = await signIn(server, 'admin@test.hoiam', PASSWORD)
}, 120_000)
afterAll(async () => {
  await server.end()
  await rm(dataDir, { recursive: true, force: true })
})

type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers }

async function send(key: string): Promise<Answer> {
  const answer = await fetch(`${server.url}/api/reports`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(A_REPORT),
    signal: AbortSignal.timeout(HANG_MS),
  })
  return { status: answer.status, body: await answer.json(), headers: answer.headers }
}

/** As the widget does: the same key again until the report is taken in. */
async function sendUntilTaken(key: string, heard: Answer[] = []): Promise<ReportReceipt> {
  for (;;) {
    const answer = await send(key)
    heard.push(answer)
    if (answer.status === 201) return answer.body as ReportReceipt
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const get = async (path: string, headers: Record<string, string> = {}) =>
  request(server, 'GET', path, { headers })
const open = async ({ code, pin }: ReportReceipt) =>
  get(`/api/reports/${code}`, { 'X-Report-Pin': pin })
const countCases = async () => ((await get('/api/cases/counts', admin)).body as { all: number }).all
const untilReady = async () =>
  expect.poll(async () => (await get('/readyz')).status, { timeout: HANG_MS }).toBe(200)

function mustSayComeBack({ status, body, headers }: Answer): void {
  expect(status).toBe(503)
  expect(headers.get('content-type')).toContain('application/problem+json')
  expect(body as Problem).toMatchObject({ code: 'unavailable', status: 503 })
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
}

/** The server's only child. */
function databasePid(): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const pid = pids.find((each) => parentOf(each) === server.pid)
  if (pid === undefined) throw new Error('the server has no child process')
  return Number(pid)
}

/**
 * The database is back so soon that a poll may miss that it was gone: its folder's lock in our name
 * keeps a new one waiting until what this returns is called.
 */
async function keepFromRestarting(): Promise<() => Promise<void>> {
  const lock = join(dataDir, 'embedded', 'embedded.lock')
  await writeFile(lock, `${String(process.pid)}\n`)
  return () => rm(lock)
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    // It ended while we looked.
    return null
  }
}

test('at the start it says aloud that nothing limits a flood', () => {
  expect(server.output()).toContain('RATE_LIMITS=off')
})

test('a database killed in the middle of a burst loses nothing and doubles nothing', async () => {
  const before = await countCases()
  const keys = Array.from({ length: 40 }, () => randomUUID())
  const heard: Answer[] = []
  const burst = keys.map(async (key) => sendUntilTaken(key, heard))
  await expect.poll(() => heard.length).toBeGreaterThan(3)
  const pid = databasePid()
  const letRestart = await keepFromRestarting()
  process.kill(pid, 'SIGKILL')
  await expect.poll(async () => (await get('/readyz')).status, { timeout: HANG_MS }).toBe(503)
  expect((await get('/healthz')).status).toBe(200)
  await letRestart()

  const receipts = await Promise.all(burst)
  await untilReady()
  for (const answer of heard) if (answer.status !== 201) mustSayComeBack(answer)
  expect(new Set(receipts.map(({ code }) => code)).size).toBe(keys.length)
  for (const receipt of receipts) expect((await open(receipt)).status).toBe(200)
  expect(await countCases()).toBe(before + keys.length)
})

test('while the database does not answer, every door says when to come back', async () => {
  const key = randomUUID()
  const earlier = await sendUntilTaken(randomUUID())
  const before = await countCases()
  const pid = databasePid()
  process.kill(pid, 'SIGSTOP')
  try {
    const [report, status, cases, staff, signedIn, ready, health, page, catalogue] =
      await Promise.all([
        send(key),
        open(earlier),
        get('/api/cases', admin),
        get('/api/session', admin),
        request(server, 'POST', '/api/auth/sign-in/email', {
          body: { email: 'admin@test.hoiam', password: PASSWORD },
          headers: { Origin: server.url },
        }),
        get('/readyz'),
        get('/healthz'),
        get('/'),
        get('/api/catalogue'),
      ])
    for (const answer of [report, status, cases, staff, signedIn]) mustSayComeBack(answer)
    expect(ready.status).toBe(503)
    for (const alive of [health, page, catalogue]) expect(alive.status).toBe(200)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await untilReady()
  const receipt = await sendUntilTaken(key)
  expect((await sendUntilTaken(key)).code).toBe(receipt.code)
  expect(await countCases()).toBe(before + 1)
  expect((await get('/api/session', admin)).status).toBe(200)
})

describe('a full disk', () => {
  /** No file of these processes may grow beyond `bytes`: every write fails as on a full disk. */
  function limitFiles(bytes: string): void {
    for (const pid of [server.pid, databasePid()]) {
      execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
    }
  }

  test('is named, what is there stays readable, and it is over when there is room again', async () => {
    const earlier = await sendUntilTaken(randomUUID())
    const before = await countCases()
    const key = randomUUID()
    limitFiles('1')
    try {
      const refused = await send(key)
      expect(refused.status).toBe(507)
      expect(refused.headers.get('content-type')).toContain('application/problem+json')
      expect(refused.body).toMatchObject({ code: 'storage-full' })
      expect(refused.headers.get('retry-after')).not.toBeNull()

      const form = new FormData()
      form.append('report', JSON.stringify(A_REPORT))
      form.append('photos', new Blob([new Uint8Array(100_000)]), 'a.jpg')
      const photo = await fetch(`${server.url}/api/reports`, { method: 'POST', body: form })
      expect(photo.status).toBe(507)

      expect((await open(earlier)).status).toBe(200)
      expect(await countCases()).toBe(before)
    } finally {
      limitFiles('unlimited')
    }
    const receipt = await sendUntilTaken(key)
    expect((await open(receipt)).status).toBe(200)
    expect(await countCases()).toBe(before + 1)
    expect(readdirSync(join(dataDir, 'uploads'))).toEqual([])
  })
})

test('a second server on the same folder ends at once and says who has it', async () => {
  const { PATH } = process.env
  const second = spawn(process.execPath, [MAIN], {
    env: { ...environment, PATH, PORT: String(await freePort()) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  second.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const [code] = (await once(second, 'exit')) as [number | null]
  expect(code).toBe(1)
  expect(complaint).toContain(dataDir)
  expect(complaint).toMatch(/in use by process \d+/)
  expect((await get('/readyz')).status).toBe(200)
})

test('told to stop, it answers what is under way, ends with 0, and has it all at the next start', async () => {
  const before = await countCases()
  const body = JSON.stringify(A_REPORT)
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  await once(socket, 'connect')
  socket.write(
    `POST /api/reports HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body.slice(0, 20)}`,
  )
  // Known to be under way: a later request of the same client has been answered.
  await get('/healthz')
  process.kill(server.pid, 'SIGTERM')
  await expect.poll(async () => get('/healthz').catch(() => 'closed')).toBe('closed')
  socket.write(Buffer.from(body).subarray(20))
  await expect.poll(() => answer).toContain('201 Created')
  socket.destroy()
  expect(await server.end()).toBe(0)
  // All that went wrong today was logged, and none of it names a citizen.
  expect(server.output()).not.toMatch(PERSONAL)

  server = await startProcess(environment)
  expect(await countCases()).toBe(before + 1)
  expect(server.output()).not.toContain(PASSWORD)
})

test('what it prints after its greeting is JSON, line by line, without personal data', async () => {
  await sendUntilTaken(randomUUID())
  const lines = () =>
    server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
  await expect.poll(() => lines().some((line) => line.includes('"/api/reports'))).toBe(true)
  for (const line of lines()) expect(() => JSON.parse(line) as unknown).not.toThrow()
  expect(server.output()).not.toMatch(PERSONAL)
})
