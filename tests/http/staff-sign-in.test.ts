import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '#contracts/errors'
import type { Session, StaffAccount } from '#contracts/staff'
import { openAccount } from '#use-cases/manage-staff'
import { connectConsole } from '../support/console-client.ts'
import {
  PASSWORD,
  request,
  signIn,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'
import { totp } from '../support/totp.ts'

type Headers = Record<string, string>

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const auth = async (path: string, body: object, headers: Headers = {}) =>
  request(server, 'POST', `/api/auth${path}`, { body, headers: { Origin: server.url, ...headers } })
const tryPassword = async (email: string, password: string) =>
  auth('/sign-in/email', { email, password })
const session = async (headers: Headers) => request(server, 'GET', '/api/session', { headers })

/** An account that has not signed in yet. */
async function anAccount(): Promise<StaffAccount> {
  const email = `agent-${randomUUID()}@test.hoiam`
  return openAccount(
    { name: 'Người agent', email, role: 'agent', password: PASSWORD },
    server.staffPorts,
  )
}

const cookiesOf = (answer: { headers: globalThis.Headers }) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

describe('signing in', () => {
  test('the right password opens a session that says who you are', async () => {
    const { email, headers } = await signInAs(server, 'officer', 'ubnd-xa@26743', 'Lê Thị Lan')
    const { status, body } = await session(headers)
    expect(status).toBe(200)
    expect(body as Session).toMatchObject({
      name: 'Lê Thị Lan',
      email,
      role: 'officer',
      agency: { id: 'ubnd-xa@26743', name: 'UBND Phường Bến Thành' },
      hasTwoFactor: false,
    })
  })

  test('an address is the same in capitals', async () => {
    const { email } = await anAccount()
    expect((await tryPassword(email.toUpperCase(), PASSWORD)).status).toBe(200)
  })

  test('a wrong password and an unknown address are refused in the same words', async () => {
    const { email } = await anAccount()
    const wrong = await tryPassword(email, 'khong-phai-mat-khau')
    const unknown = await tryPassword('nobody@test.hoiam', 'khong-phai-mat-khau')
    expect(wrong.status).toBe(401)
    expect(wrong.body).toMatchObject({ code: 'INVALID_EMAIL_OR_PASSWORD' })
    expect({ status: unknown.status, body: unknown.body }).toEqual({
      status: wrong.status,
      body: wrong.body,
    })
    expect(wrong.headers.getSetCookie()).toEqual([])
  })

  test('the cookie is out of reach of scripts and of other sites', async () => {
    const { email } = await anAccount()
    const answer = await tryPassword(email, PASSWORD)
    const cookie = answer.headers.getSetCookie().find((each) => each.includes('session_token'))
    expect(cookie).toMatch(/; HttpOnly/i)
    expect(cookie).toMatch(/; SameSite=Lax/i)
    expect(cookie).toMatch(/; Path=\//i)
  })

  test('signing out ends the session on the server', async () => {
    const { headers } = await signInAs(server, 'agent')
    expect((await auth('/sign-out', {}, headers)).status).toBe(200)
    expect((await session(headers)).status).toBe(401)
  })

  test('a request from the page of another site is refused', async () => {
    const { email, headers } = await signInAs(server, 'agent')
    const foreign = { Origin: 'https://evil.example' }
    expect((await auth('/sign-out', {}, { ...headers, ...foreign })).status).toBe(403)
    expect((await session(headers)).status).toBe(200)
    const forged = await auth('/sign-in/email', { email, password: PASSWORD }, foreign)
    expect(forged.status).toBe(403)
    expect(forged.headers.getSetCookie()).toEqual([])
  })

  test.each([
    '/sign-up/email',
    '/update-user',
    '/delete-user',
    '/change-email',
    '/request-password-reset',
    '/sign-in/email/',
    '/sign-in/%65mail',
    '//sign-in/email',
  ])('there is no door at %s', async (path) => {
    const body = { name: 'x', email: 'x@test.hoiam', password: PASSWORD }
    const answer = await auth(path, body)
    expect(answer.status).toBe(404)
    expect(answer.body).toMatchObject({ code: 'not-found' })
  })

  test('broken input is refused by name', async () => {
    expect(await auth('/sign-in/email', { email: 'a@test.hoiam' })).toMatchObject({ status: 400 })
    expect(await tryPassword('no address', PASSWORD)).toMatchObject({ status: 400 })
    const send = async (type: string, body: string) =>
      fetch(`${server.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { Origin: server.url, 'Content-Type': type },
        body,
      })
    expect((await send('application/json', '{"email":')).status).toBe(400)
    expect((await send('application/x-www-form-urlencoded', 'email=a')).status).toBe(415)
  })
})

describe('guessing passwords', () => {
  const wrong = async (email: string) => tryPassword(email, 'sai-mat-khau-roi')

  test('five wrong ones lock the account, for the right one too', async () => {
    const { email } = await anAccount()
    for (let guess = 0; guess < 5; guess++) expect((await wrong(email)).status).toBe(401)
    for (const answer of [await wrong(email), await tryPassword(email.toUpperCase(), PASSWORD)]) {
      const problem = answer.body as Problem
      expect(answer.status).toBe(429)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(problem.code).toBe('too-many-requests')
      expect(Number(answer.headers.get('retry-after'))).toBe(problem.retryAfterSeconds)
      expect(problem.retryAfterSeconds).toBeGreaterThan(0)
      expect(problem.retryAfterSeconds).toBeLessThanOrEqual(900)
      expect(answer.headers.getSetCookie()).toEqual([])
    }
  })

  test('a lock is on one account: a colleague signs in', async () => {
    const { email } = await anAccount()
    for (let guess = 0; guess < 6; guess++) await wrong(email)
    const colleague = await anAccount()
    expect((await tryPassword(colleague.email, PASSWORD)).status).toBe(200)
  })

  test('of a hundred guesses at once only five are heard', async () => {
    const { email } = await anAccount()
    const answers = await Promise.all(Array.from({ length: 100 }, async () => wrong(email)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(95)
  })

  test('the right password wipes the slate', async () => {
    const { email } = await anAccount()
    for (let round = 0; round < 2; round++) {
      for (let guess = 0; guess < 4; guess++) expect((await wrong(email)).status).toBe(401)
      expect((await tryPassword(email, PASSWORD)).status).toBe(200)
    }
  })
})

describe('the second factor', () => {
  async function enrolled() {
    const { email, headers } = await signInAs(server, 'supervisor')
    const answer = await auth('/two-factor/enable', { password: PASSWORD }, headers)
    const { totpURI, backupCodes } = answer.body as { totpURI: string; backupCodes: string[] }
    const confirmed = await auth('/two-factor/verify-totp', { code: totp(totpURI) }, headers)
    expect(confirmed.status).toBe(200)
    return { email, totpURI, backupCodes }
  }

  test('is asked for once it is on; a wrong code is refused, the right one signs in', async () => {
    const { email, totpURI } = await enrolled()
    const first = await tryPassword(email, PASSWORD)
    expect(first.body).toMatchObject({ twoFactorRedirect: true })
    const Cookie = cookiesOf(first)
    expect((await session({ Cookie })).status).toBe(401)

    const verify = async (code: string) => auth('/two-factor/verify-totp', { code }, { Cookie })
    const right = totp(totpURI)
    const wrongCode = right === '000000' ? '000001' : '000000'
    expect((await verify(wrongCode)).status).toBe(401)
    const signedIn = await verify(right)
    expect(signedIn.status).toBe(200)
    const { body } = await session({ Cookie: cookiesOf(signedIn) })
    expect(body).toMatchObject({ email, hasTwoFactor: true })
  })

  test('a backup code opens once', async () => {
    const { email, backupCodes } = await enrolled()
    const useCode = async () => {
      const Cookie = cookiesOf(await tryPassword(email, PASSWORD))
      return auth('/two-factor/verify-backup-code', { code: backupCodes[0] }, { Cookie })
    }
    expect((await useCode()).status).toBe(200)
    expect((await useCode()).status).toBe(401)
  })

  test('five wrong codes lock the second step, whoever holds the password', async () => {
    const { email, totpURI } = await enrolled()
    const tryCode = async (code: string) => {
      const Cookie = cookiesOf(await tryPassword(email, PASSWORD))
      return auth('/two-factor/verify-totp', { code }, { Cookie })
    }
    const wrongCode = totp(totpURI) === '000000' ? '000001' : '000000'
    for (let guess = 0; guess < 5; guess++) expect((await tryCode(wrongCode)).status).toBe(401)
    expect((await tryCode(totp(totpURI))).status).toBe(429)
  })
})

describe('a session ends', () => {
  let admin: Headers
  beforeAll(async () => {
    admin = await signIn(server, 'admin@test.hoiam', PASSWORD)
  })

  const change = async (id: string, body: object) =>
    request(server, 'PATCH', `/api/staff/${id}`, { headers: admin, body })

  test.each([
    ['when the account is deactivated', { isActive: false }],
    ['when its role changes', { role: 'supervisor' }],
  ])('%s, on every open console at once', async (_when, changed) => {
    const { id, email } = await anAccount()
    const headers = await signIn(server, email, PASSWORD)
    const console = await connectConsole(server.url, headers)
    const told = new Promise((resolve) => console.socket.once('session:ended', () => resolve(true)))
    const gone = new Promise((resolve) => console.socket.once('disconnect', resolve))

    await change(id, changed)

    expect(await told).toBe(true)
    expect(await gone).toBe('io server disconnect')
    expect((await session(headers)).status).toBe(401)
    await expect(connectConsole(server.url, headers)).rejects.toThrow()
  })

  test('a deactivated account cannot sign in again, and is told why', async () => {
    const { id, email } = await anAccount()
    await change(id, { isActive: false })
    const answer = await tryPassword(email, PASSWORD)
    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({ code: 'ACCOUNT_DEACTIVATED' })
    expect(answer.headers.getSetCookie()).toEqual([])
    await change(id, { isActive: true })
    expect((await tryPassword(email, PASSWORD)).status).toBe(200)
  })
})

describe('without a session', () => {
  test.each([
    ['GET', '/api/session'],
    ['GET', '/api/cases'],
    ['GET', '/api/cases/counts'],
    ['GET', '/api/cases/1000000009'],
    ['POST', '/api/cases/1000000009/accept'],
    ['GET', '/api/cases/1000000009/attachments/x'],
    ['GET', '/api/canned-answers'],
    ['GET', '/api/agencies'],
    ['PUT', '/api/agencies/vpcp'],
    ['GET', '/api/calls'],
    ['GET', '/api/calls/waiting'],
    ['POST', '/api/calls/x/accept'],
    ['GET', '/api/agents'],
    ['POST', '/api/softphone/token'],
    ['GET', '/api/call-backs'],
    ['GET', '/api/staff'],
    ['POST', '/api/staff'],
    ['PATCH', '/api/staff/x'],
    ['GET', '/api/settings/fields'],
    ['PUT', '/api/settings/fields'],
  ])('%s %s is refused with 401', async (method, path) => {
    const body = method === 'GET' ? {} : { body: {} }
    const made = { headers: { Cookie: 'hoiam.session_token=made.up' } }
    for (const options of [body, { ...body, ...made }]) {
      const answer = await request(server, method, path, options)
      expect(answer.status).toBe(401)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(answer.body).toMatchObject({ code: 'unauthenticated' })
    }
  })
})
