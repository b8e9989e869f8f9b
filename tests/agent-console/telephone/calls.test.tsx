import { beforeEach, describe, expect, test } from 'vitest'
import type { CallView } from '#contracts/telephony'
import { aRow } from '../support/builders.ts'
import {
  aCall,
  aRingingCall,
  aTalk,
  aWrapUp,
  anAgent,
  BAO,
  LAN,
  setTelephone,
  signInLan,
} from '../support/calls.ts'
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

const ID = encodeURIComponent(aCall().id)
const card = (name: string) => byName('section, form', name)
const button = (start: string) =>
  [...document.querySelectorAll<HTMLButtonElement>('button')].find((each) =>
    each.textContent.startsWith(start),
  ) ?? null
const commandsSent = (server: FakeServer) =>
  server.sent.filter(({ path }) => path.startsWith('/api/calls'))
const commands = (server: FakeServer) => commandsSent(server).map(({ path }) => path)
const waitingWords = () => byName('section', 'Điện thoại')?.textContent ?? ''

let server: FakeServer
beforeEach(() => {
  server = aServer()
  signInLan(server)
  setTelephone(server, {})
})

describe('the bar', () => {
  test('officers have no telephone', async () => {
    server.session = { ...server.session, role: 'officer' } as FakeServer['session']
    await renderConsole(server)
    await eventually(() => document.querySelector('h1')?.textContent === 'Đang mở')
    expect(byName('section', 'Điện thoại')).toBeNull()
  })

  test('a key says that no calls may come', async () => {
    server.answers.set('PUT /api/agents/me', {
      status: 200,
      body: anAgent({ state: 'away', since: '2026-11-23T02:00:00.000Z' }),
    })
    await renderConsole(server)
    await eventually(() => button('Sẵn sàng')?.getAttribute('aria-pressed') === 'true')
    await key('p')
    await key('v')
    await eventually(() => button('Tạm vắng')?.getAttribute('aria-pressed') === 'true')
    expect(server.sent.find(({ path }) => path === '/api/agents/me')).toEqual({
      method: 'PUT',
      path: '/api/agents/me',
      body: { state: 'away' },
    })
  })

  test('a break chosen in a call is shown for afterwards, and taken back', async () => {
    const talking = anAgent({ state: 'talking', callId: aCall().id })
    setTelephone(server, { mine: aTalk(), agents: [talking] })
    const answer = (afterCall: 'away' | null) => {
      server.answers.set('PUT /api/agents/me', { status: 200, body: { ...talking, afterCall } })
    }
    const chosen = () =>
      server.sent.filter(({ path }) => path === '/api/agents/me').map(({ body }) => body)
    answer('away')
    await renderConsole(server)
    await eventually(() => waitingWords().includes('Đang nghe máy'))
    await key('p')
    await key('v')
    await eventually(() => waitingWords().includes('Tạm vắng sau cuộc gọi này'))
    expect(button('Tạm vắng')?.getAttribute('aria-pressed')).toBe('true')

    answer(null)
    await press('Bỏ')
    await eventually(() => !waitingWords().includes('sau cuộc gọi này'))
    answer('away')
    await key('p')
    await key('v')
    await eventually(() => waitingWords().includes('sau cuộc gọi này'))
    // The same key again takes it back.
    answer(null)
    await key('p')
    await key('v')
    await eventually(() => !waitingWords().includes('sau cuộc gọi này'))
    expect(chosen().map((body) => (body as { state: string }).state)).toEqual([
      'away',
      'available',
      'away',
      'available',
    ])
  })

  test('who waits is counted, listed, and taken', async () => {
    setTelephone(server, { waiting: [aCall(), aCall({ id: 'twilio:CA2', from: 'anonymous' })] })
    server.answers.set(`POST /api/calls/${ID}/accept`, () => {
      setTelephone(server, { mine: aTalk() })
      return { status: 200, body: aTalk() }
    })
    await renderConsole(server)
    await eventually(() => waitingWords().includes('2 người đang đợi'))
    button('2 người đang đợi')?.click()
    await press('Nhận cuộc gọi của 0903 555 118')
    await eventually(() => card('Cuộc gọi đến')?.textContent.includes('Đang nói chuyện'))
  })

  test('a colleague was faster: it says who', async () => {
    setTelephone(server, { waiting: [aCall()] })
    const detail = 'Trần Quốc Bảo đã nhận cuộc gọi này.'
    server.answers.set(`POST /api/calls/${ID}/accept`, aProblem(409, 'conflict', { detail }))
    await renderConsole(server)
    await eventually(() => waitingWords().includes('1 người đang đợi'))
    await key('p')
    await key('p')
    await eventually(() => waitingWords().includes(detail))
  })
})

