import type { NewReport } from '#contracts/reports'
import type { Channel } from '#contracts/vocabulary'
import type { Attachment, Case } from '#domain/case'
import { SYSTEM } from '#domain/case'
import { caseCode } from '#domain/case-code'
import { readContact } from '#domain/contact'
import { DomainError } from '#domain/errors'
import { openCase, withReceipt } from '#domain/open-case'
import { answerDueAt } from '#domain/service-level'
import { findRoute, takeRoute } from './find-route.ts'
import { placeOf } from './place-case.ts'
import type { Ports, Upload } from './ports.ts'

/** Where a report came in, and with what. */
export type IntakeDoor = {
  readonly channel: Channel
  /** Same key, same answer: a client's retry makes no second case. */
  readonly idempotencyKey: string | null
  readonly uploads: readonly Upload[]
}

/** A case taken in (or found again under its key), and the PIN that opens its status. */
export type Submitted = { readonly opened: Case; readonly pin: string }

const CODE_ATTEMPTS = 5

/**
 * Takes a report in: understands it, routes it, starts its clock, writes it durably, tells everyone.
 * Refuses a reused key with another text (`conflict`) and unusable contact data or files (`invalid`).
 */
export async function submitReport(
  report: NewReport,
  door: IntakeDoor,
  ports: Ports,
): Promise<Submitted> {
  const contentHash = ports.secrets.hashContent(report.text)
  const earlier = await findEarlier(door.idempotencyKey, contentHash, ports)
  if (earlier !== null) return earlier

  const draft = await draftCase(report, door, contentHash, ports)
  const attachments = await storeAll(door.uploads, ports)
  try {
    return await addUnderNewCode({ ...draft, attachments }, ports)
  } catch (error) {
    // A database that went away may have kept the case, and then the case needs its files.
    const isUncertain = error instanceof DomainError && error.code === 'unavailable'
    if (!isUncertain) await removeAll(attachments, ports)
    throw error
  }
}

/** Everything of the case but its code, PIN and files. */
async function draftCase(
  report: NewReport,
  door: IntakeDoor,
  contentHash: string,
  ports: Ports,
): Promise<Case> {
  const { settings, reader, gazetteer, now } = ports
  const { calendar, serviceLevels, fields } = settings()
  const receivedAt = now()
  const contact = readContact(report.contact)
  const understanding = await reader.read(report.text)
  const chosenField = fields.find((field) => field.id === report.fieldId)?.id ?? null
  if (report.fieldId !== undefined && chosenField === null) {
    throw new DomainError('invalid', 'field-unknown', {}, '/fieldId')
  }
  const place = placeOf(report.place, understanding, gazetteer)
  const received = openCase({
    code: '',
    pinHash: '',
    channel: door.channel,
    lang: report.lang,
    text: report.text,
    redactedText: reader.redact(report.text, contact?.name == null ? [] : [contact.name]),
    understanding,
    chosenField,
    place,
    contact,
    consents: [...new Set(report.consents)],
    attachments: [],
    receivedAt,
    dueAt: answerDueAt(understanding, receivedAt, serviceLevels, calendar),
    intake: { idempotencyKey: door.idempotencyKey, contentHash },
  })
  const route = await findRoute(
    {
      kind: received.kind,
      field: received.field,
      topic: received.topic,
      isSure: chosenField !== null || !understanding.abstain,
      place,
    },
    ports,
  )
  return withReceipt(takeRoute(received, route, { by: SYSTEM, at: receivedAt, version: 1 }))
}

async function addUnderNewCode(draft: Case, ports: Ports): Promise<Submitted> {
  for (let attempt = 0; attempt < CODE_ATTEMPTS; attempt++) {
    const code = caseCode(ports.randomDigits(9))
    const pin = ports.secrets.pinFor(code)
    const opened: Case = { ...draft, code, pinHash: ports.secrets.hashPin(code, pin) }
    const { taken } = await ports.cases.add(opened)
    if (taken === 'idempotency-key') return await answerRace(opened, ports)
    if (taken === null) {
      ports.publisher.publish(opened, opened.timeline)
      return { opened, pin }
    }
  }
  throw new Error(`no free case code in ${CODE_ATTEMPTS} attempts`)
}

/** Two requests with one key at once: the other one won, its case is the answer. */
async function answerRace(lost: Case, ports: Ports): Promise<Submitted> {
  const { idempotencyKey, contentHash } = lost.intake
  const earlier = await findEarlier(idempotencyKey, contentHash, ports)
  if (earlier === null) throw new Error('the case that took the idempotency key is gone')
  await removeAll(lost.attachments, ports)
  return earlier
}

async function findEarlier(
  key: string | null,
  contentHash: string,
  ports: Ports,
): Promise<Submitted | null> {
  if (key === null) return null
  const earlier = await ports.cases.findByIdempotencyKey(key)
  if (earlier === null) return null
  if (earlier.intake.contentHash !== contentHash) {
    throw new DomainError('conflict', 'idempotency-key-reused')
  }
  return { opened: earlier, pin: ports.secrets.pinFor(earlier.code) }
}

async function storeAll(uploads: readonly Upload[], ports: Ports): Promise<Attachment[]> {
  const stored: Attachment[] = []
  try {
    // One after another: each photo takes tens of megabytes while it is re-encoded.
    for (const upload of uploads) stored.push(await ports.attachments.store(upload))
    return stored
  } catch (error) {
    await removeAll(stored, ports)
    throw error
  }
}

async function removeAll(attachments: readonly Attachment[], ports: Ports): Promise<void> {
  await Promise.all(attachments.map(async ({ id }) => ports.attachments.remove(id)))
}
