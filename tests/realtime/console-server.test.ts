import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseView } from '#contracts/cases'
import { type ConsoleClient, connectConsole } from '../support/console-client.ts'
import {
  request,
  sendReport,
  signInAs,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

const WARD = 'ubnd-xa@26743'
let server: TestServer
const open: ConsoleClient[] = []

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  for (const client of open) client.close()
  expect(server.unexpected).toEqual([])
  await server.end()
})

async function atConsole(headers: Record<string, string>): Promise<ConsoleClient> {
  const client = await connectConsole(server.url, headers)
  open.push(client)
  expect(await client.join()).toEqual({ ok: true })
  return client
}

const names = (client: ConsoleClient, code: string) =>
  client.heard.filter((event) => event.code === code).map(({ name }) => name)

test('a new case is heard by the centre and by its own agency, and by nobody else', async () => {
  const agent = await atConsole((await signInAs(server, 'agent')).headers)
  const officer = await atConsole((await signInAs(server, 'officer', WARD)).headers)
  const stranger = await atConsole((await signInAs(server, 'officer', 'so-y-te@01')).headers)
  const { code } = await sendReport(server)
  await expect
    .poll(() => [names(agent, code), names(officer, code)])
    .toEqual([['case:routed'], ['case:routed']])
  expect(stranger.heard).toEqual([])
})

test('what is broadcast carries no personal data', async () => {
  const agent = await atConsole((await signInAs(server, 'agent')).headers)
  const { code } = await sendReport(server, {
    text: 'Đèn đường hẻm 42 hỏng. Tôi là Trần Thị Mai, gọi 0912 345 678 hoặc mai@example.vn',
  })
  await expect.poll(() => names(agent, code)).toHaveLength(1)
  expect(JSON.stringify(agent.heard)).not.toMatch(/0912|345 678|Trần Thị Mai|mai@example/)
})

test('a denunciation is heard by supervisors alone', async () => {
  const agent = await atConsole((await signInAs(server, 'agent')).headers)
  const lead = await atConsole((await signInAs(server, 'supervisor')).headers)
  const { code } = await sendReport(server, {
    text: 'Tôi tố cáo ông chủ tịch phường nhận hối lộ 50 triệu đồng để bao che xây dựng trái phép',
  })
  await expect.poll(() => names(lead, code)).toHaveLength(1)
  expect(names(agent, code)).toEqual([])
})

test('the agency that a case leaves hears that it left', async () => {
  const agent = await signInAs(server, 'agent')
  const left = await atConsole((await signInAs(server, 'officer', WARD)).headers)
  const joined = await atConsole((await signInAs(server, 'officer', 'evn@79')).headers)
  const { code } = await sendReport(server)
  await request(server, 'POST', `/api/cases/${code}/correct`, {
    headers: agent.headers,
    body: { version: 1, fieldId: 'electricity' },
  })
  await expect.poll(() => left.heard.at(-1)?.row.agency?.id).toBe('evn@79')
  await expect.poll(() => joined.heard.at(-1)?.row.agency?.id).toBe('evn@79')
  // From then on it is none of its business.
  const power = (await signInAs(server, 'officer', 'evn@79')).headers
  await request(server, 'POST', `/api/cases/${code}/accept`, {
    headers: power,
    body: { version: 2 },
  })
  await expect.poll(() => names(joined, code)).toContain('case:accepted')
  expect(names(left, code)).not.toContain('case:accepted')
})

test('versions tell the order, and the newest equals a fresh snapshot', async () => {
  const { headers } = await signInAs(server, 'officer', WARD)
  const officer = await atConsole(headers)
  const { code } = await sendReport(server)
  await request(server, 'POST', `/api/cases/${code}/accept`, { headers, body: { version: 1 } })
  await request(server, 'POST', `/api/cases/${code}/draft`, {
    headers,
    body: { version: 2, text: 'Đã thay bóng.' },
  })
  await expect.poll(() => officer.heard.filter((event) => event.code === code).length).toBe(3)
  const newest = officer.heard
    .filter((event) => event.code === code)
    .reduce((a, b) => (a.version > b.version ? a : b))
  const fresh = (await request(server, 'GET', `/api/cases/${code}`, { headers })).body as CaseView
  expect(newest.row).toMatchObject({
    version: fresh.version,
    status: fresh.status,
    assignee: fresh.assignee,
  })
})

test('two people on one case see each other, and see it when one leaves', async () => {
  const lan = await atConsole((await signInAs(server, 'agent', undefined, 'Thu Lan')).headers)
  const bao = await atConsole((await signInAs(server, 'agent', undefined, 'Quốc Bảo')).headers)
  const { code } = await sendReport(server)
  await lan.watch(code, 'viewing')
  await bao.watch(code, 'writing')
  const seen = () =>
    lan.presences
      .at(-1)
      ?.people.map(({ name, activity }) => `${name} ${activity}`)
      .sort()
  await expect.poll(seen).toEqual(['Quốc Bảo writing', 'Thu Lan viewing'])
  bao.close()
  await expect.poll(seen).toEqual(['Thu Lan viewing'])
})

test('nobody watches a case they may not see, and nonsense is refused by name', async () => {
  const stranger = await atConsole((await signInAs(server, 'officer', 'so-y-te@01')).headers)
  const { code } = await sendReport(server)
  expect(await stranger.watch(code, 'viewing')).toEqual({ ok: false, code: 'not-found' })
  expect(await stranger.watch('x'.repeat(50), 'viewing')).toEqual({ ok: false, code: 'invalid' })
})

test('without a session, or from a page of another site, no socket opens', async () => {
  await expect(connectConsole(server.url, {})).rejects.toThrow()
  const { headers } = await signInAs(server, 'agent')
  await expect(
    connectConsole(server.url, { ...headers, Origin: 'https://evil.example' }),
  ).rejects.toThrow()
})
