import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CasePage, CaseView } from '#contracts/cases'
import type { Problem } from '#contracts/errors'
import type { ReportReceipt, ReportStatus } from '#contracts/reports'
import { act as actOn, answerCase } from '../support/answered-case.ts'
import {
  request,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

const WARD = 'ubnd-xa@26743'
let server: TestServer
let agent: Record<string, string>
let supervisor: Record<string, string>
let officer: Record<string, string>
let approver: Record<string, string>
let stranger: Record<string, string>

beforeAll(async () => {
  server = await startTestServer()
  agent = (await signInAs(server, 'agent')).headers
  supervisor = (await signInAs(server, 'supervisor')).headers
  officer = (await signInAs(server, 'officer', WARD)).headers
  approver = (await signInAs(server, 'approver', WARD)).headers
  stranger = (await signInAs(server, 'officer', 'so-y-te@01')).headers
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

type Headers = Record<string, string>

const view = async (code: string, headers: Headers) =>
  request(server, 'GET', `/api/cases/${code}`, { headers })
const act = async (code: string, action: string, headers: Headers, body: object) =>
  request(server, 'POST', `/api/cases/${code}/${action}`, { headers, body })

const done = async (code: string, action: string, headers: Headers, body: object = {}) =>
  actOn(server, code, action, headers, body)
const published = async ({ code }: ReportReceipt, text: string) =>
  answerCase(server, code, text, { officer, approver })

const status = async ({ code, pin }: ReportReceipt) =>
  (await request(server, 'GET', `/api/reports/${code}`, { headers: { 'X-Report-Pin': pin } }))
    .body as ReportStatus

describe('the way of a case', () => {
  test('from the citizen to the agency, answered, published without personal data, rated', async () => {
    const receipt = await sendReport(server, {
      text: 'Đèn đường hẻm 42 Nguyễn Trãi hỏng, gọi tôi số 0912 345 678, CCCD 079199012345',
    })
    await published(
      receipt,
      'Chào bà Trần Thị Mai, đèn đã thay ngày 25/11. Chúng tôi gọi 0912 345 678 nhưng bà không nghe máy.',
    )
    const shown = await status(receipt)
    expect(shown.status).toBe('published')
    expect(shown.response?.text).toContain('Trần Thị Mai')

    const { body } = await request(server, 'GET', `/api/answers/${receipt.code}`)
    const seen = JSON.stringify(body)
    expect(seen).toContain('đèn đã thay')
    for (const secret of ['0912', '345 678', '079199012345', 'Trần Thị Mai'])
      expect(seen).not.toContain(secret)

    const rated = await request(server, 'POST', `/api/reports/${receipt.code}/rating`, {
      headers: { 'X-Report-Pin': receipt.pin },
      body: { score: 5, comment: 'Cảm ơn' },
    })
    expect(rated.body).toMatchObject({ status: 'closed', rating: { score: 5 } })
  })

  test('an answer the citizen did not agree to publish stays between the two', async () => {
    const receipt = await sendReport(server, { consents: ['contact'] })
    await published(receipt, 'Đèn đã thay xong ngày 25/11.')
    expect((await request(server, 'GET', `/api/answers/${receipt.code}`)).status).toBe(404)
    expect((await status(receipt)).response?.text).toContain('Đèn đã thay')
  })

  test('a dispute reopens the case with a new deadline', async () => {
    const receipt = await sendReport(server)
    await published(receipt, 'Đèn đã thay xong ngày 25/11.')
    server.setTime(new Date(Date.now() + 10 * 86_400_000))
    const answer = await request(server, 'POST', `/api/reports/${receipt.code}/dispute`, {
      headers: { 'X-Report-Pin': receipt.pin },
      body: { reason: 'Đèn vẫn tắt' },
    })
    const reopened = answer.body as ReportStatus
    expect(reopened).toMatchObject({ status: 'reopened', response: null, canDispute: false })
    expect(Date.parse(reopened.dueAt ?? '')).toBeGreaterThan(Date.parse(receipt.dueAt ?? ''))
    server.setTime(new Date())
  })

  test("a corrected field moves the case to the other agency's inbox and becomes a training example", async () => {
    const receipt = await sendReport(server)
    const before = await server.ports.trainingExamples.count()
    const moved = await done(receipt.code, 'correct', agent, { fieldId: 'electricity' })
    expect(moved).toMatchObject({
      field: 'electricity',
      isFieldConfirmed: true,
      agency: { id: 'evn@79' },
    })
    expect((await view(receipt.code, officer)).status).toBe(404)
    const evn = (await signInAs(server, 'officer', 'evn@79')).headers
    expect((await view(receipt.code, evn)).status).toBe(200)
    await expect.poll(async () => server.ports.trainingExamples.count()).toBe(before + 1)
  })

  test('an agency that says "not ours" gives it back to a person, with its reason', async () => {
    const receipt = await sendReport(server)
    await done(receipt.code, 'return', officer, {
      reason: 'not-our-level',
      comment: 'Đèn do Sở quản lý',
      suggestedAgencyId: 'so-xay-dung@79',
    })
    const returned = (await view(receipt.code, agent)).body as CaseView
    expect(returned).toMatchObject({
      status: 'returned',
      triageReason: 'returned',
      suggestedAgency: { id: 'so-xay-dung@79' },
      returnCount: 1,
    })
    await done(receipt.code, 'route', agent, { agencyId: 'so-xay-dung@79' })
    expect((await status(receipt)).agency?.id).toBe('so-xay-dung@79')
  })
})

describe('who sees what', () => {
  test('what the citizen adds later is masked for the officer too', async () => {
    const receipt = await sendReport(server)
    const added = await request(server, 'POST', `/api/reports/${receipt.code}/messages`, {
      headers: { 'X-Report-Pin': receipt.pin },
      body: { text: 'Gọi tôi số mới 0987 654 321, gặp Trần Thị Mai' },
    })
    expect(added.status).toBe(200)
    const seen = (await view(receipt.code, officer)).body as CaseView
    expect(seen.timeline.at(-1)?.type).toBe('case:supplemented')
    expect(JSON.stringify(seen)).not.toMatch(/0987|654 321|Thị Mai/)
    const plain = (await view(receipt.code, agent)).body as CaseView
    expect(plain.timeline.at(-1)?.text).toContain('0987 654 321')
  })

  test("one agency's draft is not the next one's to send", async () => {
    const { code } = await sendReport(server)
    await done(code, 'accept', officer)
    await done(code, 'draft', officer, { text: 'Bản nháp của phường' })
    await done(code, 'return', officer, { reason: 'not-our-level' })
    const returned = (await view(code, agent)).body as CaseView
    expect(returned.response).toBeNull()
  })

  test('an officer reads a masked citizen, and asks for the rest on the record', async () => {
    const receipt = await sendReport(server, {
      text: 'Đèn đường hẻm 42 Nguyễn Trãi hỏng, gọi tôi số 0912 345 678',
    })
    const seen = (await view(receipt.code, officer)).body as CaseView
    expect(seen.contact).toMatchObject({ isMasked: true })
    expect(JSON.stringify(seen)).not.toMatch(/345 678|0912345678|Thị Mai/)
    expect(seen.evidence.length).toBeGreaterThan(0)
    const revealed = await done(receipt.code, 'reveal', officer, { reason: 'Gọi hẹn giờ sửa đèn' })
    expect(revealed.contact).toMatchObject({ phone: '+84912345678', isMasked: false })
    expect(revealed.timeline.at(-1)).toMatchObject({ type: 'case:revealed' })
    expect(((await view(receipt.code, officer)).body as CaseView).contact?.isMasked).toBe(true)
  })

  test("another agency's officer finds nothing, nobody unsigned gets in", async () => {
    const { code } = await sendReport(server)
    expect((await view(code, stranger)).status).toBe(404)
    expect((await view(code, {})).status).toBe(401)
    expect((await act(code, 'accept', stranger, { version: 1 })).status).toBe(404)
    const list = (await request(server, 'GET', '/api/cases?view=all', { headers: stranger }))
      .body as CasePage
    expect(list.rows).toEqual([])
  })

  test('a denunciation is for supervisors alone', async () => {
    const { code } = await sendReport(server, {
      text: 'Tôi tố cáo ông chủ tịch phường nhận hối lộ 50 triệu đồng để bao che xây dựng trái phép',
    })
    expect((await view(code, agent)).status).toBe(404)
    expect((await view(code, supervisor)).body).toMatchObject({
      kind: 'denunciation',
      isRestricted: true,
    })
  })

  test('each role does its own: an agent does not answer, an officer does not approve', async () => {
    const { code, status: first } = await sendReport(server)
    expect(first).toBe('routed')
    expect((await act(code, 'accept', agent, { version: 1 })).status).toBe(403)
    expect((await act(code, 'approve', officer, { version: 1 })).status).toBe(403)
    expect((await act(code, 'submit', officer, { version: 1 })).body).toMatchObject({
      code: 'not-allowed-now',
    })
  })

  test('a forged request from another site is refused', async () => {
    const { code } = await sendReport(server)
    const { 'X-Requested-With': _, ...bare } = officer
    expect((await act(code, 'accept', bare, { version: 1 })).status).toBe(403)
    const foreign = { ...officer, Origin: 'https://evil.example' }
    expect((await act(code, 'accept', foreign, { version: 1 })).status).toBe(403)
  })
})

describe('two people on one case', () => {
  test('the later save is a conflict that says what changed, and nothing is overwritten', async () => {
    const { code } = await sendReport(server)
    await done(code, 'accept', officer)
    const late = await act(code, 'return', approver, { version: 1, reason: 'not-our-area' })
    const problem = late.body as Problem
    expect(late.status).toBe(409)
    expect(problem).toMatchObject({ code: 'conflict', currentVersion: 2 })
    expect(problem.changes).toEqual([
      expect.objectContaining({ type: 'case:accepted', by: 'Người officer' }),
    ])
    expect(((await view(code, officer)).body as CaseView).status).toBe('accepted')
  })

  test('of ten who press at once, one wins', async () => {
    const { code } = await sendReport(server)
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => act(code, 'accept', officer, { version: 1 })),
    )
    expect(answers.filter(({ status: code }) => code === 200)).toHaveLength(1)
    expect(answers.filter(({ status: code }) => code === 409)).toHaveLength(9)
  })
})

describe('GET /api/cases', () => {
  test('finds without diacritics, by code, and by phone for those who may see it', async () => {
    const { code } = await sendReport(server, {
      text: 'Cây phượng trước cổng trường Lê Quý Đôn sắp đổ, rễ bật lên rồi',
      contact: { name: 'Nguyễn Thị Hoa', phone: '0987 111 222' },
    })
    const find = async (q: string, headers: Headers) => {
      const answer = await request(
        server,
        'GET',
        `/api/cases?view=all&q=${encodeURIComponent(q)}`,
        { headers },
      )
      return (answer.body as CasePage).rows.map((row) => row.code)
    }
    expect(await find('cay phuong sap do', agent)).toContain(code)
    expect(await find('cây phượng', agent)).toContain(code)
    expect(await find(`${code.slice(0, 4)} ${code.slice(4, 7)} ${code.slice(7)}`, agent)).toEqual([
      code,
    ])
    expect(await find('0987111222', agent)).toEqual([code])
    expect(await find('nguyen thi hoa', agent)).toContain(code)
    expect(await find('0987111222', officer)).toEqual([])
    expect(await find('cay phuong .*', agent)).toContain(code)
  })

  test('pages through everything once', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const path = `/api/cases?view=all&limit=3${cursor === null ? '' : `&cursor=${cursor}`}`
      const page = (await request(server, 'GET', path, { headers: supervisor })).body as CasePage
      seen.push(...page.rows.map((row) => row.code))
      cursor = page.nextCursor
    } while (cursor !== null)
    const counts = (await request(server, 'GET', '/api/cases/counts', { headers: supervisor })).body
    expect(new Set(seen).size).toBe(seen.length)
    expect((counts as { all: number }).all).toBe(seen.length)
  })

  test('refuses a cursor that is not one of ours', async () => {
    const answer = await request(server, 'GET', '/api/cases?cursor=nonsense', { headers: agent })
    expect(answer.status).toBe(400)
  })
})
