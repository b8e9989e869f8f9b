import type { Bilingual } from '#contracts/catalogue'
import type { Caller, Tag } from './openapi-operation.ts'

/** What each chapter is about. */
export const TAG_TEXTS: Record<Tag, { readonly name: Bilingual; readonly text: Bilingual }> = {
  reports: {
    name: { vi: 'Người dân', en: 'Citizens' },
    text: {
      vi: 'Gửi phản ánh và theo dõi. Mọi trang web đều gọi được (CORS), không dùng cookie.',
      en: 'Send a report and follow it. Any site may call (CORS), without cookies.',
    },
  },
  published: {
    name: { vi: 'Công khai', en: 'Public' },
    text: {
      vi: 'Những gì ai cũng đọc được, từ mọi trang web.',
      en: 'What everyone may read, from any site.',
    },
  },
  cases: {
    name: { vi: 'Cán bộ', en: 'Staff' },
    text: {
      vi: 'Công việc của tổng đài và các cơ quan: hộp việc, vụ việc và từng thao tác.',
      en: 'The work of call centre and agencies: the inbox, a case, every action on it.',
    },
  },
  calls: {
    name: { vi: 'Điện thoại của tổng đài viên', en: 'Agents’ telephone' },
    text: {
      vi: 'Hàng đợi, cuộc gọi đến và đi, tổng đài viên, lịch gọi lại.',
      en: 'The queue, calls in and out, agents, call-backs.',
    },
  },
  administration: {
    name: { vi: 'Quản trị', en: 'Administration' },
    text: {
      vi: 'Tài khoản, cơ quan, lĩnh vực, lịch và thời hạn.',
      en: 'Accounts, agencies, fields, calendar and deadlines.',
    },
  },
  'sign-in': {
    name: { vi: 'Đăng nhập', en: 'Sign-in' },
    text: {
      vi: 'Do better-auth đảm nhiệm; lỗi ở đây có dạng riêng: code và message.',
      en: 'Done by better-auth; errors have a form of their own here: code and message.',
    },
  },
  telephony: {
    name: { vi: 'Điện thoại', en: 'Telephony' },
    text: {
      vi: 'Webhook của nhà mạng: yêu cầu không có chữ ký đúng luôn nhận 403. Tổng đài nội bộ gửi đến địa chỉ có mã bí mật.',
      en: 'The provider’s webhooks: whatever is not signed rightly gets 403. An exchange of your own pushes to an address with a token.',
    },
  },
  running: {
    name: { vi: 'Vận hành', en: 'Running it' },
    text: {
      vi: 'Cho người vận hành máy chủ.',
      en: 'For whoever runs the server.',
    },
  },
}

/** Who may call, as a sentence. */
export const CALLER_TEXTS: Record<Caller, Bilingual> = {
  anyone: { vi: 'Ai cũng gọi được.', en: 'Anyone may call.' },
  citizen: {
    vi: 'Người gửi phản ánh, bằng mã PIN (X-Report-Pin) hoặc số điện thoại đã dùng khi gửi (X-Report-Phone).',
    en: 'Whoever filed the report, by PIN (X-Report-Pin) or by the phone number it was filed with (X-Report-Phone).',
  },
  staff: { vi: 'Cán bộ đã đăng nhập.', en: 'Staff who are signed in.' },
  centre: {
    vi: 'Tổng đài viên, giám sát và quản trị viên.',
    en: 'Agents, supervisors and administrators.',
  },
  administrator: { vi: 'Quản trị viên.', en: 'Administrators.' },
  provider: {
    vi: 'Nhà mạng, bằng chữ ký X-Twilio-Signature.',
    en: 'The telephone provider, by its signature in X-Twilio-Signature.',
  },
  exchange: {
    vi: 'Tổng đài điện thoại, bằng mã CTI_TOKEN trong địa chỉ; nếu có đặt CTI_HMAC_SECRET thì cần thêm chữ ký X-CTI-Signature.',
    en: 'The telephone exchange, by CTI_TOKEN in the address, and by X-CTI-Signature where CTI_HMAC_SECRET is set.',
  },
}

