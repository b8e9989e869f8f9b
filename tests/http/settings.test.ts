import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Agency, Catalogue, Field } from '#contracts/catalogue'
import type { CannedAnswer } from '#contracts/cases'
import type { Problem } from '#contracts/errors'
import { SettingContracts, type SettingName } from '#contracts/settings'
import {
  PASSWORD,
  request,
  sendReport,
  signIn,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

type Headers = Record<string, string>

const NAMES = Object.keys(SettingContracts) as SettingName[]
let server: TestServer
let admin: Headers
let supervisor: Headers

beforeAll(async () => {
  server = await startTestServer()
  admin = await signIn(server, 'admin@test.hoiam', PASSWORD)
  supervisor = (await signInAs(server, 'supervisor')).headers
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const read = async (name: string, headers = admin) =>
  request(server, 'GET', `/api/settings/${name}`, { headers })
const replace = async (name: string, body: unknown, headers = admin) =>
  request(server, 'PUT', `/api/settings/${name}`, { headers, body })
const saveAgency = async (id: string, body: object, headers = admin) =>
  request(server, 'PUT', `/api/agencies/${encodeURIComponent(id)}`, { headers, body })
const pointersOf = (body: unknown) => (body as Problem).errors?.map(({ pointer }) => pointer)

describe('each part of the settings', () => {
  test.each(NAMES)('%s can be read, sent back as it is, and is the same', async (name) => {
    const before = await read(name)
    expect(before.status).toBe(200)
    expect(await replace(name, before.body)).toMatchObject({ status: 200, body: before.body })
    expect((await read(name)).body).toEqual(before.body)
  })

  test.each(NAMES)('%s is for administrators alone, and asks for our own header', async (name) => {
    const { body } = await read(name)
    expect((await read(name, supervisor)).status).toBe(403)
    expect((await replace(name, body, supervisor)).status).toBe(403)
    const { 'X-Requested-With': _, ...forged } = admin
    expect((await replace(name, body, forged)).status).toBe(403)
  })

  test('there is no part of another name', async () => {
    for (const name of ['secrets', 'constructor', '__proto__']) {
      expect((await read(name)).status).toBe(404)
      expect((await replace(name, [])).status).toBe(404)
    }
  })
})

describe('values that make no sense', () => {
  const topic = { id: 'a', name: { vi: 'A', en: 'A' }, urgency: 'normal' }
  const field = { id: 'a', name: { vi: 'A', en: 'A' }, topics: [topic] }
  const allowance = { unit: 'working-days', amount: 0 }
  const REFUSED: [what: string, name: SettingName, value: unknown, pointer: string][] = [
    ['no field at all', 'fields', [], ''],
    ['a field without a name', 'fields', [{ ...field, name: { vi: '', en: '' } }], '/0/name/vi'],
    ['a field twice', 'fields', [field, field], '/1/id'],
    ['a topic twice', 'fields', [{ ...field, topics: [topic, topic] }], '/0/topics/1/id'],
    ['an id with spaces', 'fields', [{ ...field, id: 'a b' }], '/0/id'],
    [
      'a name with a NUL byte',
      'fields',
      [{ ...field, name: { vi: 'a\0', en: 'a' } }],
      '/0/name/vi',
    ],
    [
      'an urgency of our own',
      'fields',
      [{ ...field, topics: [{ ...topic, urgency: 'x' }] }],
      '/0/topics/0/urgency',
    ],
    ['a rule that is no rule', 'routing', [{ field: 'traffic' }], '/0/steps'],
    ['a deadline of no days', 'service-levels', { forward: allowance }, '/forward/amount'],
    [
      'an answer without text',
      'canned-answers',
      [{ id: 'a', title: { vi: 'a', en: 'a' } }],
      '/0/text',
    ],
    ['an unknown day', 'calendar', { week: { caturday: [] } }, '/week/caturday'],
    [
      'a date that is none',
      'calendar',
      { specialDays: [{ date: '2026-02-30', name: 'x', kind: 'public' }] },
      '/specialDays/0/date',
    ],
  ]
  test.each(REFUSED)('%s is refused, with where it is', async (_what, name, value, pointer) => {
    const before = await read(name)
    const answer = await replace(name, value)
    expect(answer.status).toBe(400)
    expect(pointersOf(answer.body)).toContain(pointer)
    expect((await read(name)).body).toEqual(before.body)
  })

  const HOURS: [what: string, monday: string[][]][] = [
    [
      'hours that overlap',
      [
        ['07:30', '12:00'],
        ['11:30', '17:00'],
      ],
    ],
    ['hours that end before they begin', [['17:00', '07:30']]],
    [
      'hours in the wrong order',
      [
        ['13:30', '17:00'],
        ['07:30', '11:30'],
      ],
    ],
    ['a time that no clock shows', [['07:30', '25:00']]],
  ]
  test.each(HOURS)(
    'a calendar with %s is refused in the caller’s language',
    async (_what, monday) => {
      const { body } = await read('calendar')
      const calendar = body as { week: object }
      const wrong = { ...calendar, week: { ...calendar.week, monday } }
      const answer = await replace('calendar', wrong, { ...admin, 'Accept-Language': 'vi' })
      expect(answer.status).toBe(400)
      expect(pointersOf(answer.body)).toEqual(['/week'])
      expect((answer.body as Problem).detail).toContain('giờ làm việc')
      expect((await read('calendar')).body).toEqual(calendar)
    },
  )

  test('a week without work is refused', async () => {
    const calendar = (await read('calendar')).body as { week: Record<string, unknown> }
    const week = Object.fromEntries(Object.keys(calendar.week).map((day) => [day, []]))
    expect((await replace('calendar', { ...calendar, week })).status).toBe(400)
  })
})

describe('what an administrator changes holds at once', () => {
  test('a new field is offered, chosen by a citizen and reaches its agency', async () => {
    const fields = (await read('fields')).body as Field[]
    const routing = (await read('routing')).body as object[]
    const drones: Field = { id: 'drones', name: { vi: 'Thiết bị bay', en: 'Drones' }, topics: [] }
    const rule = {
      field: 'drones',
      topic: null,
      steps: ['so-khcn@province'],
      supporting: [],
      triage: null,
    }
    await replace('fields', [...fields, drones])
    await replace('routing', [...routing, rule])

    const catalogue = (await request(server, 'GET', '/api/catalogue')).body as Catalogue
    expect(catalogue.fields).toContainEqual(drones)
    const receipt = await sendReport(server, { fieldId: 'drones' })
    expect(receipt).toMatchObject({
      status: 'routed',
      field: 'drones',
      fieldName: 'Thiết bị bay',
      agency: { id: 'so-khcn@79' },
    })
  })

  test('a longer deadline moves the due date of the next report', async () => {
    const before = await sendReport(server)
    const levels = (await read('service-levels')).body as { answer: { byUrgency: object } }
    const amount = { unit: 'working-days', amount: 40 }
    const byUrgency = { emergency: amount, high: amount, normal: amount, low: amount }
    await replace('service-levels', { ...levels, answer: { ...levels.answer, byUrgency } })
    const after = await sendReport(server)
    expect(Date.parse(after.dueAt ?? '')).toBeGreaterThan(Date.parse(before.dueAt ?? ''))
    await replace('service-levels', levels)
  })

  test('a canned answer is there for the next officer who asks, in their language', async () => {
    const answers = (await read('canned-answers')).body as object[]
    const thanks = { vi: 'Cảm ơn bà con', en: 'Thank you' }
    await replace('canned-answers', [...answers, { id: 'thanks', title: thanks, text: thanks }])
    const shown = await request(server, 'GET', '/api/canned-answers?lang=en', {
      headers: supervisor,
    })
    const expected: CannedAnswer = { id: 'thanks', title: 'Thank you', text: 'Thank you' }
    expect(shown.body).toContainEqual(expected)
  })
})

describe('agencies', () => {
  test('one that is closed gets no more cases: the next in the rule does, else a person', async () => {
    const ward = {
      id: 'ubnd-xa@26743',
      name: 'UBND Phường Bến Thành',
      nameEn: 'Ben Thanh Ward',
      level: 'commune',
      unitCode: '26743',
      fields: [],
      isActive: true,
    } satisfies Agency
    const routing = (await read('routing')).body as { field: string; topic: string | null }[]
    const steps = ['ubnd-xa@commune', 'so-xay-dung@province']
    const rule = { field: 'urban', topic: null, steps, supporting: [], triage: null }
    await replace('routing', [...routing.filter(({ field }) => field !== 'urban'), rule])

    expect((await sendReport(server)).agency?.id).toBe('ubnd-xa@26743')
    expect((await saveAgency(ward.id, { ...ward, isActive: false })).status).toBe(200)
    expect((await sendReport(server)).agency?.id).toBe('so-xay-dung@79')

    const only = { ...rule, steps: ['ubnd-xa@commune'] }
    await replace('routing', [...routing.filter(({ field }) => field !== 'urban'), only])
    expect(await sendReport(server)).toMatchObject({ status: 'triage', agency: null })

    await saveAgency(ward.id, ward)
    expect((await sendReport(server)).agency?.id).toBe('ubnd-xa@26743')
    await replace('routing', routing)
  })

  test('are found by name without accents while they are active', async () => {
    const agency = {
      id: 'ban-quan-ly-cong-vien@79',
      name: 'Ban Quản lý Công viên Thảo Điền',
      nameEn: '',
      level: 'province',
      unitCode: '79',
      fields: [],
      isActive: true,
    }
    const found = async () => {
      const path = '/api/agencies?q=cong%20vien%20thao'
      return ((await request(server, 'GET', path, { headers: admin })).body as Agency[]).map(
        ({ id }) => id,
      )
    }
    await saveAgency(agency.id, agency)
    expect(await found()).toContain(agency.id)
    await saveAgency(agency.id, { ...agency, isActive: false })
    expect(await found()).not.toContain(agency.id)
  })

  test('a broken one is refused, with where it is', async () => {
    const agency = { id: 'a', name: '', nameEn: '', level: 'galactic', unitCode: '1', fields: [] }
    const answer = await saveAgency('a', agency)
    expect(answer.status).toBe(400)
    expect(pointersOf(answer.body)?.sort()).toEqual(['/isActive', '/level', '/name', '/unitCode'])
    const other = { ...agency, name: 'A', level: 'central', unitCode: null, isActive: true }
    expect(pointersOf((await saveAgency('b', other)).body)).toEqual(['/id'])
    expect((await saveAgency('a', other, supervisor)).status).toBe(403)
  })
})
