import { type Phrase, toPhrases } from '../text/phrases.ts'

/** Something was done, and it can be checked. */
export const OUTCOMES = toPhrases(
  combine(
    ['đã', 'vừa', 'đang'],
    'thay|sửa|sửa chữa|khắc phục|hoàn thành|hoàn tất|xử lý xong|giải quyết xong|xử phạt|lập biên bản|phạt|thu gom|dọn|dọn dẹp|dọn sạch|vá|lắp|lắp đặt|tháo dỡ|nạo vét|thông cống|cắt tỉa|đốn hạ|đình chỉ|chi trả|hoàn tiền|hoàn trả|cấp|trả kết quả|cấp lại|điều chỉnh|bố trí|tổ chức|phun|khôi phục|đấu nối|gia cố|rào chắn|yêu cầu|buộc|nhắc nhở|kiểm điểm|tiêm|bàn giao|phê duyệt|cập nhật|mở lại|tuyên dương|biểu dương|khen thưởng',
  ).concat(
    split(
      'đã được thay|đã được sửa|đã được sửa chữa|đã được khắc phục|đã được lắp|đã được lắp đặt|đã được xử lý|đã được giải quyết|đã được cấp|đã được chi trả|đã được dọn|đã được thu gom|sửa xong|xử lý xong|khắc phục xong|hoạt động trở lại|cấp nước trở lại|đóng điện trở lại|has been repaired|has been fixed|has been replaced|was repaired|was fixed|was replaced|have repaired|have fixed|have replaced|have fined|was fined|has been completed|has been cleaned|have cleaned|have collected',
    ),
  ),
)

/** Somebody promises an act of their own. Looking into, noting and considering promise nothing. */
export const PROMISES = toPhrases(
  combine(
    ['sẽ', 'sẽ tiến hành', 'cam kết'],
    'thay|sửa|sửa chữa|khắc phục|hoàn thành|hoàn tất|xử phạt|thu gom|dọn|vá|lắp|lắp đặt|tháo dỡ|nạo vét|cắt tỉa|chi trả|hoàn tiền|cấp|trả kết quả|thi công|khởi công|gọi lại|trả lời|thông báo kết quả|báo kết quả|bố trí|phun|đấu nối|khôi phục',
  ).concat(
    split(
      'we will repair|we will fix|we will replace|will be repaired|will be fixed|will be replaced|will be completed|we will call|will be collected',
    ),
  ),
)

/** How a thing is done: what somebody who asked wants to know. */
export const INSTRUCTIONS = cues(
  'hồ sơ gồm|hồ sơ bao gồm|giấy tờ gồm|giấy tờ cần|cần chuẩn bị|cần mang|mang theo|nộp tại|nộp hồ sơ|nộp trực tuyến|đăng ký tại|thời hạn giải quyết|thời gian giải quyết|lệ phí|miễn phí|không thu phí|giờ làm việc|làm việc từ|các bước|truy cập|please bring|you can apply|opening hours|the fee is',
)

/** A refusal, or sending somebody elsewhere. */
export const REFUSALS = cues(
  'không thuộc thẩm quyền|không thuộc phạm vi|không thuộc trách nhiệm|không thuộc chức năng|không có thẩm quyền|ngoài thẩm quyền|không giải quyết|không thể giải quyết|không có cơ sở|chưa có cơ sở|không đủ điều kiện|chưa đủ điều kiện|không được chấp thuận|không được chấp nhận|không chấp nhận|không xem xét|chưa thể xem xét|không thể đáp ứng|chưa thể đáp ứng|không thể thực hiện|chưa thể thực hiện|chưa thể giải quyết|từ chối giải quyết|chưa có chủ trương|not our responsibility|outside our responsibility|not within our|cannot be accepted|cannot be processed|unable to process|unable to help|request is refused|has been refused|not eligible',
)

/** A reason that says more than "by the rules". */
export const REASONS = cues(
  'lý do|nguyên nhân|bởi vì|do chưa|do không|do thiếu|do đất|do thửa|do hồ sơ|do khu vực|do công trình|do tuyến|do đoạn|do hộ|vì quyết định|do quyết định|vì đây là|do đây là|vì thời hạn|do thời hạn|vì chưa|vì không|vì thiếu|vì đất|vì thửa|vì hồ sơ|vì khu vực|vì công trình|vì tuyến|vì đoạn|vì hộ|vì ông|vì bà|vì anh|vì chị|because|since the|the reason',
)

/** The case goes on somewhere that is named. */
export const HANDOVERS = cues(
  'đã chuyển|đã có văn bản|đã gửi văn bản|đã đề nghị|đã phối hợp|we have forwarded|have passed|has been forwarded',
)

/** An office that somebody can go to. */
export const OFFICES = cues(
  'bộ phận một cửa|trung tâm phục vụ hành chính công|bộ phận tiếp nhận và trả kết quả|trung tâm hành chính công|bộ phận tiếp công dân|ban tiếp công dân|tổng đài|đường dây nóng|hotline|one stop shop|citizen service desk',
)

/** Somebody is invited to get in touch. */
export const CONTACT_CUES = cues(
  'liên hệ|liên lạc|điện thoại|gọi|qua số|đt|số máy|số trực|sđt|email|thư điện tử|hộp thư|tổng đài|đường dây nóng|hotline|gặp|contact|call|phone|reach us',
)

/** What stands before somebody's own number or address, not an office's. */
export const OWNERS = cues(
  'của anh|của chị|của ông|của bà|của bạn|của quý|của em|của cô|của chú|của bác|của công dân|của người dân|của người phản ánh|người phản ánh|đã gọi|đã liên hệ|đã liên lạc|gọi cho|thường trú|nhà anh|nhà chị|nhà ông|nhà bà|hộ ông|hộ bà|gia đình anh|gia đình chị|gia đình ông|gia đình bà|chủ hộ|your number|called you|your address|tài khoản',
)

/** Somebody who is named because of the office they hold. */
export const DUTIES = cues(
  'cán bộ|chuyên viên|công chức|viên chức|đồng chí|trưởng phòng|phó phòng|phó trưởng phòng|trưởng ban|trưởng trạm|trưởng công an|chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|đội trưởng|đội phó|tổ trưởng|trưởng thôn|trưởng ấp|trưởng khu phố|phụ trách|liên hệ|gặp|officer|head of|director|chairman',
)

function cues(list: string): Phrase[] {
  return toPhrases(split(list))
}

function combine(before: readonly string[], after: string): string[] {
  return before.flatMap((first) => split(after).map((second) => `${first} ${second}`))
}

function split(list: string): string[] {
  return list.split('|')
}
