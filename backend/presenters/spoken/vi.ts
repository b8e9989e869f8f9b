import type { SpokenTexts } from './spoken.ts'

/** What callers hear in Vietnamese. Numbers are written as they are said. */
export const vi: SpokenTexts = {
  greeting:
    'Xin chào quý vị. Đây là tổng đài tiếp nhận phản ánh, kiến nghị của người dân. ' +
    'Nếu có người đang gặp nguy hiểm, xin gọi ngay một một ba, một một bốn hoặc một một năm.',
  menu: 'Xin bấm phím, hoặc nói điều quý vị cần. {choices}',
  menuLeaveReport: 'Để lại phản ánh, xin bấm phím {key}.',
  menuHearStatus: 'Nghe tình trạng phản ánh đã gửi, xin bấm phím {key}.',
  menuAgent: 'Gặp tổng đài viên, xin bấm phím {key}.',
  menuCallBack: 'Để được gọi lại, xin bấm phím {key}.',
  menuEmergency: 'Việc khẩn cấp, xin bấm phím {key}.',
  otherLanguage: 'Để nghe tiếng Việt, xin bấm phím {key}.',
  notUnderstood: 'Xin lỗi, chúng tôi chưa rõ lựa chọn của quý vị.',
  emergency:
    'Nếu có người đang gặp nguy hiểm, xin gác máy và gọi ngay: một một ba gặp công an, ' +
    'một một bốn để cứu hỏa, cứu nạn, một một năm để cấp cứu. Xin đừng chờ ở đây.',
  consent:
    'Lời nhắn được ghi âm và số điện thoại được lưu để xử lý và trả lời quý vị; ' +
    'tiếp tục cuộc gọi là quý vị đồng ý. ' +
    'Sau tiếng bíp, xin nói rõ sự việc và địa điểm, rồi bấm phím thăng.',
  nothingHeard: 'Chúng tôi chưa nghe thấy lời nhắn nào. Xin quý vị vui lòng gọi lại.',
  apology:
    'Rất tiếc, hệ thống đang bận nên chưa đọc được mã tra cứu. ' +
    'Lời nhắn của quý vị đã được ghi âm và sẽ được xử lý. Xin cảm ơn quý vị.',
  unavailable: 'Rất tiếc, hệ thống đang bận nên chưa thực hiện được yêu cầu của quý vị.',
  code: 'Cảm ơn quý vị, phản ánh đã được tiếp nhận. Mã tra cứu là: {digits}.',
  codeAgain: 'Xin nhắc lại, mã tra cứu là: {digits}.',
  pin: 'Mã PIN để xem kết quả là: {digits}. Xin nhắc lại: {digits}.',
  due: 'Hạn trả lời là ngày {day} tháng {month} năm {year}.',
  goodbye: 'Xin chào quý vị.',
  askCode: 'Xin bấm mười chữ số của mã tra cứu.',
  askPin: 'Xin bấm sáu chữ số của mã PIN.',
  status:
    'Phản ánh của quý vị đang ở tình trạng: {status}, từ ngày {day} tháng {month} năm {year}.',
  codeWrong: 'Mã tra cứu hoặc mã PIN chưa đúng.',
  triesUsed:
    'Quý vị đã nhập sai nhiều lần. Xin kiểm tra lại mã và gọi lại sau, ' +
    'hoặc để lại lời nhắn ngay bây giờ.',
  position: 'Quý vị đang ở vị trí thứ {position} trong hàng đợi.',
  estimatedWait: 'Thời gian chờ dự kiến khoảng {minutes} phút.',
  waitingOffer:
    'Để được gọi lại mà vẫn giữ thứ tự, xin bấm phím {key}. Nếu không, xin vui lòng chờ máy.',
  connecting: 'Xin vui lòng chờ, chúng tôi đang nối máy với tổng đài viên.',
  recorded: 'Cuộc gọi này được ghi âm để nâng cao chất lượng phục vụ.',
  callBackPromised: 'Chúng tôi đã ghi nhận và sẽ gọi lại số điện thoại này cho quý vị.',
  callBackImpossible:
    'Rất tiếc, chúng tôi không gọi lại được số máy này. Xin quý vị để lại lời nhắn.',
  queueFull: 'Hiện có rất nhiều người đang chờ. Xin quý vị để lại lời nhắn.',
  closed:
    'Tổng đài viên hiện đã hết giờ làm việc. Để được gọi lại trong giờ làm việc, ' +
    'xin bấm phím {key}; hoặc xin chờ để để lại lời nhắn.',
  agentLost: 'Rất tiếc, đường dây với tổng đài viên bị ngắt. Xin vui lòng chờ máy.',
}