describe('a call of the exchange', () => {
  const rings = () => aCall({ id: 'cti:4711', provider: 'cti', state: 'ringing_agent' })
  const talks = () => ({ ...rings(), state: 'talking' as const, answeredAt: rings().startedAt })
  const tell = async (version: number) =>
    during(() => {
      const change = { id: 'cti:4711', version, state: 'talking' as const, endedAs: null }
      server.tell('call:changed', { ...change, agentId: null })
    })

  test('pops up, has no buttons of ours, and what is written of it outlives it', async () => {
    const caller = { openCases: [aRow()], recentCalls: [] }
    setTelephone(server, { exchange: { ...rings(), caller } })
    await renderConsole(server)
    const pop = await eventually(() => card('Cuộc gọi đến'))
    expect(pop.textContent).toContain('0903 555 118')
    expect(pop.textContent).toContain(aRow().summary)
    expect(pop.textContent).toContain('Đang đổ chuông ở điện thoại của bạn')
    expect(button('Từ chối')).toBeNull()

    setTelephone(server, { exchange: talks() })
    await tell(2)
    await eventually(() => card('Cuộc gọi đến')?.textContent.includes('Đang nói chuyện'))
    await type('Nội dung phản ánh', 'Đèn đường hỏng')
    setTelephone(server, {})
    await tell(3)
    await eventually(() => card('Cuộc gọi đến')?.textContent.includes('Cuộc gọi đã kết thúc'))
    expect(document.querySelector('textarea')?.value).toBe('Đèn đường hỏng')
    await press('Đóng')
    await eventually(() => card('Cuộc gọi đến') === null)
  })

  test('that somebody else picked up is gone', async () => {
    setTelephone(server, { exchange: rings() })
    await renderConsole(server)
    await eventually(() => card('Cuộc gọi đến'))
    setTelephone(server, {})
    await tell(2)
    await eventually(() => card('Cuộc gọi đến') === null)
  })
})

describe('a call that rings', () => {
  test('is told at once, shows who calls, and is taken with two keys', async () => {
    await renderConsole(server)
    await eventually(() => waitingWords().includes('Không ai đợi'))
    const caller = { openCases: [aRow()], recentCalls: [] }
    setTelephone(server, { mine: aRingingCall({ caller }) })
    await during(() => {
      server.tell('call:offered', { id: aCall().id, until: '2999-01-01T00:00:00.000Z' })
    })
    const pop = await eventually(() => card('Cuộc gọi đến'))
    const alerts = [...document.querySelectorAll('[role="alert"]')].map((each) => each.textContent)
    expect(alerts).toContain('Cuộc gọi đến từ 0903 555 118')
    expect(pop.textContent).toContain(aRow().summary)
    server.answers.set(`POST /api/calls/${ID}/accept`, { status: 200, body: aTalk() })
    setTelephone(server, { mine: aTalk() })
    await key('p')
    await key('p')
    await eventually(() => card('Cuộc gọi đến')?.textContent.includes('Đang nói chuyện'))
    expect(commands(server)).toEqual([`/api/calls/${ID}/accept`])
  })

  test('is declined', async () => {
    setTelephone(server, { mine: aRingingCall() })
    server.answers.set(`POST /api/calls/${ID}/decline`, () => {
      setTelephone(server, {})
      return { status: 200, body: aCall({ version: 3 }) }
    })
    await renderConsole(server)
    await eventually(() => button('Từ chối'))
    button('Từ chối')?.click()
    await eventually(() => card('Cuộc gọi đến') === null)
  })

  test('that went away while the line was lost is gone after joining again', async () => {
    setTelephone(server, { mine: aRingingCall() })
    await renderConsole(server)
    await eventually(() => card('Cuộc gọi đến'))
    await during(() => {
      server.loseConnection()
    })
    setTelephone(server, { waiting: [aCall()] })
    await during(() => {
      server.restoreConnection()
    })
    await eventually(() => card('Cuộc gọi đến') === null)
    expect(waitingWords()).toContain('1 người đang đợi')
  })
})

