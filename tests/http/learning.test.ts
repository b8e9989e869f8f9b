import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseView } from '#contracts/cases'
import type { DoubtfulExamples, LearningOverview } from '#contracts/learning'
import type { Problem } from '#contracts/errors'
import type { ReportPreview } from '#contracts/reports'
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

let server: TestServer
let admin: Headers
let agent: Headers

beforeAll(async () => {
  server = await startTestServer()
  admin = await signIn(server, 'admin@test.hoiam', PASSWORD)
  agent = (await signInAs(server, 'agent')).headers
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

const call = async (method: string, path: string, body?: unknown, headers = admin) =>
  request(server, method, `/api/learning${path}`, { headers, body })
const overview = async () => (await call('GET', '')).body as LearningOverview
const doubts = async (lang = 'vi') =>
  (
    (await call('GET', '/doubts', undefined, { ...admin, 'Accept-Language': lang }))
      .body as DoubtfulExamples
  ).examples

/** A report whose field an agent then says. */
async function decide(text: string, fieldId: string): Promise<string> {
  const { code } = await sendReport(server, { text })
  const seen = await request(server, 'GET', `/api/cases/${code}`, { headers: agent })
  const { version } = seen.body as CaseView
  const done = await request(server, 'POST', `/api/cases/${code}/correct`, {
    headers: agent,
    body: { version, fieldId },
  })
  expect(done.status).toBe(200)
  return code
}

async function fieldOf(text: string): Promise<string | null> {
  const seen = await request(server, 'POST', '/api/reports/preview', { body: { text } })
  return (seen.body as ReportPreview).field
}

const kept = async (count: number) =>
  expect.poll(async () => (await overview()).exampleCount).toBe(count)

describe('decisions of people', () => {
  const TEXT = 'Máy bơm trạm Q7 kêu ầm ầm suốt đêm, rung cả nhà dân hai bên'

  test('are learnt from at once, and the model stays as it was', async () => {
    const before = await overview()
    const guessed = await fieldOf(TEXT)
    expect(guessed).not.toBe('health')
    for (let time = 0; time < 8; time++) {
      await decide(`${TEXT}, lần ${String(time)}`, 'health')
      await kept(before.exampleCount + time + 1)
    }
    expect(await fieldOf(TEXT)).toBe('health')
    expect((await overview()).version).toBe(before.version)
  })

  test('that contradict each other are shown, in both languages, and not learnt from', async () => {
    const code = await decide(TEXT, 'tax')
    await expect.poll(async () => (await doubts()).length).toBe(1)
    expect(await fieldOf(TEXT)).toBe('health')
    const [doubt] = await doubts()
    expect(doubt).toMatchObject({
      caseCode: code,
      field: 'tax',
      expected: 'health',
      reason: 'contradicts',
      explanation: 'Gần như cùng nội dung với một ví dụ khác, nhưng khác lĩnh vực.',
      against: { field: 'health' },
    })
    expect((await doubts('en'))[0]?.explanation).toContain('under another field')
    expect((await overview()).doubtfulCount).toBe(1)
  })

  test('hold no personal data', async () => {
    await decide(`${TEXT} 0912 345 678`, 'tax')
    await expect.poll(async () => (await doubts()).length).toBe(2)
    expect(JSON.stringify(await doubts())).not.toContain('345 678')
  })

  test('that are doubted are settled by an administrator, once', async () => {
    const [newest, older] = await doubts()
    const settle = async (id: string | undefined, body: unknown, headers = admin) =>
      call('POST', `/doubts/${String(id)}`, body, headers)
    expect((await settle(newest?.id, { verdict: 'maybe' })).status).toBe(400)
    expect((await settle(newest?.id, { verdict: 'keep' }, agent)).status).toBe(403)
    const dropped = await settle(newest?.id, { verdict: 'drop' })
    expect(dropped).toMatchObject({ status: 200, body: { doubtfulCount: 1 } })
    expect((await settle(newest?.id, { verdict: 'keep' })).status).toBe(404)
    const english = { ...admin, 'Accept-Language': 'en' }
    const unknown = await settle('nothing', { verdict: 'keep' }, english)
    expect((unknown.body as Problem).detail).toContain('waiting to be looked at')
    expect(await settle(older?.id, { verdict: 'keep' })).toMatchObject({
      body: { doubtfulCount: 0 },
    })
  })
})

describe('a training', () => {
  test('makes a version that is compared, goes live or not, and can be rolled back', async () => {
    const before = await overview()
    expect((await call('POST', '/training')).status).toBe(202)
    const second = await call('POST', '/training', undefined, { ...admin, 'Accept-Language': 'en' })
    expect(second).toMatchObject({ status: 409, body: { code: 'not-allowed-now' } })
    expect((second.body as Problem).detail).toContain('under way')
    // Cases go on being read meanwhile.
    expect(await fieldOf('Đèn đường tắt cả tuần nay')).not.toBeNull()
    await expect
      .poll(async () => (await overview()).trainingStep, { timeout: 300_000, interval: 500 })
      .toBeNull()

    const after = await overview()
    const made = after.versions.find(({ isShipped }) => !isShipped)
    expect(made?.comparison?.count).toBeGreaterThan(0)
    expect(made?.exampleCount).toBeGreaterThan(0)
    expect(made?.isLive).toBe(true)
    expect(made?.liveSince).not.toBeNull()
    expect(after.version).not.toBe(before.version)
    const { code } = await sendReport(server)
    const seen = await request(server, 'GET', `/api/cases/${code}`, { headers: agent })
    expect(seen.body).toMatchObject({ modelVersion: after.version })

    expect((await call('PUT', '/version', { version: before.version }, agent)).status).toBe(403)
    expect((await call('PUT', '/version', { version: 'latest' })).status).toBe(400)
    const unknown = await call('PUT', '/version', { version: '0123456789abcdef' })
    expect(unknown.status).toBe(400)
    expect((unknown.body as Problem).errors?.[0]?.pointer).toBe('/version')
    const back = await call('PUT', '/version', { version: before.version })
    expect(back).toMatchObject({ status: 200, body: { version: before.version } })
    const rolledBack = await sendReport(server)
    expect(
      (await request(server, 'GET', `/api/cases/${rolledBack.code}`, { headers: agent })).body,
    ).toMatchObject({ modelVersion: before.version })
  }, 330_000)
})

describe('who may see', () => {
  test.each([
    ['GET', ''],
    ['GET', '/doubts'],
    ['POST', '/doubts/1'],
    ['PUT', '/version'],
    ['POST', '/training'],
  ])('%s /api/learning%s: administrators alone', async (method, path) => {
    expect((await call(method, path, undefined, agent)).status).toBe(403)
    expect((await request(server, method, `/api/learning${path}`)).status).toBe(401)
  })
})

test('a field that an administrator adds is found by its keywords at once', async () => {
  const text = 'Drone bay ù ù trên nóc nhà tôi mỗi tối, quay phim vào tận phòng ngủ'
  const fields = (await request(server, 'GET', '/api/settings/fields', { headers: admin }))
    .body as unknown[]
  expect(await fieldOf(text)).not.toBe('drones')
  const added = {
    id: 'drones',
    name: { vi: 'Thiết bị bay', en: 'Drones' },
    topics: [],
    keywords: ['drone bay', 'flycam', 'máy bay không người lái', 'bay quay phim'],
  }
  const replaced = await request(server, 'PUT', '/api/settings/fields', {
    headers: admin,
    body: [...fields, added],
  })
  expect(replaced.status).toBe(200)
  expect(await fieldOf(text)).toBe('drones')
  expect(await fieldOf('Nước máy đục ngầu ba hôm nay')).toBe('water')
})
