import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseView } from '#contracts/cases'
import type { Problem } from '#contracts/errors'
import type { ReportReceipt, ReportStatus } from '#contracts/reports'
import { openSubCases } from '#use-cases/split-case'
import {
  request,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

const WARD = 'ubnd-xa@26743'
const LIGHT = 'Đèn đường hẻm 42 hỏng cả tuần, tối om.'
const SCHOOL = 'Ngoài ra trường tiểu học bắt đóng tiền học thêm, ai không đóng là bị đì.'
const TEXT = `${LIGHT} ${SCHOOL} Gọi tôi 0912 345 678.`
const PART = {
  start: LIGHT.length + 1,
  end: LIGHT.length + 1 + SCHOOL.length,
  fieldId: 'education',
}
let server: TestServer
let agent: Record<string, string>
let officer: Record<string, string>

beforeAll(async () => {
  server = await startTestServer()
  agent = (await signInAs(server, 'agent')).headers
  officer = (await signInAs(server, 'officer', WARD)).headers
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const view = async (code: string, headers = agent) =>
  (await request(server, 'GET', `/api/cases/${code}`, { headers })).body as CaseView
const split = async (code: string, body: object, headers = agent) =>
  request(server, 'POST', `/api/cases/${code}/split`, { headers, body })
const status = async (code: string, pin: string) =>
  (await request(server, 'GET', `/api/reports/${code}`, { headers: { 'X-Report-Pin': pin } }))
    .body as ReportStatus
async function aSplitReport(): Promise<{ receipt: ReportReceipt; main: CaseView; sub: CaseView }> {
  const receipt = await sendReport(server, { text: TEXT })
  const { version } = await view(receipt.code)
  const answer = await split(receipt.code, { version, ...PART })
  expect(answer.status).toBe(200)
  const main = answer.body as CaseView
  return { receipt, main, sub: await view(main.subCases[0]?.code ?? '') }
}

test('the reader’s second matter is offered to the call centre, not to the agency', async () => {
  const { code } = await sendReport(server, { text: `${LIGHT} ${SCHOOL}` })
  const [part] = (await view(code)).parts
  expect(part).toMatchObject({ field: 'education', start: PART.start })
  expect((await view(code, officer)).parts).toEqual([])
})

test('POST /api/cases/{code}/split makes a case with an agency of its own; both know each other', async () => {
  const { main, sub } = await aSplitReport()
  expect(main.agency?.id).toBe(WARD)
  expect(main.subCases).toMatchObject([{ field: 'education', agency: sub.agency }])
  expect(main.timeline.at(-1)).toMatchObject({ type: 'case:split', to: sub.code })
  expect(sub).toMatchObject({
    text: SCHOOL,
    field: 'education',
    receivedAt: main.receivedAt,
    mainCase: { code: main.code, lead: { id: WARD } },
  })
  expect(sub.agency).not.toBeNull()
  expect(sub.timeline.map(({ type }) => type)).toContain('case:split')
})

test('the supporting agency reads its part and no more; the citizen follows both with one PIN', async () => {
  const { receipt, sub } = await aSplitReport()
  const helper = (await signInAs(server, 'officer', sub.agency?.id)).headers
  const read = await view(sub.code, helper)
  expect(read.text).toBe(SCHOOL)
  expect(read.contact).toMatchObject({ isMasked: true })
  expect(JSON.stringify(read)).not.toContain('0912')
  if (sub.agency?.id !== WARD) {
    expect(
      (await request(server, 'GET', `/api/cases/${receipt.code}`, { headers: helper })).status,
    ).toBe(404)
  }

  const told = (await status(receipt.code, receipt.pin)).timeline.map(({ text }) => text)
  expect(told.join()).toContain(sub.code)
  expect((await status(sub.code, receipt.pin)).text).toBe(SCHOOL)
})

test('what a crash left unmade is made by the relay, and made once', async () => {
  const { main, sub } = await aSplitReport()
  const stored = await server.ports.cases.findByCode(main.code)
  if (stored === null) throw new Error('the main case is gone')
  await openSubCases(stored, stored.timeline, server.ports)
  expect(await view(sub.code)).toEqual(sub)

  const lost = {
    ...stored,
    subCases: stored.subCases?.map((each) => ({ ...each, code: '2611999991' })) ?? [],
  }
  const steps = stored.timeline.map((step) =>
    step.type === 'case:split' ? { ...step, to: '2611999991' } : step,
  )
  await openSubCases({ ...lost, timeline: steps }, steps, server.ports)
  expect((await view('2611999991')).mainCase?.code).toBe(main.code)
})

test('POST /api/cases/{code}/split refuses what is no part, and a part taken before', async () => {
  const { main } = await aSplitReport()
  const { version } = main
  for (const [body, refused, reason] of [
    [{ version, start: 0, end: 5, fieldId: 'no-such-field' }, 400, 'field-unknown'],
    [{ version, start: 0, end: 50_000, fieldId: 'water' }, 400, 'part-senseless'],
    [{ version, ...PART }, 409, 'part-taken'],
    [{ version, start: -1, end: 5, fieldId: 'water' }, 400, 'too-small'],
  ] as const) {
    const answer = await split(main.code, body)
    expect(answer.status).toBe(refused)
    expect((answer.body as Problem).errors?.[0]?.reason).toBe(reason)
  }
})

test('POST /api/cases/{code}/split refuses a version that was overtaken, and makes no case', async () => {
  const { code } = await sendReport(server, { text: TEXT })
  const { version } = await view(code)
  const both = await Promise.all([
    split(code, { version, ...PART }),
    split(code, { version, ...PART }),
  ])
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
  expect((await view(code)).subCases).toHaveLength(1)
})

test('POST /api/cases/{code}/split refuses officers and strangers', async () => {
  const { code, version } = await view((await sendReport(server, { text: TEXT })).code)
  expect((await split(code, { version, ...PART }, officer)).status).toBe(403)
  expect((await split(code, { version, ...PART }, { 'X-Requested-With': 'hoiam' })).status).toBe(
    401,
  )
})
