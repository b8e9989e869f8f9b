import type { Bilingual } from '#contracts/catalogue'
import type { DoorAnswer, Operation } from './openapi-operation.ts'

const spoken: DoorAnswer = {
  status: 200,
  text: { vi: 'TwiML: người gọi nghe gì tiếp theo.', en: 'TwiML: what the caller hears next.' },
  content: { 'text/xml': {} },
}
const unanswered: DoorAnswer = {
  status: 200,
  text: {
    vi: 'TwiML rỗng; trả lời người dân đi bằng tin nhắn riêng.',
    en: 'Empty TwiML; answers to the citizen are messages of their own.',
  },
  content: { 'text/xml': {} },
}
const noted: DoorAnswer = { status: 204, text: { vi: 'Đã ghi nhận.', en: 'Noted.' } }

/** The field that names what a webhook is about, and an example. */
type Subject = { readonly name: string; readonly example: Readonly<Record<string, string>> }

const CALL_FIELDS: Subject = {
  name: 'CallSid',
  example: { CallSid: 'CA00000000000000000000000000000001', CallStatus: 'ringing' },
}
const MESSAGE_FIELDS: Subject = {
  name: 'MessageSid',
  example: { MessageSid: 'SM00000000000000000000000000000001', From: '+84912345678' },
}

/** Webhooks of the telephone company. */
export const TELEPHONY_OPERATIONS: readonly Operation[] = [
  webhook('callIncoming', 'voice', spoken, {
    vi: 'Có cuộc gọi đến',
    en: 'A call comes in',
  }),
  webhook('messageLeft', 'recorded', spoken, {
    vi: 'Người gọi đã để lại lời nhắn',
    en: 'The caller left a message',
  }),
  webhook('recordingReported', 'recording-status', noted, {
    vi: 'Tình trạng bản ghi âm',
    en: 'How the recording’s file fares',
  }),
  webhook('callReported', 'status', noted, {
    vi: 'Diễn biến cuộc gọi',
    en: 'How the call goes on',
  }),
  webhook(
    'textReceived',
    'sms',
    unanswered,
    { vi: 'Có tin nhắn đến', en: 'A text message comes in' },
    MESSAGE_FIELDS,
  ),
  webhook(
    'textReported',
    'sms-status',
    noted,
    { vi: 'Tin nhắn của ta đi đến đâu', en: 'How far a text message of ours came' },
    MESSAGE_FIELDS,
  ),
]

/** For whoever runs the server. */
export const RUNNING_OPERATIONS: readonly Operation[] = [
  probe('isAlive', '/healthz', {
    summary: { vi: 'Tiến trình còn sống', en: 'The process lives' },
    answers: [state(200, 'ok', { vi: 'Còn sống.', en: 'It does.' })],
  }),
  probe('isReady', '/readyz', {
    summary: { vi: 'Sẵn sàng phục vụ', en: 'Ready to serve' },
    answers: [
      state(200, 'ready', { vi: 'Sẵn sàng.', en: 'Ready.' }),
      state(503, 'unavailable', {
        vi: 'Chưa sẵn sàng, ví dụ mất cơ sở dữ liệu.',
        en: 'Not ready, for example without its database.',
      }),
    ],
  }),
  probe('getMetrics', '/metrics', {
    summary: { vi: 'Số đo cho Prometheus', en: 'Metrics for Prometheus' },
    answers: [
      {
        status: 200,
        text: { vi: 'Định dạng của Prometheus.', en: 'Prometheus’ text format.' },
        content: { 'text/plain': {} },
      },
    ],
  }),
]

function webhook(
  id: string,
  door: string,
  answer: DoorAnswer,
  summary: Bilingual,
  subject = CALL_FIELDS,
): Operation {
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
        properties: { [subject.name]: { type: 'string' } },
        required: [subject.name],
        additionalProperties: { type: 'string' },
      },
      example: subject.example,
    },
    answers: [
      answer,
      {
        status: 400,
        text: {
          vi: 'Không nói về cuộc gọi hay tin nhắn nào.',
          en: 'It is about no call or message.',
        },
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

function probe(id: string, path: string, rest: Pick<Operation, 'summary' | 'answers'>): Operation {
  return { id, tag: 'running', method: 'get', path, caller: 'anyone', isForeign: true, ...rest }
}

function state(status: number, word: string, text: Bilingual): DoorAnswer {
  return {
    status,
    text,
    schema: {
      type: 'object',
      properties: { status: { type: 'string', const: word } },
      required: ['status'],
    },
  }
}
