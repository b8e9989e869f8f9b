import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseView } from '#contracts/cases'
import type { Problem } from '#contracts/errors'
import type { ReportReceipt, ReportStatus } from '#contracts/reports'
import { decisionOn } from '#domain/case-life'
import { joinDuplicate } from '#domain/merged-case'
import { settleDuplicates } from '#use-cases/merge-cases'
import { act, answerCase } from '../support/answered-case.ts'
import {
  request,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

type Headers = Record<string, string>

const WARD = 'ubnd-xa@26743'
const WHY = 'Cùng cột đèn'
let server: TestServer
let agent: Headers
let officer: Headers
let approver: Headers
let stranger: Headers

beforeAll(async () => {
  server = await startTestServer()
  agent = (await signInAs(server, 'agent')).headers
  officer = (await signInAs(server, 'officer', WARD)).headers
  approver = (await signInAs(server, 'approver', WARD)).headers
  stranger = (await signInAs(server, 'officer', 'so-y-te@01')).headers
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const view = async (code: string, headers = agent) =>
  (await request(server, 'GET', `/api/cases/${code}`, { headers })).body as CaseView
const status = async ({ code, pin }: ReportReceipt) =>
  (await request(server, 'GET', `/api/reports/${code}`, { headers: { 'X-Report-Pin': pin } }))
    .body as ReportStatus

async function twoReports(): Promise<{ lead: ReportReceipt; again: ReportReceipt }> {
  const lead = await sendReport(server)
  const contact = { name: 'Lê Văn Tám', phone: '0987 654 321' }
  return { lead, again: await sendReport(server, { contact }) }
}

async function refused(code: string, action: string, body: object, headers = agent) {
  const { version } = await view(code)
  const path = `/api/cases/${code}/${action}`
  const answer = await request(server, 'POST', path, { headers, body: { version, ...body } })
  return answer.body as Problem
}

/** The lead as a process that died between the two saves left it: saved, and told to nobody. */
async function cutBetween(lead: ReportReceipt, again: ReportReceipt) {
  const { cases } = server.ports
  const [first, second] = await Promise.all([lead, again].map(({ code }) => cases.findByCode(code)))
  if (!first || !second) throw new Error('a case is gone')
  const by = { kind: 'staff', id: 'an', name: 'An' } as const
  const joined = joinDuplicate(first, second, WHY, decisionOn(first, by, server.ports.now()))
  await cases.save(joined, first.version)
  return { joined, steps: joined.timeline.slice(-1) }
}

describe('POST /api/cases/{code}/merge', () => {
  test('both know each other, and every citizen keeps the code and hears the answer', async () => {
    const { lead, again } = await twoReports()
    const merged = await act(server, again.code, 'merge', agent, {
      leadCode: lead.code,
      reason: WHY,
    })
    expect(merged).toMatchObject({ status: 'merged', mergedInto: lead.code, dueAt: null })
    expect(merged.timeline.at(-1)).toMatchObject({ type: 'case:merged', reason: WHY })
    expect((await view(lead.code)).mergedCases).toEqual([again.code])

    const waiting = await status(again)
    expect(waiting).toMatchObject({ code: again.code, status: 'merged', response: null })
    expect(JSON.stringify(waiting)).not.toContain(lead.code)
    const text = 'Chào bà Trần Thị Mai, đèn đã thay ngày 25/11.'
    await answerCase(server, lead.code, text, { officer, approver })
    expect((await status(lead)).response?.text).toContain('Trần Thị Mai')
    const heard = (await status(again)).response?.text
    expect(heard).toContain('đèn đã thay ngày 25/11')
    expect(heard).not.toContain('Trần Thị Mai')
    expect((await status(lead)).timeline.map(({ type }) => type)).not.toContain(
      'case:duplicate-joined',
    )
    // Its answer has gone out under both codes.
    const late = await refused(again.code, 'unmerge', { reason: WHY })
    expect(late).toMatchObject({ status: 409, code: 'not-allowed-now' })
  })

  test('is undone while the lead is open: the case goes on where it stood', async () => {
    const { lead, again } = await twoReports()
    const before = await act(server, again.code, 'accept', officer)
    const command = { leadCode: lead.code, reason: WHY }
    await act(server, again.code, 'merge', officer, command)
    const parted = await act(server, again.code, 'unmerge', officer, { reason: 'Hẻm khác' })
    expect(parted).toMatchObject({
      status: 'accepted',
      dueAt: before.dueAt,
      assignee: before.assignee,
      mergedInto: null,
    })
    expect((await view(lead.code)).mergedCases).toEqual([])
    expect((await act(server, again.code, 'merge', agent, command)).status).toBe('merged')
  })

  test('refuses itself, what does not exist, chains, formal procedures and leads that ended', async () => {
    const { lead, again } = await twoReports()
    const into = async (code: string, leadCode: string, headers = agent) =>
      refused(code, 'merge', { leadCode, reason: WHY }, headers)
    for (const leadCode of [again.code, '1000000009', 'nonsense']) {
      expect(await into(again.code, leadCode)).toMatchObject({
        status: 400,
        errors: [{ pointer: '/leadCode' }],
      })
    }
    const formal = await sendReport(server, {
      text: 'Tôi tố cáo ông chủ tịch phường nhận hối lộ 50 triệu đồng để bao che xây trái phép',
    })
    const supervisor = (await signInAs(server, 'supervisor')).headers
    expect(await into(again.code, formal.code, supervisor)).toMatchObject({ status: 400 })

    await act(server, again.code, 'merge', agent, { leadCode: lead.code, reason: WHY })
    const other = await sendReport(server)
    expect(await into(lead.code, other.code)).toMatchObject({ code: 'not-allowed-now' })
    expect(await into(other.code, again.code)).toMatchObject({ code: 'not-allowed-now' })
    await answerCase(server, lead.code, 'Đèn đã thay ngày 25/11.', { officer, approver })
    expect(await into(other.code, lead.code)).toMatchObject({ code: 'not-allowed-now' })
  })

  test('is for who may see both cases', async () => {
    const { lead, again } = await twoReports()
    const command = { leadCode: lead.code, reason: WHY }
    expect((await refused(again.code, 'merge', command, stranger)).status).toBe(404)
    await act(server, lead.code, 'route', agent, { agencyId: 'so-y-te@79' })
    expect(await refused(again.code, 'merge', command, officer)).toMatchObject({ status: 400 })
  })
})

describe('a merge that was cut between its two saves', () => {
  test('is finished, once, as the person decided it', async () => {
    const { lead, again } = await twoReports()
    const { joined, steps } = await cutBetween(lead, again)
    await settleDuplicates(joined, steps, server.ports)
    await settleDuplicates(joined, steps, server.ports)
    const merged = await view(again.code)
    expect(merged).toMatchObject({ status: 'merged', mergedInto: lead.code })
    const merges = merged.timeline.filter(({ type }) => type === 'case:merged')
    expect(merges).toMatchObject([{ by: { name: 'An' }, reason: WHY }])
  })

  test('is taken back where somebody worked on the case meanwhile', async () => {
    const { lead, again } = await twoReports()
    const { joined, steps } = await cutBetween(lead, again)
    await act(server, again.code, 'accept', officer)
    await settleDuplicates(joined, steps, server.ports)
    expect((await view(again.code)).status).toBe('accepted')
    expect((await view(lead.code)).mergedCases).toEqual([])
  })
})

test('where the lead ends without an answer, what was merged into it goes on by itself', async () => {
  const { lead, again } = await twoReports()
  await act(server, again.code, 'merge', agent, { leadCode: lead.code, reason: WHY })
  const withdrawn = await request(server, 'POST', `/api/reports/${lead.code}/withdrawal`, {
    headers: { 'X-Report-Pin': lead.pin },
    body: {},
  })
  expect(withdrawn.status).toBe(200)
  await expect.poll(async () => (await view(again.code)).status).toBe('routed')
  expect((await view(again.code)).dueAt).toBe(again.dueAt)
})
