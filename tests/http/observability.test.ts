import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '#contracts/errors'
import {
  PASSWORD,
  request,
  sendReport,
  signIn,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

type Line = Readonly<Record<string, unknown>>

const lines: string[] = []
let server: TestServer

beforeAll(async () => {
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => lines.push(line) })
  server = await startTestServer({}, log)
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const logged = (requestId: string): Line | undefined =>
  lines.map((line) => JSON.parse(line) as Line).find((line) => line['requestId'] === requestId)

describe('the log', () => {
  test('tells of a request by its route, its status and its id', async () => {
    const id = randomUUID()
    const { code } = await sendReport(server)
    await request(server, 'GET', `/api/reports/${code}?lang=en`, {
      headers: { 'X-Request-Id': id },
    })
    await expect
      .poll(() => logged(id))
      .toMatchObject({
        method: 'GET',
        route: '/api/reports/:code',
        status: 404,
        level: 30,
      })
  })

  test('holds nothing of what citizens and staff write, search or sign in with', async () => {
    const secret = {
      text: 'Hàng xóm tên Lò Văn Xuyến xả rác ở ngõ Bí Mật',
      contact: { name: 'Vừ Thị Pá', phone: '0987 654 321', email: 'pa.vu@example.vn' },
      place: { unitCode: '26743', address: 'ngõ Bí Mật số 7' },
    }
    const receipt = await sendReport(server, secret)
    const { headers, email } = await signInAs(server, 'agent')
    const ask = async (path: string, more: object = {}) =>
      request(server, 'GET', path, { headers: { ...headers, ...more } })
    await ask(`/api/cases?q=${encodeURIComponent('Vừ Thị Pá 0987654321')}`)
    await ask(`/api/cases/${receipt.code}`)
    await ask(`/api/reports/${receipt.code}`, { 'X-Report-Pin': receipt.pin })
    await ask(`/api/reports/${receipt.code}`, { 'X-Report-Phone': '0987654321' })
    await ask(`/api/units?q=${encodeURIComponent('ngõ Bí Mật')}`)
    await request(server, 'POST', `/api/reports/${receipt.code}/messages`, {
      headers: { 'X-Report-Pin': receipt.pin },
      body: { text: 'Gọi tôi ở ngõ Bí Mật' },
    })
    await request(server, 'POST', '/api/reports', { body: { ...secret, surprise: 'Bí Mật' } })
    await signIn(server, email, PASSWORD)
    await request(server, 'POST', '/api/auth/sign-in/email', {
      body: { email: 'pa.vu@example.vn', password: 'Bí Mật của tôi' },
      headers: { Origin: server.url },
    })
    await request(server, 'GET', `/ngo/Bí-Mật`)

    await expect.poll(() => lines.some((line) => line.includes('/api/auth'))).toBe(true)
    const all = lines.join('')
    const withheld = [
      'Mật',
      'M%E1%BA%ADt',
      'Xuyến',
      'Vừ Thị',
      '654321',
      '654 321',
      'pa.vu',
      email,
      PASSWORD,
      receipt.code,
      receipt.pin,
      headers['Cookie'] ?? '-',
    ]
    for (const secretWord of withheld) expect(all).not.toContain(secretWord)
  })
})

describe('request ids', () => {
  test('one that a proxy gave is kept, in the answer and in the problem', async () => {
    const id = randomUUID()
    const answer = await request(server, 'GET', '/api/nothing', { headers: { 'X-Request-Id': id } })
    expect(answer.headers.get('x-request-id')).toBe(id)
    expect((answer.body as Problem).requestId).toBe(id)
  })

  test.each(['', 'short', 'x'.repeat(65), 'with space inside', '<script>alert</script>'])(
    'one that is no id (%j) is replaced',
    async (given) => {
      const headers = { 'X-Request-Id': given }
      const answer = await request(server, 'GET', '/healthz', { headers })
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    },
  )
})

describe('for machines that watch', () => {
  test('/healthz and /readyz answer', async () => {
    expect(await request(server, 'GET', '/healthz')).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    })
    expect(await request(server, 'GET', '/readyz')).toMatchObject({
      status: 200,
      body: { status: 'ready' },
    })
  })

  test('/metrics counts requests by route, never by what was asked for', async () => {
    const { code } = await sendReport(server)
    await request(server, 'GET', `/api/reports/${code}`)
    await request(server, 'GET', `/made/up/${randomUUID()}`)
    const { body, headers } = await request(server, 'GET', '/metrics')
    const text = body as string
    expect(headers.get('content-type')).toContain('text/plain')
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/api\/reports\/:code",status="404"\} [1-9]/,
    )
    expect(text).toMatch(/http_request_duration_seconds_bucket\{le="0.05",/)
    expect(text).toContain('process_resident_memory_bytes')
    expect(text).not.toContain(code)
    expect(text).not.toContain('/made/up')
  })
})
