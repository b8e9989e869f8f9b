import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CallPage, CallRow } from '#contracts/calls'
import {
  CTI_TOKEN,
  pushBody,
  type PushFields,
  pushJson,
  recordedBody,
  recordedPush,
} from '../support/cti-exchange.ts'
import { request, signInAs, startTestServer, type TestServer } from '../support/test-server.ts'

const AT = Date.parse('2026-11-23T01:00:00Z')

let server: TestServer
let agent: Awaited<ReturnType<typeof signInAs>>
beforeAll(async () => {
  server = await startTestServer({ CTI_TOKEN })
  agent = await signInAs(server, 'agent')
})
afterAll(async () => {
  expect(server.unexpected).toEqual([])
  await server.end()
})

/** A push that the exchange sent `seconds` after the call began. */
function after(seconds: number, name: string, fields: PushFields = {}): PushFields {
  const timestamp = new Date(AT + seconds * 1_000).toISOString()
  return recordedPush(name, { timestamp, ...fields })
}

async function sendAll(pushes: readonly PushFields[]): Promise<void> {
  for (const push of pushes) {
    server.setTime(new Date(AT + 600_000))
    expect(await pushJson(server, push)).toMatchObject({ status: 200, body: {} })
  }
}

async function row(callRef: string): Promise<CallRow | undefined> {
  const { body } = await request(server, 'GET', '/api/calls?limit=200', { headers: agent.headers })
  return (body as CallPage).calls.find(({ id }) => id === `cti:${callRef}`)
}

const kept = async (callRef: string) => server.ports.calls.findCall(`cti:${callRef}`)

/** Every order of some things. */
function ordersOf<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]]
  return things.flatMap((thing, index) =>
    ordersOf(things.toSpliced(index, 1)).map((rest) => [thing, ...rest]),
  )
}

describe('a call that somebody answered', () => {
  const story = (callId: string) => [
    after(0, 'new-call-in', { callId }),
    after(3, 'ringing-in', { call_id: callId }),
    after(12, 'answer-in', { callId, answeringNumber: agent.email.toUpperCase() }),
    after(87, 'hangup-in', { callId, answeringNumber: agent.email }),
  ]

  test('tells how long the caller waited and how long they talked', async () => {
    await sendAll(story('answered'))
    expect(await row('answered')).toMatchObject({
      provider: 'cti',
      direction: 'inbound',
      state: 'ended',
      endedAs: 'answered',
      from: '+84912345678',
      startedAt: '2026-11-23T01:00:00.000Z',
      answeredAt: '2026-11-23T01:00:12.000Z',
      endedAt: '2026-11-23T01:01:27.000Z',
      waitingSeconds: 12,
      talkingSeconds: 75,
      caseCode: null,
    })
  })

  test('goes from new over ringing to talking', async () => {
    const states: unknown[] = []
    for (const push of story('states')) {
      await sendAll([push])
      states.push((await row('states'))?.state)
    }
    expect(states).toEqual(['new', 'ringing_agent', 'talking', 'ended'])
  })

  test(
    'is the same call whichever push comes first, and however often',
    { timeout: 120_000 },
    async () => {
      await sendAll(story('order'))
      const { version: _, id: __, callRef: ___, ...expected } = (await kept('order')) ?? {}
      for (const [index, order] of ordersOf(story('')).entries()) {
        const callId = `order-${String(index)}`
        await sendAll(
          order.map((push) => ({
            ...push,
            ...('call_id' in push ? { call_id: callId } : { callId }),
          })),
        )
        expect(await kept(callId)).toMatchObject(expected)
      }
    },
  )

  test('does not change when everything is sent again, at once and later', async () => {
    await sendAll(story('again'))
    const before = await kept('again')
    await Promise.all(story('again').map(async (push) => sendAll([push])))
    for (const { timestamp: _, ...push } of story('again')) await sendAll([push])
    expect(await kept('again')).toEqual(before)
  })

  test.each([
    ['by the sign-in address', () => agent.email],
    ['by the id of the account', async () => (await kept('answered'))?.answeredBy?.agentRef ?? ''],
  ])('knows who answered %s', async (how, name) => {
    await sendAll([after(5, 'answer-in', { callId: how, answeringNumber: await name() })])
    const { body } = await request(server, 'GET', '/api/session', { headers: agent.headers })
    expect((await kept(how))?.answeredBy?.agentRef).toBe((body as { id: string }).id)
  })

  test('by a telephone that is nobody’s was answered all the same', async () => {
    await sendAll([after(5, 'answer-in', { callId: 'unknown', answeringNumber: '101' })])
    expect(await kept('unknown')).toMatchObject({ state: 'talking', answeredBy: null })
  })
})

