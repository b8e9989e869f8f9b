import type { CaseRow, CaseView } from '#contracts/cases'
import type { CaseChanged } from '#contracts/events'
import type { Session } from '#contracts/staff'

/** A line of the inbox: a routed report that is due in three days. */
export function aRow(changes: Partial<CaseRow> = {}): CaseRow {
  return {
    code: '2611048273',
    version: 1,
    status: 'routed',
    kind: 'report',
    urgency: 'normal',
    channel: 'web',
    summary: 'Đèn đường hẻm 42 hỏng cả tuần',
    field: 'urban',
    confidence: 0.91,
    agency: { id: 'lighting', name: 'Trung tâm Hạ tầng kỹ thuật' },
    unitName: 'Phường Bến Thành',
    assignee: null,
    receivedAt: '2026-11-23T01:12:00.000Z',
    dueAt: '2026-11-26T10:00:00.000Z',
    triageReason: null,
    photoCount: 0,
    isRestricted: false,
    ...changes,
  }
}

/** The event that tells of a row. */
export function toldOf(row: CaseRow, name: CaseChanged['name'] = 'case:routed'): CaseChanged {
  return { name, code: row.code, version: row.version, at: row.receivedAt, row }
}

/** A case as an officer who accepted it sees it. */
export function aView(changes: Partial<CaseView> = {}): CaseView {
  return {
    code: '2611048273',
    version: 5,
    status: 'accepted',
    kind: 'report',
    urgency: 'normal',
    channel: 'web',
    lang: 'vi',
    isRestricted: false,
    text: 'den duong hem 42 bi hong, lien he 09•• ••• 678',
    evidence: [{ start: 0, end: 9, weight: 2 }],
    personalData: [],
    field: 'urban',
    topic: null,
    confidence: 0.91,
    alternatives: [{ field: 'electricity', confidence: 0.06 }],
    parts: [],
    subCases: [],
    messaging: null,
    mainCase: null,
    mergedInto: null,
    mergedCases: [],
    modelVersion: '14',
    isFieldConfirmed: false,
    triageReason: null,
    agency: { id: 'lighting', name: 'Trung tâm Hạ tầng kỹ thuật' },
    suggestedAgency: null,
    returnCount: 0,
    assignee: { id: 'bao', name: 'Trần Quốc Bảo' },
    place: null,
    contact: null,
    consents: ['contact', 'publish'],
    receivedAt: '2026-11-23T01:12:00.000Z',
    dueAt: '2026-11-26T10:00:00.000Z',
    isExtended: false,
    attachments: [],
    response: null,
    rating: null,
    disputeReason: null,
    notes: [],
    timeline: [],
    actions: ['return', 'draft', 'submit', 'note'],
    ...changes,
  }
}

/** A response as it stands on the server. */
export function aResponse(
  changes: Partial<NonNullable<CaseView['response']>> = {},
): NonNullable<CaseView['response']> {
  return {
    text: 'Đã sửa xong.',
    state: 'draft',
    draftedBy: { id: 'yen', name: 'Phạm Hải Yến' },
    draftedAt: '2026-11-23T02:00:00.000Z',
    approvedBy: null,
    publishedAt: null,
    publicText: 'Đã sửa xong.',
    sentBackReason: null,
    ...changes,
  }
}

/** An officer of the lighting agency. */
export function aSession(changes: Partial<Session> = {}): Session {
  return {
    id: 'bao',
    name: 'Trần Quốc Bảo',
    email: 'bao@hoiam.vn',
    role: 'officer',
    agency: { id: 'lighting', name: 'Trung tâm Hạ tầng kỹ thuật' },
    telephone: null,
    hasTwoFactor: false,
    ...changes,
  }
}
