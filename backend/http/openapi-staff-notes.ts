import type { Bilingual } from '#contracts/catalogue'
import { CURSOR, NEXT_CURSOR, type Notes } from './openapi-note.ts'

const version: Bilingual = {
  vi: 'Phiên bản của vụ việc mà bạn đang xem. Nếu vụ việc đã thay đổi từ đó, yêu cầu bị từ chối với mã conflict.',
  en: 'The version of the case that you saw. If the case has changed since, the request is refused with conflict.',
}
const comment: Bilingual = {
  vi: 'Lời giải thích mà người dân đọc được.',
  en: 'An explanation that the citizen reads.',
}

const telephone: Bilingual = {
  vi: 'Số nội bộ của tổng đài (2–8 chữ số) hoặc một số điện thoại; null là không có. Mỗi số thuộc về một tài khoản.',
  en: 'An extension of the exchange (2–8 digits) or a number; null for none. Each belongs to one account.',
}

const AGENCY = {
  unitCode: {
    vi: 'Địa bàn phụ trách; null với cơ quan trung ương.',
    en: 'The unit it answers for; null for central agencies.',
  },
  isActive: {
    vi: 'false: không nhận vụ việc mới.',
    en: 'false: it gets no new cases.',
  },
} as const

/** What the fields mean that staff send and read. */
export const STAFF_NOTES: Notes = {
  CaseQuery: {
    view: { vi: 'Ngăn của hộp việc.', en: 'A view of the inbox.' },
    agency: { vi: 'Mã cơ quan.', en: 'Id of an agency.' },
    q: {
      vi: 'Từ cần tìm, không cần dấu; mã tra cứu tìm đúng vụ việc.',
      en: 'Words to look for, without diacritics if you like; a code finds its case.',
    },
    cursor: CURSOR,
  },
  CasePage: { nextCursor: NEXT_CURSOR },
  CaseRow: {
    summary: {
      vi: 'Những từ đầu, đã bỏ dữ liệu cá nhân.',
      en: 'The first words, without personal data.',
    },
    isRestricted: {
      vi: 'Khiếu nại, tố cáo: chỉ người có quyền xem.',
      en: 'A complaint or denunciation: seen by those with the right to alone.',
    },
  },
  CaseView: {
    version: {
      vi: 'Gửi lại với mỗi thao tác.',
      en: 'Sent back with every action.',
    },
    text: {
      vi: 'Dữ liệu cá nhân được che khi vai trò của bạn không được xem.',
      en: 'Personal data are masked where your role may not see them.',
    },
    evidence: {
      vi: 'Những từ đã quyết định lĩnh vực: vị trí UTF-16 trong text, nửa mở.',
      en: 'The words that decided the field: half-open UTF-16 offsets in text.',
    },
    personalData: {
      vi: 'Dữ liệu cá nhân tìm thấy trong text; rỗng khi đã che.',
      en: 'Personal data found in text; empty where they are masked.',
    },
    actions: {
      vi: 'Những việc bạn làm được với vụ việc này lúc này.',
      en: 'What you may do to this case now.',
    },
  },
  SplitCase: {
    version,
    start: {
      vi: 'Đoạn được tách: vị trí UTF-16 trong text, nửa mở. Các phần được gợi ý ở parts.',
      en: 'The stretch to take out: half-open UTF-16 offsets in text. parts has suggestions.',
    },
  },
  CaseResponse: {
    publicText: {
      vi: 'Nội dung mọi người sẽ đọc: đã bỏ dữ liệu cá nhân.',
      en: 'What the public will read: without personal data.',
    },
  },
  LikelyDuplicate: {
    score: {
      vi: 'Khả năng cùng một sự việc, từ 0 đến 1.',
      en: 'How likely it is about the same incident, 0 to 1.',
    },
    reasons: {
      vi: 'Điều cho thấy như vậy.',
      en: 'What speaks for it.',
    },
  },
  SimilarAnswersQuery: {
    text: {
      vi: 'Nội dung cần trả lời.',
      en: 'What is to be answered.',
    },
    exceptCode: {
      vi: 'Vụ việc đang trả lời, để bỏ qua.',
      en: 'The case being answered, to leave out.',
    },
  },
  SimilarAnswer: {
    wording: {
      vi: 'Mức giống nhau của câu hỏi, từ 0 đến 1.',
      en: 'How alike the questions are worded, 0 to 1.',
    },
  },
  DraftReview: {
    hints: {
      vi: 'Điều nên xem lại; spans là vị trí UTF-16 trong text, rỗng khi thiếu điều gì đó.',
      en: 'What to look at again; spans are UTF-16 offsets in text, empty where something is missing.',
    },
  },
  CallQuery: { cursor: CURSOR },
  CallPage: { nextCursor: NEXT_CURSOR },
  CallRow: {
    from: {
      vi: 'Số gọi đến theo E.164, hoặc anonymous khi bị ẩn.',
      en: 'The caller’s number in E.164, or anonymous where it was withheld.',
    },
  },
  AgencyQuery: {
    q: {
      vi: 'Tên cơ quan, không cần dấu.',
      en: 'Name of an agency; diacritics are not needed.',
    },
  },
  Agency: AGENCY,
  AgencyUpdate: AGENCY,
  CorrectCase: {
    version,
    fieldId: { vi: 'Lĩnh vực đúng.', en: 'The right field.' },
  },
  RouteCase: { version },
  AcceptCase: { version },
  ReturnCase: { version },
  DraftResponse: { version },
  SubmitResponse: {
    version,
    text: {
      vi: 'Câu trả lời sau cùng, nếu có sửa so với bản nháp.',
      en: 'The last words, where they differ from the draft.',
    },
  },
  ApproveResponse: { version },
  SendBackResponse: {
    version,
    reason: {
      vi: 'Cần sửa gì; người soạn đọc được, người dân không thấy.',
      en: 'What should be better; for the author, not for the citizen.',
    },
  },
  NewMessage: {
    version,
    text: {
      vi: 'Tối đa 1.600 ký tự; chữ có dấu: 70 ký tự một tin, 67 mỗi phần khi dài hơn.',
      en: 'At most 1,600 characters; Vietnamese letters: 70 in one SMS, 67 in each part of several.',
    },
  },
  StepMessage: {
    state: {
      vi: 'null: tin của người dân gửi đến.',
      en: 'null: the citizen sent it.',
    },
    errorCode: {
      vi: 'Mã của nhà mạng, hoặc opted-out (đã từ chối nhận tin), gave-up (thử mãi không được).',
      en: 'The provider’s code, or opted-out (wants no messages), gave-up (tried in vain).',
    },
  },
  NoteCase: {
    version: {
      vi: 'Ghi chú được nhận ở mọi phiên bản.',
      en: 'A note is welcome on any version.',
    },
  },
  ExtendCase: {
    version,
    reason: { vi: 'Lý do mà người dân đọc được.', en: 'A reason that the citizen reads.' },
  },
  RejectCase: { version, comment },
  RedirectCase: { version },
  RevealContact: {
    version,
    reason: {
      vi: 'Vì sao cần xem; được ghi vào nhật ký kiểm tra.',
      en: 'Why it is needed; kept in the audit log.',
    },
  },
  OwnAccountChange: { telephone },
  NewStaffAccount: {
    telephone,
    agencyId: {
      vi: 'Bắt buộc với chuyên viên và lãnh đạo.',
      en: 'Required for officers and approvers.',
    },
  },
  StaffAccountChange: {
    telephone,
    isActive: {
      vi: 'false: không đăng nhập được nữa, các phiên kết thúc.',
      en: 'false: may not sign in any more; sessions end.',
    },
  },
}
