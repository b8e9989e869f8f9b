import { createHmac } from 'node:crypto'
import { pause } from './webhooks.ts'

/** Fields of a push; a field with several values is `name[]` in a form. */
export type PushFields = Readonly<Record<string, string | readonly string[]>>

/** Where and how the simulated exchange reaches the product. */
export type PushOptions = {
  /** Where the product listens. */
  readonly ownUrl: () => string
  /** `CTI_TOKEN`. */
  readonly token: string
  /** `CTI_HMAC_SECRET`; left out: nothing is signed. */
  readonly hmacSecret?: string
  /** Pushes come twice, and in any order, as they do in life. */
  readonly isMischievous?: boolean
  /** The exchange's clock; the machine's, if it is not said. */
  readonly now?: () => Date
}

/** Sends pushes as exchanges do, some as JSON and some as forms. */
type PushSender = {
  /** Pushes the beginning of a call; answers what the product says to it. */
  ask(fields: PushFields): Promise<unknown>
  /** Pushes something whose answer does not matter, stamped with the time. */
  tell(fields: PushFields): void
  /** Everything pushed has arrived. */
  settled(): Promise<void>
}

const LATE_MS = 40
const ATTEMPTS = 4

/** Pushes to the product until it has taken what it is told. */
export function pushSender(options: PushOptions): PushSender {
  const { isMischievous = false, now = () => new Date() } = options
  const underWay = new Set<Promise<unknown>>()
  let count = 0

  async function deliver(fields: PushFields): Promise<unknown> {
    count += 1
    const body = count % 2 === 0 ? jsonOf(fields) : formOf(fields)
    for (let attempt = 1; ; attempt++) {
      const response = await post(body, options).catch(() => null)
      const answer: unknown = await response?.json()
      // What was refused for good is not repeated; what may pass is, for a while.
      if (response?.ok === true) return answer
      if (attempt === ATTEMPTS || (response !== null && response.status < 500)) {
        throw new Error(`push ${String(fields['event'])}: ${JSON.stringify(answer)}`)
      }
      await pause(LATE_MS * attempt)
    }
  }

  function send(fields: PushFields): Promise<unknown> {
    const late = isMischievous ? pause(Math.random() * LATE_MS) : Promise.resolve()
    const sending: Promise<unknown> = late
      .then(async () => deliver(fields))
      .finally(() => underWay.delete(sending))
    underWay.add(sending)
    return sending
  }

  return {
    async ask(fields) {
      const [answer] = await Promise.all([send(fields), isMischievous && send(fields)])
      return answer
    },
    tell(fields) {
      const stamped = { ...fields, timestamp: now().toISOString() }
      for (let copy = 0; copy < (isMischievous ? 2 : 1); copy++) {
        // A refusal is met where everything is waited for.
        send(stamped).catch(() => undefined)
      }
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

type Body = { readonly type: string; readonly text: string }

async function post(
  { type, text }: Body,
  { ownUrl, token, hmacSecret }: PushOptions,
): Promise<Response> {
  return fetch(`${ownUrl()}/telephony/cti/${token}`, {
    method: 'POST',
    headers: {
      'content-type': type,
      ...(hmacSecret !== undefined && {
        'x-cti-signature': `sha256=${createHmac('sha256', hmacSecret).update(text).digest('hex')}`,
      }),
    },
    body: text,
  })
}

function jsonOf(fields: PushFields): Body {
  return { type: 'application/json', text: JSON.stringify(fields) }
}

function formOf(fields: PushFields): Body {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.append(name, value)
    else for (const each of value) form.append(`${name}[]`, each)
  }
  return { type: 'application/x-www-form-urlencoded', text: form.toString() }
}
