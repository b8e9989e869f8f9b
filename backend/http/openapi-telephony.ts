import type { Bilingual } from '#contracts/catalogue'
import type { DoorAnswer, Operation } from './openapi-operation.ts'

const spoken: DoorAnswer = {
  status: 200,
  text: { vi: 'TwiML: người gọi nghe gì tiếp theo.', en: 'TwiML: what the caller hears next.' },
  content: { 'text/xml': {} },
}
const noted: DoorAnswer = { status: 204, text: { vi: 'Đã ghi nhận.', en: 'Noted.' } }

type Webhook = {
  readonly id: string
  readonly door: string
  readonly answer: DoorAnswer
  readonly summary: Bilingual
}

const WEBHOOKS: readonly Webhook[] = [
  {
    id: 'callIncoming',
    door: 'voice',
    answer: spoken,
    summary: { vi: 'Có cuộc gọi đến', en: 'A call comes in' },
  },
  {
    id: 'menuAnswered',
    door: 'menu',
    answer: spoken,
    summary: { vi: 'Người gọi chọn trong thực đơn', en: 'The caller chose in the menu' },
  },
  {
    id: 'codeTyped',
    door: 'case-code',
    answer: spoken,
    summary: { vi: 'Người gọi bấm mã tra cứu', en: 'The caller typed a code' },
  },
  {
    id: 'pinTyped',
    door: 'case-pin',
    answer: spoken,
    summary: { vi: 'Người gọi bấm mã PIN', en: 'The caller typed a PIN' },
  },
  {
    id: 'insteadChosen',
    door: 'instead',
    answer: spoken,
    summary: {
      vi: 'Người gọi ngoài giờ chọn được gọi lại hay để lại lời nhắn',
      en: 'After hours: a call back, or a message',
    },
  },
  {
    id: 'messageLeft',
    door: 'recorded',
    answer: spoken,
    summary: { vi: 'Người gọi đã để lại lời nhắn', en: 'The caller left a message' },
  },
  {
    id: 'recordingReported',
    door: 'recording-status',
    answer: noted,
    summary: { vi: 'Tình trạng bản ghi âm', en: 'How the recording’s file fares' },
  },
  {
    id: 'sentenceSaid',
    door: 'transcript',
    answer: noted,
    summary: { vi: 'Một câu vừa được ghi thành chữ', en: 'A sentence was written down' },
  },
  {
    id: 'callerWaits',
    door: 'wait',
    answer: spoken,
    summary: { vi: 'Người gọi đang chờ tổng đài viên', en: 'The caller waits for an agent' },
  },
  {
    id: 'offerAnswered',
    door: 'wait-offer',
    answer: spoken,
    summary: { vi: 'Người gọi đang chờ bấm phím', en: 'The waiting caller pressed a key' },
  },
  {
    id: 'queueLeft',
    door: 'left-queue',
    answer: spoken,
    summary: { vi: 'Người gọi rời hàng đợi', en: 'The caller left the line' },
  },
  {
    id: 'talkLeft',
    door: 'left-conference',
    answer: spoken,
    summary: { vi: 'Cuộc nói chuyện đã kết thúc', en: 'The talk is over' },
  },
  {
    id: 'callReported',
    door: 'status',
    answer: noted,
    summary: { vi: 'Diễn biến cuộc gọi', en: 'How the call goes on' },
  },
]

/** Webhooks of the telephone company. */
export const TELEPHONY_OPERATIONS: readonly Operation[] = WEBHOOKS.map(webhook)

function webhook({ id, door, answer, summary }: Webhook): Operation {
  return {
    id,
    tag: 'telephony',
    method: 'post',
    path: `/telephony/twilio/${door}`,
    caller: 'provider',
    summary,
    details: {
      vi: 'Các trường như Twilio gửi. Gửi trùng hay sai thứ tự không làm thay đổi kết quả.',
      en: 'The fields are Twilio’s. Duplicates and reordering change nothing.',
    },
    body: {
      mediaType: 'application/x-www-form-urlencoded',
      schema: {
        type: 'object',
        properties: { CallSid: { type: 'string' } },
        required: ['CallSid'],
        additionalProperties: { type: 'string' },
      },
      example: { CallSid: 'CA00000000000000000000000000000001', CallStatus: 'ringing' },
    },
    answers: [
      answer,
      {
        status: 400,
        text: { vi: 'Không nói về cuộc gọi nào.', en: 'It is not about a call.' },
        content: { 'text/plain': {} },
      },
      {
        status: 403,
        text: { vi: 'Chữ ký không đúng.', en: 'Not signed by the provider.' },
        content: { 'text/plain': {} },
      },
    ],
    isForeign: true,
  }
}
