import type { Language } from '#contracts/vocabulary'
import { fill } from '#presenters/texts/texts'

/** Every sentence the hotline says. Places to fill are `{like this}`; numbers are written as said. */
export type SpokenTexts = {
  readonly greeting: string
  readonly nothingHeard: string
  readonly apology: string
  readonly code: string
  readonly codeAgain: string
  readonly pin: string
  readonly due: string
  readonly goodbye: string
}

const vi: SpokenTexts = {
  greeting:
    'Xin chào quý vị. Đây là tổng đài tiếp nhận phản ánh, kiến nghị của người dân. ' +
    'Nếu có người đang gặp nguy hiểm, xin gọi ngay một một ba, một một bốn hoặc một một năm. ' +
    'Lời nhắn được ghi âm và số điện thoại được lưu để xử lý và trả lời quý vị; ' +
    'tiếp tục cuộc gọi là quý vị đồng ý. ' +
    'Sau tiếng bíp, xin nói rõ sự việc và địa điểm, rồi bấm phím thăng.',
  nothingHeard: 'Chúng tôi chưa nghe thấy lời nhắn nào. Xin quý vị vui lòng gọi lại.',
  apology:
    'Rất tiếc, hệ thống đang bận nên chưa đọc được mã tra cứu. ' +
    'Lời nhắn của quý vị đã được ghi âm và sẽ được xử lý. Xin cảm ơn quý vị.',
  code: 'Cảm ơn quý vị, phản ánh đã được tiếp nhận. Mã tra cứu là: {digits}.',
  codeAgain: 'Xin nhắc lại, mã tra cứu là: {digits}.',
  pin: 'Mã PIN để xem kết quả là: {digits}. Xin nhắc lại: {digits}.',
  due: 'Hạn trả lời là ngày {day} tháng {month} năm {year}.',
  goodbye: 'Xin chào quý vị.',
}

const en: SpokenTexts = {
  greeting:
    'Welcome to the citizen hotline. If somebody is in danger, hang up and call one one three, ' +
    'one one four or one one five. Your message is recorded and your number is kept so that we ' +
    'can answer you; by staying on the line you agree. ' +
    'After the beep, please say what happened and where, then press the pound key.',
  nothingHeard: 'We did not hear a message. Please call again.',
  apology:
    'We are sorry, we cannot read out your code right now. ' +
    'Your message has been recorded and will be handled. Thank you.',
  code: 'Thank you, we have received your report. Your code is: {digits}.',
  codeAgain: 'Once more, your code is: {digits}.',
  pin: 'Your PIN is: {digits}. Once more: {digits}.',
  due: 'You will have an answer by {day}/{month}/{year}.',
  goodbye: 'Goodbye.',
}

const SPOKEN: Record<Language, SpokenTexts> = { vi, en }

/** A sentence of the hotline with its places filled. */
export function spoken(
  lang: Language,
  name: keyof SpokenTexts,
  values: Readonly<Record<string, string>> = {},
): string {
  return fill(SPOKEN[lang][name], values)
}
