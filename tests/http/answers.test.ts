import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, AnswerPage, Performance } from '#contracts/answers'
import type { ReportReceipt } from '#contracts/reports'
import { anAnsweredReport } from '../support/answered-case.ts'
import {
  request,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

type Headers = Record<string, string>

const WARD = 'ubnd-xa@26743'
const MINUTE_MS = 60_000
const noon = new Date('2026-11-23T05:00:00Z')
let server: TestServer
let officer: Headers
let approver: Headers

beforeAll(async () => {
  server = await startTestServer()
  officer = (await signInAs(server, 'officer', WARD)).headers
  approver = (await signInAs(server, 'approver', WARD)).headers
  for (let each = 0; each < 5; each++) {
    // Two and two share a moment: only the code tells them apart.
    server.setTime(new Date(noon.getTime() + Math.floor(each / 2) * MINUTE_MS))
    await published(`Đã thay bóng đèn số ${String(each)}.`)
  }
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const published = async (text: string, report: object = {}): Promise<ReportReceipt> =>
  anAnsweredReport(server, text, { officer, approver }, report)

const list = async (query: string) => request(server, 'GET', `/api/answers?${query}`)
const codes = async (query: string) =>
  ((await list(query)).body as AnswerPage).answers.map(({ code }) => code)

describe('GET /api/answers', () => {
  test('pages through every answer once, newest first', async () => {
    const seen: Answer[] = []
    let cursor = ''
    do {
      const { answers, nextCursor } = (await list(`limit=2${cursor}`)).body as AnswerPage
      seen.push(...answers)
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`
    } while (cursor !== '')
    expect(seen).toHaveLength(5)
    expect(new Set(seen.map(({ code }) => code)).size).toBe(5)
    const times = seen.map(({ publishedAt }) => publishedAt)
    expect(times).toEqual([...times].sort().reverse())
  })

  test('an answer published meanwhile neither repeats nor hides one', async () => {
    const first = (await list('limit=3')).body as AnswerPage
    server.setTime(new Date(noon.getTime() + 60 * MINUTE_MS))
    const { code } = await published('Đã dọn rác đầu hẻm.')
    const rest = await codes(`limit=50&cursor=${first.nextCursor ?? ''}`)
    const before = first.answers.map((each) => each.code)
    expect([...before, ...rest]).toHaveLength(5)
    expect(new Set([...before, ...rest]).size).toBe(5)
    expect(await codes('limit=1')).toEqual([code])
  })

  test('finds words with and without accents, and nothing for words that are not there', async () => {
    const { code } = await published('Đã cắt tỉa.', {
      text: 'Cây phượng trước trường Lê Quý Đôn sắp đổ, rễ bật lên',
    })
    for (const q of ['cay phuong', 'CÂY PHƯỢNG', 'le quy don phuo']) {
      expect(await codes(`q=${encodeURIComponent(q)}`)).toEqual([code])
    }
    expect(await codes('q=tau%20ngam')).toEqual([])
    expect(await codes(`q=${code}`)).toEqual([code])
  })

  test("nobody is found by a citizen's name or number", async () => {
    const contact = { name: 'Đàm Quang Huy', phone: '0966 555 444' }
    await published('Đã xong.', { contact })
    expect(await codes('q=dam%20quang%20huy')).toEqual([])
    expect(await codes('q=0966555444')).toEqual([])
  })

  test('filters by field, by ward and by province', async () => {
    const all = await codes('limit=50')
    expect(await codes('limit=50&field=urban')).toEqual(all)
    expect(await codes('limit=50&unit=26743')).toEqual(all)
    expect(await codes('limit=50&unit=79')).toEqual(all)
    expect(await codes('field=health')).toEqual([])
    expect(await codes('unit=01')).toEqual([])
    expect(await codes('unit=00004')).toEqual([])
  })

  test.each(['limit=0', 'limit=51', 'unit=hanoi', 'cursor=nonsense', 'surprise=1', 'q=a&q=b'])(
    'refuses %s',
    async (query) => {
      expect(await list(query)).toMatchObject({ status: 400, body: { code: 'invalid' } })
    },
  )

  test('refuses a cursor that points beyond time', async () => {
    const cursor = Buffer.from('[1e300,"x"]').toString('base64url')
    expect((await list(`cursor=${cursor}`)).status).toBe(400)
  })

  test('any page may show them', async () => {
    expect((await list('')).headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('GET /api/answers/{code}', () => {
  test('shows one, in the caller’s language', async () => {
    const { code } = await published('Đã sơn lại vạch kẻ đường.')
    const { body } = await request(server, 'GET', `/api/answers/${code}?lang=en`)
    expect(body).toMatchObject({ code, response: 'Đã sơn lại vạch kẻ đường.', wasOnTime: true })
    const vietnamese = await request(server, 'GET', `/api/answers/${code}?lang=vi`)
    expect((vietnamese.body as Answer).fieldName).not.toBe((body as Answer).fieldName)
  })

  test('a case that is not answered looks like one that does not exist', async () => {
    const { code } = await sendReport(server)
    for (const path of [code, '1000000009', 'nonsense']) {
      const { status } = await request(server, 'GET', `/api/answers/${path}`)
      expect(status).toBe(404)
    }
  })

  test('a disputed one leaves the public until it is answered anew', async () => {
    const { code, pin } = await published('Đã xong.')
    await request(server, 'POST', `/api/reports/${code}/dispute`, {
      headers: { 'X-Report-Pin': pin },
      body: { reason: 'Chưa xong' },
    })
    expect((await request(server, 'GET', `/api/answers/${code}`)).status).toBe(404)
    expect(await codes('limit=50')).not.toContain(code)
  })
})

describe('GET /api/performance', () => {
  test('counts what was answered, what is open and what is overdue', async () => {
    const before = await performance()
    await published('Đã xong.')
    const { dueAt } = await sendReport(server)
    const after = await performance()
    expect(after.answeredCount - before.answeredCount).toBe(1)
    expect(after.openCount - before.openCount).toBe(1)

    server.setTime(new Date(Date.parse(dueAt ?? '') + MINUTE_MS))
    const late = await performance()
    expect(late.overdueCount).toBeGreaterThan(after.overdueCount)
    expect(after.onTimeShare).toBe(1)
  })

  test('leaves out what nobody may know of, and may be kept for a minute', async () => {
    const total = async () => {
      const answer = await request(server, 'GET', '/api/performance')
      expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
      return (answer.body as Performance).totals.receivedCount
    }
    const before = await total()
    await sendReport(server, {
      text: 'Tôi tố cáo ông chủ tịch phường nhận hối lộ 50 triệu đồng để bao che xây dựng trái phép',
    })
    expect(await total()).toBe(before)
  })

  async function performance() {
    const { body } = await request(server, 'GET', '/api/performance')
    const found = (body as Performance).agencies.find(({ agency }) => agency.id === WARD)
    if (found === undefined) throw new Error('the ward is not in the list')
    return found
  }
})
