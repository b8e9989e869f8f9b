import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '#contracts/errors'
import type { ReportReceipt, ReportStatus } from '#contracts/reports'
import { isCaseCode } from '#domain/case-code'
import {
  A_REPORT,
  request,
  sendReport,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const post = async (body: unknown, headers: Record<string, string> = {}) =>
  request(server, 'POST', '/api/reports', { body, headers })

describe('POST /api/reports', () => {
  test('takes a report in: code, PIN, agency and due date', async () => {
    const { status, body } = await post(A_REPORT)
    const receipt = body as ReportReceipt
    expect(status).toBe(201)
    expect(isCaseCode(receipt.code)).toBe(true)
    expect(receipt.pin).toMatch(/^\d{6}$/)
    expect(receipt).toMatchObject({
      status: 'routed',
      field: 'urban',
      agency: { id: 'ubnd-xa@26743', name: 'UBND Phường Bến Thành' },
    })
    expect(Date.parse(receipt.dueAt ?? '')).toBeGreaterThan(Date.now())
  })

  test('answers the same body to the same Idempotency-Key and makes one case', async () => {
    const headers = { 'Idempotency-Key': randomUUID() }
    const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => post(A_REPORT, headers)))
    const [first] = answers
    for (const answer of answers) expect(answer.body).toEqual(first?.body)
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    expect((await post(A_REPORT, headers)).body).toEqual(first?.body)
  })

  test('refuses a key that was used for another report, and loses neither', async () => {
    const headers = { 'Idempotency-Key': randomUUID() }
    await post(A_REPORT, headers)
    const second = await post({ text: 'Rác chất đống đầu hẻm 12 Trần Hưng Đạo' }, headers)
    expect(second.status).toBe(409)
    expect((second.body as Problem).code).toBe('conflict')
  })

  test('leaves a text that says nothing to a person', async () => {
    const { body } = await post({
      text: 'xin chào, cho tôi hỏi cái này chút',
      place: A_REPORT.place,
    })
    expect(body).toMatchObject({ status: 'triage', agency: null })
  })

  test('leaves a denunciation to the desk that may read it', async () => {
    const text = 'Tôi xin tố cáo ông chủ tịch xã nhận hối lộ 50 triệu đồng để cấp đất trái phép'
    const { body } = await post({ text, place: A_REPORT.place })
    expect(body).toMatchObject({ status: 'triage', agency: null })
  })

  test('keeps the words in NFC however they were typed', async () => {
    const receipt = await sendReport(server, {
      text: 'Đèn đường hỏng ở hẻm 42 Nguyễn Trãi, tối quá'.normalize('NFD'),
    })
    const { body } = await request(server, 'GET', `/api/reports/${receipt.code}`, {
      headers: { 'X-Report-Pin': receipt.pin },
    })
    expect((body as ReportStatus).text).toBe('Đèn đường hỏng ở hẻm 42 Nguyễn Trãi, tối quá')
  })

  const REFUSED: [what: string, body: unknown, pointer: string, reason: string][] = [
    ['no text', {}, '/text', 'required'],
    ['an empty text', { text: '   ' }, '/text', 'too-short'],
    ['a text that is not one', { text: 42 }, '/text', 'type'],
    ['an unknown field', { text: 'x', surprise: 1 }, '/surprise', 'unknown'],
    ['an unknown field within', { text: 'x', contact: { fax: '1' } }, '/contact/fax', 'unknown'],
    ['a NUL byte', { text: 'a\u0000b' }, '/text', 'control-characters'],
    ['a lone surrogate', { text: 'a\ud800b' }, '/text', 'malformed-text'],
    ['too long a text', { text: 'x'.repeat(10_001) }, '/text', 'too-long'],
    [
      'a phone number that cannot be',
      { text: 'x', contact: { phone: '123' } },
      '/contact/phone',
      'phone-invalid',
    ],
    [
      'an e-mail address that cannot be',
      { text: 'x', contact: { email: 'a@' } },
      '/contact/email',
      'format',
    ],
    ['a place beyond the pole', { text: 'x', place: { lat: 91, lng: 0 } }, '/place/lat', 'too-big'],
    [
      'a unit that does not exist',
      { text: 'x', place: { unitCode: '99999' } },
      '/place/unitCode',
      'unit-unknown',
    ],
    ['a consent of our own invention', { text: 'x', consents: ['sell'] }, '/consents/0', 'choice'],
    [
      'a field that is not in the catalogue',
      { text: 'x', fieldId: 'astrology' },
      '/fieldId',
      'field-unknown',
    ],
    ['an array', [], '', 'type'],
  ]
  test.each(REFUSED)('refuses %s and says where', async (_what, body, pointer, reason) => {
    const answer = await post(body)
    const problem = answer.body as Problem
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(problem.code).toBe('invalid')
    expect(problem.errors).toContainEqual(expect.objectContaining({ pointer, reason }))
  })

  test('says what is wrong in the language of the caller', async () => {
    const say = async (lang: string) =>
      ((await post({}, { 'Accept-Language': lang })).body as Problem).errors?.[0]?.detail
    expect(await say('vi')).toBe('Bắt buộc.')
    expect(await say('en')).toBe('Required.')
    expect(await say('fr')).toBe('Bắt buộc.')
  })

  test('refuses broken JSON, an oversized body and another media type, each by name', async () => {
    const send = async (body: string, type: string) => {
      const answer = await fetch(`${server.url}/api/reports`, {
        method: 'POST',
        headers: { 'Content-Type': type },
        body,
      })
      return { status: answer.status, problem: (await answer.json()) as Problem }
    }
    expect(await send('{"text": ', 'application/json')).toMatchObject({
      status: 400,
      problem: { code: 'invalid' },
    })
    expect(
      await send(JSON.stringify({ text: 'x'.repeat(1_000_000) }), 'application/json'),
    ).toMatchObject({
      status: 413,
      problem: { code: 'too-large' },
    })
    expect(await send('text=x', 'text/plain')).toMatchObject({
      status: 415,
      problem: { code: 'unsupported-media' },
    })
  })

  test('lets a page of any origin send, and tells it so beforehand', async () => {
    const preflight = await fetch(`${server.url}/api/reports`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://phuong.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type,idempotency-key',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Idempotency-Key')
  })
})

