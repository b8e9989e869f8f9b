import type { MessageState } from '#contracts/vocabulary'
import { MESSAGE_STATES } from '#contracts/vocabulary'
import type { Case, TimelineStep } from './case.ts'
import { type Decision, isLegal, withStep } from './case-life.ts'

/** A text message of a case. Its words stand in the step of the same version. */
export type Message = {
  readonly id: string
  readonly direction: 'inbound' | 'outbound'
  readonly channel: 'sms'
  readonly at: Date
  readonly text: string
  /** The version of the case that it made. */
  readonly version: number
  /** The provider's name for it; null until there is one. */
  readonly providerRef: string | null
  /** How far it came; null for one that the citizen sent. */
  readonly delivery: Delivery | null
}

/** How far a message to a citizen came, and the code of what went wrong. */
export type Delivery = { readonly state: MessageState; readonly errorCode: string | null }

/** How long after the last word a message still belongs to the same case (days). */
const THREAD_DAYS = 7
const DAY_MS = 86_400_000

/** A document has to stay small: a number that writes more opens another case. */
const THREAD_MAX_MESSAGES = 200

/** The number whose messages join this case, and since when nothing was said; null where none do. */
export function threadOf(current: Case): { readonly phone: string; readonly lastAt: Date } | null {
  const { channel, contact, messages = [] } = current
  const isByTelephone = channel === 'sms' || channel === 'phone' || messages.length > 0
  if (!isByTelephone || contact?.phone == null || messages.length >= THREAD_MAX_MESSAGES)
    return null
  if (!isLegal('supplement', current)) return null
  const lastAt = messages.reduce((last, { at }) => (at > last ? at : last), current.receivedAt)
  return { phone: contact.phone, lastAt }
}

/** The earliest last word of a case that a message of `at` joins. */
export function threadHorizon(at: Date): Date {
  return new Date(at.getTime() - THREAD_DAYS * DAY_MS)
}

/** The citizen adds to what they said, by text message; a message that is there already adds nothing. */
export function addReceived(
  current: Case,
  received: { readonly id: string; readonly text: string },
  decision: Decision,
): Case {
  if (hasMessage(current, received.id)) return current
  const message: Message = {
    id: received.id,
    direction: 'inbound',
    channel: 'sms',
    at: decision.at,
    text: received.text,
    version: decision.version,
    providerRef: received.id,
    delivery: null,
  }
  return withMessage(current, message, { ...decision, type: 'case:supplemented' })
}

/** A text message to the citizen, to be sent; one that is there already adds nothing. */
export function addOutgoing(
  current: Case,
  outgoing: { readonly id: string; readonly text: string },
  decision: Decision,
): Case {
  if (hasMessage(current, outgoing.id)) return current
  const message: Message = {
    id: outgoing.id,
    direction: 'outbound',
    channel: 'sms',
    at: decision.at,
    text: outgoing.text,
    version: decision.version,
    providerRef: null,
    delivery: { state: 'queued', errorCode: null },
  }
  return withMessage(current, message, { ...decision, type: 'case:messaged' })
}

/** What was learnt of a message to the citizen goes on the record; nothing new changes nothing. */
export function reportDelivery(
  current: Case,
  id: string,
  report: Delivery & { readonly providerRef: string | null },
  decision: Decision,
): Case {
  const known = current.messages?.find((message) => message.id === id)
  if (known?.delivery == null) return current
  const delivery = furtherDelivery(known.delivery, report)
  const isNew =
    delivery.state !== known.delivery.state || delivery.errorCode !== known.delivery.errorCode
  if (!isNew) return current
  const next = { ...known, delivery, providerRef: known.providerRef ?? report.providerRef }
  return withStep(
    current,
    { messages: current.messages?.map((each) => (each.id === id ? next : each)) ?? [] },
    {
      ...decision,
      type: 'case:message-reported',
      from: known.delivery.state,
      to: delivery.state,
      reason: delivery.errorCode,
    },
  )
}

/**
 * What two words about one message add up to, whichever came first: the state that is further along,
 * and the code of a failure, which one without a code does not erase.
 */
export function furtherDelivery(known: Delivery, told: Delivery): Delivery {
  const state = rank(told.state) > rank(known.state) ? told.state : known.state
  if (state === 'delivered') return { state, errorCode: null }
  return { state, errorCode: known.errorCode ?? told.errorCode }
}

/** The message that a step of the record is about; null where it is about none. */
export function messageOfStep(current: Case, step: TimelineStep): Message | null {
  if (step.type !== 'case:messaged' && step.type !== 'case:supplemented') return null
  return current.messages?.find(({ version }) => version === step.version) ?? null
}

function hasMessage({ messages }: Case, id: string): boolean {
  return messages?.some((message) => message.id === id) === true
}

function withMessage(
  current: Case,
  message: Message,
  step: Decision & { readonly type: 'case:supplemented' | 'case:messaged' },
): Case {
  const messages = [...(current.messages ?? []), message]
  return withStep(current, { messages }, { ...step, text: message.text })
}

function rank(state: MessageState): number {
  return MESSAGE_STATES.indexOf(state)
}
