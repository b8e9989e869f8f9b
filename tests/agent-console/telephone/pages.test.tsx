import { beforeEach, describe, expect, test } from 'vitest'
import { aView } from '../support/builders.ts'
import {
  aCall,
  aCallBack,
  anAgent,
  aTalk,
  BAO,
  LAN,
  setTelephone,
  signInLan,
} from '../support/calls.ts'
import { aProblem, aServer, type FakeServer } from '../support/fake-server.ts'
import {
  byName,
  eventually,
  key,
  press,
  renderConsole,
  usePage,
} from '../support/render-console.tsx'

usePage()

const page = () => document.querySelector('main')?.textContent ?? ''

/** What was asked for by hand; a softphone asks for its token by itself. */
const asked = (server: FakeServer) => server.sent.filter(({ path }) => !path.endsWith('/token'))

let server: FakeServer
beforeEach(() => {
  server = aServer()
  signInLan(server)
  setTelephone(server, {})
})

describe('call-backs', () => {
  const list = (...callBacks: ReturnType<typeof aCallBack>[]) => ({
    status: 200,
    body: { callBacks },
  })

  test('are taken over, called, and settled', async () => {
    server.answers.set('GET /api/call-backs', list(aCallBack()))
    server.answers.set('PATCH /api/call-backs/cb1', () => {
      const mine = aCallBack({ version: 2, assignedTo: LAN })
      server.answers.set('GET /api/call-backs', list(mine))
      return { status: 200, body: mine }
    })
    const dialing = aTalk({
      id: 'twilio:CA7',
      direction: 'outbound',
      state: 'dialing',
      phone: '+84912345678',
      answeredAt: null,
    })
    server.answers.set('POST /api/calls', () => {
      setTelephone(server, { mine: dialing })
      return { status: 201, body: dialing }
    })
    await renderConsole(server, '/call-backs')
    await press('Nhận việc gọi lại 0912 345 678')
    await eventually(() => page().includes(LAN.name))
    await press('Gọi ngay 0912 345 678')
    await eventually(() => byName('section', 'Cuộc gọi đi')?.textContent.includes('Đang gọi đi'))
    await press('Kết quả gọi lại 0912 345 678')
    await press('Thôi gọi', '[role="menuitem"]')
    await eventually(() => asked(server).length === 3)
    expect(asked(server).map(({ body }) => body)).toEqual([
      { version: 1, isMine: true },
      { callBackId: 'cb1' },
      { version: 2, state: 'given-up' },
    ])
  })

  test('in quiet hours nobody is called, and it says why', async () => {
    const detail = 'Không gọi cho người dân từ 21:00 đến 07:00.'
    server.answers.set('GET /api/call-backs', list(aCallBack()))
    server.answers.set('POST /api/calls', aProblem(409, 'not-allowed-now', { detail }))
    await renderConsole(server, '/call-backs')
    await press('Gọi ngay 0912 345 678')
    await eventually(() => page().includes(detail))
  })
})

test('a citizen is called from their case', async () => {
  const contact = { name: 'Mai', phone: '+84903555118', email: null, isMasked: false }
  server.views.set('2611048273', aView({ contact }))
  const dialing = aTalk({ direction: 'outbound', state: 'dialing', answeredAt: null })
  server.answers.set('POST /api/calls', () => {
    setTelephone(server, { mine: dialing })
    return { status: 201, body: dialing }
  })
  await renderConsole(server, '/inbox/open/2611048273')
  await press('Gọi 0903 555 118')
  await eventually(() => byName('section', 'Cuộc gọi đi'))
  expect(server.sent.find(({ path }) => path === '/api/calls')?.body).toEqual({
    caseCode: '2611048273',
  })
})

describe('agents, for a supervisor', () => {
  beforeEach(() => {
    signInLan(server, 'supervisor')
    server.answers.set('POST /api/softphone/token', aProblem(503, 'unavailable'))
    const talking = anAgent({ ...BAO, state: 'talking', callId: 'twilio:CA9' })
    setTelephone(server, { agents: [anAgent({ state: 'away' }), talking] })
  })

  test('one who talks is listened to', async () => {
    server.answers.set('POST /api/calls/twilio%3ACA9/monitor', {
      status: 200,
      body: aTalk({ id: 'twilio:CA9', agent: BAO }),
    })
    await renderConsole(server, '/agents')
    await eventually(() => document.querySelector('[data-testid="softphone"][data-health="off"]'))
    await press('Nghe cuộc gọi của Trần Quốc Bảo')
    await eventually(() => document.body.textContent.includes('không ai nghe thấy bạn'))
    expect(server.sent.find(({ path }) => path.endsWith('/monitor'))?.body).toEqual({
      mode: 'listen',
    })
    // What is listened to is not one's own call.
    expect(byName('section', 'Cuộc gọi đến')).toBeNull()
  })

  test('what changes is seen without asking', async () => {
    await renderConsole(server, '/agents')
    await eventually(() => page().includes('Đang nghe máy'))
    server.tell(
      'agent:changed',
      anAgent({ ...BAO, state: 'wrapup', since: '2026-11-24T00:00:00.000Z' }),
    )
    await eventually(
      () => page().includes('Hoàn tất cuộc gọi') && !page().includes('Đang nghe máy'),
    )
  })

  test('skills are set', async () => {
    server.answers.set('PUT /api/agents/bao/skills', {
      status: 200,
      body: anAgent({ ...BAO, languages: ['vi', 'en'] }),
    })
    await renderConsole(server, '/agents')
    await press('Sửa kỹ năng của Trần Quốc Bảo')
    const english = await eventually(() => byName('input', 'Tiếng Anh'))
    english.click()
    await press('Lưu')
    await eventually(() => server.sent.some(({ path }) => path.endsWith('/skills')))
    expect(asked(server).at(-1)?.body).toEqual({ languages: ['vi', 'en'], fields: [] })
  })
})

