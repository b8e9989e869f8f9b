import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import { inject } from 'vitest'
import { readConfig } from '#backend/config'
import { type RunningServer, type StartOptions, startServer } from '#backend/start-server'
import type { ReportReceipt } from '#contracts/reports'
import type { Role } from '#contracts/vocabulary'
import { openAccount } from '#use-cases/manage-staff'

/** The password of every account a test opens. */
export const PASSWORD = 'mat-khau-kiem-thu'

/** A real server on a database of its own, its clock in the test's hands. */
export type TestServer = RunningServer & {
  readonly dataDir: string
  /** Moves the clock of every use case. */
  setTime(at: Date): void
  end(): Promise<void>
}

type Environment = Readonly<Record<string, string>>

/** Starts the whole product in this process: its HTTP, sockets, jobs, on the run's database server. */
export async function startTestServer(
  environment: Environment = {},
  log?: Logger,
  options: Pick<StartOptions, 'callControl' | 'softphoneTokens' | 'loadOnnxRuntime' | 'now'> = {},
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hoiam-test-'))
  const uri = new URL(inject('mongodbUri'))
  uri.pathname = `/test_${randomBytes(6).toString('hex')}`
  let at: Date | null = null
  const config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    MONGODB_URI: uri.href,
    INSTALLATION_SECRET: 'a secret for tests that is long enough',
    ADMIN_EMAIL: 'admin@test.hoiam',
    ADMIN_PASSWORD: PASSWORD,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'silent',
    ...environment,
  })
  const server = await startServer(config, log ?? pino({ level: config.logLevel }), {
    ...options,
    now: () => at ?? options.now?.() ?? new Date(),
    // Three cities are enough for tests, and seeding is quicker.
    isUnitSeeded: (code) => ['01', '48', '79'].includes(code),
    // And so is training; what models trained on everything are worth is measured elsewhere.
    trainingStride: 8,
  })
  return {
    ...server,
    dataDir,
    setTime: (next) => {
      at = next
    },
    async end() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A JSON request; answers status, body and headers. */
export async function request(
  server: Pick<RunningServer, 'url'>,
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const { body, headers = {} } = options
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'manual',
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return {
    status: response.status,
    body: isJson ? (JSON.parse(text) as unknown) : text,
    headers: response.headers,
  }
}

/** A citizen's report about a street light in Bến Thành, Ho Chi Minh City, unless told otherwise. */
export const A_REPORT = {
  text: 'den duong hem 42 Nguyen Trai bi hong ca tuan nay, toi om nguy hiem',
  // Chosen by the citizen, so that no test of something else hangs on the classifier.
  fieldId: 'urban',
  place: { unitCode: '26743', address: 'hẻm 42 Nguyễn Trãi' },
  contact: { name: 'Trần Thị Mai', phone: '0912 345 678' },
  consents: ['contact', 'publish'],
} as const

/** Sends a report and answers its receipt; throws unless it was taken in. */
export async function sendReport(
  server: Pick<RunningServer, 'url'>,
  report: object = {},
  headers: Record<string, string> = { 'Idempotency-Key': randomUUID() },
): Promise<ReportReceipt> {
  const answer = await request(server, 'POST', '/api/reports', {
    body: { ...A_REPORT, ...report },
    headers,
  })
  if (answer.status !== 201) throw new Error(`not taken in: ${JSON.stringify(answer.body)}`)
  return answer.body as ReportReceipt
}

/** Opens an account and signs in; answers the headers that a signed-in console sends. */
export async function signInAs(
  server: RunningServer,
  role: Role,
  agencyId?: string,
  name = `Người ${role}`,
): Promise<{ headers: Record<string, string>; email: string }> {
  const email = `${role}-${randomUUID()}@test.hoiam`
  await openAccount(
    { name, email, role, password: PASSWORD, ...(agencyId === undefined ? {} : { agencyId }) },
    server.staffPorts,
  )
  return { email, headers: { ...(await signIn(server, email, PASSWORD)) } }
}

/** Signs in; answers the headers that a signed-in console sends. */
export async function signIn(
  server: Pick<RunningServer, 'url'>,
  email: string,
  password: string,
): Promise<Record<string, string>> {
  const answer = await request(server, 'POST', '/api/auth/sign-in/email', {
    body: { email, password },
    headers: { Origin: server.url },
  })
  if (answer.status !== 200) throw new Error(`not signed in: ${JSON.stringify(answer.body)}`)
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
  return { Cookie: cookies.join('; '), 'X-Requested-With': 'hoiam' }
}
