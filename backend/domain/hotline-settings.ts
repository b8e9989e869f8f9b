import type { HotlineSettings } from '#contracts/hotline'
import { type Calendar, isWorkingTime } from './business-calendar.ts'

/** The hotline of a new installation. */
export const DEFAULT_HOTLINE: HotlineSettings = {
  texts: {},
  menu: [
    {
      key: '1',
      action: 'leave-report',
      words: {
        vi: ['phản ánh', 'kiến nghị', 'góp ý', 'để lại lời nhắn', 'nhắn tin', 'báo cáo'],
        en: ['report', 'leave a message', 'message', 'complain'],
      },
    },
    {
      key: '2',
      action: 'hear-status',
      words: {
        vi: ['tra cứu', 'tình trạng', 'kết quả', 'xem lại', 'mã tra cứu'],
        en: ['status', 'result', 'earlier report', 'my code'],
      },
    },
    {
      key: '3',
      action: 'agent',
      words: {
        vi: ['tổng đài viên', 'nhân viên', 'gặp người', 'nói chuyện', 'tư vấn'],
        en: ['agent', 'operator', 'somebody', 'a person', 'talk to'],
      },
    },
    {
      key: '4',
      action: 'call-back',
      words: {
        vi: ['gọi lại', 'gọi cho tôi', 'hẹn gọi'],
        en: ['call back', 'call me back', 'callback', 'call me'],
      },
    },
  ],
  emergencyWords: [
    'khẩn cấp',
    'cấp cứu',
    'cứu với',
    'cứu tôi',
    'cháy nhà',
    'đang cháy',
    'hỏa hoạn',
    'tai nạn',
    'đuối nước',
    'đánh nhau',
    'chết người',
    'emergency',
    'help me',
    'fire',
    'accident',
    'ambulance',
  ],
  hours: 'office',
  queue: { maxWaiting: 20, ringSeconds: 20, wrapUpSeconds: 60, musicUrl: null },
  isTranscribed: false,
  outbound: { callerId: null, quietFrom: '21:00', quietUntil: '07:30', callBackAttempts: 3 },
  recordings: { keepDays: 365 },
}

/** Whether agents answer now. */
export function isHotlineOpen(
  { hours }: Pick<HotlineSettings, 'hours'>,
  calendar: Calendar,
  at: Date,
): boolean {
  return hours === 'always' || isWorkingTime(at, calendar)
}
