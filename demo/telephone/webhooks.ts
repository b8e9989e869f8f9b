import webhooks from 'twilio/lib/webhooks/webhooks.js'

/** Fields of a webhook; a field with several values is repeated. */
export type Fields = Readonly<Record<string, string | readonly string[]>>

/** Where and how the simulated company reaches the product. */
export type WebhookOptions = {
  /** What the product calls its own address; signatures are made for it. */
  readonly publicUrl: () => string
  /** Where it really listens. */
  readonly ownUrl: () => string
  readonly authToken: string
  /** Callbacks that nobody waits for come twice, and in any order, as they do in life. */
  readonly isMischievous?: boolean
  /** The company's clock; the machine's, if it is not said. */
  readonly now?: () => Date
}

/** Sends webhooks as the company does: signed, to the address it was given. */
export type WebhookSender = {
  /** Asks for the next TwiML; answers null where the product gave none. */
  ask(url: string, fields: Fields): Promise<string | null>
  /** Tells something, stamped with the time, or one after it; the product's answer does not matter. */
  tell(url: string, fields: Fields, secondsLater?: number): void
  /** Everything told has arrived. */
  settled(): Promise<void>
}

const LATE_MS = 40

export function webhookSender(options: WebhookOptions): WebhookSender {
  const { publicUrl, ownUrl, authToken, isMischievous = false, now = () => new Date() } = options
  const underWay = new Set<Promise<unknown>>()

  async function post(url: string, fields: Fields): Promise<Response> {
    // The fragment is an instruction to the company and is not part of what it signs.
    const address = url.split('#')[0] ?? url
    if (!address.startsWith(publicUrl())) throw new Error(`not ours: ${url}`)
    const signature = webhooks.getExpectedTwilioSignature(authToken, address, fields)
    return fetch(ownUrl() + address.slice(publicUrl().length), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signature,
      },
      body: formOf(fields),
    })
  }

  async function deliver(url: string, fields: Fields): Promise<void> {
    // A refusal that may pass is tried again, as the address asks for.
    for (let attempt = 0; attempt < 4; attempt++) {
      const response = await post(url, fields).catch(() => null)
      await response?.body?.cancel()
      if (response !== null && response.status < 500) return
      await pause(LATE_MS * (attempt + 1))
    }
  }

  return {
    async ask(url, fields) {
      const asking = post(url, fields).then(async (given) => [given, await given.text()] as const)
      const settling: Promise<unknown> = asking.then(
        () => underWay.delete(settling),
        () => underWay.delete(settling),
      )
      underWay.add(settling)
      const [response, body] = await asking
      if (response.status >= 300) throw new Error(`${url}: ${String(response.status)} ${body}`)
      return body === '' ? null : body
    },

    tell(url, fields, secondsLater = 0) {
      const at = new Date(now().getTime() + secondsLater * 1_000)
      const told = { Timestamp: at.toUTCString(), ...fields }
      const copies = isMischievous ? 2 : 1
      for (let copy = 0; copy < copies; copy++) {
        const late = isMischievous ? pause(Math.random() * LATE_MS) : Promise.resolve()
        const sending: Promise<unknown> = late
          .then(async () => deliver(url, told))
          .finally(() => underWay.delete(sending))
        underWay.add(sending)
      }
    },

    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

function formOf(fields: Fields): string {
  const form = new URLSearchParams()
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) form.append(name, value)
  }
  return form.toString()
}

/** Waits. */
export async function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
