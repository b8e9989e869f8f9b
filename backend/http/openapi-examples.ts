import { HOTLINE_PREVIEW, HOTLINE_SETTINGS } from './openapi-hotline-examples.ts'
import type { z } from 'zod'
import type { Contracts } from './openapi-contracts.ts'
import { TELEPHONE_EXAMPLES } from './openapi-telephone-examples.ts'

type Examples = { readonly [N in keyof Contracts]?: z.input<Contracts[N]> }

/** An example of what a contract describes; null where none is given. */
export function exampleOf(contract: string): unknown {
  const examples: Readonly<Record<string, unknown>> = EXAMPLES
  return examples[contract] ?? null
}

const agency = { id: 'so-xay-dung@79', name: 'Sở Xây dựng TP. Hồ Chí Minh' } as const
const officer = { id: '6742f1c09d1e8a3b5c7d9e01', name: 'Lê Văn Bình' } as const
const account = {
  ...officer,
  email: 'binh.le@example.vn',
  role: 'officer',
  agency,
  telephone: '101',
} as const
const version = 4

const REPORT = 'Đèn đường hẻm 42 Nguyễn Trãi bị hỏng cả tuần nay, tối om rất nguy hiểm'
const ANSWER = 'Đội chiếu sáng đã thay bóng đèn tại hẻm 42 Nguyễn Trãi sáng 25/11.'

const row = {
  code: '2611048274',
  version,
  status: 'accepted',
  kind: 'report',
  urgency: 'normal',
  channel: 'web',
  summary: REPORT,
  field: 'urban',
  confidence: 0.94,
  agency,
  unitName: 'Phường Bến Thành, TP. Hồ Chí Minh',
  assignee: officer,
  receivedAt: '2026-11-23T01:12:00.000Z',
  dueAt: '2026-12-02T10:00:00.000Z',
  triageReason: null,
  photoCount: 1,
  isRestricted: false,
} as const

const aDepartment: z.input<Contracts['Agency']> = {
  ...agency,
  nameEn: 'Department of Construction, Ho Chi Minh City',
  level: 'province',
  unitCode: '79',
  fields: ['construction', 'traffic'],
  isActive: true,
}

