import type { Bilingual } from '#contracts/catalogue'
import type { BodyName } from './openapi-contracts.ts'
import { FIGURE_OPERATIONS } from './openapi-figures.ts'
import { ok, type Operation } from './openapi-operation.ts'
import { ref } from './openapi-schemas.ts'

const THE_CALL: Bilingual = { vi: 'Cuộc gọi sau đó.', en: 'The call as it is then.' }

/** What is pressed on a call, with nothing to say or with a body. */
function press(
  action: string,
  id: string,
  summary: Bilingual,
  more: Partial<Operation> & { readonly sends?: BodyName } = {},
): Operation {
  const { sends, ...rest } = more
  return {
    id,
    tag: 'calls',
    method: 'post',
    path: `/api/calls/{callId}/${action}`,
    caller: 'centre',
    summary,
    ...(sends === undefined ? {} : { body: { schema: ref(sends) } }),
    answers: [ok(ref('CallView'), THE_CALL)],
    problems: [
      ...(sends === undefined ? [] : (['invalid', 'too-large'] as const)),
      'not-found',
      'conflict',
      'not-allowed-now',
      'unavailable',
    ],
    ...rest,
  }
}

const CALLS: readonly Operation[] = [
  {
    id: 'listWaitingCalls',
    tag: 'calls',
    method: 'get',
    path: '/api/calls/waiting',
    caller: 'centre',
    summary: { vi: 'Hàng đợi và cuộc gọi của tôi', en: 'Who waits, and my own call' },
    answers: [ok(ref('CallBoard'), { vi: 'Người đầu hàng trước.', en: 'First in line first.' })],
    problems: ['unavailable'],
  },
  {
    id: 'getCall',
    tag: 'calls',
    method: 'get',
    path: '/api/calls/{callId}',
    caller: 'centre',
    summary: { vi: 'Xem cuộc gọi', en: 'Get a call' },
    details: {
      vi: 'Kèm vụ việc đang mở và các cuộc gọi gần đây của người gọi; bản chép lời đã che dữ liệu cá nhân.',
      en: 'With the caller’s open cases and recent calls; personal data in the transcript are masked.',
    },
    answers: [ok(ref('CallView'), { vi: 'Cuộc gọi.', en: 'The call.' })],
    problems: ['not-found', 'unavailable'],
  },
  {
    id: 'placeCall',
    tag: 'calls',
    method: 'post',
    path: '/api/calls',
    caller: 'centre',
    summary: { vi: 'Gọi cho người dân', en: 'Call a citizen' },
    details: {
      vi: 'Theo số, theo vụ việc hoặc theo lịch gọi lại. Không gọi trong giờ nghỉ và không gọi số khẩn cấp. Nhà cung cấp không gọi được thì hệ thống ghi lịch gọi lại.',
      en: 'By number, by case or by call-back. Refused in quiet hours and for emergency numbers. Where the company is down a call-back is noted.',
    },
    body: { schema: ref('NewCall') },
    answers: [{ status: 201, text: THE_CALL, schema: ref('CallView') }],
    problems: ['invalid', 'too-large', 'not-found', 'conflict', 'not-allowed-now', 'unavailable'],
  },
  press(
    'accept',
    'acceptCall',
    { vi: 'Nhận cuộc gọi', en: 'Take a call' },
    {
      details: {
        vi: 'Chỉ một người nhận được; người khác được báo ai đã nhận.',
        en: 'One of several gets it; the others are told who has it.',
      },
    },
  ),
  press('decline', 'declineCall', { vi: 'Từ chối cuộc gọi', en: 'Decline a call' }),
  press('hold', 'holdCall', { vi: 'Giữ máy', en: 'Put on hold' }),
  press('resume', 'resumeCall', { vi: 'Tiếp tục nói chuyện', en: 'Take off hold' }),
  press('hang-up', 'hangUpCall', { vi: 'Kết thúc cuộc gọi', en: 'Hang up' }),
  press(
    'transfer',
    'transferCall',
    { vi: 'Chuyển cuộc gọi', en: 'Transfer a call' },
    {
      sends: 'Transfer',
    },
  ),
  press('transfer/complete', 'completeTransfer', {
    vi: 'Hoàn tất chuyển cuộc gọi',
    en: 'Complete a transfer',
  }),
  press('transfer/cancel', 'cancelTransfer', {
    vi: 'Hủy chuyển cuộc gọi',
    en: 'Cancel a transfer',
  }),
  press(
    'monitor',
    'monitorCall',
    { vi: 'Giám sát cuộc gọi', en: 'Take part as a supervisor' },
    {
      sends: 'Monitor',
      details: {
        vi: 'Dành cho giám sát; được ghi vào nhật ký kiểm tra.',
        en: 'For supervisors; kept in the audit log.',
      },
    },
  ),
  press(
    'wrap-up',
    'wrapUpCall',
    { vi: 'Ghi kết quả cuộc gọi', en: 'Tell what came of a call' },
    {
      sends: 'WrapUp',
    },
  ),
  press(
    'wrap-up/extend',
    'extendWrapUp',
    { vi: 'Thêm thời gian ghi kết quả', en: 'Take more time for what came of a call' },
    {
      details: {
        vi: 'Thêm một lần thời gian hoàn tất, ít nhất 60 giây; tổng cộng không quá 30 phút.',
        en: 'As much again as a wrap-up has, at least 60 seconds; half an hour in all.',
      },
    },
  ),
  press(
    'case',
    'openCaseOfCall',
    { vi: 'Mở vụ việc từ cuộc gọi', en: 'Open a case from a call' },
    {
      sends: 'NewReport',
      details: {
        vi: 'Dùng số của người gọi nếu không ghi số khác.',
        en: 'With the caller’s number unless another is given.',
      },
      answers: [
        {
          status: 201,
          text: { vi: 'Phiếu tiếp nhận.', en: 'The receipt.' },
          schema: ref('ReportReceipt'),
        },
      ],
    },
  ),
]

