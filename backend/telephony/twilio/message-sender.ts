import type { Twilio } from 'twilio'
import { MessageRefused, type MessageSender } from '#use-cases/ports/messages'

// Ours may be restarting: without this Twilio does not tell again. Not part of what it signs.
const RETRY = '#rc=3&rp=5xx,ct,rt'

/** Twilio's word for a number that said STOP to it. */
const UNSUBSCRIBED = 21_610
const FOUND_MAX = 20
const CLOCKS_DIFFER_MS = 600_000

/**
 * Twilio as the company that sends our text messages. `from` is a number, an alphanumeric sender or
 * a messaging service (`MG…`); `publicUrl` is where Twilio tells how far a message came.
 */
export function twilioMessageSender(
  client: () => Promise<Twilio>,
  { from, publicUrl }: { readonly from: string; readonly publicUrl: string },
): MessageSender {
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from }
  const statusUrl = `${publicUrl.replace(/\/+$/, '')}/telephony/twilio/sms-status`
  return {
    async send({ id, to, text }) {
      // Our own id comes along: a word about the message may be here before Twilio's answer is.
      const statusCallback = `${statusUrl}?message=${encodeURIComponent(id)}${RETRY}`
      const { messages } = await client()
      try {
        return (await messages.create({ ...sender, to, body: text, statusCallback })).sid
      } catch (error) {
        throw refusalIn(error) ?? error
      }
    },
    async findSent({ to, text, createdAt }) {
      const { messages } = await client()
      const since = createdAt.getTime() - CLOCKS_DIFFER_MS
      const found = await messages.list({ to, limit: FOUND_MAX })
      return found
        .filter(({ body, direction, dateCreated }) => {
          // A trial account's messages begin with words of Twilio's own.
          const isSame = body.endsWith(text) && direction !== 'inbound'
          return isSame && dateCreated.getTime() >= since
        })
        .map(({ sid }) => sid)
    },
  }
}

/** 4xx is Twilio's last word, except where it asks to come back, or where our settings are wrong. */
function refusalIn(error: unknown): MessageRefused | null {
  if (!(error instanceof Error && 'status' in error && typeof error.status === 'number'))
    return null
  const { status } = error
  const code = 'code' in error && typeof error.code === 'number' ? error.code : null
  if (status < 400 || status >= 500 || PASSING.has(status)) return null
  return new MessageRefused(String(code ?? status), code === UNSUBSCRIBED)
}

const PASSING = new Set([401, 403, 404, 408, 429])
