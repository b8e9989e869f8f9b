import type { MessageState } from '#contracts/vocabulary'
import type { ReceivedMessage } from '#use-cases/ports/messages'
import type { DeliveryReport } from '#use-cases/send-messages'
import type { WebhookFields } from '../provider.ts'
import { partyNumber } from './caller-number.ts'
import { numberIn, refIn, textIn } from './fields.ts'

// Twilio joins the parts of a long message up to 1,600 characters; the rest is for the day it does more.
const TEXT_MAX = 5_000
const MEDIA_MAX = 100

/** The message in a Twilio webhook; null where it does not name it. */
export function parseMessage(fields: WebhookFields, receivedAt: Date): ReceivedMessage | null {
  const id = messageRef(fields)
  if (id === null) return null
  return {
    id,
    from: partyNumber(textIn(fields, 'From') ?? ''),
    text: readable(textIn(fields, 'Body') ?? ''),
    mediaCount: Math.min(numberIn(fields, 'NumMedia') ?? 0, MEDIA_MAX),
    answeredOrder: ORDERS.get(textIn(fields, 'OptOutType') ?? '') ?? null,
    at: receivedAt,
  }
}

/**
 * How far a message came, in a status callback; `id` is what we put into its address. Null where it
 * names no message, 'unknown-state' where it says a word that we do not know.
 */
export function parseDelivery(
  fields: WebhookFields,
  id: unknown,
): DeliveryReport | 'unknown-state' | null {
  const providerRef = messageRef(fields)
  if (providerRef === null) return null
  const status = textIn(fields, 'MessageStatus') ?? textIn(fields, 'SmsStatus') ?? ''
  const state = STATES.get(status)
  if (state === undefined) return 'unknown-state'
  const isFailure = state === 'failed' || state === 'undelivered'
  return {
    id: typeof id === 'string' ? refIn({ id }, 'id') : null,
    providerRef,
    state,
    errorCode: isFailure ? refIn(fields, 'ErrorCode') : null,
  }
}

const ORDERS = new Map<string, ReceivedMessage['answeredOrder']>([
  ['STOP', 'stop'],
  ['START', 'start'],
  ['HELP', 'help'],
])

const STATES = new Map<string, MessageState>([
  ['accepted', 'sending'],
  ['scheduled', 'sending'],
  ['queued', 'sending'],
  ['sending', 'sending'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
])

function messageRef(fields: WebhookFields): string | null {
  return refIn(fields, 'MessageSid') ?? refIn(fields, 'SmsSid')
}

/** Whatever a telephone sent, as text that can be kept: no control characters, no half characters. */
function readable(body: string): string {
  return body
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/gu, '')
    .normalize('NFC')
    .trim()
    .slice(0, TEXT_MAX)
    .replace(/\p{Surrogate}$/u, '')
}
