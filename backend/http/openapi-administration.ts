import type { Bilingual } from '#contracts/catalogue'
import type { SettingName } from '#contracts/settings'
import type { BodyName } from './openapi-contracts.ts'
import { ok, type Operation } from './openapi-operation.ts'
import { listOf, ref } from './openapi-schemas.ts'

type Setting = { readonly id: string; readonly schema: BodyName; readonly name: Bilingual }

const SETTINGS: Record<SettingName, Setting> = {
  fields: {
    id: 'Fields',
    schema: 'FieldSettings',
    name: { vi: 'lĩnh vực và chủ đề', en: 'fields and topics' },
  },
  routing: {
    id: 'Routing',
    schema: 'RoutingSettings',
    name: { vi: 'quy tắc chuyển xử lý', en: 'routing rules' },
  },
  calendar: {
    id: 'Calendar',
    schema: 'CalendarSettings',
    name: { vi: 'lịch làm việc', en: 'working calendar' },
  },
  'service-levels': {
    id: 'ServiceLevels',
    schema: 'ServiceLevelSettings',
    name: { vi: 'thời hạn xử lý', en: 'deadlines' },
  },
  'canned-answers': {
    id: 'CannedAnswers',
    schema: 'CannedAnswerSettings',
    name: { vi: 'mẫu câu trả lời', en: 'canned answers' },
  },
  hotline: {
    id: 'Hotline',
    schema: 'HotlineSettings',
    name: { vi: 'tổng đài điện thoại', en: 'hotline' },
  },
  cti: {
    id: 'CtiRules',
    schema: 'CtiSettings',
    name: { vi: 'quy tắc của tổng đài kết nối', en: 'rules of the connected exchange' },
  },
}

const settingOperations = Object.entries(SETTINGS).flatMap(
  ([part, { id, schema, name }]): Operation[] => [
    {
      id: `get${id}`,
      tag: 'administration',
      method: 'get',
      path: `/api/settings/${part}`,
      caller: 'administrator',
      summary: { vi: `Xem ${name.vi}`, en: `Get the ${name.en}` },
      answers: [ok(ref(schema), { vi: 'Như đang dùng.', en: 'As they are in use.' })],
    },
    {
      id: `replace${id}`,
      tag: 'administration',
      method: 'put',
      path: `/api/settings/${part}`,
      caller: 'administrator',
      summary: { vi: `Thay ${name.vi}`, en: `Replace the ${name.en}` },
      details: {
        vi: 'Thay toàn bộ phần này, có hiệu lực ngay.',
        en: 'Replaces the whole part, at once.',
      },
      body: { schema: ref(schema) },
      answers: [ok(ref(schema), { vi: 'Như đang dùng.', en: 'As they are in use.' })],
      problems: ['invalid', 'too-large', 'unavailable', 'storage-full'],
    },
  ],
)

/** What administrators do: accounts, agencies, settings. */
export const ADMINISTRATION_OPERATIONS: readonly Operation[] = [
  {
    id: 'listStaff',
    tag: 'administration',
    method: 'get',
    path: '/api/staff',
    caller: 'administrator',
    summary: { vi: 'Danh sách tài khoản', en: 'List staff accounts' },
    answers: [ok(listOf('StaffAccount'), { vi: 'Theo tên.', en: 'By name.' })],
    problems: ['unavailable'],
  },
  {
    id: 'openStaffAccount',
    tag: 'administration',
    method: 'post',
    path: '/api/staff',
    caller: 'administrator',
    summary: { vi: 'Mở tài khoản', en: 'Open a staff account' },
    body: { schema: ref('NewStaffAccount') },
    answers: [
      {
        status: 201,
        text: { vi: 'Tài khoản mới.', en: 'The new account.' },
        schema: ref('StaffAccount'),
      },
    ],
    problems: ['invalid', 'conflict', 'unavailable', 'storage-full'],
  },
  {
    id: 'changeStaffAccount',
    tag: 'administration',
    method: 'patch',
    path: '/api/staff/{staffId}',
    caller: 'administrator',
    summary: { vi: 'Sửa tài khoản', en: 'Change a staff account' },
    details: {
      vi: 'Các phiên đăng nhập của tài khoản kết thúc khi vai trò, cơ quan hay quyền đăng nhập thay đổi.',
      en: 'The account’s sessions end where its role, agency or access changes.',
    },
    body: { schema: ref('StaffAccountChange') },
    answers: [ok(ref('StaffAccount'), { vi: 'Tài khoản.', en: 'The account.' })],
    problems: [
      'invalid',
      'not-found',
      'conflict',
      'not-allowed-now',
      'unavailable',
      'storage-full',
    ],
  },
  {
    id: 'saveAgency',
    tag: 'administration',
    method: 'put',
    path: '/api/agencies/{agencyId}',
    caller: 'administrator',
    summary: { vi: 'Thêm hoặc sửa cơ quan', en: 'Add or change an agency' },
    body: { schema: ref('AgencyUpdate') },
    answers: [ok(ref('Agency'), { vi: 'Cơ quan.', en: 'The agency.' })],
    problems: ['invalid', 'unavailable', 'storage-full'],
  },
  ...settingOperations,
  {
    id: 'previewHotline',
    tag: 'administration',
    method: 'get',
    path: '/api/hotline/preview',
    caller: 'administrator',
    summary: { vi: 'Nghe thử tổng đài', en: 'Preview what callers hear' },
    details: {
      vi: 'Mọi câu, bằng cả hai ngôn ngữ, điền sẵn giá trị ví dụ.',
      en: 'Every sentence in both languages, filled with example values.',
    },
    answers: [ok(ref('HotlinePreview'), { vi: 'Như đang dùng.', en: 'As it is in use.' })],
  },
]