const AGENTS: readonly Operation[] = [
  {
    id: 'listAgents',
    tag: 'calls',
    method: 'get',
    path: '/api/agents',
    caller: 'centre',
    summary: { vi: 'Tổng đài viên', en: 'Agents at the telephone' },
    answers: [ok(ref('AgentList'), { vi: 'Tất cả.', en: 'All of them.' })],
    problems: ['unavailable'],
  },
  {
    id: 'choosePresence',
    tag: 'calls',
    method: 'put',
    path: '/api/agents/me',
    caller: 'centre',
    summary: { vi: 'Sẵn sàng hoặc tạm vắng', en: 'Say whether calls may come' },
    details: {
      vi: 'Đang có cuộc gọi thì lựa chọn được giữ ở `afterCall` và có hiệu lực sau khi hoàn tất cuộc gọi; `available` bỏ lựa chọn đó.',
      en: 'During a call the choice is kept in `afterCall` and holds once the call is wrapped up; `available` takes it back.',
    },
    body: { schema: ref('AgentPresence') },
    answers: [ok(ref('AgentView'), { vi: 'Trạng thái của tôi.', en: 'How colleagues see me.' })],
    problems: ['invalid', 'too-large', 'unavailable'],
  },
  {
    id: 'setSkills',
    tag: 'calls',
    method: 'put',
    path: '/api/agents/{agentId}/skills',
    caller: 'centre',
    summary: { vi: 'Phân kỹ năng', en: 'Set an agent’s languages and fields' },
    details: { vi: 'Dành cho giám sát.', en: 'For supervisors.' },
    body: { schema: ref('AgentSkills') },
    answers: [ok(ref('AgentView'), { vi: 'Tổng đài viên.', en: 'The agent.' })],
    problems: ['invalid', 'too-large', 'not-found', 'unavailable'],
  },
  {
    id: 'getSoftphoneToken',
    tag: 'calls',
    method: 'post',
    path: '/api/softphone/token',
    caller: 'centre',
    summary: { vi: 'Đăng ký điện thoại trên trình duyệt', en: 'Register this browser’s softphone' },
    answers: [ok(ref('SoftphoneToken'), { vi: 'Mã truy cập.', en: 'A token.' })],
    problems: ['unavailable'],
  },
]

const CALL_BACKS: readonly Operation[] = [
  {
    id: 'listCallBacks',
    tag: 'calls',
    method: 'get',
    path: '/api/call-backs',
    caller: 'centre',
    summary: { vi: 'Lịch gọi lại', en: 'Promises to call back' },
    answers: [ok(ref('CallBackList'), { vi: 'Đến hạn trước.', en: 'Those due first.' })],
    problems: ['unavailable'],
  },
  {
    id: 'planCallBack',
    tag: 'calls',
    method: 'post',
    path: '/api/call-backs',
    caller: 'centre',
    summary: { vi: 'Hẹn gọi lại', en: 'Promise a call-back' },
    body: { schema: ref('NewCallBack') },
    answers: [
      {
        status: 201,
        text: { vi: 'Lịch gọi lại.', en: 'The call-back.' },
        schema: ref('CallBackView'),
      },
    ],
    problems: ['invalid', 'too-large', 'not-found', 'unavailable'],
  },
  {
    id: 'changeCallBack',
    tag: 'calls',
    method: 'patch',
    path: '/api/call-backs/{callBackId}',
    caller: 'centre',
    summary: { vi: 'Nhận, dời hoặc đóng lịch gọi lại', en: 'Take over, plan or close a call-back' },
    body: { schema: ref('CallBackChange') },
    answers: [ok(ref('CallBackView'), { vi: 'Lịch gọi lại.', en: 'The call-back.' })],
    problems: ['invalid', 'too-large', 'not-found', 'conflict', 'unavailable'],
  },
]

/** What agents do at the telephone, and what supervisors see of it. */
export const TELEPHONE_OPERATIONS: readonly Operation[] = [
  ...CALLS,
  ...AGENTS,
  ...CALL_BACKS,
  ...FIGURE_OPERATIONS,
]
