import type { StaffMember } from '#domain/access'
import { CITIZEN } from '#domain/case'
import type { Actor, Case, Contact, NamedRef, Place, Response, TimelineStep } from '#domain/case'
import type { Decision } from '#domain/case-life'
import type { Opening } from '#domain/open-case'
import type { Understanding } from '#domain/understanding'
import type { CaseStatus } from '#contracts/vocabulary'

/** Monday morning in Vietnam: when things happen unless a test says otherwise. */
export const NOON = new Date('2026-11-23T05:00:00Z')

export const ROADS: NamedRef = { id: 'so-xay-dung@79', name: 'Sở Xây dựng TP. Hồ Chí Minh' }
export const WARD: NamedRef = { id: 'ubnd-xa@26743', name: 'UBND Phường Bến Thành' }
export const OFFICER: NamedRef = { id: 'officer-1', name: 'Lê Văn Bình' }
export const APPROVER: NamedRef = { id: 'approver-1', name: 'Phạm Thị Dung' }

/** What was understood of a report about a street light. */
export function anUnderstanding(overrides: Partial<Understanding> = {}): Understanding {
  return {
    modelVersion: 'test',
    language: 'vi',
    kind: 'report',
    field: 'urban',
    topic: 'lighting',
    confidence: 0.9,
    alternatives: [],
    abstain: false,
    evidence: [],
    urgency: 'normal',
    places: [],
    personalData: [],
    ...overrides,
  }
}

/** A citizen who left everything. */
export function aContact(overrides: Partial<Contact> = {}): Contact {
  return {
    name: 'Trần Thị Mai',
    phone: '+84912345678',
    email: 'mai.tran@example.vn',
    ...overrides,
  }
}

/** A lane in a ward of Ho Chi Minh City. */
export function aPlace(overrides: Partial<Place> = {}): Place {
  return {
    lat: 10.77123,
    lng: 106.69811,
    address: '42 Nguyễn Trãi',
    unitCode: '26743',
    provinceCode: '79',
    unitName: 'Phường Bến Thành, TP. Hồ Chí Minh',
    formerly: null,
    ...overrides,
  }
}

/** A drafted response; its public text has no name. */
export function aResponse(overrides: Partial<Response> = {}): Response {
  return {
    text: 'Kính gửi chị Trần Thị Mai, đèn đã được sửa.',
    publicText: 'Kính gửi chị T. T. M., đèn đã được sửa.',
    state: 'draft',
    draftedBy: OFFICER,
    draftedAt: NOON,
    approvedBy: null,
    publishedAt: null,
    sentBackReason: null,
    ...overrides,
  }
}

/** A step of the record, by the citizen unless told otherwise. */
export function aStep(overrides: Partial<TimelineStep> = {}): TimelineStep {
  return {
    at: NOON,
    type: 'case:opened',
    by: CITIZEN,
    version: 1,
    from: null,
    to: null,
    agency: null,
    reason: null,
    text: null,
    ...overrides,
  }
}

/** A case that was sent to an agency and waits to be accepted. */
export function aCase(overrides: Partial<Case> = {}): Case {
  return {
    code: '2611048274',
    version: 1,
    status: 'routed',
    kind: 'report',
    urgency: 'normal',
    channel: 'web',
    lang: 'vi',
    text: 'Đèn đường hẻm 42 Nguyễn Trãi bị hỏng',
    summary: 'Đèn đường hẻm 42 Nguyễn Trãi bị hỏng',
    redactedText: 'Đèn đường hẻm 42 Nguyễn Trãi bị hỏng',
    understanding: anUnderstanding(),
    field: 'urban',
    topic: 'lighting',
    isFieldConfirmed: false,
    triageReason: null,
    agency: ROADS,
    suggestedAgency: null,
    returnCount: 0,
    assignee: null,
    place: aPlace(),
    contact: aContact(),
    consents: ['contact', 'publish'],
    attachments: [],
    receivedAt: NOON,
    clockStartedAt: NOON,
    dueAt: new Date('2026-12-02T05:00:00Z'),
    isExtended: false,
    warnedLevel: 0,
    response: null,
    pastResponses: [],
    rating: null,
    disputeReason: null,
    notes: [],
    timeline: [aStep()],
    publishedAt: null,
    pinHash: 'a hash',
    intake: {
      idempotencyKey: null,
      contentHash: 'a hash',
      receiptStatus: 'routed',
      receiptField: 'urban',
      receiptAgency: ROADS,
      receiptDueAt: new Date('2026-12-02T05:00:00Z'),
    },
    ...overrides,
  }
}

const NOWHERE = { agency: null, assignee: null } as const
const TAKEN = { assignee: OFFICER } as const
const DONE = {
  ...TAKEN,
  publishedAt: NOON,
  response: aResponse({ state: 'published', approvedBy: APPROVER, publishedAt: NOON }),
} as const

const IN_STATUS: Partial<Record<CaseStatus, Partial<Case>>> = {
  received: NOWHERE,
  triage: { ...NOWHERE, triageReason: 'unsure-field' },
  accepted: { ...TAKEN, response: aResponse() },
  answered: { ...TAKEN, response: aResponse({ state: 'submitted' }) },
  published: DONE,
  closed: DONE,
  returned: { ...NOWHERE, triageReason: 'returned', returnCount: 1 },
  redirected: { ...NOWHERE, dueAt: null },
  merged: {
    dueAt: null,
    mergedInto: { code: '2611048281', status: 'routed', dueAt: NOON, triageReason: null },
  },
  rejected: { ...NOWHERE, dueAt: null },
  withdrawn: { dueAt: null },
}

/** A case with all that belongs to a status. */
export function aCaseIn(status: CaseStatus, overrides: Partial<Case> = {}): Case {
  return aCase({ status, ...IN_STATUS[status], ...overrides })
}

/** An officer of the agency that `aCase` is at. */
export function aStaffMember(overrides: Partial<StaffMember> = {}): StaffMember {
  const role = overrides.role ?? 'officer'
  const belongs = role === 'officer' || role === 'approver'
  return {
    ...(role === 'approver' ? APPROVER : OFFICER),
    email: 'binh.le@example.vn',
    role,
    agencyId: belongs ? ROADS.id : null,
    ...overrides,
  }
}

/** The officer decides, and makes the second version. */
export function aDecision(overrides: Partial<Decision> = {}): Decision {
  return { by: by(OFFICER), at: NOON, version: 2, ...overrides }
}

/** A member of staff as the one who did something. */
export function by({ id, name }: NamedRef): Actor {
  return { kind: 'staff', id, name }
}

/** What intake has gathered of a report. */
export function anOpening(overrides: Partial<Opening> = {}): Opening {
  return {
    code: '2611048274',
    pinHash: 'a hash',
    channel: 'web',
    lang: 'vi',
    text: 'Đèn đường hẻm 42 Nguyễn Trãi bị hỏng, gọi 0912 345 678',
    redactedText: 'Đèn đường hẻm 42 Nguyễn Trãi bị hỏng, gọi 091*****78',
    understanding: anUnderstanding(),
    chosenField: null,
    place: aPlace(),
    contact: aContact(),
    consents: ['contact'],
    attachments: [],
    receivedAt: NOON,
    dueAt: new Date('2026-12-02T05:00:00Z'),
    intake: { idempotencyKey: 'a-key-of-a-client', contentHash: 'a hash' },
    ...overrides,
  }
}

/** The value, in which nothing can be changed any more. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  // A Date has no properties to freeze; its clock hands are moved by methods alone.
  Object.freeze(value)
  Object.values(value).forEach(frozen)
  return value
}
