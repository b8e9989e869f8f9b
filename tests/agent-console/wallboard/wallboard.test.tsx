import { describe, expect, test, vi } from 'vitest'
import type { AgentView, Wallboard, WallboardHistory } from '#contracts/telephony'
import { aSession } from '../support/builders.ts'
import { aProblem, aServer, type FakeServer } from '../support/fake-server.ts'
import {
  byName,
  during,
  eventually,
  key,
  renderConsole,
  type,
  usePage,
} from '../support/render-console.tsx'

usePage()

const text = (selector: string) => document.querySelector(selector)?.textContent ?? ''

const tile = (name: string) =>
  [...document.querySelectorAll<HTMLElement>('.tile')].find(
    (each) => each.querySelector('.tile-name')?.textContent === name,
  )

function anAgent(changes: Partial<AgentView> = {}): AgentView {
  return {
    id: 'lan',
    name: 'Nguyễn Thị Lan',
    state: 'available',
    since: '2026-11-23T02:55:00.000Z',
    callId: null,
    afterCall: null,
    languages: ['vi'],
    fields: [],
    ...changes,
  }
}

function aWallboard(changes: Partial<Wallboard> = {}): Wallboard {
  return {
    at: '2026-11-23T03:00:00.000Z',
    waiting: 2,
    longestWaitSince: '2026-11-23T02:59:50.000Z',
    agents: [anAgent()],
    today: {
      offered: 60,
      answered: 54,
      abandoned: 6,
      serviceLevel: 0.9,
      averageAnswerSeconds: 14,
      abandonment: 0.04,
      averageHandleSeconds: 207,
      occupancy: null,
    },
    callBacksDue: 0,
    unheardVoicemails: 0,
    ...changes,
  }
}

type Day = WallboardHistory['days'][number]

function aDay(changes: Partial<Day> = {}): Day {
  return { day: '2025-11-20', queue: null, ...aWallboard().today, ...changes }
}

function aCentre(wallboard = aWallboard(), days: readonly Day[] = []): FakeServer {
  const server = aServer()
  server.session = aSession({ role: 'supervisor', agency: null })
  server.answers.set('GET /api/wallboard', { status: 200, body: wallboard })
  server.answers.set('GET /api/wallboard/history', { status: 200, body: { days } })
  return server
}

describe('the figures of the wall', () => {
  test('say how they are computed when they are focused, and to screen readers at any time', async () => {
    await renderConsole(aCentre(), '/wallboard')
    const level = await eventually(() => tile('Mức độ dịch vụ 80/20'))
    expect(level.textContent).toContain('90%')
    expect(level.textContent).toContain('54 / 60 cuộc được trả lời')
    const described = document.getElementById(level.getAttribute('aria-describedby') ?? '')
    expect(described?.textContent).toContain('trong 20 giây ÷ (số cuộc vào hàng đợi')
    expect(document.querySelector('[role="tooltip"]')).toBeNull()
    await during(() => {
      level.focus()
    })
    const shown = await eventually(() => document.querySelector('[role="tooltip"]'))
    expect(shown.textContent).toBe(described?.textContent)
  })

  test('past their thresholds they say so in words', async () => {
    const today = { ...aWallboard().today, serviceLevel: 0.62, abandonment: 0.11 }
    await renderConsole(aCentre(aWallboard({ today, agents: [], callBacksDue: 3 })), '/wallboard')
    await eventually(() => tile('Mức độ dịch vụ 80/20'))
    expect(tile('Mức độ dịch vụ 80/20')?.textContent).toContain('Dưới mục tiêu 80%')
    expect(tile('Tỷ lệ bỏ máy')?.textContent).toContain('Trên mức 5%')
    expect(tile('Đang chờ')?.textContent).toContain('Không có ai sẵn sàng')
    expect(tile('Đến giờ gọi lại')?.textContent).toContain('Cần gọi ngay')
    expect(tile('Mức bận rộn')?.textContent).toContain('Chưa có')
  })

  test('tick by the clock of the server', async () => {
    await renderConsole(aCentre(), '/wallboard')
    const wait = () => tile('Chờ lâu nhất')?.querySelector('.tile-value')?.textContent ?? ''
    const first = await eventually(wait)
    expect(first).toMatch(/^0:1\d$/)
    await eventually(() => wait() !== first)
  })
})