const EXAMPLES: Examples = {
  ...TELEPHONE_EXAMPLES,
  NewReport: {
    text: REPORT,
    contact: { name: 'Trần Thị Mai', phone: '0912 345 678' },
    place: { unitCode: '26743', address: 'hẻm 42 Nguyễn Trãi' },
    consents: ['contact', 'publish'],
  },
  ReportReceipt: {
    code: '2611048274',
    pin: '402913',
    status: 'routed',
    field: 'urban',
    fieldName: 'Hạ tầng & trật tự đô thị',
    agency,
    receivedAt: '2026-11-23T01:12:00.000Z',
    dueAt: '2026-12-02T10:00:00.000Z',
    workingDaysLeft: 6,
    urgency: 'normal',
    emergencyAdvice: null,
  },
  ReportPreviewQuery: { text: REPORT, place: { unitCode: '26743' } },
  ReportStatus: {
    code: '2611048274',
    status: 'published',
    statusText: 'Đã trả lời',
    field: 'urban',
    fieldName: 'Hạ tầng & trật tự đô thị',
    agency,
    text: REPORT,
    receivedAt: '2026-11-23T01:12:00.000Z',
    dueAt: '2026-12-02T10:00:00.000Z',
    workingDaysLeft: 5,
    isOverdue: false,
    response: { text: ANSWER, publishedAt: '2026-11-25T04:30:00.000Z' },
    rating: null,
    canRate: true,
    canDispute: true,
    canSupplement: false,
    canWithdraw: false,
    attachments: [],
    timeline: [
      { at: '2026-11-23T01:12:00.000Z', type: 'case:opened', text: 'Hệ thống đã nhận' },
      {
        at: '2026-11-25T04:30:00.000Z',
        type: 'case:published',
        text: 'Sở Xây dựng TP. Hồ Chí Minh đã trả lời',
      },
    ],
  },
  NewRating: { score: 5, comment: 'Sửa nhanh, cảm ơn' },
  NewDispute: { reason: 'Đèn mới thay lại tắt từ tối qua' },
  NewSupplement: { text: 'Cột đèn số 7, trước nhà văn hóa' },
  AnswerPage: {
    answers: [
      {
        code: '2611048274',
        field: 'urban',
        fieldName: 'Hạ tầng & trật tự đô thị',
        agency,
        unitName: 'Phường Bến Thành, TP. Hồ Chí Minh',
        lat: 10.771,
        lng: 106.698,
        question: REPORT,
        response: ANSWER,
        receivedAt: '2026-11-23T01:12:00.000Z',
        publishedAt: '2026-11-25T04:30:00.000Z',
        wasOnTime: true,
        rating: 5,
      },
    ],
    nextCursor: null,
  },
  Unit: {
    code: '26743',
    name: 'Bến Thành',
    fullName: 'Phường Bến Thành, TP. Hồ Chí Minh',
    level: 'ward',
    provinceCode: '79',
    provinceName: 'TP. Hồ Chí Minh',
    formerly: 'Phường Phạm Ngũ Lão',
    lat: 10.771,
    lng: 106.698,
  },
  Session: { ...account, hasTwoFactor: true },
  CasePage: { rows: [row], nextCursor: null },
  CaseCounts: {
    mine: 3,
    open: 128,
    triage: 7,
    'due-today': 12,
    overdue: 2,
    'awaiting-approval': 5,
    closed: 1_000,
    all: 1_000,
  },
  CorrectCase: { version, fieldId: 'traffic', topicId: 'road_damage' },
  SplitCase: { version, start: 39, end: 82, fieldId: 'electricity' },
  RouteCase: { version, agencyId: 'so-xay-dung@79', reason: 'Cột đèn do Sở quản lý' },
  AcceptCase: { version },
  ReturnCase: {
    version,
    reason: 'not-our-area',
    comment: 'Hẻm này thuộc phường bên cạnh',
    suggestedAgencyId: 'ubnd-xa@26740',
  },
  DraftResponse: { version, text: ANSWER },
  NewDraftReview: { text: 'Chúng tôi sẽ xem xét. Điện thoại của bà: 0912 345 678.' },
  DraftReview: {
    hints: [
      { code: 'no-commitment', spans: [] },
      { code: 'personal-data', spans: [{ start: 41, end: 53 }] },
    ],
  },
  SubmitResponse: { version },
  ApproveResponse: { version },
  SendBackResponse: { version, reason: 'Xin nói rõ ngày đã sửa' },
  NewMessage: { version, text: 'Xin cho biết số cột đèn bị hỏng' },
  NoteCase: { version, text: 'Đã gọi đội chiếu sáng, hẹn sáng mai' },
  ExtendCase: { version, reason: 'Chờ vật tư thay thế về ngày 03/12' },
  RejectCase: { version, reason: 'spam' },
  RedirectCase: { version, target: 'complaint-desk' },
  MergeCase: { version, leadCode: '2611048274', reason: 'Cùng cột đèn, cùng hẻm' },
  UnmergeCase: { version, reason: 'Hẻm khác, trùng tên đường' },
  RevealContact: { version, reason: 'Gọi lại để hỏi vị trí cột đèn' },
  SimilarAnswersQuery: { text: REPORT, exceptCode: '2611048274' },
  LikelyDuplicate: { row, score: 0.87, reasons: ['same-address', 'same-unit', 'same-time'] },
  CannedAnswer: {
    id: 'received-and-forwarded',
    title: 'Đã tiếp nhận và chuyển xử lý',
    text: 'Chúng tôi đã tiếp nhận phản ánh của anh/chị và chuyển đến đơn vị có trách nhiệm kiểm tra.',
  },
  CallPage: {
    calls: [
      {
        id: 'twilio:CA00000000000000000000000000000001',
        provider: 'twilio',
        direction: 'inbound',
        state: 'ended',
        endedAs: 'voicemail',
        from: '+84912345678',
        startedAt: '2026-11-23T01:00:00.000Z',
        answeredAt: null,
        endedAt: '2026-11-23T01:01:15.000Z',
        waitingSeconds: null,
        talkingSeconds: null,
        recordingSeconds: 42,
        caseCode: '2611048274',
      },
    ],
    nextCursor: null,
  },
  DoubtVerdict: { verdict: 'keep' },
  VersionChoice: { version: '3fa2b96e0c1d4475' },
  NewStaffAccount: {
    name: 'Lê Văn Bình',
    email: 'binh.le@example.vn',
    password: 'mat-khau-ban-dau',
    role: 'officer',
    agencyId: 'so-xay-dung@79',
  },
  StaffAccountChange: { role: 'approver' },
  OwnAccountChange: { telephone: '101' },
  StaffAccount: { ...account, isActive: true },
  AgencyUpdate: aDepartment,
  Agency: aDepartment,
  FieldSettings: [
    {
      id: 'traffic',
      name: { vi: 'Giao thông', en: 'Traffic' },
      topics: [
        {
          id: 'road_damage',
          name: { vi: 'Mặt đường hư hỏng', en: 'Damaged road' },
          urgency: 'normal',
        },
      ],
    },
  ],
  RoutingSettings: [
    {
      field: 'traffic',
      topic: 'road_damage',
      steps: ['so-xay-dung@province', 'phong-kinh-te-xa@commune'],
      supporting: [],
      triage: null,
    },
  ],
  CalendarSettings: {
    timeZone: 'Asia/Ho_Chi_Minh',
    week: {
      monday: [
        ['08:00', '12:00'],
        ['13:00', '17:00'],
      ],
      tuesday: [['08:00', '12:00']],
      wednesday: [['08:00', '12:00']],
      thursday: [['08:00', '12:00']],
      friday: [['08:00', '12:00']],
      saturday: [],
      sunday: [],
    },
    specialDays: [{ date: '2027-01-01', name: 'Tết Dương lịch', kind: 'public' }],
    announcedYears: [2027],
    lunar: { tet: { '2027': '2027-02-06' }, gioTo: { '2027': '2027-04-16' } },
  },
  ServiceLevelSettings: {
    triage: {
      ordinary: { unit: 'working-minutes', amount: 480 },
      emergency: { unit: 'clock-minutes', amount: 15 },
      legal: { unit: 'working-days', amount: 7 },
    },
    forward: { unit: 'working-days', amount: 2 },
    answer: {
      byUrgency: {
        emergency: { unit: 'working-days', amount: 1 },
        high: { unit: 'working-days', amount: 3 },
        normal: { unit: 'working-days', amount: 7 },
        low: { unit: 'working-days', amount: 7 },
      },
      complex: { unit: 'working-days', amount: 15 },
      byKind: { question: { unit: 'working-days', amount: 3 }, praise: null },
    },
  },
  CannedAnswerSettings: [
    {
      id: 'received-and-forwarded',
      title: { vi: 'Đã tiếp nhận', en: 'Received' },
      text: {
        vi: 'Chúng tôi đã tiếp nhận phản ánh của anh/chị.',
        en: 'We have received your report.',
      },
    },
  ],
  HotlineSettings: HOTLINE_SETTINGS,
  HotlinePreview: HOTLINE_PREVIEW,
  CtiSettings: {
    blocked: ['0987 654 321'],
    callerIds: [{ prefix: '028', callerId: '02838223344' }],
  },
  Problem: {
    type: '/api/docs#problem-invalid',
    title: 'Dữ liệu chưa hợp lệ',
    status: 400,
    code: 'invalid',
    detail: 'Có trường chưa hợp lệ. Xem chi tiết từng trường.',
    requestId: '7c0e7f7e-3f5b-4a52-9f0f-6f6a5d5b7a10',
    errors: [{ pointer: '/text', reason: 'required', detail: 'Bắt buộc.' }],
  },
}
