import type { CallEnder, CallEnding } from '#contracts/calls'
import type { Disposition, OfferOutcome } from '#contracts/telephony'
import type { Language } from '#contracts/vocabulary'

/** What the file of calls' records says in words. */
export type CallWords = {
  readonly withheld: string
  readonly directions: Readonly<Record<'inbound' | 'outbound', string>>
  readonly endings: Readonly<Record<CallEnding, string>>
  readonly enders: Readonly<Record<CallEnder, string>>
  readonly offers: Readonly<Record<OfferOutcome, string>>
  readonly dispositions: Readonly<Record<Disposition, string>>
}

/** The words of calls' records. */
export const CALL_WORDS: Readonly<Record<Language, CallWords>> = {
  vi: {
    withheld: 'giấu số',
    directions: { inbound: 'gọi đến', outbound: 'gọi đi' },
    endings: {
      answered: 'đã trả lời',
      abandoned: 'bỏ cuộc',
      voicemail: 'để lại lời nhắn',
      self_service: 'tự tra cứu',
      callback_requested: 'hẹn gọi lại',
      missed: 'gọi nhỡ',
      failed: 'lỗi',
      busy: 'máy bận',
      no_answer: 'không nhấc máy',
      canceled: 'đã hủy',
      forwarded: 'chuyển tiếp',
    },
    enders: {
      citizen: 'người dân',
      agent: 'tổng đài viên',
      system: 'hệ thống',
      company: 'nhà cung cấp',
    },
    offers: {
      pending: 'đang đổ chuông',
      accepted: 'đã nhận',
      declined: 'từ chối',
      timed_out: 'không nhận',
      unreached: 'không kết nối được',
      withdrawn: 'đã rút',
    },
    dispositions: {
      'case-opened': 'đã ghi nhận vụ việc',
      'case-answered': 'đã trả lời về vụ việc',
      'information-given': 'đã cung cấp thông tin',
      'call-back-agreed': 'hẹn gọi lại',
      'wrong-number': 'nhầm số',
      abusive: 'quấy rối',
      'no-one-there': 'không có người nói',
    },
  },
  en: {
    withheld: 'withheld',
    directions: { inbound: 'inbound', outbound: 'outbound' },
    endings: {
      answered: 'answered',
      abandoned: 'abandoned',
      voicemail: 'left a message',
      self_service: 'self-service',
      callback_requested: 'call-back asked for',
      missed: 'missed',
      failed: 'failed',
      busy: 'busy',
      no_answer: 'no answer',
      canceled: 'canceled',
      forwarded: 'forwarded',
    },
    enders: { citizen: 'citizen', agent: 'agent', system: 'system', company: 'provider' },
    offers: {
      pending: 'ringing',
      accepted: 'accepted',
      declined: 'declined',
      timed_out: 'not answered',
      unreached: 'not reached',
      withdrawn: 'withdrawn',
    },
    dispositions: {
      'case-opened': 'case recorded',
      'case-answered': 'answered about a case',
      'information-given': 'information given',
      'call-back-agreed': 'call-back agreed',
      'wrong-number': 'wrong number',
      abusive: 'abusive',
      'no-one-there': 'nobody there',
    },
  },
}

/** The first line of the file, column by column. */
export const CALL_HEADS: Readonly<Record<Language, readonly string[]>> = {
  vi: [
    'Cuộc gọi',
    'Nhà cung cấp',
    'Chiều',
    'Từ số',
    'Đến số',
    'Ngôn ngữ',
    'Mã tra cứu',
    'Bắt đầu (giờ Việt Nam)',
    'Đường đi trong thực đơn',
    'Hàng đợi',
    'Vào hàng đợi',
    'Chờ (giây)',
    'Đã đổ chuông ở',
    'Tổng đài viên',
    'Nhấc máy',
    'Nói chuyện (giây)',
    'Giữ máy (giây)',
    'Hoàn tất (giây)',
    'Kết thúc',
    'Kết thúc thế nào',
    'Ai gác máy trước',
    'Mã nguyên nhân',
    'Kết quả',
    'Số bản ghi âm',
    'Bản ghi âm đã xóa',
    'Số câu chép lời',
    'Chi phí',
    'Đơn vị tiền',
    'Vùng',
  ],
  en: [
    'Call',
    'Provider',
    'Direction',
    'From',
    'To',
    'Language',
    'Case',
    'Started (Vietnam time)',
    'Way through the menu',
    'Queue',
    'Entered queue',
    'Waited (s)',
    'Rang at',
    'Agent',
    'Answered',
    'Talked (s)',
    'On hold (s)',
    'Wrapped up (s)',
    'Ended',
    'Ended as',
    'Who hung up first',
    'Cause (code)',
    'Outcome',
    'Recordings',
    'Recordings deleted',
    'Sentences written down',
    'Cost',
    'Currency',
    'Region',
  ],
}
