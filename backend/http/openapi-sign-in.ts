import type { Bilingual } from '#contracts/catalogue'
import type { DoorAnswer, Operation } from './openapi-operation.ts'
import type { JsonSchema } from './openapi-types.ts'

const PASSWORD = 'mat-khau-cua-ban'
const text: JsonSchema = { type: 'string' }

const done: DoorAnswer = {
  status: 200,
  text: { vi: 'Đã xong.', en: 'Done.' },
  schema: { type: 'object' },
}

const refused = (status: number, why: Bilingual): DoorAnswer => ({
  status,
  text: why,
  schema: object({ code: text, message: text }),
})

const wrongPassword = refused(400, {
  vi: 'Sai mật khẩu hiện tại.',
  en: 'Wrong password.',
})
const notSignedIn = refused(401, {
  vi: 'Chưa đăng nhập.',
  en: 'Nobody is signed in.',
})
const wrongSecret = refused(401, {
  vi: 'Sai mật khẩu hoặc mã.',
  en: 'Wrong password or code.',
})

/** `/api/auth`: better-auth answers there in its own form. */
export const SIGN_IN_OPERATIONS: readonly Operation[] = [
  door('signIn', '/sign-in/email', {
    caller: 'anyone',
    summary: { vi: 'Đăng nhập', en: 'Sign in' },
    details: {
      vi: 'Câu trả lời đặt cookie phiên (httpOnly). Sai năm lần trong 15 phút thì tài khoản bị khóa 15 phút.',
      en: 'The answer sets the session’s cookie (httpOnly). Five failures in 15 minutes lock the account for 15 minutes.',
    },
    body: {
      schema: object({ email: { type: 'string', format: 'email' }, password: text }),
      example: { email: 'can-bo@example.vn', password: PASSWORD },
    },
    answers: [
      {
        status: 200,
        text: {
          vi: 'Đã đăng nhập; twoFactorRedirect là true khi còn bước thứ hai.',
          en: 'Signed in; twoFactorRedirect is true where a second step is wanted.',
        },
        schema: { type: 'object', properties: { twoFactorRedirect: { type: 'boolean' } } },
      },
      wrongSecret,
      refused(403, {
        vi: 'Tài khoản đã ngừng hoạt động.',
        en: 'The account has been deactivated.',
      }),
    ],
    problems: ['too-many-requests'],
  }),
  door('verifyTotp', '/two-factor/verify-totp', {
    caller: 'anyone',
    summary: { vi: 'Bước hai: mã từ ứng dụng', en: 'Second step: a code from the app' },
    body: { schema: object({ code: text }), example: { code: '123456' } },
    answers: [done, wrongSecret],
    problems: ['too-many-requests'],
  }),
  door('verifyBackupCode', '/two-factor/verify-backup-code', {
    caller: 'anyone',
    summary: { vi: 'Bước hai: mã dự phòng', en: 'Second step: a backup code' },
    body: { schema: object({ code: text }), example: { code: 'Ab3dE-fG7hJ' } },
    answers: [done, wrongSecret],
    problems: ['too-many-requests'],
  }),
  door('enableTwoFactor', '/two-factor/enable', {
    caller: 'staff',
    summary: { vi: 'Bật xác minh hai bước', en: 'Turn two-step verification on' },
    details: {
      vi: 'Có hiệu lực sau khi một mã từ ứng dụng được xác minh.',
      en: 'It holds once a code from the app has been verified.',
    },
    body: { schema: object({ password: text }), example: { password: PASSWORD } },
    answers: [
      {
        status: 200,
        text: {
          vi: 'Khóa cho ứng dụng và các mã dự phòng, chỉ hiện một lần.',
          en: 'The app’s key and the backup codes, shown once.',
        },
        schema: object({ totpURI: text, backupCodes: { type: 'array', items: text } }),
      },
      wrongPassword,
      notSignedIn,
    ],
  }),
  door('disableTwoFactor', '/two-factor/disable', {
    caller: 'staff',
    summary: { vi: 'Tắt xác minh hai bước', en: 'Turn two-step verification off' },
    body: { schema: object({ password: text }), example: { password: PASSWORD } },
    answers: [done, wrongPassword, notSignedIn],
  }),
  door('renewBackupCodes', '/two-factor/generate-backup-codes', {
    caller: 'staff',
    summary: { vi: 'Tạo mã dự phòng mới', en: 'Make new backup codes' },
    details: {
      vi: 'Các mã cũ không dùng được nữa.',
      en: 'The old ones are worth nothing from then on.',
    },
    body: { schema: object({ password: text }), example: { password: PASSWORD } },
    answers: [
      {
        status: 200,
        text: { vi: 'Các mã mới, chỉ hiện một lần.', en: 'The new codes, shown once.' },
        schema: object({ backupCodes: { type: 'array', items: text } }),
      },
      wrongPassword,
      notSignedIn,
    ],
  }),
  door('changePassword', '/change-password', {
    caller: 'staff',
    summary: { vi: 'Đổi mật khẩu', en: 'Change your password' },
    body: {
      schema: object({ currentPassword: text, newPassword: { type: 'string', minLength: 10 } }),
      example: { currentPassword: PASSWORD, newPassword: 'mat-khau-moi-cua-ban' },
    },
    answers: [done, wrongPassword, notSignedIn],
  }),
  door('signOut', '/sign-out', {
    caller: 'staff',
    summary: { vi: 'Đăng xuất', en: 'Sign out' },
    body: { schema: { type: 'object' }, example: {} },
    answers: [done],
  }),
]

function door(
  id: string,
  path: string,
  rest: Pick<Operation, 'caller' | 'summary' | 'details' | 'body' | 'answers' | 'problems'>,
): Operation {
  const origin = {
    name: 'Origin',
    schema: { type: 'string', format: 'uri' },
    text: {
      vi: 'Địa chỉ của chính máy chủ này; trình duyệt tự gửi.',
      en: 'This server’s own address; browsers send it by themselves.',
    },
    example: 'http://127.0.0.1:3000',
  } as const
  return {
    id,
    tag: 'sign-in',
    method: 'post',
    path: `/api/auth${path}`,
    headers: [origin],
    isForeign: true,
    ...rest,
    problems: ['unsupported-media', ...(rest.problems ?? [])],
  }
}

function object(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties) }
}
