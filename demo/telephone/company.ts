import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Conference, openConference } from './conference.ts'
import { calledLegs, type Answering, type Softphones } from './legs.ts'
import { type Line, openLine } from './line.ts'
import { pause, type WebhookOptions, webhookSender } from './webhooks.ts'

/** How the simulated company is set up. */
export type CompanyOptions = WebhookOptions & {
  readonly accountSid: string
  /** The hotline's number. */
  readonly number: string
  readonly musicMs?: number
  /** Browsers that ring; where none are given, softphones are played too. */
  readonly softphones?: Softphones
  /** How long it takes to pick up, and how long a second of ringing lasts. */
  readonly pickUpMs?: number
  readonly secondMs?: number
}

/** A telephone company for tests and the demo: it answers TwiML and REST as Twilio would. */
export type Company = {
  /** The REST side; `TWILIO_API_BASE`. */
  readonly url: string
  /** A citizen calls the hotline; `from` may be withheld (`anonymous`). */
  call(from: string): Line
  /** Citizens called by the product, in order. */
  readonly calledCitizens: readonly Line[]
  /** Texts sent by the product. */
  readonly sentTexts: { readonly to: string; readonly body: string }[]
  conferenceOf(callSid: string): Conference | null
  /** What this softphone (`client:…`) or number does when it is called; `answers` at first. */
  behave(called: string, answering: Answering): void
  /** Whoever was called on this number or softphone into a conference hangs up. */
  hangUpCalled(called: string): void
  /** The softphone loses its connection: it is out of every conference. */
  loseSoftphone(identity: string): void
  /** From now on the REST side answers so; null: as it should again. */
  refuseWith(status: number | null): void
  settled(): Promise<void>
  close(): Promise<void>
}

