import { NewReport } from '#contracts/reports'
import type { Language } from '#contracts/vocabulary'
import { CITIZEN } from '#domain/case'
import { textNumber } from '#domain/contact'
import { DomainError } from '#domain/errors'
import { addReceived, threadHorizon } from '#domain/message'
import { type TextOrder, textOrder } from '#domain/text-order'
import { addToRecord } from './add-to-record.ts'
import { followReport } from './follow-report.ts'
import { queueMessage } from './queue-messages.ts'
import type { Ports } from './ports.ts'
import type { ReceivedMessage } from './ports/messages.ts'
import { submitReport } from './submit-report.ts'

const SMS_KEY = 'sms '
const STATUS_PER_HOUR = 10
const HOUR_MS = 3_600_000
const BATCH = 100
/** Younger ones are still with the webhook that brought them. */
const UNFILED_MS = 60_000

// The field whose rule is always a person: nobody has seen the pictures yet.
const UNSEEN_FIELD = 'other'

/**
 * Keeps a message and makes of it what it is: a report, more to an open case, a question for the
 * status, the wish to hear no more. Safe to repeat, after any crash.
 */
export async function receiveMessage(message: ReceivedMessage, ports: Ports): Promise<void> {
  await ports.messages.log.addReceived(message)
  await inTurn(message.from, async () => fileMessage(message, ports))
}

/**
 * Makes of kept messages what their webhooks could not: a job's safety net, safe to repeat. Tries
 * every one before it throws what went wrong.
 */
export async function fileUnfiledMessages(ports: Ports): Promise<void> {
  const before = new Date(ports.now().getTime() - UNFILED_MS)
  const failures: unknown[] = []
  for (const message of await ports.messages.log.findUnfiled(before, BATCH)) {
    const filing = inTurn(message.from, async () => fileMessage(message, ports))
    await filing.catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, 'text messages not filed')
}

async function fileMessage(message: ReceivedMessage, ports: Ports): Promise<void> {
  const { log } = ports.messages
  if (await log.isFiled(message.id)) return
  await carryOut(orderOf(message), message, ports)
  await log.markFiled(message.id)
}

type Order = TextOrder | { readonly type: 'nothing' }

/** What the provider has answered is an order whatever the words are. */
function orderOf({ answeredOrder, text, mediaCount }: ReceivedMessage): Order {
  if (answeredOrder === 'help') return { type: 'nothing' }
  if (answeredOrder !== null) return { type: answeredOrder }
  if (text === '' && mediaCount === 0) return { type: 'nothing' }
  return textOrder(text)
}

async function carryOut(order: Order, message: ReceivedMessage, ports: Ports): Promise<void> {
  const phone = textNumber(message.from)
  switch (order.type) {
    case 'nothing':
      return
    case 'stop':
    case 'start':
      // A name instead of a number cannot be written to anyway.
      if (phone === null) return
      await ports.messages.log.setOptOut(phone, order.type === 'stop', message.at)
      return
    case 'status':
      if (phone !== null) await answerStatus(order.code, phone, message, ports)
      return
    case 'report':
      await fileReport(phone, message, ports)
  }
}

/** Joins the open case of the number, or opens one. */
async function fileReport(
  phone: string | null,
  message: ReceivedMessage,
  ports: Ports,
): Promise<void> {
  const key = SMS_KEY + message.id
  if ((await ports.cases.findByIdempotencyKey(key)) !== null) return
  const since = threadHorizon(message.at)
  const thread = phone === null ? null : await ports.cases.findThread(phone, since)
  if (thread === null) {
    const door = { channel: 'sms', idempotencyKey: key, uploads: [] } as const
    await submitReport(await reportOf(phone, message, ports), door, ports)
    return
  }
  const received = { id: message.id, text: wordsOf(message) }
  await addToRecord(
    thread.code,
    CITIZEN,
    (current, decision) => addReceived(current, received, decision),
    ports,
  )
}

async function reportOf(
  phone: string | null,
  message: ReceivedMessage,
  ports: Ports,
): Promise<NewReport> {
  const isKnownField = ports.settings().fields.some(({ id }) => id === UNSEEN_FIELD)
  return NewReport.parse({
    text: wordsOf(message),
    lang: message.text === '' ? 'vi' : await languageOf(message.text, ports),
    ...(phone !== null && { contact: { phone }, consents: ['contact'] }),
    ...(message.text === '' && isKnownField && { fieldId: UNSEEN_FIELD }),
  })
}

/** What stands in the case; what we add about pictures is in Vietnamese, as staff read it. */
function wordsOf({ text, mediaCount }: ReceivedMessage): string {
  if (mediaCount === 0) return text
  if (text === '') {
    return `Người dân gửi tin nhắn chỉ có ${mediaCount} tệp đa phương tiện, không có chữ. Tệp còn ở nhà mạng.`
  }
  return `${text}\n\n(Tin nhắn kèm ${mediaCount} tệp đa phương tiện, còn ở nhà mạng.)`
}

async function answerStatus(
  code: string | null,
  phone: string,
  message: ReceivedMessage,
  ports: Ports,
): Promise<void> {
  const { log, wording } = ports.messages
  const since = new Date(message.at.getTime() - HOUR_MS)
  // Every answer costs the city a message, and a wrong code is answered like another's.
  if ((await log.countSince(phone, 'status', since)) >= STATUS_PER_HOUR) return
  const lang: Language = /^\s*status/i.test(message.text) ? 'en' : 'vi'
  const text =
    code === null && !/\d/.test(message.text)
      ? wording.statusUsage(lang)
      : await statusFor(code, phone, lang, ports)
  const reply = { id: `status-${message.id}`, to: phone, text, purpose: 'status' } as const
  await queueMessage({ ...reply, caseCode: null }, ports)
}

async function statusFor(
  code: string | null,
  phone: string,
  lang: Language,
  ports: Ports,
): Promise<string> {
  const { wording } = ports.messages
  if (code === null) return wording.unknownCode(lang)
  try {
    const found = await followReport(code, { pin: null, phone }, ports)
    return wording.status({ ...found, lang })
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return wording.unknownCode(lang)
    throw error
  }
}

async function languageOf(text: string, ports: Ports): Promise<Language> {
  const { language } = await ports.reader.read(text)
  return language === 'en' ? 'en' : 'vi'
}

// Of this process: another process beside it may still open a second case, which staff can merge.
const turns = new Map<string, Promise<unknown>>()

/** One after another for each number: two halves of one report must not open two cases. */
async function inTurn(number: string, act: () => Promise<void>): Promise<void> {
  const before = turns.get(number) ?? Promise.resolve()
  const mine = before.then(act, act)
  turns.set(number, mine)
  try {
    await mine
  } finally {
    if (turns.get(number) === mine) turns.delete(number)
  }
}