describe('a call that nobody answered', () => {
  test.each(['normalClearing', 'busy', 'cancel', 'noAnswer', 'congestion', 'notFound', undefined])(
    'was missed when it ended with %s',
    async (cause) => {
      const callId = `missed-${String(cause)}`
      await sendAll([after(0, 'new-call-in', { callId }), after(9, 'hangup-in', { callId, cause })])
      expect(await row(callId)).toMatchObject({
        state: 'ended',
        endedAs: 'missed',
        talkingSeconds: null,
      })
    },
  )

  test.each([
    ['forwarded', { cause: 'forwarded' }, {}],
    ['voicemail', {}, { user: 'voicemail' }],
  ])('was not missed but %s', async (endedAs, end, begin) => {
    const callId = `elsewhere-${endedAs}`
    await sendAll(
      [
        after(0, 'new-call-in', { callId }),
        after(9, 'answer-in', { callId, answeringNumber: null, ...begin }),
      ].slice(0, endedAs === 'voicemail' ? 2 : 1),
    )
    await sendAll([after(20, 'hangup-in', { callId, answeringNumber: null, ...end })])
    expect((await row(callId))?.endedAs).toBe(endedAs)
  })

  test.each([
    ['busy', 'busy'],
    ['noAnswer', 'no_answer'],
    ['cancel', 'canceled'],
    ['congestion', 'failed'],
    ['notFound', 'failed'],
  ])('outbound and ended with %s says why: %s', async (cause, endedAs) => {
    const callId = `out-${cause}`
    await sendAll([
      after(0, 'new-call-out', { callId }),
      after(2, 'ringing-in', { call_id: callId, direction: 'out' }),
    ])
    expect((await row(callId))?.state).toBe('dialing')
    await sendAll([after(9, 'hangup-in', { callId, direction: 'out', cause })])
    expect(await row(callId)).toMatchObject({ direction: 'outbound', endedAs })
  })

  test('and of which the end is heard first is there from then on', async () => {
    await sendAll([after(9, 'hangup-in', { callId: 'end-first' })])
    expect(await row('end-first')).toMatchObject({ endedAs: 'missed', from: '+84912345678' })
    await sendAll([after(0, 'new-call-in', { callId: 'end-first' })])
    expect(await row('end-first')).toMatchObject({ startedAt: '2026-11-23T01:00:00.000Z' })
  })
})

describe('the record after a call', () => {
  test('alone tells the whole call', async () => {
    await sendAll([after(87, 'call-data-answered', { call_id: 'record' })])
    expect(await row('record')).toMatchObject({
      endedAs: 'answered',
      startedAt: '2026-11-23T01:00:00.000Z',
      waitingSeconds: 12,
      talkingSeconds: 75,
      caseCode: null,
    })
  })

  test('keeps where the conversation was recorded, once', async () => {
    await sendAll([
      after(88, 'recording', { call_id: 'record' }),
      after(87, 'call-data-answered', { call_id: 'record' }),
    ])
    expect((await kept('record'))?.recordings).toEqual([
      {
        ref: 'https://pbx.example.vn/records/2026/11/23/in-0912345678-101.wav',
        url: 'https://pbx.example.vn/records/2026/11/23/in-0912345678-101.wav',
        durationSeconds: 75,
        state: 'completed',
        of: 'talk',
      },
    ])
  })

  test('of a caller who gave up is a missed call, though a voice menu was billed', async () => {
    await sendAll([recordedPush('call-data-abandoned')])
    expect(await row('1795395600.4711')).toMatchObject({ endedAs: 'missed', answeredAt: null })
  })

  test('of a message on the exchange’s machine opens one case', async () => {
    await sendAll([recordedPush('voicemail-left'), recordedPush('voicemail-left')])
    const call = await row('1795395600.4712')
    expect(call).toMatchObject({ endedAs: 'voicemail', recordingSeconds: 31 })
    expect(call?.caseCode).toMatch(/^\d{10}$/)
    const status = await request(server, 'GET', `/api/reports/${call?.caseCode ?? ''}`, {
      headers: { 'X-Report-Phone': '0987 654 321' },
    })
    expect(status.status).toBe(200)
  })
})

describe('what exchanges call things', () => {
  test.each([
    ['new-call-in.form', 'application/x-www-form-urlencoded', '53ba82e2bd6d12d9fb2d3838f0cfb070'],
    [
      'answer-in.form',
      'application/x-www-form-urlencoded; charset=utf-8',
      '53ba82e2bd6d12d9fb2d3838f0cfb070',
    ],
    ['hangup-in.form', 'application/x-www-form-urlencoded', '53ba82e2bd6d12d9fb2d3838f0cfb070'],
    [
      'new-call-in.multipart',
      'multipart/form-data; boundary=------------------------d74496d66958873e',
      '25641e3f-3317-4c48-80b3-fc573c7ffe2b',
    ],
    ['new-call-in.json', 'application/json; charset=utf-8', '307fa962-de8d-4ffc-817b-7f6993204159'],
  ])('%s is understood as it was recorded', async (file, type, callRef) => {
    const answer = await pushBody(server, recordedBody(file), { 'content-type': type })
    expect(answer).toEqual({ status: 200, body: {} })
    expect(await row(callRef)).toMatchObject({ direction: 'inbound', from: '+84912345678' })
  })

  test('the form’s three pushes are one answered call', async () => {
    expect(await row('53ba82e2bd6d12d9fb2d3838f0cfb070')).toMatchObject({ endedAs: 'answered' })
  })

  test.each([
    ['84912345678', '+84912345678'],
    ['0912 345 678', '+84912345678'],
    ['+84 (0)912.345.678', '+84912345678'],
    ['0084912345678', '+84912345678'],
    ['02838231234', '+842838231234'],
    ['842838231234', '+842838231234'],
    ['493055571600', '+493055571600'],
    ['sip:0912345678@pbx.example.vn', '+84912345678'],
    ['1022', '1022'],
    ['113', '113'],
    ['18001234', '18001234'],
    ['8419001234', '19001234'],
    ['101', '101'],
    ['anonymous', 'anonymous'],
    ['', 'anonymous'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ])('the caller "%s" is kept as %s', async (from, expected) => {
    const callId = `from-${from}`.replace(/[^\w-]/g, '.')
    await sendAll([after(0, 'new-call-in', { callId, from })])
    expect((await row(callId))?.from).toBe(expected)
  })

  test('"caller" is the number where there is no "from"', async () => {
    const { from: _, ...push } = after(0, 'new-call-in', { callId: 'caller', caller: '0912345678' })
    await sendAll([push])
    expect((await row('caller'))?.from).toBe('+84912345678')
  })
})
