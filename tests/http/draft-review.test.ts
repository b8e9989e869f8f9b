import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseView, DraftReview } from '#contracts/cases'
import type { Problem } from '#contracts/errors'
import {
  request,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

const WARD = 'ubnd-xa@26743'
let server: TestServer
let officer: Record<string, string>
let code: string

beforeAll(async () => {
  server = await startTestServer()
  officer = (await signInAs(server, 'officer', WARD)).headers
  code = (await sendReport(server)).code
  const answer = await request(server, 'POST', `/api/cases/${code}/accept`, {
    headers: officer,
    body: { version: 1 },
  })
  expect(answer.status).toBe(200)
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const review = async (headers: Record<string, string>, body: unknown) =>
  request(server, 'POST', `/api/cases/${code}/hints`, { headers, body })

test('POST /api/cases/{code}/hints says what a draft lacks and where personal data stand', async () => {
  const text = '  Chào bà Trần Thị Mai, chúng tôi ghi nhận ý kiến và sẽ xem xét.'
  const answer = await review(officer, { text })
  expect(answer.status).toBe(200)
  const { hints } = answer.body as DraftReview
  expect(hints.map((hint) => hint.code).sort()).toEqual([
    'no-commitment',
    'no-contact',
    'personal-data',
  ])
  const [span] = hints.find((hint) => hint.code === 'personal-data')?.spans ?? []
  expect(text.slice(span?.start, span?.end)).toBe('Trần Thị Mai')
})

test('POST /api/cases/{code}/hints has nothing to say about a good draft, and stores nothing', async () => {
  const before = await request(server, 'GET', `/api/cases/${code}`, { headers: officer })
  const text = 'Đội chiếu sáng đã thay bóng đèn sáng 25/11. Tổng đài chiếu sáng: 1900 1234.'
  expect((await review(officer, { text })).body).toEqual({ hints: [] })
  const after = await request(server, 'GET', `/api/cases/${code}`, { headers: officer })
  expect((after.body as CaseView).version).toBe((before.body as CaseView).version)
})

test('POST /api/cases/{code}/hints refuses what is no draft', async () => {
  for (const body of [{}, { text: 1 }, { text: 'a'.repeat(10_001) }, { text: '', version: 1 }]) {
    expect(await review(officer, body)).toMatchObject({ status: 400, body: { code: 'invalid' } })
  }
})

test('POST /api/cases/{code}/hints refuses who may not write the response', async () => {
  const refusals = [
    [{ 'X-Requested-With': 'hoiam' }, 401, 'unauthenticated'],
    [(await signInAs(server, 'officer', 'so-y-te@01')).headers, 404, 'not-found'],
    [(await signInAs(server, 'agent')).headers, 403, 'forbidden'],
  ] as const
  for (const [headers, status, problem] of refusals) {
    const answer = await review({ ...headers }, { text: 'Đèn đã thay ngày 25/11.' })
    expect(answer.status).toBe(status)
    expect((answer.body as Problem).code).toBe(problem)
  }
})
