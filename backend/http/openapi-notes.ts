import type { Bilingual } from '#contracts/catalogue'
import { CURSOR, NEXT_CURSOR, type Notes } from './openapi-note.ts'
import { STAFF_NOTES } from './openapi-staff-notes.ts'

/** What a field means, where its name and type do not say it; null where they do. */
export function noteOn(contract: string, field: string): Bilingual | null {
  const notes: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = NOTES
  return notes[contract]?.[field] ?? null
}

const unitCode: Bilingual = {
  vi: 'Mã đơn vị hành chính: tỉnh 2 chữ số, xã 5 chữ số. Tìm ở /api/units.',
  en: 'Code of an administrative unit: province 2 digits, ward or commune 5. Find it at /api/units.',
}

const workingDaysLeft: Bilingual = {
  vi: 'Số ngày làm việc còn lại đến hạn; null khi không có hạn.',
  en: 'Working days until the answer is due; null where none is owed.',
}

const CITIZEN_NOTES: Notes = {
  NewReport: {
    text: {
      vi: 'Nội dung, bằng lời của người dân; có dấu hay không dấu đều được.',
      en: 'What happened, in the citizen’s own words; with or without diacritics.',
    },
    contact: {
      vi: 'Cách liên hệ; bỏ trống cũng được.',
      en: 'How to reach the citizen; may be left out.',
    },
    place: {
      vi: 'Nơi xảy ra; nếu bỏ trống, hệ thống tìm địa danh trong nội dung.',
      en: 'Where it happened; if left out, places are looked for in the text.',
    },
    consents: {
      vi: 'contact: đồng ý để cơ quan liên hệ. publish: đồng ý công khai nội dung đã bỏ dữ liệu cá nhân.',
      en: 'contact: the agency may get in touch. publish: the text may be made public without personal data.',
    },
    lang: { vi: 'Ngôn ngữ của phiếu tiếp nhận.', en: 'Language of the receipt.' },
    fieldId: {
      vi: 'Lĩnh vực người dân tự chọn, thay cho lĩnh vực hệ thống hiểu được.',
      en: 'The field that the citizen chose instead of the one that was understood.',
    },
    proof: {
      vi: 'Lời giải của /api/reports/challenge (base64), nếu nơi cài đặt yêu cầu.',
      en: 'The solution of /api/reports/challenge (base64), where the installation asks for one.',
    },
  },
  NewContact: {
    phone: {
      vi: 'Viết kiểu nào cũng được: 0912 345 678 hoặc +84912345678.',
      en: 'As people write it: 0912 345 678 or +84912345678.',
    },
  },
  NewPlace: { unitCode },
  ReportReceipt: {
    code: {
      vi: 'Mã tra cứu: 10 chữ số, số cuối để phát hiện gõ nhầm.',
      en: 'The code of the case: 10 digits, the last of which shows a typing error.',
    },
    pin: {
      vi: 'Mã PIN 6 chữ số, mở được trang theo dõi. Chỉ hiện ở đây.',
      en: 'The 6-digit PIN that opens the status. Shown here and never again.',
    },
    field: {
      vi: 'Mã lĩnh vực; null khi cần người phân loại.',
      en: 'Id of the field; null where a person has to choose.',
    },
    agency: {
      vi: 'Cơ quan xử lý; null khi cần người phân loại.',
      en: 'The agency that answers; null where a person has to choose.',
    },
    dueAt: {
      vi: 'Hạn trả lời, tính theo giờ làm việc; null khi không có hạn.',
      en: 'When the answer is due, in working time; null where none is owed.',
    },
    workingDaysLeft,
    emergencyAdvice: {
      vi: 'Lời khuyên cần đọc ngay khi có thể có người gặp nguy hiểm.',
      en: 'To be read at once when somebody may be in danger.',
    },
  },
  ReportPreview: {
    workingDaysLeft,
    confidence: { vi: 'Từ 0 đến 1.', en: 'From 0 to 1.' },
    isSure: {
      vi: 'false: một người sẽ chọn lĩnh vực.',
      en: 'false: a person will choose the field.',
    },
    similar: {
      vi: 'Các vụ việc tương tự đang mở ở gần đó.',
      en: 'Open cases nearby that look the same.',
    },
  },
  ReportStatus: {
    workingDaysLeft,
    timeline: {
      vi: 'Các bước, cũ trước mới sau; không có tên cán bộ.',
      en: 'The steps, oldest first; no member of staff is named.',
    },
    response: {
      vi: 'Câu trả lời, khi đã được duyệt.',
      en: 'The answer, once it is approved.',
    },
    canDispute: {
      vi: 'Còn nói “chưa giải quyết xong” được không.',
      en: 'Whether it can still be said that it is not solved.',
    },
  },
  AnswerQuery: {
    q: { vi: 'Từ cần tìm, không cần dấu.', en: 'Words to look for; diacritics are not needed.' },
    field: { vi: 'Mã lĩnh vực.', en: 'Id of a field.' },
    unit: unitCode,
    cursor: CURSOR,
  },
  AnswerPage: { nextCursor: NEXT_CURSOR },
  Answer: {
    lat: {
      vi: 'Làm tròn khoảng 100 m, để không chỉ vào một ngôi nhà.',
      en: 'Rounded to about 100 m, so that no home is pointed at.',
    },
    question: {
      vi: 'Nội dung đã bỏ dữ liệu cá nhân.',
      en: 'The text without personal data.',
    },
    response: {
      vi: 'Câu trả lời đã bỏ dữ liệu cá nhân.',
      en: 'The answer without personal data.',
    },
  },
  Performance: {
    since: { vi: 'Số liệu tính từ lúc này.', en: 'The figures count from here.' },
  },
  UnitQuery: {
    q: {
      vi: 'Tên đơn vị, kể cả tên cũ; không cần dấu.',
      en: 'Name of a unit, old names too; diacritics are not needed.',
    },
    province: { vi: 'Chỉ tìm trong tỉnh này.', en: 'Only in this province.' },
    near: {
      vi: 'vĩ độ,kinh độ: đơn vị gần nhất thay cho tìm theo tên.',
      en: 'latitude,longitude: the nearest unit instead of a search by name.',
    },
  },
  Unit: {
    formerly: {
      vi: 'Tên cũ khớp với từ đã tìm.',
      en: 'The former name that matched the search.',
    },
  },
  Catalogue: {
    proofOfWork: {
      vi: 'true: phản ánh phải kèm lời giải của /api/reports/challenge.',
      en: 'true: reports must carry the solution of /api/reports/challenge.',
    },
    tileUrl: {
      vi: 'Mẫu địa chỉ ảnh bản đồ; null khi không có bản đồ nền.',
      en: 'Template of the map’s tiles; null where there is no base map.',
    },
  },
  Problem: {
    type: {
      vi: 'Địa chỉ của phần giải thích mã này trên trang này.',
      en: 'Where this page explains the code.',
    },
    code: {
      vi: 'Mã ổn định, dùng để xử lý trong chương trình.',
      en: 'A stable code, made for programs to switch on.',
    },
    detail: {
      vi: 'Một câu cho người đọc, theo ngôn ngữ của người gọi.',
      en: 'A sentence for people, in the caller’s language.',
    },
    requestId: {
      vi: 'Gửi kèm khi báo lỗi; có trong nhật ký máy chủ.',
      en: 'Quote it when you report an error; the server’s log has it.',
    },
    errors: { vi: 'Từng trường chưa hợp lệ.', en: 'Each field that is not valid.' },
    changes: {
      vi: 'Với mã conflict trên vụ việc: những gì đã thay đổi từ phiên bản của bạn.',
      en: 'With conflict on a case: what changed since your version.',
    },
  },
  FieldError: {
    pointer: {
      vi: 'Vị trí của trường (RFC 6901), ví dụ /contact/phone.',
      en: 'Where the field is (RFC 6901), for example /contact/phone.',
    },
    reason: {
      vi: 'Mã ổn định của lý do.',
      en: 'A stable code of what is wrong.',
    },
  },
}

const NOTES: Notes = { ...CITIZEN_NOTES, ...STAFF_NOTES }
