import { randomBytes } from 'node:crypto'
import type { CasePage, CaseView } from '#contracts/cases'
import { request, signInAs, startTestServer, type TestServer } from './test-server.ts'
import {
  AUTH_TOKEN,
  type Fields,
  PUBLIC_URL,
  sendWebhook,
  twilioWebhook,
} from './twilio-hotline.ts'
import { startTwilioRest, type TwilioRest } from './twilio-rest.ts'

/** A product that sends and receives text messages, and the telephone company's other side. */
export type SmsCity = {
  readonly server: TestServer
  readonly rest: TwilioRest
  /** A citizen's message arrives; answers the MessageSid and what we said to the webhook. */
  text(
    from: string,
    body: string,
    more?: Fields,
  ): Promise<{ sid: string; status: number; text: string }>
  /** Twilio tells how far a message came, at the address that we asked for. */
  tell(sid: string, status: string, errorCode?: string): Promise<number>
  casesOf(phone: string): Promise<CaseView[]>
  view(code: string): Promise<CaseView>
  readonly agent: Record<string, string>
  end(): Promise<void>
}

/** Starts it; `isSending` false leaves the sender out. */
export async function startSmsCity({
  isSending = true,
  environment = {},
}: { isSending?: boolean; environment?: Record<string, string> } = {}): Promise<SmsCity> {
  const rest = await startTwilioRest()
  const server = await startTestServer({
    PUBLIC_URL,
    TWILIO_ACCOUNT_SID: 'AC0123456789abcdef0123456789abcdef',
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_API_BASE: rest.url,
    ...(isSending && { TWILIO_MESSAGING_FROM: '+842471022022' }),
    ...environment,
  })
  const { headers } = await signInAs(server, 'supervisor')

  async function view(code: string): Promise<CaseView> {
    return (await request(server, 'GET', `/api/cases/${code}`, { headers })).body as CaseView
  }

  return {
    server,
    rest,
    agent: headers,
    view,
    async text(from, body, more = {}) {
      const sid = typeof more['MessageSid'] === 'string' ? more['MessageSid'] : aSid()
      const fields = { From: from, Body: body, MessageSid: sid, SmsSid: sid, ...more }
      const webhook = twilioWebhook('sms-received', fields)
      return { sid, ...(await sendWebhook(server.url, PUBLIC_URL, 'sms', webhook)) }
    },
    async tell(sid, status, errorCode) {
      const asked = rest.taken.find((message) => message.sid === sid)?.statusCallback ?? ''
      const { pathname, search } = new URL(asked)
      const door = (pathname + search).replace('/telephony/twilio/', '')
      const fields = {
        MessageSid: sid,
        SmsSid: sid,
        MessageStatus: status,
        SmsStatus: status,
        ...(errorCode !== undefined && { ErrorCode: errorCode }),
      }
      const webhook = twilioWebhook('sms-delivered', fields)
      return (await sendWebhook(server.url, PUBLIC_URL, door, webhook)).status
    },
    async casesOf(phone) {
      const national = phone.replace('+84', '0')
      const path = `/api/cases?view=all&sort=newest&q=${national}`
      const { rows } = (await request(server, 'GET', path, { headers })).body as CasePage
      return Promise.all(rows.map(async ({ code }) => view(code)))
    },
    async end() {
      await server.end()
      await rest.close()
    },
  }
}

/** A MessageSid that nobody else has. */
export function aSid(): string {
  return `SM${randomBytes(16).toString('hex')}`
}

let numbers = 0
/** A mobile number that no other test of this file has. */
export function aPhone(): string {
  return `+8491${String(2_000_000 + (numbers += 1))}`
}

/** Asks again until it is so; throws after ten seconds with what it was last. */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  isSo: (answer: T) => boolean,
): Promise<T> {
  const until = Date.now() + 10_000
  for (;;) {
    const answer = await ask()
    if (isSo(answer)) return answer
    if (Date.now() > until) throw new Error(`still ${JSON.stringify(answer)}`)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
}