/** Starts the REST side on loopback; its port may be chosen before the product starts. */
export async function startCompany(options: CompanyOptions, port = 0): Promise<Company> {
  const { accountSid, number, musicMs = 15_000, pickUpMs = 300, secondMs = 1_000 } = options
  const webhooks = webhookSender(options)
  const doors = (): string => `${options.publicUrl()}/telephony/twilio`
  const lines = new Map<string, Line>()
  const conferences = new Map<string, Conference>()
  const calledCitizens: Line[] = []
  const sentTexts: { to: string; body: string }[] = []
  const behaviour = new Map<string, Answering>()
  let refusal: number | null = null

  const newSid = (prefix: string): string => prefix + randomBytes(16).toString('hex')

  const legs = calledLegs({
    accountSid,
    webhooks,
    newSid: () => newSid('CA'),
    behaviourOf: (called) => behaviour.get(called) ?? 'answers',
    softphones: options.softphones ?? null,
    pickUpMs,
    secondMs,
  })

  function conferenceNamed(name: string): Conference {
    const known = conferences.get(name)
    if (known !== undefined) return known
    const opened = openConference(name, { sid: newSid('CF'), accountSid, webhooks })
    conferences.set(name, opened)
    return opened
  }

  function conferenceBy(sidOrName: string): Conference {
    const found = [...conferences.values()].find(({ sid }) => sid === sidOrName)
    return found ?? conferenceNamed(sidOrName)
  }

  function openNewLine(
    ends: Pick<Parameters<typeof openLine>[0], 'from' | 'to' | 'direction' | 'statusUrl'>,
  ): Line {
    const callSid = newSid('CA')
    const line = openLine({
      ...ends,
      callSid,
      accountSid,
      webhooks,
      conferenceNamed,
      newSid,
      musicMs,
    })
    lines.set(callSid, line)
    return line
  }

  function dialCitizen(form: URLSearchParams): string {
    const to = form.get('To') ?? ''
    const statusUrl = form.get('StatusCallback')
    const line = openNewLine({
      from: form.get('From') ?? number,
      to,
      direction: 'outbound-api',
      statusUrl,
    })
    calledCitizens.push(line)
    void (async () => {
      const does = behaviour.get(to) ?? 'answers'
      await pause(does === 'ignores' ? Number(form.get('Timeout') ?? '60') * secondMs : pickUpMs)
      if (line.status() !== 'ringing') return
      if (does === 'answers') line.start(form.get('Url') ?? '')
      else line.hangUp(does === 'is-busy' ? 'busy' : 'no-answer')
    })()
    return line.callSid
  }

  /** One request of the product; answers the body, or a status where it is refused. */
  function answer(method: string, path: string, form: URLSearchParams): object | number {
    const [, what, id, below, part] =
      /\/Accounts\/[^/]+\/([A-Za-z]+)(?:\/([^/.]+))?(?:\/([A-Za-z]+)(?:\/([^/.]+))?)?\.json/.exec(
        path,
      ) ?? []
    const key = decodeURIComponent(id ?? '')
    if (what === 'Messages' && method === 'GET') return { messages: [], page: 0, page_size: 50 }
    if (what === 'Messages' && method === 'POST') {
      sentTexts.push({ to: form.get('To') ?? '', body: form.get('Body') ?? '' })
      return { sid: newSid('SM'), status: 'queued' }
    }
    if (what === 'Calls' && method === 'POST') {
      if (id === undefined) return { sid: dialCitizen(form), status: 'queued' }
      return changeCall(key, form)
    }
    if (what === 'Calls' && method === 'GET') return priced(key)
    if (what === 'Recordings' && method === 'DELETE') return {}
    if (what !== 'Conferences') return 404
    if (id === undefined) return { conferences: openConferences(path), page: 0, page_size: 50 }
    if (below === undefined) {
      if (form.get('Status') === 'completed') conferenceBy(key).end()
      return {
        sid: conferenceBy(key).sid,
        friendly_name: conferenceBy(key).name,
        status: 'completed',
      }
    }
    if (part === undefined)
      return {
        call_sid: legs.call(conferenceNamed(key), form),
        conference_sid: conferenceNamed(key).sid,
      }
    const conference = conferenceBy(key)
    if (!conference.participants().includes(part)) return 404
    if (method === 'DELETE') conference.remove(part)
    else if (form.has('Hold')) conference.hold(part, form.get('Hold') === 'true')
    return { call_sid: part, conference_sid: conference.sid, hold: conference.isHeld(part) }
  }

  function openConferences(path: string): object[] {
    const name = new URL(path, 'http://localhost').searchParams.get('FriendlyName') ?? ''
    const found = conferences.get(name)
    if (found?.isInProgress() !== true) return []
    return [{ sid: found.sid, friendly_name: name, status: 'in-progress' }]
  }

  function changeCall(callSid: string, form: URLSearchParams): object | number {
    const line = lines.get(callSid)
    const url = form.get('Url')
    if (line === undefined) {
      return legs.hangUp(callSid) ? { sid: callSid, status: 'completed' } : 404
    }
    if (line.status() !== 'in-progress' && line.status() !== 'ringing') return 404
    if (form.get('Status') === 'completed') line.hangUp('completed', 'participant_updated_via_api')
    else if (url !== null) line.redirect(url)
    return { sid: callSid, status: line.status() }
  }

  /** A line as the bill has it; a price is known once the line is over. */
  function priced(callSid: string): object | number {
    if (!lines.has(callSid) && !legs.isKnown(callSid)) return 404
    const isOver = lines.get(callSid)?.status() !== 'in-progress'
    const price = lines.has(callSid) ? '-0.0085' : '-0.0040'
    return { sid: callSid, price: isOver ? price : null, price_unit: 'USD' }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = request
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    if (refusal !== null) {
      sendJson(response, refusal, {
        code: refusal,
        message: 'refused by the simulation',
        status: refusal,
      })
      return
    }
    if (path.endsWith('.mp3')) {
      response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(SILENCE)
      return
    }
    const answered = answer(method, path, new URLSearchParams(Buffer.concat(parts).toString()))
    if (typeof answered === 'number')
      sendJson(response, answered, { code: 20404, status: answered, message: 'not found' })
    else if (method === 'DELETE') response.writeHead(204).end()
    else sendJson(response, method === 'POST' ? 201 : 200, answered)
  }

  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    call(from) {
      const line = openNewLine({
        from,
        to: number,
        direction: 'inbound',
        statusUrl: `${doors()}/status`,
      })
      line.start(`${doors()}/voice`)
      return line
    },
    calledCitizens,
    sentTexts,
    conferenceOf: (callSid) => conferences.get(`call-${callSid}`) ?? null,
    behave: (called, answering) => behaviour.set(called, answering),
    hangUpCalled: (called) => {
      legs.lose(called)
    },
    loseSoftphone: (identity) => {
      legs.lose(`client:${identity}`)
    },
    refuseWith: (status) => {
      refusal = status
    },
    settled: async () => webhooks.settled(),
    close: async () => {
      for (const line of lines.values()) line.hangUp('canceled')
      await webhooks.settled()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A frame of silence, as an MP3: enough for a player to take it for a recording. */
const SILENCE = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)])

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
