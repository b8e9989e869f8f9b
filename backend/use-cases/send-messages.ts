import { SYSTEM } from '#domain/case'
import { DomainError } from '#domain/errors'
import { type Delivery, furtherDelivery, reportDelivery } from '#domain/message'
import { addToRecord } from './add-to-record.ts'
import type { Ports } from './ports.ts'
import { MessageRefused, type MessageSender, type OutgoingMessage } from './ports/messages.ts'

const BATCH = 50
// One after another, and whoever stops the server waits for them.
const SEND_BATCH = 10
const SAVE_ATTEMPTS = 10
const SECOND_MS = 1_000
/** Longer than the provider may take to answer: until then nobody else tries the same message. */
const LEASE_MS = 60 * SECOND_MS
/** After each failed attempt; when the list is used up nobody tries any more (about half a day). */
const BACK_OFF_MS = [30, 120, 600, 1_800, 7_200, 14_400, 21_600].map((each) => each * SECOND_MS)

/** What the code of a failure is where the provider gave none; consoles have words for each. */
type OurErrorCode = 'opted-out' | 'gave-up'

/** What a provider told of a message; `id` is ours where the provider brought it along. */
export type DeliveryReport = Delivery & {
  readonly id: string | null
  readonly providerRef: string
}

/**
 * Sends what is due, each message by one process. A failure that may pass is tried again later;
 * every attempt after the first asks before whether an earlier one got through unheard.
 */
export async function sendMessages(ports: Ports): Promise<void> {
  const { log, sender } = ports.messages
  if (sender === null) return
  for (const due of await log.findDue(ports.now(), SEND_BATCH)) {
    const claimed = claim(due, ports.now())
    if (!(await log.replace(due, claimed))) continue
    // A provider that is away makes every message wait for its time-out: the others wait outside.
    if (!(await sendOne(claimed, sender, ports))) return
  }
}

/** Brings cases up to date with what is known of their messages: a job's safety net. */
export async function reportMessages(ports: Ports): Promise<void> {
  for (const message of await ports.messages.log.findUnreported(BATCH)) {
    await reportToCase(message, ports)
  }
}

/** Takes in what a provider told of a message; repeats and late words change nothing. */
export async function recordDelivery(report: DeliveryReport, ports: Ports): Promise<void> {
  const { log } = ports.messages
  const byRef = await log.findByRef(report.providerRef)
  const message = byRef ?? (report.id === null ? null : await log.find(report.id))
  // Not one of ours, or sent by somebody else with this account.
  if (message === null) return
  const isAnothers = message.providerRef !== null && message.providerRef !== report.providerRef
  if (!isAnothers) await learn(message.id, report, ports)
}

function claim(due: OutgoingMessage, at: Date): OutgoingMessage {
  return {
    ...due,
    attempts: due.attempts + 1,
    nextAttemptAt: new Date(at.getTime() + LEASE_MS),
  }
}

/** False where the provider could not be asked, or asked to come back later. */
async function sendOne(
  message: OutgoingMessage,
  sender: MessageSender,
  ports: Ports,
): Promise<boolean> {
  const { log } = ports.messages
  if (await log.isOptedOut(message.to)) {
    await fail(message, 'opted-out', ports)
    return true
  }
  try {
    const ref = (await sentBefore(message, sender, ports)) ?? (await sender.send(message))
    await learn(message.id, { state: 'sending', errorCode: null, providerRef: ref }, ports)
    return true
  } catch (error) {
    // Our own database failed, not the provider: when the lease is over it is tried again.
    if (error instanceof DomainError) throw error
    await afterFailure(message, error, ports)
    return error instanceof MessageRefused
  }
}

/** The provider took an earlier attempt, and its answer never reached us. */
async function sentBefore(
  message: OutgoingMessage,
  sender: MessageSender,
  ports: Ports,
): Promise<string | null> {
  if (message.attempts === 1) return null
  for (const ref of await sender.findSent(message)) {
    // Another message may have the same words.
    if ((await ports.messages.log.findByRef(ref)) === null) return ref
  }
  return null
}

async function afterFailure(message: OutgoingMessage, error: unknown, ports: Ports): Promise<void> {
  if (error instanceof MessageRefused) {
    if (error.isOptOut) await ports.messages.log.setOptOut(message.to, true, ports.now())
    await fail(message, error.code, ports)
    return
  }
  const wait = BACK_OFF_MS[message.attempts - 1]
  if (wait === undefined) {
    await fail(message, 'gave-up', ports)
    return
  }
  const nextAttemptAt = new Date(ports.now().getTime() + wait)
  // Where this is lost, a word of the provider came in between and knows better.
  await ports.messages.log.replace(message, { ...message, nextAttemptAt })
}

async function fail(
  message: OutgoingMessage,
  errorCode: OurErrorCode | (string & {}),
  ports: Ports,
): Promise<void> {
  await learn(message.id, { state: 'failed', errorCode, providerRef: null }, ports)
}

type Learnt = Delivery & { readonly providerRef: string | null }

/** Keeps what is known now of a message, then tells its case. */
async function learn(id: string, told: Learnt, ports: Ports): Promise<void> {
  const { log } = ports.messages
  for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt++) {
    const known = await log.find(id)
    if (known === null) return
    const next = afterReport(known, told)
    // Told again as well: the first time may have been cut short before the case was told.
    if (JSON.stringify(next) === JSON.stringify(known) || (await log.replace(known, next))) {
      await reportToCase(next, ports)
      return
    }
  }
  throw new DomainError('conflict', 'version-stale')
}

function afterReport(known: OutgoingMessage, told: Learnt): OutgoingMessage {
  const { state, errorCode } = furtherDelivery(known, told)
  const nextAttemptAt = state === 'queued' ? known.nextAttemptAt : null
  const providerRef = known.providerRef ?? told.providerRef
  return { ...known, state, errorCode, providerRef, nextAttemptAt }
}

async function reportToCase(message: OutgoingMessage, ports: Ports): Promise<void> {
  const { id, caseCode } = message
  if (caseCode !== null) {
    await addToRecord(
      caseCode,
      SYSTEM,
      (current, decision) => reportDelivery(current, id, message, decision),
      ports,
    )
  }
  await ports.messages.log.markReported(message)
}