/** What the parts of an address stand for, each with an example. */
export const PATH_TEXTS: Readonly<Record<string, { text: Bilingual; example: string }>> = {
  code: {
    text: {
      vi: 'Mã tra cứu của vụ việc: 10 chữ số.',
      en: 'The code of the case: 10 digits.',
    },
    example: '2611048274',
  },
  attachmentId: {
    text: { vi: 'Mã tệp.', en: 'Id of the file.' },
    example: '0b9d4a52-6c1f-4a7e-9a4f-2f1de0a4c1b7',
  },
  staffId: {
    text: { vi: 'Mã tài khoản.', en: 'Id of the account.' },
    example: '6742f1c09d1e8a3b5c7d9e01',
  },
  callId: {
    text: { vi: 'Mã cuộc gọi.', en: 'Id of the call.' },
    example: 'twilio:CA0123456789abcdef0123456789abcdef',
  },
  recordingRef: {
    text: { vi: 'Mã bản ghi âm.', en: 'Id of the recording.' },
    example: 'RE0123456789abcdef0123456789abcdef',
  },
  agentId: {
    text: { vi: 'Mã tài khoản của tổng đài viên.', en: 'Id of the agent’s account.' },
    example: '6742f1c09d1e8a3b5c7d9e01',
  },
  callBackId: {
    text: { vi: 'Mã lịch gọi lại.', en: 'Id of the call-back.' },
    example: '0b9d4a52-6c1f-4a7e-9a4f-2f1de0a4c1b7',
  },
  exampleId: {
    text: {
      vi: 'Mã ví dụ: mã vụ việc và phiên bản của nó.',
      en: 'Id of the example: the code of the case and its version.',
    },
    example: '2611048274:3',
  },
  agencyId: {
    text: {
      vi: 'Mã cơ quan; phải trùng với id trong nội dung.',
      en: 'Id of the agency, the same as in the body.',
    },
    example: 'so-xay-dung@79',
  },
  token: {
    text: { vi: 'Mã bí mật CTI_TOKEN.', en: 'The token, CTI_TOKEN.' },
    example: 'tong-dai-1022-bi-mat',
  },
}

/** Parameters and headers that many doors share. */
export const SHARED_TEXTS = {
  title: { vi: 'API của Hồi Âm', en: 'The Hồi Âm API' },
  introduction: {
    vi: 'Tiếp nhận phản ánh của người dân, chuyển đúng cơ quan, trả lời đúng hạn. Thời điểm theo ISO 8601 (UTC). Mọi lời từ chối là một tài liệu lỗi theo RFC 9457 với mã ổn định.',
    en: 'Citizens’ reports come in, reach the right agency and are answered in time. Times are ISO 8601 in UTC. Every refusal is an RFC 9457 problem document with a stable code.',
  },
  language: {
    vi: 'Ngôn ngữ của các câu trong câu trả lời. Nếu bỏ trống: theo Accept-Language, sau đó là tiếng Việt.',
    en: 'Language of the sentences in the answer. If left out: Accept-Language, then Vietnamese.',
  },
  requestedWith: {
    vi: 'Giá trị bất kỳ. Chỉ mã chạy trên chính trang của chúng tôi gửi được, nên trang khác không giả danh bạn.',
    en: 'Any value. Only scripts of our own pages can set it, so no other site acts in your name.',
  },
  retryAfter: {
    vi: 'Số giây nên đợi.',
    en: 'Seconds to wait.',
  },
  reportPin: {
    vi: 'Mã PIN trên phiếu tiếp nhận.',
    en: 'The PIN of the receipt.',
  },
  reportPhone: {
    vi: 'Số điện thoại đã dùng khi gửi.',
    en: 'The phone number it was filed with.',
  },
  session: {
    vi: 'Cookie phiên sau khi đăng nhập (qua https tên có tiền tố __Secure-).',
    en: 'The session’s cookie after signing in (over https its name begins with __Secure-).',
  },
  twilioSignature: {
    vi: 'Chữ ký của Twilio trên địa chỉ và nội dung.',
    en: 'Twilio’s signature over address and body.',
  },
  ctiSignature: {
    vi: '`sha256=` và HMAC-SHA256 của nội dung với CTI_HMAC_SECRET, viết dạng hex; không cần nếu không đặt.',
    en: '`sha256=` and the body’s HMAC-SHA256 under CTI_HMAC_SECRET in hexadecimal; not needed where that is not set.',
  },
} as const satisfies Record<string, Bilingual>
