import { ok, type Operation } from './openapi-operation.ts'
import { ref } from './openapi-schemas.ts'

/** Who is signed in, and what people change of their own account. */
export const SESSION_OPERATIONS: readonly Operation[] = [
  {
    id: 'getSession',
    tag: 'cases',
    method: 'get',
    path: '/api/session',
    caller: 'staff',
    summary: { vi: 'Ai đang đăng nhập', en: 'Who is signed in' },
    answers: [ok(ref('Session'), { vi: 'Tài khoản của bạn.', en: 'Your account.' })],
    problems: ['unavailable'],
  },
  {
    id: 'changeOwnAccount',
    tag: 'cases',
    method: 'patch',
    path: '/api/session',
    caller: 'staff',
    summary: { vi: 'Đổi điện thoại của mình', en: 'Change your own telephone' },
    body: { schema: ref('OwnAccountChange') },
    answers: [ok(ref('Session'), { vi: 'Tài khoản của bạn.', en: 'Your account.' })],
    problems: ['invalid', 'conflict', 'unavailable', 'storage-full'],
  },
]
