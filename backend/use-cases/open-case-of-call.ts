import { NewReport, REPORT_TEXT_MAX } from '#contracts/reports'
import { attachCase, type Call, isMessageOver, messageOf, saidInMessage } from '#domain/call'
import type { Case } from '#domain/case'
import { e164OrNull } from '#domain/contact'
import { DomainError } from '#domain/errors'
import type { Ports } from './ports.ts'
import { saveCall } from './save-call.ts'
import { submitReport } from './submit-report.ts'

// The field whose rule is always a person: nobody has heard the message yet.
const UNHEARD_FIELD = 'other'
const CALL_KEY = 'call '
const UNHEARD_TEXT = 'Người dân gọi tổng đài và để lại lời nhắn thoại'

/** The one case of a call that left a message: opened now, or found where it was opened before. */
export async function openCaseOfCall(call: Call, ports: Ports): Promise<Case> {
  const opened = (await findCaseOfCall(call, ports)) ?? (await submitMessage(call, ports))
  await saveCall(call.id, (current) => attachCase(current ?? call, opened.code), ports)
  return opened
}

/** The case of a call, or null where it has none yet. */
export function findCaseOfCall(call: Call, ports: Ports): Promise<Case | null> {
  return ports.cases.findByIdempotencyKey(keyOf(call))
}

/** True for a case opened by a message on the line whose words nobody has written down yet. */
export function isUnheard({ intake, text }: Pick<Case, 'intake' | 'text'>): boolean {
  return intake.idempotencyKey?.startsWith(CALL_KEY) === true && text.startsWith(UNHEARD_TEXT)
}

/** What the caller said, once they stopped speaking, as the text of a report; null where nothing. */
export function saidText(call: Call): string | null {
  if (!isMessageOver(call)) return null
  const said = saidInMessage(call)
    .join(' ')
    .normalize('NFC')
    // What no keyboard types, no report may hold either.
    .replace(/[\p{Cc}\p{Surrogate}\s]+/gu, ' ')
    .trim()
    .slice(0, REPORT_TEXT_MAX)
    .replace(/\p{Surrogate}$/u, '')
    .trim()
  return said === '' ? null : said
}

async function submitMessage(call: Call, ports: Ports): Promise<Case> {
  const door = { channel: 'phone', idempotencyKey: keyOf(call), uploads: [] } as const
  try {
    return (await submitReport(reportOf(call, ports), door, ports)).opened
  } catch (error) {
    // Two webhooks of the call at once may tell lengths that differ by a second, so the texts differ.
    const winner = isKeyReused(error) ? await findCaseOfCall(call, ports) : null
    if (winner === null) throw error
    return winner
  }
}

/** With a space, which no client may send in a key: nobody can take a call's key beforehand. */
function keyOf(call: Call): string {
  return `${CALL_KEY}${call.id}`
}

function reportOf(call: Call, ports: Ports): NewReport {
  const phone = call.from === null ? null : e164OrNull(call.from)
  const said = saidText(call)
  const isKnownField = ports.settings().fields.some(({ id }) => id === UNHEARD_FIELD)
  return NewReport.parse({
    text: said ?? textOf(messageOf(call)?.durationSeconds ?? null),
    lang: call.language ?? 'vi',
    ...(phone !== null && { contact: { phone }, consents: ['contact'] }),
    ...(said === null && isKnownField && { fieldId: UNHEARD_FIELD }),
  })
}

/** What stands in the case until somebody has listened; staff and citizen read it in Vietnamese. */
function textOf(durationSeconds: number | null): string {
  const length = durationSeconds === null ? '' : ` dài ${durationSeconds} giây`
  return `${UNHEARD_TEXT}${length}. Nội dung ở bản ghi âm của cuộc gọi.`
}

function isKeyReused(error: unknown): boolean {
  return error instanceof DomainError && error.refusal === 'idempotency-key-reused'
}
