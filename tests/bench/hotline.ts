import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import type { HotlineSettings } from '#contracts/hotline'
import { freePort } from '../support/server-process.ts'
import type { BareWebhooks } from './bare-webhook-helper.ts'
import type { Crowd, CrowdFigures } from './company-helper.ts'
import { askHelper, startHelper } from './helper.ts'
import { ADMIN, emptyFolder, startDatabase, startProduct } from './product.ts'
import { type ConsoleHeaders, openAccount, signIn } from './staff-door.ts'
import type { Sweeps } from './sweep-helper.ts'
import type { WebhookFigures, WebhookLoad } from './webhook-load-helper.ts'

/** The product's database on the server. */
export const CALL_DATABASE = 'hoiam'
const AGENTS = 8
const NUMBER = '+842471022022'
const PASSWORD = 'mat-khau-do-dac'

/** The whole product as a hotline, and on the same machine the bare server it is compared with. */
export type HotlineStack = {
  readonly databaseUri: string
  readonly product: { readonly url: string; readonly pid: number }
  readonly bare: { readonly url: string; readonly pid: number }
  readonly administrator: ConsoleHeaders
  sendWebhooks(url: string, load: Pick<WebhookLoad, 'calls' | 'inFlight'>): Promise<WebhookFigures>
  /** So many callers at once at a simulated company, and agents who take the calls. */
  playCrowd(calls: number): Promise<CrowdFigures>
  timeSweeps(runs: number): Promise<readonly number[]>
  end(): Promise<void>
}

/** Starts database, product and baseline, each in a process of its own, and opens the hotline. */
export async function startHotline(): Promise<HotlineStack> {
  const accountSid = `AC${randomBytes(16).toString('hex')}`
  const authToken = randomBytes(16).toString('hex')
  const companyPort = await freePort()
  const database = await startDatabase()
  const environment = {
    MONGODB_URI: database.uri,
    INSTALLATION_SECRET: 'a secret for the bench that is long enough',
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_BASE: `http://127.0.0.1:${companyPort}`,
  }
  const product = await startProduct(join(emptyFolder(), 'data'), environment)
  const given: BareWebhooks = { authToken }
  const bare = await startHelper<number>(
    new URL('./bare-webhook-helper.js', import.meta.url),
    given,
  )
  const administrator = await signIn(product.url, ADMIN)
  await openAllDay(product.url, administrator)
  const agents: ConsoleHeaders[] = []
  for (let index = 0; index < AGENTS; index++) {
    agents.push(
      await openAccount(product.url, administrator, {
        name: `Tổng đài viên ${index}`,
        email: `agent-${index}@bench.hoiam`,
        password: PASSWORD,
        role: 'agent',
      }),
    )
  }
  return {
    databaseUri: database.uri,
    product,
    bare: { url: `http://127.0.0.1:${bare.answer}`, pid: bare.pid },
    administrator,
    sendWebhooks: async (url, load) =>
      askHelper<WebhookFigures>(new URL('./webhook-load-helper.js', import.meta.url), {
        url,
        authToken,
        ...load,
      } satisfies WebhookLoad),
    async playCrowd(calls) {
      for (const headers of agents) await be('available', product.url, headers)
      const crowd: Crowd = {
        ...{ productUrl: product.url, companyPort, accountSid, authToken, number: NUMBER },
        ...{ agents, calls },
      }
      const played = await askHelper<CrowdFigures>(
        new URL('./company-helper.js', import.meta.url),
        crowd,
      )
      for (const headers of agents) await be('away', product.url, headers)
      return played
    },
    timeSweeps: async (runs) =>
      askHelper<readonly number[]>(new URL('./sweep-helper.js', import.meta.url), {
        environment: { ...environment, PORT: '0', DATA_DIR: join(emptyFolder(), 'data') },
        runs,
      } satisfies Sweeps),
    async end() {
      await Promise.all([product.end(), bare.end()])
      await database.end()
    },
  }
}

/** How many of these calls ended as they should, and how many cases their messages opened. */
export async function outcomeOf(
  { databaseUri }: HotlineStack,
  { talks, messages }: CrowdFigures,
): Promise<{ readonly whole: number; readonly cases: number }> {
  const client = await MongoClient.connect(databaseUri)
  const db = client.db(CALL_DATABASE)
  const count = async (ids: readonly string[], endedAs: string) =>
    db
      .collection<{ _id: string }>('calls')
      .countDocuments({ _id: { $in: [...ids] }, 'body.endedAs': endedAs })
  const whole = (await count(talks, 'answered')) + (await count(messages, 'voicemail'))
  const keys = messages.map((id) => `call ${id}`)
  const cases = await db.collection('cases').countDocuments({ idempotencyKey: { $in: keys } })
  await client.close()
  return { whole, cases }
}

/** Callers come at any hour here, wait as many as there are, and what they say is written down. */
async function openAllDay(url: string, headers: ConsoleHeaders): Promise<void> {
  const address = `${url}/api/settings/hotline`
  const kept = (await (await fetch(address, { headers })).json()) as HotlineSettings
  const queue = { ...kept.queue, maxWaiting: 1_000 }
  const settings: HotlineSettings = { ...kept, hours: 'always', isTranscribed: true, queue }
  await put(address, headers, settings)
}

async function be(state: string, url: string, headers: ConsoleHeaders): Promise<void> {
  await put(`${url}/api/agents/me`, headers, { state })
}

async function put(url: string, headers: ConsoleHeaders, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
}
