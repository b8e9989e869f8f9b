import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { CaseView, LikelyDuplicate } from '#contracts/cases'
import type { ReportReceipt } from '#contracts/reports'
import {
  request,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

type Headers = Record<string, string>

const WARD = 'ubnd-xa@26743'
const NOON = new Date('2026-11-23T05:00:00Z')
const DAY_MS = 86_400_000
let server: TestServer
let agent: Headers
let officer: Headers
let stranger: Headers

beforeAll(async () => {
  server = await startTestServer()
  server.setTime(NOON)
  agent = (await signInAs(server, 'agent')).headers
  officer = (await signInAs(server, 'officer', WARD)).headers
  stranger = (await signInAs(server, 'officer', 'so-y-te@01')).headers
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const ask = async (code: string, headers: Headers) =>
  request(server, 'GET', `/api/cases/${code}/duplicates`, { headers })

async function duplicatesOf({ code }: ReportReceipt, headers: Headers = agent) {
  const { status, body } = await ask(code, headers)
  expect(status).toBe(200)
  return body as LikelyDuplicate[]
}

const codesOf = (found: readonly LikelyDuplicate[]) => found.map(({ row }) => row.code)

const WASTE = {
  text: 'Bãi rác tự phát ở bờ kênh sát cầu Chợ Cầu ngày càng lớn, mùi hôi bay vào nhà dân.',
  fieldId: 'environment',
  place: { unitCode: '26743' },
}
const WASTE_AGAIN = {
  ...WASTE,
  text: 'bo kenh cho gan cau cho cau rac chat nhu nui, mui hoi bay vao nha dan qua troi',
}
const SMOKE = {
  ...WASTE,
  text: 'Công nhân vệ sinh quét lá rồi đốt ngay trên vỉa hè Quang Trung, khói mù mịt.',
}

describe('GET /api/cases/{code}/duplicates', () => {
  test('tells of reports about the same incident, with the reasons, and of no other', async () => {
    const first = await sendReport(server, WASTE)
    await sendReport(server, SMOKE)
    const again = await sendReport(server, WASTE_AGAIN)
    await vi.waitFor(async () => {
      expect(codesOf(await duplicatesOf(again))).toEqual([first.code])
      // The earlier case knows of the later one as well.
      expect(codesOf(await duplicatesOf(first))).toEqual([again.code])
    })
    const [likely] = await duplicatesOf(again)
    expect(likely?.score).toBeGreaterThan(0.5)
    expect(likely?.reasons).toEqual(expect.arrayContaining(['same-unit', 'same-time']))
    expect(likely?.row.summary).toBe(WASTE.text)
  })

  test('does not take what was told in another ward, or months ago, for the same', async () => {
    const elsewhere = await sendReport(server, { ...WASTE_AGAIN, place: { unitCode: '00166' } })
    const copy = await sendReport(server, { ...WASTE_AGAIN, place: { unitCode: '00166' } })
    await vi.waitFor(async () => {
      expect(codesOf(await duplicatesOf(elsewhere))).toContain(copy.code)
    })
    const lamp = { text: 'Cột đèn trước cổng chùa Phước Hải gãy đôi nằm giữa đường đi bộ' }
    const long = await sendReport(server, lamp)
    server.setTime(new Date(NOON.getTime() + 90 * DAY_MS))
    const late = await sendReport(server, {
      text: 'cot den truoc cong chua phuoc hai lai gay nam giua duong',
    })
    const soon = await sendReport(server, {
      text: 'chùa Phước Hải có cột đèn gãy đôi nằm chắn giữa đường đi',
    })
    server.setTime(NOON)
    await vi.waitFor(async () => {
      expect(codesOf(await duplicatesOf(late))).toEqual([soon.code])
    })
    expect(codesOf(await duplicatesOf(long))).toEqual([])
  })

  test('is found by its new field once a person has corrected it', async () => {
    const text = 'Ống nước trước chùa Ông Bổn vỡ, nước phun trắng đường từ sáng sớm'
    const first = await sendReport(server, { text, fieldId: 'water' })
    const again = await sendReport(server, {
      text: 'chua ong bon vo ong nuoc phun trang duong',
      fieldId: 'traffic',
    })
    const scoreNow = async () => (await duplicatesOf(first))[0]?.score ?? 0
    await vi.waitFor(async () => {
      expect(codesOf(await duplicatesOf(first))).toEqual([again.code])
    })
    const before = await scoreNow()
    const { version } = (
      await request(server, 'GET', `/api/cases/${again.code}`, { headers: agent })
    ).body as CaseView
    await request(server, 'POST', `/api/cases/${again.code}/correct`, {
      headers: agent,
      body: { version, fieldId: 'water' },
    })
    await vi.waitFor(async () => {
      expect(await scoreNow()).toBeGreaterThan(before)
    })
  })

  test('shows nobody a case that they may not see', async () => {
    const text = 'Sới gà sau đình Phú Lạc mở cá cược mỗi chiều thứ bảy và chủ nhật'
    const ours = await sendReport(server, { text })
    const denounced = await sendReport(server, {
      text: `Tôi tố cáo ông trưởng khu phố nhận tiền bảo kê. ${text}`,
    })
    const lead = (await signInAs(server, 'supervisor')).headers
    await vi.waitFor(async () => {
      expect(codesOf(await duplicatesOf(ours, lead))).toEqual([denounced.code])
    })
    expect(codesOf(await duplicatesOf(ours, officer))).toEqual([])
    expect(codesOf(await duplicatesOf(ours, agent))).toEqual([])
    expect((await ask(denounced.code, agent)).status).toBe(404)
  })

  test('is for staff who may see the case', async () => {
    const { code } = await sendReport(server)
    expect((await ask(code, {})).status).toBe(401)
    expect((await ask(code, stranger)).status).toBe(404)
    expect((await ask('0000000000', agent)).status).toBe(404)
  })
})