describe('the wall is live', () => {
  test('what is told replaces what was read, unless it is older', async () => {
    const server = aCentre()
    await renderConsole(server, '/wallboard')
    await eventually(() => tile('Đang chờ'))
    await during(() => {
      server.tell('wallboard:changed', aWallboard({ at: '2026-11-23T03:00:05.000Z', waiting: 7 }))
      server.tell('wallboard:changed', aWallboard({ at: '2026-11-23T03:00:01.000Z', waiting: 4 }))
    })
    expect(tile('Đang chờ')?.querySelector('.tile-value')?.textContent).toBe('7')
  })

  test('a connection that comes back takes a fresh snapshot', async () => {
    const server = aCentre()
    await renderConsole(server, '/wallboard')
    await eventually(() => tile('Đang chờ'))
    const missed = aWallboard({ at: '2026-11-23T03:05:00.000Z', waiting: 0 })
    server.answers.set('GET /api/wallboard', { status: 200, body: missed })
    await during(() => {
      server.loseConnection()
      server.restoreConnection()
    })
    await eventually(() => tile('Đang chờ')?.querySelector('.tile-value')?.textContent === '0')
  })

  test('agents are sorted by what they do, then by how long they have done it', async () => {
    const agents = [
      anAgent({ id: '1', name: 'Vắng', state: 'away' }),
      anAgent({ id: '2', name: 'Nói mới', state: 'talking', since: '2026-11-23T02:59:00.000Z' }),
      anAgent({
        id: '3',
        name: 'Nói lâu',
        state: 'talking',
        since: '2026-11-23T02:40:00.000Z',
        afterCall: 'away',
      }),
      anAgent({ id: '4', name: 'Rảnh', fields: ['urban', 'electricity'] }),
    ]
    await renderConsole(aCentre(aWallboard({ agents })), '/wallboard')
    const table = await eventually(() => byName('table', 'Tổng đài viên theo trạng thái'))
    const names = [...table.querySelectorAll('tbody th')].map((each) => each.textContent)
    expect(names).toEqual(['Nói lâu', 'Nói mới', 'Rảnh', 'Vắng'])
    const rows = [...table.querySelectorAll('tbody tr')].map((each) => each.textContent)
    expect(rows[0]).toMatch(/Đang nghe máy Tạm vắng sau cuộc gọi này20:\d\dViệt/)
    expect(rows[2]).toContain('Hạ tầng đô thị, Điện')
  })

  test('F shows the wall alone in large type, Escape brings the rest back', async () => {
    await renderConsole(aCentre(), '/wallboard')
    await eventually(() => byName('section', 'Theo ngày') ?? text('#wallboard-history'))
    await key('f')
    expect(document.querySelector('[data-big-screen="true"]')).not.toBeNull()
    expect(document.querySelector('#wallboard-history')).toBeNull()
    await key('Escape')
    expect(document.querySelector('[data-big-screen="true"]')).toBeNull()
    expect(document.querySelector('#wallboard-history')).not.toBeNull()
  })
})

describe('the days before', () => {
  const cells = (row: number) =>
    [...document.querySelectorAll(`.history-table tbody tr:nth-child(${String(row)}) > *`)].map(
      (each) => each.textContent,
    )

  test('stand in a table, the latest first, and can be taken away as a file', async () => {
    const days = [
      aDay({ offered: 1_204 }),
      aDay({ day: '2025-11-21', serviceLevel: null }),
      aDay({ day: '2025-11-21', queue: 'urban', offered: 5 }),
    ]
    await renderConsole(aCentre(aWallboard(), days), '/wallboard')
    await eventually(() => document.querySelector('.history-table'))
    expect(cells(1).slice(0, 5)).toEqual(['21/11/2025', '60', '54', '6', '–'])
    expect(cells(2)).toEqual(['20/11/2025', '1.204', '54', '6', '90%', '0:14', '4%', '3:27', '–'])
    await type('Từ ngày', '2025-11-20')
    await type('Đến ngày', '2025-11-21')
    const link = byName('a', 'Tải CSV')?.getAttribute('href')
    expect(link).toBe('/api/wallboard/history.csv?from=2025-11-20&until=2025-11-21&lang=vi')

    const queue = byName('select', 'Hàng đợi') as HTMLSelectElement
    expect([...queue.options].map((each) => each.text)).toEqual(['Toàn tổng đài', 'Hạ tầng đô thị'])
    await during(() => {
      queue.value = 'urban'
      queue.dispatchEvent(new Event('change', { bubbles: true }))
    })
    expect(cells(1).slice(0, 2)).toEqual(['21/11/2025', '5'])
    expect(cells(2)).toEqual([])
  })

  test('go on with the calls of today', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] })
    const server = aCentre(aWallboard(), [aDay({ offered: 3 })])
    await renderConsole(server, '/wallboard')
    await eventually(() => document.querySelector('.history-table'))
    expect(cells(1)[1]).toBe('3')
    const days = [aDay({ offered: 4 })]
    server.answers.set('GET /api/wallboard/history', { status: 200, body: { days } })
    vi.advanceTimersByTime(60_000)
    vi.useRealTimers()
    await eventually(() => cells(1)[1] === '4')
  })

  test('without one figure to draw it is said, and the table stands', async () => {
    await renderConsole(aCentre(aWallboard(), [aDay({ serviceLevel: null })]), '/wallboard')
    await eventually(() => document.body.textContent.includes('Chưa có số liệu cho chỉ số này'))
    expect(document.querySelector('.history-table')).not.toBeNull()
    expect(document.querySelector('.history-chart')).toBeNull()
  })

  test('a range that runs backwards is refused before it is asked for', async () => {
    await renderConsole(aCentre(aWallboard(), [aDay()]), '/wallboard')
    await eventually(() => document.querySelector('.history-table'))
    await type('Từ ngày', '2025-11-22')
    await type('Đến ngày', '2025-11-21')
    expect(text('.history-problem')).toBe('Ngày bắt đầu phải trước ngày kết thúc.')
    expect(byName('a', 'Tải CSV')).toBeNull()
  })

  test('that cannot be read leave the wall as it is', async () => {
    const server = aCentre()
    server.answers.set('GET /api/wallboard/history', aProblem(403, 'forbidden'))
    await renderConsole(server, '/wallboard')
    await eventually(() => document.body.textContent.includes('Không được.'))
    expect(tile('Đang chờ')).toBeDefined()
  })
})

test('an agent has no wall', async () => {
  const server = aCentre()
  server.session = aSession({ role: 'agent', agency: null })
  await renderConsole(server, '/wallboard')
  await eventually(() => document.body.textContent.includes('Không có trang này'))
  expect(byName('a', 'Bảng điều hành')).toBeNull()
})
