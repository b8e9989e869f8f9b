import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'

/** A message that the stand-in took. */
export type TakenMessage = {
  readonly sid: string
  readonly to: string
  readonly body: string
  readonly from: string
  /** Where a message's progress is to be told, as asked, fragment included. */
  readonly statusCallback: string
  readonly authorization: string
  readonly at: Date
}

/** How it answers a message: takes it; takes it but its answer is lost; never answers; refuses. */
type Answering =
  'accept' | 'lose-answer' | 'never-answer' | { readonly status: number; readonly code: number }

/** The REST side of Twilio, as far as messages go, on loopback. */
export type TwilioRest = {
  readonly url: string
  readonly taken: readonly TakenMessage[]
  /** How the next messages are answered, one each; after them every one is taken. */
  answerNext(...answers: readonly Answering[]): void
  /** Requests to make a message, taken or not. */
  attemptCount(): number
  close(): Promise<void>
}

const MESSAGES = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/Messages\.json$/

/** Starts the stand-in. */
export async function startTwilioRest(): Promise<TwilioRest> {
  const taken: TakenMessage[] = []
  const next: Answering[] = []
  let attempts = 0

  const server = createServer((request, response) => {
    void answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://127.0.0.1')
    if (!MESSAGES.test(url.pathname)) json(response, 404, { code: 20_404, message: 'not found' })
    else if (request.method === 'POST') await create(request, response)
    else {
      const found = taken.filter(({ to }) => to === url.searchParams.get('To'))
      json(response, 200, { messages: found.toReversed().map(resource), next_page_uri: null })
    }
  }

  async function create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    attempts += 1
    const how = next.shift() ?? 'accept'
    const form = new URLSearchParams(await textOf(request))
    if (how === 'never-answer') return
    if (typeof how === 'object') {
      json(response, how.status, { code: how.code, message: 'refused', status: how.status })
      return
    }
    const message = {
      sid: `SM${randomBytes(16).toString('hex')}`,
      to: form.get('To') ?? '',
      body: form.get('Body') ?? '',
      from: form.get('From') ?? form.get('MessagingServiceSid') ?? '',
      statusCallback: form.get('StatusCallback') ?? '',
      authorization: request.headers.authorization ?? '',
      at: new Date(),
    }
    taken.push(message)
    if (how === 'lose-answer') request.socket.destroy()
    else json(response, 201, resource(message))
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    answerNext: (...answers) => next.push(...answers),
    attemptCount: () => attempts,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function resource({ sid, to, body, from, at }: TakenMessage) {
  return {
    sid,
    to,
    body,
    from,
    status: 'queued',
    direction: 'outbound-api',
    date_created: at.toUTCString().replace('GMT', '+0000'),
    date_sent: null,
    date_updated: null,
    error_code: null,
    error_message: null,
    num_segments: '1',
    num_media: '0',
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}
