import type { Bilingual } from '#contracts/catalogue'
import type { DoorAnswer, Operation } from './openapi-operation.ts'
import type { JsonSchema } from './openapi-types.ts'

const text: JsonSchema = { type: 'string' }

const PUSH: JsonSchema = {
  type: 'object',
  properties: {
    event: {
      type: 'string',
      enum: ['newCall', 'ringing', 'answer', 'hangup', 'recording', 'calldata'],
    },
    callId: { type: 'string', maxLength: 250 },
    direction: { type: 'string', enum: ['in', 'out'] },
    from: text,
    to: text,
    user: { type: 'array', items: text },
    answeringNumber: text,
    cause: text,
    recordingfile: text,
    billsec: text,
    holdtime: text,
    status: text,
    timestamp: text,
  },
  required: ['event', 'callId'],
  additionalProperties: true,
}

const ANSWER: JsonSchema = {
  type: 'object',
  properties: {
    action: { type: 'string', enum: ['reject', 'dial'] },
    reason: { type: 'string', enum: ['busy'] },
    caller_id: text,
    number: text,
  },
}

const EXAMPLE = {
  event: 'newCall',
  callId: '307fa962-de8d-4ffc-817b-7f6993204159',
  direction: 'in',
  from: '0912345678',
  to: '02471022022',
}

/** What a telephone exchange of one's own tells of its calls. */
export const EXCHANGE_OPERATION: Operation = {
  id: 'pushCall',
  tag: 'telephony',
  method: 'post',
  path: '/telephony/cti/{token}',
  caller: 'exchange',
  summary: { vi: 'Tổng đài báo diễn biến cuộc gọi', en: 'An exchange tells of a call' },
  details: {
    vi: 'JSON hoặc biểu mẫu, theo giao thức CTI chung. Gửi trùng hay sai thứ tự không làm thay đổi kết quả.',
    en: 'JSON or a form, as the generic CTI contract has it. Duplicates and reordering change nothing.',
  },
  body: {
    schema: PUSH,
    example: EXAMPLE,
    also: {
      'application/x-www-form-urlencoded': { schema: PUSH },
      'multipart/form-data': { schema: PUSH },
    },
  },
  answers: [
    {
      status: 200,
      text: {
        vi: 'Đã ghi nhận. `action` có mặt khi cuộc gọi mới cần từ chối hoặc đổi số hiển thị.',
        en: 'Noted. `action` where a new call is to be turned away or to show another number.',
      },
      schema: ANSWER,
      example: { action: 'dial', caller_id: '02471022022', number: '0912345678' },
    },
    refused(401, { vi: 'Mã bí mật hoặc chữ ký không đúng.', en: 'Wrong token or signature.' }),
    refused(413, { vi: 'Nội dung quá lớn.', en: 'The body is too large.' }),
    refused(415, { vi: 'Không phải JSON hay biểu mẫu.', en: 'Neither JSON nor a form.' }),
    refused(422, {
      vi: 'Nội dung chưa hợp lệ; `error` nêu tên trường.',
      en: 'Something is invalid; `error` names the field.',
    }),
  ],
  isForeign: true,
}

function refused(status: number, why: Bilingual): DoorAnswer {
  const schema: JsonSchema = { type: 'object', properties: { error: text }, required: ['error'] }
  return { status, text: why, schema }
}