describe('GET /api/reports/{code}', () => {
  const status = async (code: string, headers: Record<string, string>) =>
    request(server, 'GET', `/api/reports/${code}`, { headers })

  test('shows the case to whoever has the PIN, with every step so far', async () => {
    const receipt = await sendReport(server)
    const { status: answered, body } = await status(receipt.code, { 'X-Report-Pin': receipt.pin })
    const shown = body as ReportStatus
    expect(answered).toBe(200)
    expect(shown).toMatchObject({ code: receipt.code, status: 'routed', agency: receipt.agency })
    expect(shown.timeline.map(({ type }) => type)).toEqual(['case:opened', 'case:routed'])
  })

  test('opens by the phone that filed it', async () => {
    const receipt = await sendReport(server)
    expect((await status(receipt.code, { 'X-Report-Phone': '+84 912 345 678' })).status).toBe(200)
    expect((await status(receipt.code, { 'X-Report-Phone': '0912345679' })).status).toBe(404)
  })

  test('answers an unknown code, a wrong PIN, no PIN and a mistyped code alike', async () => {
    const receipt = await sendReport(server)
    const wrongPin = receipt.pin === '000000' ? '000001' : '000000'
    const answers = await Promise.all([
      status(receipt.code, { 'X-Report-Pin': wrongPin }),
      status(receipt.code, {}),
      status('1000000009', { 'X-Report-Pin': receipt.pin }),
      status(`${receipt.code.slice(0, 9)}${String((Number(receipt.code[9]) + 1) % 10)}`, {
        'X-Report-Pin': receipt.pin,
      }),
    ])
    const bodies = answers.map(({ status: code, body }) => {
      const { requestId: _, ...problem } = body as Problem
      return { code, problem }
    })
    for (const body of bodies) expect(body).toEqual(bodies[0])
    expect(bodies[0]?.code).toBe(404)
  })
})

describe('POST /api/reports/preview', () => {
  test('says what was understood and stores nothing', async () => {
    const before = await countCases()
    const { body } = await request(server, 'POST', '/api/reports/preview', {
      body: { text: A_REPORT.text, place: A_REPORT.place },
    })
    expect(body).toMatchObject({
      field: 'urban',
      isSure: true,
      agency: { id: 'ubnd-xa@26743' },
      place: { unitCode: '26743' },
    })
    expect(await countCases()).toBe(before)
  })

  test('shows open cases near by that say the same', async () => {
    const place = { ...A_REPORT.place, lat: 10.7701, lng: 106.6921 }
    await sendReport(server, { place })
    const { body } = await request(server, 'POST', '/api/reports/preview', {
      body: { text: 'đèn đường hẻm 42 hỏng, tối quá', place: { ...place, lat: 10.7703 } },
    })
    const [similar] = (body as { similar: { distanceMeters: number }[] }).similar
    expect(similar?.distanceMeters).toBeLessThan(100)
    expect(JSON.stringify(body)).not.toContain('0912')
  })

  test('advises to call for help at once where somebody is in danger', async () => {
    const { body } = await request(server, 'POST', '/api/reports/preview', {
      body: { text: 'Cháy nhà ở hẻm 12 Lê Lợi, có người mắc kẹt bên trong, cứu với' },
    })
    expect(body).toMatchObject({ urgency: 'emergency' })
    expect((body as { emergencyAdvice: string }).emergencyAdvice).toContain('114')
  })
})

async function countCases(): Promise<number> {
  const lead = { id: 'x', name: 'x', email: '', role: 'supervisor', agencyId: null } as const
  return (await server.ports.cases.counts(lead, new Date())).all
}
