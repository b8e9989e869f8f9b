import type { NewReport } from '#contracts/reports'

/** What citizens write, from a line to a paragraph, one in three without diacritics. */
const TEXTS = [
  'Đèn đường hẻm {n} Nguyễn Trãi hỏng cả tuần nay, tối om, rất nguy hiểm cho người già và trẻ nhỏ.',
  'rac chat dong dau ngo {n} duong Le Loi ba ngay nay khong ai thu gom, boc mui hoi thoi',
  'Nhà số {n} đường Trần Hưng Đạo xây lấn vỉa hè, người đi bộ phải xuống lòng đường. Tôi đã phản ánh với tổ dân phố hai lần nhưng chưa thấy ai xuống kiểm tra. Đề nghị phường lập biên bản và trả lời tôi qua số 0912 345 678.',
  'Nước máy yếu từ tối hôm qua tới giờ, cả khu phố {n} không có nước nấu cơm.',
  'o ga so {n} tren duong Vo Van Kiet rat sau, hom qua co nguoi nga xe',
  'Quán karaoke số {n} phố Hàng Bông mở nhạc quá 23 giờ, ồn không ngủ được. Mong công an phường nhắc nhở.',
  'Tôi nộp hồ sơ cấp đổi sổ hồng mã số {n} từ tháng trước, giấy hẹn ghi 15 ngày mà nay đã hơn một tháng vẫn chưa có kết quả. Xin cho biết hồ sơ đang ở bộ phận nào và bao giờ trả.',
  'cay xanh truoc so {n} Dien Bien Phu bi nghieng sau con mua lon, so do xuong day dien',
  'Trạm y tế phường hết vắc-xin sởi cho bé {n} tháng tuổi, khi nào có lại ạ?',
] as const

/** Wards of Ho Chi Minh City and Ha Noi that have agencies of their own. */
export const WARD_CODES = ['26743', '26740', '00004', '00008'] as const

/** Report number `index`: no two have the same text. */
export function reportNumber(index: number): NewReport {
  const text = TEXTS[index % TEXTS.length] ?? ''
  return {
    text: text.replace('{n}', String(index)),
    place: { unitCode: wardOf(index), address: `số ${index}` },
    contact: { name: 'Trần Thị Mai', phone: '0912 345 678' },
    consents: ['contact', 'publish'],
    lang: 'vi',
  }
}

/** Reports take turns over the wards. */
export function wardOf(index: number): string {
  return WARD_CODES[index % WARD_CODES.length] ?? WARD_CODES[0]
}
