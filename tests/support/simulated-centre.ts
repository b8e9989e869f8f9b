import { randomBytes } from 'node:crypto'
import { type Company, startCompany } from '../../demo/telephone/company.ts'
import type { BrowserSoftphones } from './browser-softphones.ts'
import { request, signInAs, startTestServer, type TestServer } from './test-server.ts'

/** Somebody at a console, with a softphone at the simulated company. */
export type Agent = {
  readonly id: string
  readonly headers: Record<string, string>
  readonly softphone: string
  press(callId: string, button: string, body?: unknown): ReturnType<typeof request>
  get(path: string): ReturnType<typeof request>
}

/** The whole product at a simulated telephone company. */
export type SimulatedCentre = {
  readonly server: TestServer
  readonly company: Company
  /** Moves everybody's clock on. */
  pass(seconds: number): void
  agent(name: string): Promise<Agent>
  end(): Promise<void>
}

const PUBLIC_URL = 'https://hotline.example.vn'
const HOTLINE_NUMBER = '+842471022022'

// A Monday at ten in Vietnam: the time of day at which citizens may be called.
const MORNING = new Date('2026-11-23T03:00:00Z')

/** How a centre is played. */
export type CentreOptions = {
  /** Callbacks come twice and in any order. */
  readonly isMischievous?: boolean
  /** Real browsers at real consoles: their clock is the machine's, and so is everybody's. */
  readonly softphones?: BrowserSoftphones
  readonly environment?: Readonly<Record<string, string>>
}

/** Starts both, on one clock that runs. */
export async function startSimulatedCentre(options: CentreOptions = {}): Promise<SimulatedCentre> {
  const { isMischievous = false, softphones, environment = {} } = options
  const accountSid = `AC${randomBytes(16).toString('hex')}`
  const authToken = randomBytes(16).toString('hex')
  let ownUrl = ''
  let ahead = softphones === undefined ? MORNING.getTime() - Date.now() : 0
  const now = (): Date => new Date(Date.now() + ahead)
  const company = await startCompany({
    publicUrl: () => PUBLIC_URL,
    ownUrl: () => ownUrl,
    authToken,
    accountSid,
    number: HOTLINE_NUMBER,
    isMischievous,
    now,
    // Whoever waits asks again so often: twenty who wait must not be all that the server does.
    musicMs: 250,
    pickUpMs: 20,
    secondMs: softphones === undefined ? 5 : 1_000,
    ...(softphones !== undefined && { softphones }),
  })
  const server = await startTestServer(
    {
      PUBLIC_URL,
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_API_BASE: company.url,
      ...environment,
      ...(softphones !== undefined && {
        TWILIO_API_KEY: `SK${randomBytes(16).toString('hex')}`,
        TWILIO_API_SECRET: softphones.apiSecret,
      }),
    },
    undefined,
    { now },
  )
  ownUrl = server.url
  // Callers come at any hour; the rules of the day are tested elsewhere.
  const { headers } = await signInAs(server, 'administrator')
  const kept = await request(server, 'GET', '/api/settings/hotline', { headers })
  const body = { ...(kept.body as object), hours: 'always', isTranscribed: true }
  await request(server, 'PUT', '/api/settings/hotline', { headers, body })

  return {
    server,
    company,
    pass: (seconds) => {
      ahead += seconds * 1_000
    },
    async agent(name) {
      const signedIn = await signInAs(server, 'agent', undefined, name)
      const { id } = (await request(server, 'GET', '/api/session', signedIn)).body as { id: string }
      const be = { headers: signedIn.headers, body: { state: 'available' } }
      await request(server, 'PUT', '/api/agents/me', be)
      return {
        id,
        headers: signedIn.headers,
        softphone: `agent-${id}`,
        press: async (callId, button, more) =>
          request(server, 'POST', `/api/calls/${callId}/${button}`, {
            headers: signedIn.headers,
            ...(more === undefined ? {} : { body: more }),
          }),
        get: async (path) => request(server, 'GET', path, { headers: signedIn.headers }),
      }
    },
    async end() {
      await company.close()
      await server.end()
    },
  }
}