test('a call has a page: at whom it rang, what was said, and its recordings', async () => {
  const call = aTalk({
    state: 'ended',
    endedAs: 'answered',
    offers: [{ agent: BAO, at: aCall().startedAt, until: aCall().startedAt, outcome: 'timed_out' }],
    transcript: [{ at: aCall().startedAt, speaker: 'citizen', text: 'Đèn hỏng.' }],
    recordings: [
      {
        ref: 'RE1',
        seconds: 12,
        isPlayable: true,
        problem: null,
        consentAt: null,
        deletedAt: null,
      },
    ],
    legs: [
      {
        agent: BAO,
        monitor: null,
        rungAt: null,
        answeredAt: null,
        leftAt: null,
        cause: 'no_answer',
      },
    ],
    record: {
      waitedSeconds: 25,
      talkedSeconds: 61,
      heldSeconds: 5,
      wrapUpSeconds: null,
      endedBy: 'citizen',
      cause: 'completed',
      region: 'singapore',
      cost: { amount: 0.0125, currency: 'USD' },
    },
  })
  server.answers.set('GET /api/calls/twilio%3ACA1', { status: 200, body: call })
  server.answers.set('GET /api/calls', { status: 200, body: { calls: [call], nextCursor: null } })
  server.answers.set('GET /api/calls/twilio%3ACA1/recordings/RE1', { status: 200, body: 'sound' })
  await renderConsole(server, '/calls')
  const link = await eventually(() =>
    document.querySelector<HTMLAnchorElement>('td a[href^="/calls/"]'),
  )
  link.click()
  await eventually(() => page().includes('Đèn hỏng.') && page().includes('không nghe máy'))
  const sums = byName('section', 'Hồ sơ cuộc gọi')?.textContent
  expect(sums).toContain('Chờ0:25Nói chuyện1:01Giữ máy0:05Ai gác máy trướcNgười dân')
  expect(sums).toContain('0,0125 USD')
  expect(byName('section', 'Các máy trong cuộc gọi')?.textContent).toContain(BAO.name)
  // Nothing is fetched unasked: each listening goes on the audit log.
  expect(document.querySelector('audio')).toBeNull()
  await press('Mở bản ghi 1 · 12 giây')
  const wave = await eventually(() => byName('[role="slider"]', 'Vị trí trong bản ghi 1'))
  wave.focus()
  await key('ArrowRight')
  expect(wave.getAttribute('aria-valuetext')).toBe('0:05 trên 0:12')
})

test('supervisors download the records of the calls of some days; agents are not offered it', async () => {
  server.answers.set('GET /api/calls', { status: 200, body: { calls: [], nextCursor: null } })
  const link = () => document.querySelector<HTMLAnchorElement>('a[download]')
  await renderConsole(server, '/calls')
  await eventually(() => page().includes('Chưa có cuộc gọi'))
  expect(link()).toBeNull()
  signInLan(server, 'supervisor')
  await renderConsole(server, '/calls')
  const offered = await eventually(link)
  expect(offered.getAttribute('href')).toMatch(
    /^\/api\/calls\.csv\?from=\d{4}-\d\d-\d\d&until=\d{4}-\d\d-\d\d&lang=vi$/,
  )
})

test('a call that waits for its first agent has nothing in its record yet', async () => {
  server.answers.set('GET /api/calls/twilio%3ACA1', { status: 200, body: aCall() })
  await renderConsole(server, '/calls/twilio:CA1')
  await eventually(() => byName('section', 'Lời thoại'))
  expect(byName('section', 'Hồ sơ cuộc gọi')).toBeNull()
})

test('the way of a call through the menu is told in words', async () => {
  const ivrPath = ['language:en', 'menu:2', 'status:wrong:1', 'status:heard', 'queue', 'fax']
  server.answers.set('GET /api/calls/twilio%3ACA1', { status: 200, body: aCall({ ivrPath }) })
  await renderConsole(server, '/calls/twilio:CA1')
  await eventually(() =>
    page().includes(
      'chọn tiếng Anh › bấm phím 2 › sai mã hoặc PIN lần 1 › nghe tình trạng vụ việc › vào hàng đợi › fax',
    ),
  )
})
