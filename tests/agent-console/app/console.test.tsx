import { describe, expect, test } from 'vitest'
import { anOffice } from '../support/an-office.ts'
import { aResponse, aRow, aSession, aView, toldOf } from '../support/builders.ts'
import { aProblem, aServer, type FakeServer } from '../support/fake-server.ts'
import {
  byName,
  during,
  eventually,
  key,
  press,
  renderConsole,
  type,
  usePage,
} from '../support/render-console.tsx'

usePage()

const CODE = '2611048273'
const row = (code: string) => document.querySelector<HTMLElement>(`[data-code="${code}"]`)
const box = () =>
  document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Trả lời người dân"]')
const heading = () => document.querySelector('h1')?.textContent
const state = () => document.querySelector('[data-testid="connection"]')?.getAttribute('data-state')

/** What was sent to change something; advice on what is being written is asked for in between. */
const changesOf = (server: FakeServer) =>
  server.sent.filter(({ path }) => !/\/(hints|similar-answers)$/.test(path))

describe('signing in', () => {
  test('leads to the inbox', async () => {
    const server = aServer()
    server.answers.set('POST /api/auth/sign-in/email', () => {
      server.session = aSession()
      return { status: 200, body: {} }
    })
    await renderConsole(server)
    await type('Thư điện tử', 'bao@hoiam.vn')
    await type('Mật khẩu', 'mat-khau-dai')
    await press('Đăng nhập')
    await eventually(() => heading() === 'Đang mở')
    expect(server.sent[0]?.body).toEqual({ email: 'bao@hoiam.vn', password: 'mat-khau-dai' })
  })

  test('a wrong password and a locked account are told apart', async () => {
    const server = aServer()
    const door = 'POST /api/auth/sign-in/email'
    server.answers.set(door, { status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD' } })
    await renderConsole(server)
    await type('Thư điện tử', 'bao@hoiam.vn')
    await type('Mật khẩu', 'sai')
    await press('Đăng nhập')
    const alert = () => document.querySelector('[role="alert"]')?.textContent ?? ''
    await eventually(() => alert().includes('không đúng'))
    server.answers.set(door, aProblem(429, 'too-many-requests', { retryAfterSeconds: 900 }))
    await press('Đăng nhập')
    await eventually(() => alert().includes('tạm khóa') && alert().includes('15 phút'))
  })

  test('an account with two steps asks for the code', async () => {
    const server = aServer()
    server.answers.set('POST /api/auth/sign-in/email', {
      status: 200,
      body: { twoFactorRedirect: true },
    })
    server.answers.set('POST /api/auth/two-factor/verify-totp', () => {
      server.session = aSession()
      return { status: 200, body: {} }
    })
    await renderConsole(server)
    await type('Thư điện tử', 'bao@hoiam.vn')
    await type('Mật khẩu', 'mat-khau-dai')
    await press('Đăng nhập')
    await type('Mã xác thực', '123456')
    await press('Xác nhận')
    await eventually(() => heading() === 'Đang mở')
    expect(server.sent[1]?.body).toEqual({ code: '123456' })
  })

  test('signing out brings the door back, and the next person sees nothing of the last', async () => {
    const server = anOffice()
    await renderConsole(server)
    await eventually(() => row(CODE))
    server.answers.set('POST /api/auth/sign-out', () => {
      server.session = null
      return { status: 200, body: {} }
    })
    await press('Tài khoản của Trần Quốc Bảo')
    await press('Đăng xuất', '[role="menuitem"]')
    await type('Thư điện tử', 'hoa@hoiam.vn')
    await type('Mật khẩu', 'mat-khau-dai')
    server.rows = []
    server.answers.set('POST /api/auth/sign-in/email', () => {
      server.session = aSession({ id: 'hoa', agency: { id: 'power', name: 'Điện lực' } })
      return { status: 200, body: {} }
    })
    await press('Đăng nhập')
    await eventually(() => heading() === 'Đang mở')
    expect(row(CODE)).toBeNull()
  })

  test('a session that ends brings the door back', async () => {
    const server = anOffice()
    await renderConsole(server)
    await eventually(() => row(CODE))
    server.session = null
    await during(() => {
      server.tell('session:ended')
    })
    await eventually(() => byName('button', 'Đăng nhập'))
  })
})

describe('the live inbox', () => {
  test('a case appears without asking, and a case that leaves the agency disappears', async () => {
    const server = anOffice()
    await renderConsole(server)
    await eventually(() => row(CODE))
    const arrived = aRow({ code: '2', summary: 'Cột đèn nghiêng' })
    await during(() => {
      server.tell('case:changed', toldOf(arrived))
    })
    await eventually(() => row('2'))
    const moved = aRow({ version: 2, agency: { id: 'power', name: 'Điện lực' } })
    await during(() => {
      server.tell('case:changed', toldOf(moved))
    })
    await eventually(() => row(CODE) === null)
    expect(row('2')?.textContent).toContain('Cột đèn nghiêng')
  })

  test('says when it is not live, joins again and takes a fresh snapshot', async () => {
    const server = anOffice()
    await renderConsole(server)
    await eventually(() => row(CODE) && state() === 'live')
    await during(() => {
      server.loseConnection()
    })
    expect(state()).toBe('reconnecting')
    server.rows = [aRow({ code: '3' })]
    await during(() => {
      server.restoreConnection()
    })
    await eventually(() => row('3') && row(CODE) === null)
    expect(state()).toBe('live')
    expect(server.said.filter(({ name }) => name === 'inbox:join')).toHaveLength(2)
  })

  test('an empty view says so, an inbox that cannot be read says why', async () => {
    const server = anOffice()
    server.rows = []
    await renderConsole(server)
    await eventually(() => document.body.textContent.includes('Không còn vụ việc nào đang mở'))
    server.answers.set('GET /api/cases', aProblem(403, 'forbidden', { detail: 'Cần một cơ quan.' }))
    await press('Quá hạn')
    await eventually(() => document.body.textContent.includes('Cần một cơ quan.'))
  })
})

describe('the keys', () => {
  test('J reaches a row; the open case answers to its keys', async () => {
    const server = anOffice()
    server.views.set(CODE, aView({ actions: ['accept', 'return'] }))
    server.answers.set(`POST /api/cases/${CODE}/accept`, {
      status: 200,
      body: aView({ version: 6 }),
    })
    await renderConsole(server, `/inbox/open/${CODE}`)
    await eventually(() => heading() === aRow().summary)
    await key('j')
    expect(document.activeElement?.closest('[data-code]')).toBe(row(CODE))
    await key('a')
    await eventually(() => changesOf(server).length === 1)
    expect(changesOf(server)[0]).toEqual({
      method: 'POST',
      path: `/api/cases/${CODE}/accept`,
      body: { version: 5 },
    })
  })

  test('a key whose action is not allowed now does nothing', async () => {
    const server = anOffice()
    await renderConsole(server, `/inbox/open/${CODE}`)
    await eventually(box)
    await key('t')
    await key('a')
    expect(document.querySelector('[role="dialog"]')).toBeNull()
    expect(changesOf(server)).toEqual([])
  })

  test('typing is left alone', async () => {
    const server = anOffice()
    await renderConsole(server, `/inbox/open/${CODE}`)
    await eventually(box)
    await key('r')
    expect(document.activeElement).toBe(box())
    await key('b')
    await key('?')
    expect(document.querySelector('[role="dialog"]')).toBeNull()
  })
})

describe('two people on one case', () => {
  test('see each other, and never themselves', async () => {
    const server = anOffice()
    await renderConsole(server, `/inbox/open/${CODE}`)
    await eventually(box)
    await during(() => {
      server.tell('case:presence', {
        code: CODE,
        people: [
          { id: 'bao', name: 'Trần Quốc Bảo', activity: 'viewing' },
          { id: 'yen', name: 'Phạm Hải Yến', activity: 'writing' },
        ],
      })
    })
    const presence = document.querySelector('[data-testid="presence"]')?.textContent
    expect(presence).toBe('Phạm Hải Yến đang soạn…')
    expect(server.said.some(({ name }) => name === 'case:watch')).toBe(true)
  })

  test('the later save is told what changed and keeps its words', async () => {
    const server = anOffice()
    await renderConsole(server, `/inbox/open/${CODE}`)
    await type('Trả lời người dân', 'Câu trả lời của tôi')
    const theirs = aView({ version: 6, response: aResponse({ text: 'Của Yến' }) })
    server.views.set(CODE, theirs)
    server.answers.set(
      `POST /api/cases/${CODE}/draft`,
      aProblem(409, 'conflict', {
        currentVersion: 6,
        changes: [{ at: '2026-11-23T02:00:00.000Z', type: 'case:drafted', by: 'Phạm Hải Yến' }],
      }),
    )
    await press('Lưu nháp')
    const dialog = await eventually(() => document.querySelector('[role="dialog"]'))
    expect(dialog.textContent).toContain('Có người vừa sửa vụ việc này')
    expect(dialog.textContent).toContain('Phạm Hải Yến lưu bản nháp trả lời')
    await press('Tải bản mới nhất và giữ nội dung của tôi')
    await eventually(() => document.querySelector('[role="dialog"]') === null)
    expect(box()?.value).toBe('Câu trả lời của tôi')

    const saved = aView({ version: 7, response: aResponse({ text: 'Câu trả lời của tôi' }) })
    server.answers.set(`POST /api/cases/${CODE}/draft`, { status: 200, body: saved })
    await press('Lưu nháp')
    await eventually(() => document.body.textContent.includes('Bản nháp của'))
    expect(changesOf(server).map(({ body }) => body)).toEqual([
      { version: 5, text: 'Câu trả lời của tôi' },
      { version: 6, text: 'Câu trả lời của tôi' },
    ])
  })

  test('unsaved words are there again after the page was closed', async () => {
    const server = anOffice()
    await renderConsole(server, `/inbox/open/${CODE}`)
    await type('Trả lời người dân', 'Đang viết dở')
    document.body.innerHTML = ''
    await renderConsole(server, `/inbox/open/${CODE}`)
    await eventually(() => box()?.value === 'Đang viết dở')
  })
})
