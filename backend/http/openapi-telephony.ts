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

type Webhook = {
  readonly id: string
  readonly door: string
  readonly answer: DoorAnswer
  readonly summary: Bilingual
  /** What it is about, where that is not a call. */
  readonly subject?: Subject
}

/** The field that names what a webhook is about, and an example. */
type Subject = { readonly name: string; readonly example: Readonly<Record<string, string>> }

const CALL: Subject = {
  name: 'CallSid',
  example: { CallSid: 'CA00000000000000000000000000000001', CallStatus: 'ringing' },
}
const CONFERENCE: Subject = {
  name: 'FriendlyName',
  example: {
    FriendlyName: 'call-CA00000000000000000000000000000001',
    StatusCallbackEvent: 'participant-join',
  },
}
const MESSAGE: Subject = {
  name: 'MessageSid',
  example: { MessageSid: 'SM00000000000000000000000000000001', From: '+84912345678' },
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
    id: 'conferenceJoined',
    door: 'join',
    answer: spoken,
    summary: { vi: 'Người gọi gặp tổng đài viên', en: 'The caller meets the agent' },
  },
  {
    id: 'callerRequeued',
    door: 'requeued',
    answer: spoken,
    summary: {
      vi: 'Mất kết nối với tổng đài viên; người gọi chờ lại ở đầu hàng',
      en: 'The agent was lost; the caller is first in line again',
    },
  },
  {
    id: 'conferenceReported',
    door: 'conference',
    answer: noted,
    summary: { vi: 'Ai vào, ai rời cuộc nói chuyện', en: 'Who joined and who left the talk' },
    subject: CONFERENCE,
  },
  {
    id: 'agentLineReported',
    door: 'agent-leg',
    answer: noted,
    summary: { vi: 'Máy của tổng đài viên đổ chuông, nhấc, gác', en: 'How the agent’s line fares' },
  },
  {
    id: 'talkRecorded',
    door: 'talk-recorded',
    answer: noted,
    summary: { vi: 'Tình trạng bản ghi âm cuộc nói chuyện', en: 'How the talk’s recording fares' },
  },
  {
    id: 'fallbackAsked',
    door: 'fallback',
    answer: spoken,
    summary: {
      vi: 'Mọi cách khác đều hỏng: nhận lời nhắn mà không cần cơ sở dữ liệu',
      en: 'All else failed: a message is taken without the database',
    },
  },
  {
    id: 'fallbackMessageLeft',
    door: 'fallback-recorded',
    answer: spoken,
    summary: { vi: 'Đã để lại lời nhắn dự phòng', en: 'A message was left at the fallback' },
  },
  {
    id: 'fallbackRecordingReported',
    door: 'fallback-reported',
    answer: noted,
    summary: { vi: 'Tình trạng bản ghi âm dự phòng', en: 'How the fallback’s recording fares' },
  },
  {
    id: 'callReported',
    door: 'status',
    answer: noted,
    summary: { vi: 'Diễn biến cuộc gọi', en: 'How the call goes on' },
  },
  {
    id: 'textReceived',
    door: 'sms',
    answer: unanswered,
    summary: { vi: 'Có tin nhắn đến', en: 'A text message comes in' },
    subject: MESSAGE,
  },
  {
    id: 'textReported',
    door: 'sms-status',
    answer: noted,
    summary: { vi: 'Tin nhắn của ta đi đến đâu', en: 'How far a text message of ours came' },
    subject: MESSAGE,
  },
]

/** Webhooks of the telephone company. */
export const TELEPHONY_OPERATIONS: readonly Operation[] = [
  ...WEBHOOKS.map(webhook),
  {
    id: 'getWaitingMusic',
    tag: 'telephony',
    method: 'get',
    path: '/telephony/twilio/waiting-music.wav',
    caller: 'anyone',
    summary: { vi: 'Nhạc chờ của hệ thống', en: 'The melody of those who wait' },
    answers: [
      {
        status: 200,
        text: { vi: 'WAV, µ-law 8 kHz.', en: 'WAV, µ-law at 8 kHz.' },
        content: { 'audio/wav': {} },
      },
    ],
    isForeign: true,
  },
]

function webhook({ id, door, answer, summary, subject = CALL }: Webhook): Operation {
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
