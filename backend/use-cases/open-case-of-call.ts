import { NewReport } from '#contracts/reports'
import { attachCase, type Call, messageOf } from '#domain/call'
import type { Case } from '#domain/case'
import { toE164 } from '#domain/contact'
import { DomainError } from '#domain/errors'
import type { Ports } from './ports.ts'
import { saveCall } from './save-call.ts'
import { submitReport } from './submit-report.ts'

// The field whose rule is always a person: nobody has heard the message yet.
const UNHEARD_FIELD = 'other'
const CALL_KEY = 'call '

/** The one case of a call that left a message: opened now, or found where it was opened before. */
export async function openCaseOfCall(call: Call, ports: Ports): Promise<Case> {
  const opened = (await findCase(call, ports)) ?? (await submitMessage(call, ports))
  await saveCall(call.id, (current) => attachCase(current ?? call, opened.code), ports)
  return opened
}

/** True for a case opened by a message on the line: its words are ours until somebody has heard it. */
export function isUnheard({ intake }: Pick<Case, 'intake'>): boolean {
  return intake.idempotencyKey?.startsWith(CALL_KEY) === true
}

async function submitMessage(call: Call, ports: Ports): Promise<Case> {
  const door = { channel: 'phone', idempotencyKey: keyOf(call), uploads: [] } as const
  try {
    return (await submitReport(reportOf(call, ports), door, ports)).opened
  } catch (error) {
    // Two webhooks of the call at once may tell lengths that differ by a second, so the texts differ.
    const winner = isKeyReused(error) ? await findCase(call, ports) : null
    if (winner === null) throw error
    return winner
  }
}

function findCase(call: Call, ports: Ports): Promise<Case | null> {
  return ports.cases.findByIdempotencyKey(keyOf(call))
}

/** With a space, which no client may send in a key: nobody can take a call's key beforehand. */
function keyOf(call: Call): string {
  return `${CALL_KEY}${call.id}`
}

function reportOf(call: Call, ports: Ports): NewReport {
  const phone = reachableNumber(call.from)
  const isKnownField = ports.settings().fields.some(({ id }) => id === UNHEARD_FIELD)
  return NewReport.parse({
    text: textOf(messageOf(call)?.durationSeconds ?? null),
    lang: 'vi',
    ...(phone !== null && { contact: { phone }, consents: ['contact'] }),
    ...(isKnownField && { fieldId: UNHEARD_FIELD }),
  })
}

/** What stands in the case until somebody has listened; staff and citizen read it in Vietnamese. */
function textOf(durationSeconds: number | null): string {
  const length = durationSeconds === null ? '' : ` dài ${durationSeconds} giây`
  return `Người dân gọi tổng đài và để lại lời nhắn thoại${length}. Nội dung ở bản ghi âm của cuộc gọi.`
}

/** The caller's number where it can be called back; a withheld or internal one cannot. */
function reachableNumber(from: string | null): string | null {
  if (from === null) return null
  try {
    return toE164(from)
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

function isKeyReused(error: unknown): boolean {
  return error instanceof DomainError && error.refusal === 'idempotency-key-reused'
}
