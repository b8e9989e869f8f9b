import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '#contracts/errors'
import {
  A_REPORT,
  request,
  sendReport,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

/** A number that no report was filed with. */
const otherPin = (pin: string) => (pin === '000000' ? '000001' : '000000')

let addresses = 0
/** Headers of a client at an address of its own, as a proxy tells it. */
const from = (address = `203.0.113.${String((addresses += 1))}`) => ({ 'X-Forwarded-For': address })

function mustAskToWait(answer: { status: number; body: unknown; headers: Headers }): void {
  expect(answer.status).toBe(429)
  const problem = answer.body as Problem
  expect(problem.code).toBe('too-many-requests')
  expect(problem.retryAfterSeconds).toBeGreaterThan(0)
  expect(answer.headers.get('retry-after')).toBe(String(problem.retryAfterSeconds))
}

describe('behind a proxy that is trusted', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ RATE_LIMITS: 'on', TRUST_PROXY: '1' })
  })
  afterAll(async () => {
    expect(server.unexpected).toEqual([])
    await server.end()
  })

  const report = async (headers: Record<string, string>) =>
    request(server, 'POST', '/api/reports', { body: A_REPORT, headers })
  const open = async (code: string, headers: Record<string, string>) =>
    request(server, 'GET', `/api/reports/${encodeURIComponent(code)}`, { headers })

  test('a flood of reports from one address is stopped, and nobody else is', async () => {
    const flood = from()
    const answers = await Promise.all(Array.from({ length: 35 }, async () => report(flood)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(30)
    mustAskToWait(await report(flood))
    expect((await report(from())).status).toBe(201)
    // A page of any origin can read when to come back.
    expect((await report(flood)).headers.get('access-control-expose-headers')).toContain(
      'Retry-After',
    )
  })

  test('guesses at one case from ten addresses close it for the eleventh, and no other case', async () => {
    const [target, other] = [
      await sendReport(server, {}, from()),
      await sendReport(server, {}, from()),
    ]
    for (let guess = 0; guess < 10; guess++) {
      const wrong = await open(target.code, { ...from(), 'X-Report-Pin': otherPin(target.pin) })
      expect(wrong.status).toBe(404)
    }
    mustAskToWait(await open(target.code, { ...from(), 'X-Report-Pin': otherPin(target.pin) }))
    mustAskToWait(await open(target.code, { ...from(), 'X-Report-Pin': target.pin }))
    expect((await open(other.code, { ...from(), 'X-Report-Pin': other.pin })).status).toBe(200)
  })

  test('another way of writing the code is no other case', async () => {
    const { code, pin } = await sendReport(server, {}, from())
    const spellings = [code, `${code.slice(0, 3)} ${code.slice(3)}`, code.split('').join('-')]
    const heard: number[] = []
    for (const spelling of spellings) {
      for (let guess = 0; guess < 10; guess++) {
        const answer = await open(spelling, { ...from(), 'X-Report-Pin': otherPin(pin) })
        heard.push(answer.status)
      }
    }
    expect(heard.filter((status) => status === 404)).toHaveLength(10)
    mustAskToWait(await open(code, { ...from(), 'X-Report-Pin': pin }))
  })

  test('of fifty guesses at once ten are heard', async () => {
    const { code, pin } = await sendReport(server, {}, from())
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () =>
        open(code, { ...from(), 'X-Report-Pin': otherPin(pin) }),
      ),
    )
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(40)
  })

  test('its own citizen may look at a case as often as they like', async () => {
    const { code, pin } = await sendReport(server, {}, from())
    for (let look = 0; look < 15; look++) {
      expect((await open(code, { ...from(), 'X-Report-Pin': pin })).status).toBe(200)
    }
  })

  test('passwords tried from one address are limited, whatever the account', async () => {
    const address = from()
    const answers = await Promise.all(
      Array.from({ length: 110 }, async () =>
        request(server, 'POST', '/api/auth/sign-in/email', {
          // Refused before any password is hashed: it counts all the same.
          body: { email: randomUUID(), password: 'x' },
          headers: { ...address, Origin: server.url },
        }),
      ),
    )
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10)
  })
})

describe('without a trusted proxy', () => {
  test('nobody escapes a limit by making addresses up', async () => {
    const server = await startTestServer({ RATE_LIMITS: 'on' })
    try {
      const answers = await Promise.all(
        Array.from({ length: 31 }, async () =>
          request(server, 'POST', '/api/reports', { body: A_REPORT, headers: from() }),
        ),
      )
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(1)
    } finally {
      await server.end()
    }
  })
})

describe('RATE_LIMITS=off', () => {
  test('lets everything through', async () => {
    const server = await startTestServer()
    try {
      const { code, pin } = await sendReport(server)
      const open = async (headers: Record<string, string>) =>
        request(server, 'GET', `/api/reports/${code}`, { headers })
      for (let guess = 0; guess < 70; guess++) await open({ 'X-Report-Pin': otherPin(pin) })
      expect((await open({ 'X-Report-Pin': pin })).status).toBe(200)
    } finally {
      await server.end()
    }
  })
})
