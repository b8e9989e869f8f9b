import type { Bilingual } from '#contracts/catalogue'
import type { ErrorCode } from '#contracts/vocabulary'

/** What to do about each kind of refusal, for whoever writes a client. */
export const PROBLEM_ADVICE: Record<ErrorCode, Bilingual> = {
  invalid: {
    vi: 'Dữ liệu gửi lên không đúng quy ước. errors nói rõ trường nào (con trỏ RFC 6901), mã lý do và một câu để hiện cho người dùng. Sửa rồi gửi lại.',
    en: 'The input does not keep its contract. errors says which field (an RFC 6901 pointer), a stable reason and a sentence to show. Correct it and send it again.',
  },
  unauthenticated: {
    vi: 'Chưa đăng nhập, phiên đã hết hạn hoặc tài khoản đã bị khóa. Đăng nhập rồi gọi lại.',
    en: 'Nobody is signed in, the session is over or the account is closed. Sign in and call again.',
  },
  forbidden: {
    vi: 'Vai trò này không được làm việc này, hoặc yêu cầu thiếu tiêu đề X-Requested-With, hoặc đến từ trang khác. Gọi lại y như cũ cũng không được.',
    en: 'The role may not do this, or the request lacks X-Requested-With, or it came from another site’s page. The same call will not succeed later.',
  },
  'not-found': {
    vi: 'Không có, hoặc bạn không được biết là có: mã sai, PIN sai và vụ việc của cơ quan khác trông như nhau.',
    en: 'It does not exist, or you may not know that it does: a wrong code, a wrong PIN and another agency’s case look the same.',
  },
  conflict: {
    vi: 'Có người vừa thay đổi. Với vụ việc, changes và currentVersion cho biết thay đổi gì: tải lại, xem, rồi làm lại với phiên bản mới. Với phản ánh: Idempotency-Key đã dùng cho nội dung khác. Với tài khoản: địa chỉ thư đã dùng.',
    en: 'Something changed before. On a case, changes and currentVersion say what: load it again, look, and repeat with the new version. On a report: the Idempotency-Key was used for another text. On an account: the e-mail address is taken.',
  },
  'not-allowed-now': {
    vi: 'Đúng người, đúng dữ liệu, nhưng trạng thái hiện nay của vụ việc không cho phép. Tải lại vụ việc; actions cho biết việc nào làm được.',
    en: 'The right person and valid input, but the case’s present status forbids it. Load the case again; its actions say what is possible.',
  },
  'too-large': {
    vi: 'Nội dung, tệp hoặc số tệp vượt giới hạn. Giảm bớt rồi gửi lại.',
    en: 'The body, a file or the number of files is beyond the limit. Send less.',
  },
  'unsupported-media': {
    vi: 'Kiểu nội dung hoặc loại tệp không được nhận; loại tệp được xét theo nội dung, không theo tên. detail nói cách đổi ảnh HEIC của iPhone.',
    en: 'The content type or a file’s kind is not accepted; files are judged by content, not by name. detail tells how to convert an iPhone’s HEIC picture.',
  },
  'too-many-requests': {
    vi: 'Quá nhiều yêu cầu từ một địa chỉ, hoặc quá nhiều lần sai PIN hay mật khẩu. Đợi đủ số giây ở tiêu đề Retry-After.',
    en: 'Too many requests from one address, or too many wrong PINs or passwords. Wait as many seconds as the header Retry-After says.',
  },
  'proof-of-work-required': {
    vi: 'Nơi cài đặt yêu cầu lời giải câu đố. Lấy câu đố ở /api/reports/challenge, giải bằng altcha, gửi lại với trường proof.',
    en: 'The installation asks for a solved puzzle. Take one from /api/reports/challenge, solve it with altcha, send it in the field proof.',
  },
  unavailable: {
    vi: 'Cơ sở dữ liệu tạm thời không trả lời. Giữ bản nháp, đợi theo Retry-After rồi gửi lại với cùng Idempotency-Key.',
    en: 'The database does not answer for the moment. Keep the draft, wait as Retry-After says, send it again with the same Idempotency-Key.',
  },
  'storage-full': {
    vi: 'Máy chủ hết chỗ lưu. Giữ bản nháp, thử lại sau vài phút; quản trị viên cần dọn chỗ.',
    en: 'The server has no space left. Keep the draft and try again in some minutes; an administrator has to make room.',
  },
  unexpected: {
    vi: 'Lỗi của chúng tôi. Nếu còn lặp lại, báo lỗi kèm requestId.',
    en: 'Our mistake. If it stays, report it with its requestId.',
  },
}
