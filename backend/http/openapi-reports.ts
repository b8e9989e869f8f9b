import { z } from 'zod'
import type { Bilingual } from '#contracts/catalogue'
import { PHOTO_MAX_COUNT } from '#contracts/reports'
import { FILE, type Header, ok, type Operation } from './openapi-operation.ts'
import { ref } from './openapi-schemas.ts'
import type { MediaType } from './openapi-types.ts'
import { IdempotencyKey } from './reports.ts'

const idempotencyKey: Header = {
  name: 'Idempotency-Key',
  schema: { type: 'string', pattern: patternOf(IdempotencyKey) },
  text: {
    vi: 'Một chuỗi ngẫu nhiên cho mỗi phản ánh. Gửi lại với cùng khóa thì nhận đúng câu trả lời lần đầu, không tạo vụ việc thứ hai.',
    en: 'A random string for each report. Sent again with the same key, the first answer comes back and no second case is made.',
  },
  example: '5f0c2b1e-8a55-4f0e-9d0b-3d4b6c1a7e21',
}

const asForm: MediaType = {
  schema: {
    type: 'object',
    properties: {
      report: ref('NewReport'),
      photos: { type: 'array', items: {}, maxItems: PHOTO_MAX_COUNT },
    },
    required: ['report'],
  },
  encoding: {
    report: { contentType: 'application/json' },
    photos: { contentType: 'image/jpeg, image/png, image/webp, image/avif, application/pdf' },
  },
}

const statusNow: Bilingual = {
  vi: 'Vụ việc như lúc này.',
  en: 'The case as it is now.',
}

const MAY_CHANGE = [
  'invalid',
  'not-found',
  'conflict',
  'not-allowed-now',
  'too-many-requests',
  'unavailable',
  'storage-full',
] as const

