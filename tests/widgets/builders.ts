import type { Answer } from '#contracts/answers'
import type { Unit } from '#contracts/catalogue'
import type { ReportPreview, ReportReceipt, ReportStatus } from '#contracts/reports'
import type { CitizenApi } from '../../widgets/api/citizen-api.ts'

const agency = { id: 'agency-1', name: 'Trung tâm Hạ tầng kỹ thuật' }

/** A receipt as the server writes it. */
export function aReceipt(overrides: Partial<ReportReceipt> = {}): ReportReceipt {
  return {
    code: '2611048274',
    pin: '604118',
    status: 'routed',
    field: 'lighting',
    fieldName: 'Chiếu sáng công cộng',
    agency,
    receivedAt: '2026-11-23T01:12:00Z',
    dueAt: '2026-11-26T10:00:00Z',
    workingDaysLeft: 2,
    urgency: 'normal',
    emergencyAdvice: null,
    ...overrides,
  }
}

/** What the server understood of a text about a street light. */
export function aPreview(overrides: Partial<ReportPreview> = {}): ReportPreview {
  return {
    kind: 'report',
    field: 'lighting',
    fieldName: 'Chiếu sáng công cộng',
    confidence: 0.9,
    isSure: true,
    alternatives: [],
    urgency: 'normal',
    agency,
    triageReason: null,
    dueAt: '2026-11-26T10:00:00Z',
    workingDaysLeft: 2,
    place: null,
    hasPersonalData: false,
    emergencyAdvice: null,
    similar: [],
    ...overrides,
  }
}

/** A case that has its answer. */
export function aStatus(overrides: Partial<ReportStatus> = {}): ReportStatus {
  return {
    code: '2611048274',
    status: 'published',
    statusText: 'Đã trả lời',
    field: 'lighting',
    fieldName: 'Chiếu sáng công cộng',
    agency,
    text: 'Đèn đường hỏng',
    receivedAt: '2026-11-23T01:12:00Z',
    dueAt: '2026-11-26T10:00:00Z',
    workingDaysLeft: 2,
    isOverdue: false,
    response: { text: 'Đã thay bóng.', publishedAt: '2026-11-24T03:00:00Z' },
    rating: null,
    canRate: true,
    canDispute: true,
    canSupplement: true,
    canWithdraw: false,
    attachments: [],
    timeline: [{ at: '2026-11-23T01:12:00Z', type: 'case:opened', text: 'Hệ thống đã nhận' }],
    ...overrides,
  }
}

/** A published answer. */
export function anAnswer(code: string): Answer {
  return {
    code,
    field: 'lighting',
    fieldName: 'Chiếu sáng công cộng',
    agency,
    unitName: 'Phường Chợ Quán',
    lat: null,
    lng: null,
    question: `Câu hỏi ${code}`,
    response: 'Đã thay bóng.',
    receivedAt: '2026-11-20T01:12:00Z',
    publishedAt: '2026-11-22T01:12:00Z',
    wasOnTime: true,
    rating: null,
  }
}

/** A ward to choose. */
export function aUnit(overrides: Partial<Unit> = {}): Unit {
  return {
    code: '27301',
    name: 'Chợ Quán',
    fullName: 'Phường Chợ Quán',
    level: 'ward',
    provinceCode: '79',
    provinceName: 'Thành phố Hồ Chí Minh',
    formerly: null,
    lat: 10.757,
    lng: 106.683,
    ...overrides,
  }
}

/** The server as a widget sees it; what a test does not mention is out of reach. */
export function anApi(overrides: Partial<CitizenApi> = {}): CitizenApi {
  const unreachable = () => Promise.reject(new Error('Not part of this test.'))
  return {
    catalogue: unreachable,
    units: unreachable,
    preview: unreachable,
    challenge: unreachable,
    submit: unreachable,
    status: unreachable,
    act: unreachable,
    attachment: unreachable,
    answers: unreachable,
    answer: unreachable,
    performance: unreachable,
    ...overrides,
  }
}