describe('a talk', () => {
  const SAID = 'Dạ đèn đường trước nhà tôi hỏng cả tuần.'

  test('is held and resumed', async () => {
    setTelephone(server, { mine: aTalk() })
    server.answers.set(`POST /api/calls/${ID}/hold`, () => {
      setTelephone(server, { mine: aTalk({ state: 'held', version: 4 }) })
      return { status: 200, body: aTalk({ state: 'held', version: 4 }) }
    })
    await renderConsole(server)
    await eventually(() => button('Giữ máy'))
    await key('p')
    await key('h')
    await eventually(() => button('Nói tiếp'))
    expect(card('Cuộc gọi đến')?.textContent).toContain('Đang giữ máy')
  })

  test('becomes a case that starts from the words of the citizen', async () => {
    setTelephone(server, { mine: aTalk() })
    server.answers.set('POST /api/reports/preview', { status: 200, body: PREVIEW })
    server.answers.set(`POST /api/calls/${ID}/case`, { status: 201, body: RECEIPT })
    await renderConsole(server)
    await eventually(() => byName('textarea', 'Nội dung phản ánh'))
    await during(() => {
      server.tell('transcript:said', {
        callId: aCall().id,
        speaker: 'agent',
        text: 'Tổng đài xin nghe.',
        isFinal: true,
      })
      server.tell('transcript:said', {
        callId: aCall().id,
        speaker: 'citizen',
        text: 'Dạ đèn',
        isFinal: false,
      })
      server.tell('transcript:said', {
        callId: aCall().id,
        speaker: 'citizen',
        text: SAID,
        isFinal: true,
      })
      server.tell('transcript:said', {
        callId: 'twilio:other',
        speaker: 'citizen',
        text: 'Khác',
        isFinal: true,
      })
    })
    const box = byName('textarea', 'Nội dung phản ánh') as HTMLTextAreaElement
    expect(box.value).toBe(SAID)
    await eventually(() => button('Hạ tầng đô thị 91'))
    await type('Tên người gọi', 'Chị Mai')
    await press('Ghi vụ việc')
    const link = await eventually(() =>
      document.querySelector<HTMLAnchorElement>('a[href="/inbox/all/2611077712"]'),
    )
    expect(link.textContent).toBe('2611 077 712')
    expect(document.body.textContent).toContain('482913')
    const sent = server.sent.find(({ path }) => path.endsWith('/case'))
    expect(sent?.body).toEqual({
      text: SAID,
      lang: 'vi',
      consents: [],
      contact: { name: 'Chị Mai' },
    })
  })

  test('is handed over after talking first', async () => {
    const bao = anAgent(BAO)
    setTelephone(server, { mine: aTalk(), agents: [anAgent({ state: 'talking' }), bao] })
    const asked = aTalk({ version: 4, state: 'held', transfer: aTransfer() })
    server.answers.set(`POST /api/calls/${ID}/transfer`, () => {
      setTelephone(server, { mine: asked, agents: [anAgent({ state: 'talking' }), bao] })
      return { status: 200, body: asked }
    })
    server.answers.set(`POST /api/calls/${ID}/transfer/complete`, () => {
      setTelephone(server, { agents: [anAgent(), bao] })
      return { status: 200, body: aTalk({ version: 6, agent: BAO }) }
    })
    await renderConsole(server)
    await eventually(() => button('Chuyển máy'))
    await key('p')
    await key('c')
    await press('Chuyển')
    await eventually(() =>
      document.body.textContent.includes('Đang mời Trần Quốc Bảo vào cuộc gọi'),
    )
    expect(commandsSent(server).at(-1)?.body).toEqual({
      kind: 'warm',
      to: { type: 'agent', id: 'bao' },
    })
    // Nobody is there yet who could take it.
    expect(button('Giao cuộc gọi')?.disabled).toBe(true)
    setTelephone(server, { mine: { ...asked, version: 5, transfer: aTransfer(true) } })
    await changes(5)
    await eventually(() => document.body.textContent.includes('Trần Quốc Bảo đã vào cuộc gọi'))
    await press('Giao cuộc gọi')
    await eventually(() => card('Cuộc gọi đến') === null)
  })

  test('goes on where the colleague who was asked in does not come, also after a reload', async () => {
    // As the page finds it: nothing of it was asked here.
    const transfer = { ...aTransfer(), agent: null }
    setTelephone(server, { mine: aTalk({ version: 4, state: 'held', transfer }) })
    await renderConsole(server)
    await eventually(() => document.body.textContent.includes('Đang mời người ngoài tổng đài'))
    expect(button('Quay lại với người dân')?.disabled).toBe(false)
    setTelephone(server, { mine: aTalk({ version: 5, state: 'held' }) })
    await changes(5)
    await eventually(() => !document.body.textContent.includes('Đang mời'))
    expect(button('Chuyển máy')?.disabled).toBe(false)
  })

  const changes = async (version: number) =>
    during(() => {
      const change = { id: aCall().id, version, state: 'wrapup' as const, endedAs: null }
      server.tell('call:changed', { ...change, agentId: LAN.id })
    })
  const report = () => byName('textarea', 'Nội dung phản ánh') as HTMLTextAreaElement

  test('that ends leaves the case that is being written where it is, to be recorded', async () => {
    setTelephone(server, { mine: aTalk() })
    server.answers.set('POST /api/reports/preview', { status: 200, body: PREVIEW })
    server.answers.set(`POST /api/calls/${ID}/case`, () => {
      setTelephone(server, { mine: aWrapUp({ version: 10, caseCode: RECEIPT.code }) })
      return { status: 201, body: RECEIPT }
    })
    await renderConsole(server)
    await eventually(report)
    await type('Nội dung phản ánh', 'Đèn đường trước nhà hỏng')
    report().focus()
    setTelephone(server, { mine: aWrapUp() })
    await changes(9)
    const wrapUp = await eventually(() => card('Hoàn tất cuộc gọi'))
    expect(report().value).toBe('Đèn đường trước nhà hỏng')
    // Whoever is writing goes on: the next letters are no commands of the inbox.
    expect(document.activeElement).toBe(report())

    // Done is not done with what is not recorded.
    wrapUp.querySelector<HTMLElement>('.tel-disposition')?.click()
    await press('Xong')
    await eventually(() => wrapUp.textContent.includes('chưa được ghi'))
    expect(commands(server)).toEqual([])
    await press('Ghi vụ việc')
    await eventually(() => document.body.textContent.includes('Mã PIN đọc cho người dân: 482913'))
    await eventually(
      () => (byName('input', 'Mã vụ việc liên quan') as HTMLInputElement).value !== '',
    )
    server.answers.set(`POST /api/calls/${ID}/wrap-up`, () => {
      setTelephone(server, {})
      return { status: 200, body: aWrapUp({ state: 'ended', wrapUpUntil: null }) }
    })
    await press('Xong')
    await eventually(() => card('Hoàn tất cuộc gọi') === null)
    expect(commandsSent(server).at(-1)?.body).toMatchObject({ caseCode: RECEIPT.code })
  })

  test('loses nothing that was written when the page is loaded again, and keeps nothing after', async () => {
    setTelephone(server, { mine: aTalk() })
    sessionStorage.setItem(
      `hoiam:new-case:${aCall().id}`,
      JSON.stringify({
        written: 'Ngập nước',
        address: 'hẻm 5',
        name: '',
        fieldId: '',
        consents: ['contact'],
        openedCode: null,
      }),
    )
    await renderConsole(server)
    await eventually(report)
    expect(report().value).toBe('Ngập nước')
    expect((byName('input', 'Nơi xảy ra') as HTMLInputElement).value).toBe('hẻm 5')
    await type('Nội dung phản ánh', 'Ngập nước nặng')
    await eventually(() => JSON.stringify(sessionStorage).includes('Ngập nước nặng'))
    setTelephone(server, {})
    await changes(9)
    await eventually(() => card('Cuộc gọi đến') === null)
    expect(JSON.stringify(sessionStorage)).not.toContain('Ngập nước')
  })

  test('has no keypad, by key either, where the browser has no line', async () => {
    setTelephone(server, { mine: aTalk() })
    await renderConsole(server)
    await eventually(() => button('Giữ máy'))
    expect(button('Bàn phím số')?.disabled).toBe(true)
    await key('p')
    await key('q')
    expect(byName('[role=group]', 'Bàn phím số')).toBeNull()
  })

  test('takes more time for a wrap-up while somebody writes, and when asked to', async () => {
    const until = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()
    setTelephone(server, { mine: aWrapUp({ wrapUpUntil: until(40) }) })
    server.answers.set(`POST /api/calls/${ID}/wrap-up/extend`, () => {
      const longer = aWrapUp({ version: 11, wrapUpUntil: until(80) })
      setTelephone(server, { mine: longer })
      return { status: 200, body: longer }
    })
    await renderConsole(server)
    await eventually(() => card('Hoàn tất cuộc gọi'))
    await type('Ghi chú', 'Bà con hỏi giờ thu rác')
    expect(commands(server)).toEqual([])
    setTelephone(server, { mine: aWrapUp({ version: 10, wrapUpUntil: until(15) }) })
    await changes(10)
    await eventually(() => card('Hoàn tất cuộc gọi')?.textContent.includes('0:1'))
    await type('Ghi chú', 'Bà con hỏi giờ thu rác, đã trả lời')
    await eventually(() => commands(server).length === 1)
    expect(commands(server)).toEqual([expect.stringMatching(/\/wrap-up\/extend$/)])
    await press('Thêm thời gian')
    await eventually(() => commands(server).length === 2)
    expect((byName('textarea', 'Ghi chú') as HTMLTextAreaElement).value).toContain('đã trả lời')
  })

  test('ends in a wrap-up told with a digit and one press', async () => {
    setTelephone(server, { mine: aWrapUp() })
    server.answers.set(`POST /api/calls/${ID}/wrap-up`, () => {
      setTelephone(server, {})
      return { status: 200, body: aWrapUp({ state: 'ended', wrapUpUntil: null }) }
    })
    await renderConsole(server)
    await eventually(() => card('Hoàn tất cuộc gọi'))
    await press('Xong')
    expect(card('Hoàn tất cuộc gọi')?.textContent).toContain('Chọn kết quả cuộc gọi.')
    document.querySelector<HTMLElement>('.tel-disposition')?.focus()
    await key('3')
    await key('Enter', { ctrlKey: true })
    await eventually(() => card('Hoàn tất cuộc gọi') === null)
    expect(commandsSent(server).at(-1)?.body).toEqual({ disposition: 'information-given' })
  })
})

/** Bảo is asked into the call. */
function aTransfer(isThere = false): NonNullable<CallView['transfer']> {
  return { agent: BAO, isWarm: true, since: '2026-11-23T01:13:00.000Z', isThere }
}

const RECEIPT = {
  code: '2611077712',
  pin: '482913',
  status: 'routed',
  field: 'urban',
  fieldName: 'Hạ tầng đô thị',
  agency: null,
  receivedAt: '2026-11-23T01:12:00.000Z',
  dueAt: null,
  workingDaysLeft: null,
  urgency: 'normal',
  emergencyAdvice: null,
}

const PREVIEW = {
  kind: 'report',
  field: 'urban',
  fieldName: 'Hạ tầng đô thị',
  confidence: 0.91,
  isSure: true,
  alternatives: [],
  urgency: 'normal',
  agency: null,
  triageReason: null,
  dueAt: null,
  workingDaysLeft: null,
  place: null,
  hasPersonalData: false,
  emergencyAdvice: null,
  similar: [],
}
