import type { Case, TimelineStep } from '#domain/case'
import { SYSTEM } from '#domain/case'
import { takesTexts } from '#domain/contact'
import { addOutgoing, messageOfStep } from '#domain/message'
import { addToRecord } from './add-to-record.ts'
import type { Ports } from './ports.ts'
import { type MessagePurpose, MESSAGE_PURPOSES, type OutgoingMessage } from './ports/messages.ts'

/**
 * Writes to the citizen what these steps ask for: the receipt, that there is an answer, what staff
 * wrote. Safe to call twice: every message has an id of its own for ever.
 */
export async function tellByMessage(
  changed: Case,
  steps: readonly TimelineStep[],
  ports: Ports,
): Promise<void> {
  if (ports.messages.sender === null) return
  for (const step of steps) {
    if (step.type === 'case:messaged') await sendOfStep(changed, step, ports)
    else await writeAbout(changed, step, ports)
  }
}

/** Keeps a message to be sent as soon as may be; one of this id that is there already stays. */
export async function queueMessage(
  message: Pick<OutgoingMessage, 'id' | 'to' | 'text' | 'purpose' | 'caseCode'>,
  ports: Ports,
): Promise<void> {
  const { log, sender } = ports.messages
  if (sender === null) return
  const at = ports.now()
  await log.add({
    ...message,
    state: 'queued',
    errorCode: null,
    providerRef: null,
    attempts: 0,
    nextAttemptAt: at,
    createdAt: at,
  })
}

async function sendOfStep(changed: Case, step: TimelineStep, ports: Ports): Promise<void> {
  const message = messageOfStep(changed, step)
  const to = changed.contact?.phone
  if (message === null || to == null) return
  const { id, text } = message
  await queueMessage({ id, to, text, purpose: purposeOf(id), caseCode: changed.code }, ports)
}

/** Automatic messages go to who used a telephone to reach us, and only where it takes texts. */
async function writeAbout(changed: Case, step: TimelineStep, ports: Ports): Promise<void> {
  const phone = changed.contact?.phone
  const isByTelephone = changed.channel === 'sms' || changed.channel === 'phone'
  if (!isByTelephone || phone == null || !takesTexts(phone)) return
  const outgoing = automaticMessage(changed, step, ports)
  if (outgoing === null || (await ports.messages.log.isOptedOut(phone))) return
  await addToRecord(
    changed.code,
    SYSTEM,
    (current, decision) => addOutgoing(current, outgoing, decision),
    ports,
  )
}

function automaticMessage(changed: Case, { type, version }: TimelineStep, ports: Ports) {
  const { wording } = ports.messages
  const { code } = changed
  if (type === 'case:opened') {
    return { id: `receipt-${code}`, text: wording.receipt(changed) }
  }
  if (type === 'case:published') {
    return { id: `answered-${code}-${version}`, text: wording.answered(changed) }
  }
  return null
}

function purposeOf(id: string): MessagePurpose {
  return MESSAGE_PURPOSES.find((purpose) => id.startsWith(`${purpose}-`)) ?? 'staff'
}