/** `/api/reports`: the citizens' door. */
export const REPORT_OPERATIONS: readonly Operation[] = [
  {
    id: 'sendReport',
    tag: 'reports',
    method: 'post',
    path: '/api/reports',
    caller: 'anyone',
    summary: { vi: 'Gửi phản ánh', en: 'Send a report' },
    details: {
      vi: 'Gửi JSON, hoặc multipart/form-data khi có ảnh: phần report chứa cùng JSON đó, các phần photos chứa tệp (tối đa 5 tệp, mỗi tệp 10 MB, JPEG, PNG, WebP, AVIF hoặc PDF). Khi đã trả lời 201, phản ánh đã được lưu chắc chắn.',
      en: 'Send JSON or, with photos, multipart/form-data: the part report holds the same JSON, the parts photos hold files (at most 5 of 10 MB, JPEG, PNG, WebP, AVIF or PDF). Once answered with 201, the report is stored durably.',
    },
    headers: [idempotencyKey],
    body: { schema: ref('NewReport'), also: { 'multipart/form-data': asForm } },
    answers: [
      {
        status: 201,
        text: { vi: 'Phiếu tiếp nhận.', en: 'The receipt.' },
        schema: ref('ReportReceipt'),
        headers: { Location: { vi: 'Địa chỉ để theo dõi.', en: 'Where to follow it.' } },
      },
    ],
    problems: [
      'invalid',
      'conflict',
      'too-large',
      'unsupported-media',
      'too-many-requests',
      'proof-of-work-required',
      'unavailable',
      'storage-full',
    ],
  },
  {
    id: 'previewReport',
    tag: 'reports',
    method: 'post',
    path: '/api/reports/preview',
    caller: 'anyone',
    summary: { vi: 'Xem trước cách hiểu', en: 'See what would be understood' },
    details: {
      vi: 'Lĩnh vực, cơ quan, hạn trả lời và các vụ việc tương tự, trước khi gửi. Không lưu gì.',
      en: 'Field, agency, deadline and similar open cases, before anything is sent. Nothing is kept.',
    },
    body: { schema: ref('ReportPreviewQuery') },
    answers: [ok(ref('ReportPreview'), { vi: 'Cách hiểu.', en: 'What was understood.' })],
    problems: ['invalid', 'too-large', 'too-many-requests', 'unavailable'],
  },
  {
    id: 'getChallenge',
    tag: 'reports',
    method: 'get',
    path: '/api/reports/challenge',
    caller: 'anyone',
    summary: { vi: 'Lấy câu đố chống máy gửi rác', en: 'Get a proof-of-work puzzle' },
    details: {
      vi: 'Theo định dạng altcha; đối tượng rỗng khi nơi cài đặt không yêu cầu.',
      en: 'In altcha’s format; an empty object where the installation asks for none.',
    },
    answers: [ok(ref('Challenge'), { vi: 'Câu đố.', en: 'The puzzle.' })],
    problems: ['too-many-requests'],
  },
  {
    id: 'followReport',
    tag: 'reports',
    method: 'get',
    path: '/api/reports/{code}',
    caller: 'citizen',
    summary: { vi: 'Theo dõi phản ánh', en: 'Follow a report' },
    details: {
      vi: 'Mã không có, PIN sai và số điện thoại sai đều nhận cùng một câu trả lời 404.',
      en: 'An unknown code, a wrong PIN and a wrong phone number all look the same: 404.',
    },
    answers: [ok(ref('ReportStatus'), statusNow)],
    problems: ['not-found', 'too-many-requests', 'unavailable'],
  },
  {
    id: 'rateReport',
    tag: 'reports',
    method: 'post',
    path: '/api/reports/{code}/rating',
    caller: 'citizen',
    summary: { vi: 'Đánh giá câu trả lời', en: 'Rate the answer' },
    details: { vi: 'Vụ việc kết thúc.', en: 'The case closes.' },
    body: { schema: ref('NewRating') },
    answers: [ok(ref('ReportStatus'), statusNow)],
    problems: MAY_CHANGE,
  },
  {
    id: 'disputeReport',
    tag: 'reports',
    method: 'post',
    path: '/api/reports/{code}/dispute',
    caller: 'citizen',
    summary: { vi: 'Không đồng ý kết quả', en: 'Say that it is not solved' },
    details: {
      vi: 'Trong 30 ngày từ khi có câu trả lời. Vụ việc mở lại với hạn mới.',
      en: 'Within 30 days of the answer. The case reopens with a new deadline.',
    },
    body: { schema: ref('NewDispute') },
    answers: [ok(ref('ReportStatus'), statusNow)],
    problems: MAY_CHANGE,
  },
  {
    id: 'supplementReport',
    tag: 'reports',
    method: 'post',
    path: '/api/reports/{code}/messages',
    caller: 'citizen',
    summary: { vi: 'Bổ sung thông tin', en: 'Add to a report' },
    body: { schema: ref('NewSupplement') },
    answers: [ok(ref('ReportStatus'), statusNow)],
    problems: MAY_CHANGE,
  },
  {
    id: 'withdrawReport',
    tag: 'reports',
    method: 'post',
    path: '/api/reports/{code}/withdrawal',
    caller: 'citizen',
    summary: { vi: 'Rút phản ánh', en: 'Withdraw a report' },
    answers: [ok(ref('ReportStatus'), statusNow)],
    problems: ['not-found', 'conflict', 'not-allowed-now', 'too-many-requests', 'unavailable'],
  },
  {
    id: 'getReportAttachment',
    tag: 'reports',
    method: 'get',
    path: '/api/reports/{code}/attachments/{attachmentId}',
    caller: 'citizen',
    summary: { vi: 'Tải tệp đã gửi kèm', en: 'Get an attached file' },
    answers: [FILE],
    problems: ['not-found', 'too-many-requests', 'unavailable'],
  },
]

function patternOf(contract: z.ZodType): string {
  const { pattern } = z.toJSONSchema(contract, { io: 'input' })
  return pattern ?? ''
}
