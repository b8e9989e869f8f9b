import { expect, test } from 'vitest'
import type { CaseStep } from '#contracts/cases'
import { aRow, aSession, aView } from '../support/builders.ts'
import { aServer } from '../support/fake-server.ts'
import {
  byName,
  eventually,
  press,
  renderConsole,
  type,
  usePage,
} from '../support/render-console.tsx'

usePage()

const CODE = '2611048273'

function aServerWith(view: Parameters<typeof aView>[0]) {
  const server = aServer()
  server.session = aSession({ role: 'agent', agency: null })
  server.rows = [aRow()]
  server.views.set(CODE, aView(view))
  return server
}

const written = (message: CaseStep['message'], step: Partial<CaseStep> = {}): CaseStep => ({
  at: '2026-11-23T02:00:00.000Z',
  type: 'case:messaged',
  by: { kind: 'staff', name: 'Bảo' },
  from: null,
  to: null,
  reason: null,
  text: 'Xin cho biết số cột',
  message,
  ...step,
})

test('an agent writes a text message, sees how many SMS it is, and how far it came', async () => {
  const server = aServerWith({ messaging: 'ready' })
  const message = { direction: 'outbound', state: 'queued', errorCode: null } as const
  server.answers.set(`POST /api/cases/${CODE}/messages`, {
    status: 201,
    body: aView({ messaging: 'ready', version: 6, timeline: [written(message)] }),
  })
  await renderConsole(server, `/inbox/open/${CODE}`)
  await eventually(() => byName('button', 'Viết tin nhắn'))
  await press('Viết tin nhắn')
  await type('Nội dung tin nhắn', 'ư'.repeat(71))
  await eventually(() => document.body.textContent.includes('71 ký tự, 2 tin SMS'))
  await press('Gửi tin nhắn')
  expect(server.sent.at(-1)).toMatchObject({
    path: `/api/cases/${CODE}/messages`,
    body: { version: 5, text: 'ư'.repeat(71) },
  })
  await eventually(() => byName('section', 'Diễn biến')?.textContent.includes('đang chờ gửi'))
  expect(byName('button', 'Gửi tin nhắn')).toBeNull()
})

test('the record shows what the citizen texted, and why a message of ours did not arrive', async () => {
  const failed = { direction: 'outbound', state: 'undelivered', errorCode: '30003' } as const
  const odd = { direction: 'outbound', state: 'failed', errorCode: '39999' } as const
  const received = { direction: 'inbound', state: null, errorCode: null } as const
  const server = aServerWith({
    timeline: [
      written(failed),
      written(null, { type: 'case:message-reported', text: null }),
      written(odd),
      written(received, { type: 'case:supplemented', by: { kind: 'citizen', name: '' } }),
    ],
  })
  await renderConsole(server, `/inbox/open/${CODE}`)
  const record = await eventually(() => byName('section', 'Diễn biến'))
  expect(record.querySelectorAll('li')).toHaveLength(3)
  expect(record.textContent).toContain(
    'không đến máy người nhận · máy tắt hoặc ngoài vùng phủ sóng',
  )
  expect(record.textContent).toContain('mã lỗi 39999')
  expect(record.textContent).toContain('tin nhắn SMS')
  expect(byName('section', 'Nhắn tin cho người dân')).toBeNull()
})

test('where no sender is set up the case says so', async () => {
  await renderConsole(aServerWith({ messaging: 'no-sender' }), `/inbox/open/${CODE}`)
  const section = await eventually(() => byName('section', 'Nhắn tin cho người dân'))
  expect(section.textContent).toContain('chưa cài đặt số gửi')
  expect(byName('button', 'Viết tin nhắn')).toBeNull()
})
