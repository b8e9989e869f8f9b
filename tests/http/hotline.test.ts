import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HotlinePreview, type HotlineSettings, SPOKEN_TEXTS } from '#contracts/hotline'
import type { Problem } from '#contracts/errors'
import {
  PASSWORD,
  request,
  signIn,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

let server: TestServer
let admin: Record<string, string>
let settings: HotlineSettings
beforeAll(async () => {
  server = await startTestServer()
  admin = await signIn(server, 'admin@test.hoiam', PASSWORD)
  settings = (await request(server, 'GET', '/api/settings/hotline', { headers: admin }))
    .body as HotlineSettings
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const replace = (body: unknown) =>
  request(server, 'PUT', '/api/settings/hotline', { headers: admin, body })
const preview = async () =>
  (await request(server, 'GET', '/api/hotline/preview?lang=en', { headers: admin }))
    .body as HotlinePreview

test('a new installation has a menu of four, working hours and quiet hours', () => {
  expect(settings.menu.map(({ key, action }) => [key, action])).toEqual([
    ['1', 'leave-report'],
    ['2', 'hear-status'],
    ['3', 'agent'],
    ['4', 'call-back'],
  ])
  expect(settings).toMatchObject({
    hours: 'office',
    isTranscribed: false,
    queue: { maxWaiting: 20, ringSeconds: 20, wrapUpSeconds: 60, musicUrl: null },
    outbound: { callerId: null, quietFrom: '21:00', quietUntil: '07:30', callBackAttempts: 3 },
    recordings: { keepDays: 365 },
  })
})

describe('the preview', () => {
  test('says every sentence in both languages, with every place filled', async () => {
    const { spoken } = await preview()
    expect(spoken).toHaveLength(2 * SPOKEN_TEXTS.length)
    for (const { text } of spoken) {
      expect(text).not.toMatch(/[{}]|undefined/)
      expect(text.length).toBeGreaterThan(5)
    }
  })

  test('is what an administrator made of it, at once', async () => {
    const goodbye = { vi: 'Chào bà con.', en: 'Bye for now.' }
    await replace({ ...settings, texts: { goodbye }, menu: settings.menu.slice(0, 1) })
    const { spoken } = await preview()
    expect(spoken).toContainEqual(
      expect.objectContaining({ name: 'goodbye', lang: 'en', text: 'Bye for now.' }),
    )
    const menu = spoken.find(({ name, lang }) => name === 'menu' && lang === 'en')
    expect(menu?.text).toContain('To leave a report, press 1.')
    expect(menu?.text).not.toContain('agent')
    await replace(settings)
  })

  test('tells whether the hotline is open: by the calendar, or always', async () => {
    server.setTime(new Date('2026-11-23T03:00:00Z'))
    expect((await preview()).isOpen).toBe(true)
    server.setTime(new Date('2026-11-22T03:00:00Z'))
    expect((await preview()).isOpen).toBe(false)
    await replace({ ...settings, hours: 'always' })
    expect((await preview()).isOpen).toBe(true)
    await replace(settings)
  })

  test('is for administrators', async () => {
    const { headers } = await signInAs(server, 'supervisor')
    const answer = await request(server, 'GET', '/api/hotline/preview', { headers })
    expect(answer.status).toBe(403)
    expect((await request(server, 'GET', '/api/hotline/preview')).status).toBe(401)
  })
})

describe('what makes no sense is refused, with where it is:', () => {
  const [first] = [{ key: '1', action: 'agent', words: { vi: [], en: [] } }]
  test.each([
    ['a key twice', { menu: [first, first] }, '/menu/1/key'],
    ['no menu at all', { menu: [] }, '/menu'],
    ['a key that no telephone has', { menu: [{ ...first, key: '#' }] }, '/menu/0/key'],
    ['an unknown way', { menu: [{ ...first, action: 'fly' }] }, '/menu/0/action'],
    ['a sentence we do not say', { texts: { joke: { vi: 'a', en: 'a' } } }, '/texts/joke'],
    ['half a sentence', { texts: { goodbye: { vi: 'a' } } }, '/texts/goodbye/en'],
    ['music over http', { queue: { musicUrl: 'http://example.vn/a.mp3' } }, '/queue/musicUrl'],
    ['a time no clock shows', { outbound: { quietFrom: '24:30' } }, '/outbound/quietFrom'],
    ['a line of nobody', { queue: { maxWaiting: 0 } }, '/queue/maxWaiting'],
  ])('%s', async (_, wrong, pointer) => {
    const merged = Object.fromEntries(
      Object.entries({ ...settings, ...wrong }).map(([name, value]) => {
        const before: unknown = settings[name as keyof HotlineSettings]
        const isPart = name === 'queue' || name === 'outbound'
        return [name, isPart ? { ...(before as object), ...(value as object) } : value]
      }),
    )
    const answer = await replace(merged)
    expect(answer.status).toBe(400)
    expect((answer.body as Problem).errors?.map((error) => error.pointer)).toContain(pointer)
  })
})
