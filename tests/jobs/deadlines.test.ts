import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaseView } from '#contracts/cases'
import type { ReportReceipt } from '#contracts/reports'
import { closeSettled, warnDeadlines } from '#use-cases/warn-deadlines'
import { act, anAnsweredReport } from '../support/answered-case.ts'
import {
  request,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

type Headers = Record<string, string>

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A Monday, 07:30 in Vietnam: offices open. No holiday for weeks. */
const MONDAY = new Date('2026-11-02T00:30:00Z')
let server: TestServer
let officer: Headers
let approver: Headers

beforeAll(async () => {
  server = await startTestServer()
  officer = (await signInAs(server, 'officer', 'ubnd-xa@26743')).headers
  approver = (await signInAs(server, 'approver', 'ubnd-xa@26743')).headers
})
beforeEach(() => {
  server.setTime(MONDAY)
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const view = async (code: string) =>
  (await request(server, 'GET', `/api/cases/${code}`, { headers: officer })).body as CaseView
const warnings = async (code: string) =>
  (await view(code)).timeline.filter(({ type }) => type === 'case:deadline-warned').length

const published = async (): Promise<ReportReceipt> =>
  anAnsweredReport(server, 'Đã thay bóng.', { officer, approver })

describe('warnings before a deadline', () => {
  test('go out once each when 50, 80 and 100 percent of the working time is used up', async () => {
    const { code, dueAt } = await sendReport(server)
    const end = Date.parse(dueAt ?? '')
    const seen: number[] = []
    for (let at = MONDAY.getTime(); at <= end + DAY_MS; at += 2 * HOUR_MS) {
      server.setTime(new Date(at))
      // Twice: a job that runs again warns of nothing again.
      await warnDeadlines(server.ports)
      await warnDeadlines(server.ports)
      seen.push(await warnings(code))
    }
    expect(Math.max(...seen)).toBe(3)
    expect(seen).toEqual([...seen].sort())
    const reached = (count: number) => MONDAY.getTime() + seen.indexOf(count) * 2 * HOUR_MS
    expect(reached(1)).toBeLessThan(reached(2))
    expect(reached(2)).toBeLessThan(end)
    expect(reached(3)).toBeGreaterThanOrEqual(end)
  })

  test('one that was slept through is made up for by the highest alone', async () => {
    const { code, dueAt } = await sendReport(server)
    server.setTime(new Date(Date.parse(dueAt ?? '') + HOUR_MS))
    await warnDeadlines(server.ports)
    await warnDeadlines(server.ports)
    expect(await warnings(code)).toBe(1)
  })

  test('a case that nobody waits for any more is left in peace', async () => {
    const { code, pin, dueAt } = await sendReport(server)
    const headers = { 'X-Report-Pin': pin }
    await request(server, 'POST', `/api/reports/${code}/withdrawal`, { headers })
    server.setTime(new Date(Date.parse(dueAt ?? '') + HOUR_MS))
    await warnDeadlines(server.ports)
    expect(await warnings(code)).toBe(0)
  })

  test('a reopened case is warned of anew', async () => {
    const { code, pin } = await published()
    const headers = { 'X-Report-Pin': pin }
    await request(server, 'POST', `/api/reports/${code}/dispute`, {
      headers,
      body: { reason: 'Đèn vẫn tắt' },
    })
    const { dueAt } = await view(code)
    server.setTime(new Date(Date.parse(dueAt ?? '') + HOUR_MS))
    await warnDeadlines(server.ports)
    expect(await warnings(code)).toBe(1)
  })

  test('a case that somebody changes at the same moment does not stop the round', async () => {
    const [one, other] = [await sendReport(server), await sendReport(server)]
    server.setTime(new Date(Date.parse(one.dueAt ?? '') + HOUR_MS))
    const { cases } = server.ports
    const racing = {
      ...server.ports,
      cases: {
        ...cases,
        findNearingDeadline: async (...given: Parameters<typeof cases.findNearingDeadline>) => {
          const found = await cases.findNearingDeadline(...given)
          if (found.some(({ code }) => code === one.code))
            await act(server, one.code, 'accept', officer)
          return found
        },
      },
    }
    await warnDeadlines(racing)
    expect([await warnings(one.code), await warnings(other.code)]).toEqual([0, 1])
    await warnDeadlines(server.ports)
    expect(await warnings(one.code)).toBe(1)
  })
})

describe('closing', () => {
  test('a published case is closed once the time to dispute is over, and not before', async () => {
    const { code } = await published()
    const publishedAt = MONDAY.getTime()
    server.setTime(new Date(publishedAt + 30 * DAY_MS))
    await closeSettled(server.ports)
    expect((await view(code)).status).toBe('published')
    server.setTime(new Date(publishedAt + 30 * DAY_MS + 1))
    await closeSettled(server.ports)
    await closeSettled(server.ports)
    const closed = await view(code)
    expect(closed.status).toBe('closed')
    expect(closed.timeline.filter(({ type }) => type === 'case:closed')).toHaveLength(1)
  })
})
