import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '#contracts/errors'
import type { StaffAccount } from '#contracts/staff'
import {
  PASSWORD,
  request,
  signIn,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

type Headers = Record<string, string>

const WARD = 'ubnd-xa@26743'
let server: TestServer
let admin: Headers

beforeAll(async () => {
  server = await startTestServer()
  admin = await signIn(server, 'admin@test.hoiam', PASSWORD)
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const anAccount = (overrides: object = {}) => ({
  name: 'Phạm Văn Bình',
  email: `binh-${randomUUID()}@test.hoiam`,
  password: PASSWORD,
  role: 'agent',
  ...overrides,
})
const list = async (headers = admin) => request(server, 'GET', '/api/staff', { headers })
const open = async (overrides: object = {}, headers = admin) =>
  request(server, 'POST', '/api/staff', { headers, body: anAccount(overrides) })
const change = async (id: string, body: object, headers = admin) =>
  request(server, 'PATCH', `/api/staff/${id}`, { headers, body })

async function opened(overrides: object = {}): Promise<StaffAccount> {
  const { status, body } = await open(overrides)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body as StaffAccount
}

describe('opening an account', () => {
  test('its owner signs in with the password that was given', async () => {
    const account = await opened({ role: 'officer', agencyId: WARD, name: ' Phạm Văn Bình ' })
    expect(account).toMatchObject({
      name: 'Phạm Văn Bình',
      role: 'officer',
      agency: { id: WARD, name: 'UBND Phường Bến Thành' },
      isActive: true,
    })
    expect(await signIn(server, account.email, PASSWORD)).toHaveProperty('Cookie')
    expect((await list()).body).toContainEqual(account)
  })

  test('no password is ever shown', async () => {
    const answers = [await open(), await list()]
    for (const { body } of answers) {
      expect(JSON.stringify(body)).not.toContain(PASSWORD)
      expect(JSON.stringify(body)).not.toMatch(/password|hash|salt/i)
    }
  })

  test.each(['officer', 'approver'])('an %s without an agency is refused', async (role) => {
    for (const agencyId of [undefined, 'ubnd-xa@00000']) {
      const { status, body } = await open({ role, agencyId })
      expect(status).toBe(400)
      expect((body as Problem).errors).toMatchObject([{ pointer: '/agencyId' }])
    }
  })

  test('people of the centre belong to no agency', async () => {
    expect((await opened({ role: 'agent', agencyId: WARD })).agency).toBeNull()
  })

  test('an address is used once, whatever its capitals, and by one of two at the same moment', async () => {
    const { email } = await opened()
    const again = await open({ email: email.toUpperCase() })
    expect(again.status).toBe(409)
    expect(again.body).toMatchObject({ code: 'conflict', errors: [{ pointer: '/email' }] })

    const both = anAccount()
    const answers = await Promise.all([open(both), open(both), open(both)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const accounts = (await list()).body as StaffAccount[]
    expect(accounts.filter((each) => each.email === both.email)).toHaveLength(1)
  })

  const REFUSED: [what: string, overrides: object, pointer: string][] = [
    ['no name', { name: '  ' }, '/name'],
    ['a name with a NUL byte', { name: 'a\u0000b' }, '/name'],
    ['an address that is none', { email: 'binh' }, '/email'],
    ['a short password', { password: 'ngan' }, '/password'],
    ['a role of our own invention', { role: 'king' }, '/role'],
    ['an unknown field', { isActive: true }, '/isActive'],
  ]
  test.each(REFUSED)('%s is refused, with where it is', async (_what, overrides, pointer) => {
    const { status, body } = await open(overrides)
    expect(status).toBe(400)
    expect((body as Problem).errors).toContainEqual(expect.objectContaining({ pointer }))
  })
})

describe('the telephone of an account', () => {
  const own = async (headers: Headers, telephone: unknown) =>
    request(server, 'PATCH', '/api/session', { headers, body: { telephone } })

  test.each([
    ['101', '101'],
    ['20 26', '2026'],
    ['12345678', '12345678'],
    ['0912 345 601', '+84912345601'],
    ['84912345602', '+84912345602'],
    ['+84 28 3823 1234', '+842838231234'],
  ])('"%s" is kept as %s, and is found by its digits', async (given, kept) => {
    const account = await opened({ telephone: given })
    expect(account.telephone).toBe(kept)
    expect((await list()).body).toContainEqual(account)
  })

  test.each(['1', '123456789', 'anonymous', 'nobody', '-', '+84', '12a'])(
    '"%s" is no telephone, and the answer says where and what would be one',
    async (telephone) => {
      const headers = { ...admin, 'Accept-Language': 'vi' }
      const answer = await open({ telephone }, headers)
      expect(answer.status).toBe(400)
      const { errors } = answer.body as Problem
      expect(errors).toMatchObject([{ pointer: '/telephone' }])
      expect(JSON.stringify(answer.body)).toContain('2–8 chữ số')
    },
  )

  test('belongs to one account, also where several ask for it at once', async () => {
    const first = await opened({ telephone: '7001' })
    const taken = { status: 409, body: { errors: [{ pointer: '/telephone' }] } }
    expect(await open({ telephone: '70 01' })).toMatchObject(taken)
    const others = [await opened(), await opened(), await opened()] as const
    expect(await change(others[0].id, { telephone: '7001' })).toMatchObject(taken)

    const answers = await Promise.all(others.map(({ id }) => change(id, { telephone: '7002' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    // Given back, it is free; many may have none.
    expect(await change(first.id, { telephone: null })).toMatchObject({ body: { telephone: null } })
    expect((await opened({ telephone: '7001' })).telephone).toBe('7001')
  })

  test('is the person’s own to say, and ends no session', async () => {
    const { headers } = await signInAs(server, 'agent')
    expect((await own(headers, '7101')).body).toMatchObject({ telephone: '7101' })
    const { status, body } = await request(server, 'GET', '/api/session', { headers })
    expect(status).toBe(200)
    const { id, telephone } = body as StaffAccount
    expect(telephone).toBe('7101')

    expect((await change(id, { telephone: '7102' })).status).toBe(200)
    expect((await request(server, 'GET', '/api/session', { headers })).body).toMatchObject({
      telephone: '7102',
    })
    const other = await signInAs(server, 'officer', WARD)
    expect(await own(other.headers, '7102')).toMatchObject({ status: 409 })
    expect(await own(other.headers, 'x')).toMatchObject({ status: 400 })
    expect(await own(other.headers, 7)).toMatchObject({ status: 400 })
    expect(await own({}, '7103')).toMatchObject({ status: 401 })
  })

  test('stays where something else is changed', async () => {
    const { id } = await opened({ telephone: '7201' })
    expect(await change(id, { isActive: false })).toMatchObject({ body: { telephone: '7201' } })
  })
})

describe('changing an account', () => {
  test('a new role ends its sessions and holds from the next one on', async () => {
    const account = await opened()
    const before = await signIn(server, account.email, PASSWORD)
    const changed = await change(account.id, { role: 'officer', agencyId: WARD })
    expect(changed.body).toMatchObject({ role: 'officer', agency: { id: WARD } })
    expect((await request(server, 'GET', '/api/session', { headers: before })).status).toBe(401)
    const after = await signIn(server, account.email, PASSWORD)
    const { body } = await request(server, 'GET', '/api/session', { headers: after })
    expect(body).toMatchObject({ role: 'officer', agency: { id: WARD } })
  })

  test('an agent cannot become an officer of nowhere', async () => {
    const { id } = await opened()
    const { status, body } = await change(id, { role: 'officer' })
    expect(status).toBe(400)
    expect((body as Problem).errors).toMatchObject([{ pointer: '/agencyId' }])
  })

  test('whose agency was closed can still be deactivated', async () => {
    const agency = {
      id: 'so-thu@79',
      name: 'Sở Thử nghiệm',
      nameEn: '',
      level: 'province',
      unitCode: '79',
      fields: [],
      isActive: true,
    }
    const save = async (isActive: boolean) =>
      request(server, 'PUT', '/api/agencies/so-thu@79', {
        headers: admin,
        body: { ...agency, isActive },
      })
    expect((await save(true)).status).toBe(200)
    const { id } = await opened({ role: 'officer', agencyId: 'so-thu@79' })
    await save(false)
    expect(await change(id, { isActive: false })).toMatchObject({
      status: 200,
      body: { isActive: false, agency: { id: 'so-thu@79' } },
    })
  })

  test('the last administrator cannot leave; one of two can', async () => {
    const { body } = await list()
    const [only] = (body as StaffAccount[]).filter(({ role }) => role === 'administrator')
    const id = only?.id ?? ''
    for (const leaving of [{ isActive: false }, { role: 'agent' }]) {
      expect(await change(id, leaving)).toMatchObject({
        status: 409,
        body: { code: 'not-allowed-now' },
      })
    }
    expect((await list()).status).toBe(200)
    const second = await opened({ role: 'administrator' })
    expect((await change(second.id, { role: 'supervisor' })).status).toBe(200)
  })

  test.each(['x', '000000000000000000000000'])('nobody is behind the id %s', async (id) => {
    expect(await change(id, { isActive: false })).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    })
  })
})

describe('accounts are for administrators', () => {
  test.each(['agent', 'supervisor', 'officer'] as const)('an %s is refused', async (role) => {
    const { headers } = await signInAs(server, role, role === 'officer' ? WARD : undefined)
    const answers = [
      await list(headers),
      await open({}, headers),
      await change('x', { role: 'administrator' }, headers),
    ]
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    }
  })
})
