import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseView, DraftReview } from '#contracts/cases'
import type { Problem } from '#contracts/errors'
import { act } from '../support/answered-case.ts'
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
  await act(server, code, 'accept', officer)
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

describe('the name and number of the citizen, which the writer sees masked', () => {
  // Nothing but the record of the case says that these are personal: no title, no cue.
  const NAMED = 'Đèn đã thay ngày 25/11 theo lời Trần Mai. Tổng đài chiếu sáng: 1900 1234.'
  const CALLED = 'Đèn đã thay ngày 25/11. Liên hệ số 0987 654 321 khi cần.'
  const hintsFor = async (of: string, headers: Record<string, string>, text: string) => {
    const answer = await request(server, 'POST', `/api/cases/${of}/hints`, {
      headers,
      body: { text },
    })
    expect(answer.status).toBe(200)
    return (answer.body as DraftReview).hints.map((hint) => hint.code)
  }

  test('are told by no hint until they were shown to this writer, on the record', async () => {
    const report = { text: 'Đèn hẻm 42 hỏng cả tuần, gọi tôi số 0987 654 321' }
    const { code: asked } = await sendReport(server, report)
    const colleague = (await signInAs(server, 'officer', WARD)).headers
    await act(server, asked, 'accept', officer)
    for (const text of [NAMED, CALLED]) expect(await hintsFor(asked, officer, text)).toEqual([])

    await act(server, asked, 'reveal', officer, { reason: 'Gọi hẹn giờ sửa' })
    for (const text of [NAMED, CALLED]) {
      expect(await hintsFor(asked, officer, text)).toContain('personal-data')
      expect(await hintsFor(asked, colleague, text)).toEqual([])
    }
  })
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
