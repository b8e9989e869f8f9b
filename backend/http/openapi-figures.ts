import { type DoorAnswer, ok, type Operation } from './openapi-operation.ts'
import { ref } from './openapi-schemas.ts'

const CSV: DoorAnswer = {
  status: 200,
  text: { vi: 'CSV, UTF-8 có BOM.', en: 'CSV, UTF-8 with a byte-order mark.' },
  content: { 'text/csv': {} },
}

/** What supervisors read and take along: the wall, its days, calls' records and recordings. */
export const FIGURE_OPERATIONS: readonly Operation[] = [
  {
    id: 'getWallboard',
    tag: 'calls',
    method: 'get',
    path: '/api/wallboard',
    caller: 'centre',
    summary: { vi: 'Bảng điều hành', en: 'The centre now' },
    details: { vi: 'Dành cho giám sát.', en: 'For supervisors.' },
    answers: [ok(ref('Wallboard'), { vi: 'Lúc này và hôm nay.', en: 'Now, and this day.' })],
    problems: ['unavailable'],
  },
  {
    id: 'getWallboardHistory',
    tag: 'calls',
    method: 'get',
    path: '/api/wallboard/history',
    caller: 'centre',
    summary: { vi: 'Chỉ số theo ngày và hàng đợi', en: 'Figures a day and queue' },
    query: 'HistoryQuery',
    answers: [ok(ref('WallboardHistory'), { vi: 'Ngày cũ trước.', en: 'Oldest first.' })],
    problems: ['invalid', 'unavailable'],
  },
  {
    id: 'getWallboardHistoryCsv',
    tag: 'calls',
    method: 'get',
    path: '/api/wallboard/history.csv',
    caller: 'centre',
    summary: { vi: 'Chỉ số dưới dạng CSV', en: 'The same as CSV' },
    query: 'HistoryQuery',
    answers: [CSV],
    problems: ['invalid', 'unavailable'],
  },
  {
    id: 'playRecording',
    tag: 'calls',
    method: 'get',
    path: '/api/calls/{callId}/recordings/{recordingRef}',
    caller: 'centre',
    summary: { vi: 'Nghe bản ghi âm', en: 'Listen to a recording' },
    details: {
      vi: 'Mỗi lần nghe được ghi vào nhật ký kiểm tra.',
      en: 'Every time is kept in the audit log.',
    },
    answers: [
      { status: 200, text: { vi: 'Âm thanh.', en: 'The sound.' }, content: { 'audio/mpeg': {} } },
    ],
    problems: ['not-found', 'unavailable'],
  },
  {
    id: 'getCallRecords',
    tag: 'calls',
    method: 'get',
    path: '/api/calls.csv',
    caller: 'centre',
    summary: { vi: 'Hồ sơ cuộc gọi dưới dạng CSV', en: 'Calls’ records as CSV' },
    details: {
      vi: 'Dành cho giám sát; được ghi vào nhật ký kiểm tra. Không ghi ngày thì là ba mươi ngày gần nhất.',
      en: 'For supervisors; kept in the audit log. The last thirty days unless said otherwise.',
    },
    query: 'HistoryQuery',
    answers: [CSV],
    problems: ['invalid', 'unavailable'],
  },
]
