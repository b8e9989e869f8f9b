import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallPage } from '#contracts/calls'
import { request, signInAs, startTestServer, type TestServer } from '../support/test-server.ts'
import { AUTH_TOKEN, PUBLIC_URL, sendWebhook, twilioWebhook } from '../support/twilio-hotline.ts'

const CALL = ['voice', 'recorded', 'recording-status', 'status'] as const
const FIXTURE_OF = {
  voice: 'call-incoming',
  recorded: 'message-left',
  'recording-status': 'recording-completed',
  status: 'call-completed',
} as const satisfies Record<(typeof CALL)[number], string>

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    PUBLIC_URL,
    TWILIO_ACCOUNT_SID: 'AC0123456789abcdef0123456789abcdef',
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
  })
})
afterAll(async () => server.end())

async function send(door: (typeof CALL)[number], CallSid: string) {
  const fields = twilioWebhook(FIXTURE_OF[door], { CallSid })
  return sendWebhook(server.url, PUBLIC_URL, door, fields)
}

async function callLog(): Promise<CallPage['calls']> {
  const { headers } = await signInAs(server, 'agent')
  return ((await request(server, 'GET', '/api/calls?limit=200', { headers })).body as CallPage)
    .calls
}

test('a call that leaves a message is in the call log, and its case answers to the caller', async () => {
  for (const door of CALL) expect((await send(door, 'CAjourney')).status).toBeLessThan(300)
  const row = (await callLog()).find(({ id }) => id === 'twilio:CAjourney')
  expect(row).toMatchObject({
    state: 'ended',
    endedAs: 'voicemail',
    from: '+84912345678',
    recordingSeconds: 42,
  })
  const status = await request(server, 'GET', `/api/reports/${row?.caseCode ?? ''}`, {
    headers: { 'X-Report-Phone': '0912 345 678' },
  })
  expect(status).toMatchObject({ status: 200, body: { code: row?.caseCode, status: 'triage' } })
})

test('a caller who waits for an agent and asks to be called back is promised it', async () => {
  server.setTime(new Date('2026-11-23T03:00:00Z'))
  const knock = (door: string, name: string, more: Record<string, string> = {}) =>
    sendWebhook(server.url, PUBLIC_URL, door, twilioWebhook(name, { CallSid: 'CAwaits', ...more }))
  expect((await knock('voice', 'call-incoming')).text).toContain('<Gather')
  const queued = await knock('menu?lang=vi&tries=0', 'menu-speech')
  expect(queued.text).toContain('<Enqueue')
  expect((await knock('wait', 'queue-waiting')).text).toContain('vị trí thứ 1')
  const offered = await knock('wait-offer?lang=vi', 'queue-waiting', { Digits: '1' })
  expect(offered.text).toContain('<Leave')
  expect((await knock('left-queue', 'queue-left-leave')).text).toContain('sẽ gọi lại')
  await knock('status', 'call-completed')
  const row = (await callLog()).find(({ id }) => id === 'twilio:CAwaits')
  expect(row).toMatchObject({ state: 'ended', endedAs: 'callback_requested', caseCode: null })
  expect(await server.ports.callBacks.listOpen(10)).toMatchObject([
    { callId: 'twilio:CAwaits', phone: '+84912345678', dueAt: new Date('2026-11-23T03:00:00Z') },
  ])
})

test('words of a message reach its case, which is read and routed by them', async () => {
  const knock = (door: string, name: string) =>
    sendWebhook(server.url, PUBLIC_URL, door, twilioWebhook(name, { CallSid: 'CAwords' }))
  await knock('recorded', 'message-left')
  expect((await knock('transcript', 'transcription-content')).status).toBe(204)
  const row = (await callLog()).find(({ id }) => id === 'twilio:CAwords')
  const found = await server.ports.cases.findByCode(row?.caseCode ?? '')
  expect(found?.text).toBe('Đèn đường hẻm 42 Nguyễn Trãi bị hỏng cả tuần nay.')
  expect(found?.understanding.field).toBe(found?.field)
  expect(found?.version).toBe(2)
})

test('twenty calls at once, every webhook twice and in any order, make twenty cases', async () => {
  const refs = Array.from({ length: 20 }, (_, index) => `CAburst${index}`)
  await Promise.all(
    refs.flatMap((ref, index) => {
      const rotated = [...CALL.slice(index % 4), ...CALL.slice(0, index % 4)]
      return [...rotated, ...rotated.toReversed()].map(async (door) => {
        expect((await send(door, ref)).status).toBeLessThan(300)
      })
    }),
  )
  const rows = (await callLog()).filter(({ id }) => id.startsWith('twilio:CAburst'))
  expect(rows).toHaveLength(20)
  expect(rows.every(({ endedAs }) => endedAs === 'voicemail')).toBe(true)
  expect(new Set(rows.map(({ caseCode }) => caseCode)).size).toBe(20)
  expect(server.unexpected).toEqual([])
})
