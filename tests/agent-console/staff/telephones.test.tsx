import { beforeEach, expect, test } from 'vitest'
import type { StaffAccount } from '#contracts/staff'
import { aSession } from '../support/builders.ts'
import { aProblem, aServer, type FakeServer } from '../support/fake-server.ts'
import {
  byName,
  eventually,
  press,
  renderConsole,
  type,
  usePage,
} from '../support/render-console.tsx'

usePage()

const ACCOUNT: StaffAccount = {
  id: 'lan',
  name: 'Nguyễn Thu Lan',
  email: 'lan@hoiam.vn',
  role: 'agent',
  agency: null,
  telephone: '+84912345678',
  isActive: true,
}

let server: FakeServer
beforeEach(() => {
  server = aServer()
  server.session = aSession({ role: 'administrator', agency: null })
  server.answers.set('GET /api/staff', { status: 200, body: [ACCOUNT] })
})

test('an administrator sees everybody’s telephone, gives one, and hears where it is taken', async () => {
  await renderConsole(server, '/staff')
  await eventually(() => byName('table', 'Tài khoản cán bộ')?.textContent.includes('0912 345 678'))
  const detail = 'Điện thoại này đã thuộc về một tài khoản khác.'
  const errors = [{ pointer: '/telephone', detail }]
  server.answers.set('PATCH /api/staff/lan', aProblem(409, 'conflict', { detail, errors }))
  await press('Sửa tài khoản Nguyễn Thu Lan')
  await type('Điện thoại', '101')
  await press('Lưu')
  await eventually(() => document.body.textContent.includes(detail))
  expect(server.sent.at(-1)).toMatchObject({
    path: '/api/staff/lan',
    body: { role: 'agent', telephone: '101' },
  })
})

test('people say themselves which telephone is theirs', async () => {
  await renderConsole(server)
  server.answers.set('PATCH /api/session', {
    status: 200,
    body: aSession({ role: 'administrator', agency: null, telephone: '102' }),
  })
  await press('Tài khoản của Trần Quốc Bảo')
  await press('Điện thoại của tôi', '[role="menuitem"]')
  await type('Điện thoại', '1 02')
  await press('Lưu')
  await eventually(() => server.sent.some(({ path }) => path === '/api/session'))
  expect(server.sent.find(({ path }) => path === '/api/session')).toEqual({
    method: 'PATCH',
    path: '/api/session',
    body: { telephone: '1 02' },
  })
})
