import type { CaseRow } from '#contracts/cases'
import type { Case } from '#domain/case'
import { isRestricted } from '#domain/access'

/** A case as a line of the inbox and as what is broadcast: no personal data. */
export function presentRow(current: Case): CaseRow {
  return {
    code: current.code,
    version: current.version,
    status: current.status,
    kind: current.kind,
    urgency: current.urgency,
    channel: current.channel,
    summary: current.summary,
    field: current.field,
    confidence: current.understanding.confidence,
    agency: current.agency,
    unitName: current.place?.unitName ?? null,
    assignee: current.assignee,
    receivedAt: current.receivedAt.toISOString(),
    dueAt: current.dueAt?.toISOString() ?? null,
    triageReason: current.triageReason,
    photoCount: current.attachments.length,
    isRestricted: isRestricted(current),
  }
}
