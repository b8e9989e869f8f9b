import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  CTI_HMAC_SECRET,
  CTI_TOKEN,
  ctiSignature,
  type PushFields,
  pushBody,
  pushJson,
  recordedBody,
  recordedPush,
} from '../support/cti-exchange.ts'
import {
  PASSWORD,
  request,
  signIn,
  startTestServer,
  type TestServer,
} from '../support/test-server.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }
const NEW_CALL = recordedBody('new-call-in.json')

let open: TestServer
let signed: TestServer
let closed: TestServer
beforeAll(async () => {
  ;[open, signed, closed] = await Promise.all([
    startTestServer({ CTI_TOKEN }),
    startTestServer({ CTI_TOKEN, CTI_HMAC_SECRET }),
    startTestServer(),
  ])
})
afterAll(async () => {
  for (const server of [open, signed, closed]) {
    expect(server.unexpected).toEqual([])
    await server.end()
  }
})

const callCount = async (server: TestServer) =>
  (await server.ports.calls.list(null, 10)).items.length

describe('who may push', () => {
  test.each([
    'wrong',
    `${CTI_TOKEN}x`,
    CTI_TOKEN.slice(1),
    CTI_TOKEN.toUpperCase(),
    '%00',
    'undefined',
  ])('the token "%s" is 401', async (token) => {
    const answer = await pushBody(open, NEW_CALL, JSON_TYPE, token)
    expect(answer).toMatchObject({ status: 401, body: { error: expect.any(String) as string } })
    expect(await callCount(open)).toBe(0)
  })

  test('without CTI_TOKEN everything is 401', async () => {
    for (const token of [CTI_TOKEN, 'undefined', 'null', '', 'a/b']) {
      expect((await pushBody(closed, NEW_CALL, JSON_TYPE, token)).status).toBe(401)
    }
    expect((await request(closed, 'GET', `/telephony/cti/${CTI_TOKEN}`)).status).toBe(401)
    expect(await callCount(closed)).toBe(0)
  })

  test('only POST is answered', async () => {
    const answer = await request(open, 'GET', `/telephony/cti/${CTI_TOKEN}`)
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('POST')
  })

  test.each([
    ['none', NEW_CALL, {}],
    ['one of another secret', NEW_CALL, { 'x-cti-signature': ctiSignature(NEW_CALL, 'another') }],
    [
      'one of another body',
      NEW_CALL.replace('84912345678', '84987654321'),
      { 'x-cti-signature': ctiSignature(NEW_CALL) },
    ],
    ['no hexadecimal', NEW_CALL, { 'x-cti-signature': 'sha256=zz' }],
    ['an empty one', NEW_CALL, { 'x-cti-signature': '' }],
    ['one cut short', NEW_CALL, { 'x-cti-signature': ctiSignature(NEW_CALL).slice(0, -2) }],
  ])('where pushes are signed, %s as signature is 401', async (_, body, headers) => {
    const answer = await pushBody(signed, body, { ...JSON_TYPE, ...headers })
    expect(answer).toMatchObject({ status: 401, body: { error: expect.any(String) as string } })
    expect(await callCount(signed)).toBe(0)
  })

  test('a rightly signed push is taken, with and without "sha256="', async () => {
    const signature = ctiSignature(NEW_CALL)
    for (const given of [signature, signature.replace('sha256=', '').toUpperCase()]) {
      const headers = { ...JSON_TYPE, 'x-cti-signature': given }
      expect(await pushBody(signed, NEW_CALL, headers)).toEqual({ status: 200, body: {} })
    }
    expect(await callCount(signed)).toBe(1)
    expect(
      (await pushBody(signed, NEW_CALL, { ...JSON_TYPE, 'x-cti-signature': signature }, 'wrong'))
        .status,
    ).toBe(401)
  })
})

describe('what is no push', () => {
  const push = (fields: PushFields) => JSON.stringify(recordedPush('new-call-in', fields))
  test.each<[string, string, Record<string, string>, number, RegExp]>([
    ['a direction that is none', push({ direction: 'sideways' }), JSON_TYPE, 422, /^direction:/],
    ['no direction', push({ direction: undefined }), JSON_TYPE, 422, /^direction:/],
    ['no event', push({ event: undefined }), JSON_TYPE, 422, /^event:/],
    ['an unknown event', push({ event: 'newcall' }), JSON_TYPE, 422, /^event:.*newCall/],
    ['no call', push({ callId: undefined }), JSON_TYPE, 422, /^callId:/],
    ['an empty call', push({ callId: '' }), JSON_TYPE, 422, /^callId:/],
    [
      'a call of 251 characters',
      push({ callId: 'c'.repeat(251) }),
      JSON_TYPE,
      422,
      /^callId:.*250/,
    ],
    ['an object as call', push({ callId: { $ne: null } }), JSON_TYPE, 422, /^callId:/],
    ['nobody called', push({ to: undefined }), JSON_TYPE, 422, /^to:/],
    ['nobody calling', push({ from: undefined }), JSON_TYPE, 422, /^from:/],
    ['a list as number', push({ from: ['1', '2'] }), JSON_TYPE, 422, /^from:/],
    ['an object as user', push({ user: { name: 'Hoa' } }), JSON_TYPE, 422, /^user:/],
    [
      'seconds that are none',
      push({ event: 'calldata', billsec: '1e9' }),
      JSON_TYPE,
      422,
      /^billsec:/,
    ],
    ['a recording of nothing', push({ event: 'recording' }), JSON_TYPE, 422, /^recordingfile:/],
    [
      'two things wrong',
      push({ event: 'x', direction: 'y' }),
      JSON_TYPE,
      422,
      /event:.*direction:/,
    ],
    [
      'a form with a field twice',
      'event=newCall&from=1&from=2&to=3&direction=in&callId=x',
      FORM_TYPE,
      422,
      /^from:/,
    ],
    ['broken JSON', '{"event":', JSON_TYPE, 422, /^body:/],
    ['a list', '[]', JSON_TYPE, 422, /^body:/],
    ['null', 'null', JSON_TYPE, 422, /^body:/],
    ['an empty body', '', JSON_TYPE, 422, /^body:/],
    ['a form under the name of JSON', 'event=newCall', JSON_TYPE, 422, /^body:/],
    [
      'a multipart form without a boundary',
      NEW_CALL,
      { 'content-type': 'multipart/form-data' },
      422,
      /^body:/,
    ],
    ['XML', '<event/>', { 'content-type': 'text/xml' }, 415, /^Content-Type:/],
    ['text', NEW_CALL, { 'content-type': 'text/plain' }, 415, /^Content-Type:/],
    ['a megabyte', push({ queue: 'q'.repeat(1_000_000) }), JSON_TYPE, 413, /^body:/],
    ['a megabyte of form', `event=${'x'.repeat(1_000_000)}`, FORM_TYPE, 413, /^body:/],
    [
      'a body that says it is gzip',
      NEW_CALL,
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      422,
      /^body:/,
    ],
  ])('%s is refused, and the answer says where', async (_, body, headers, status, where) => {
    const answer = await pushBody(open, body, headers)
    expect(answer.status).toBe(status)
    expect((answer.body as { error: string }).error).toMatch(where)
    expect(await callCount(open)).toBe(0)
  })

  test('broken UTF-8 is no JSON', async () => {
    const bytes = Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])
    expect((await pushBody(open, bytes, JSON_TYPE)).status).toBe(422)
  })
})

describe('what an administrator decides', () => {
  let admin: Record<string, string>
  const replaceRules = async (body: unknown) =>
    request(open, 'PUT', '/api/settings/cti', { headers: admin, body })

  beforeAll(async () => {
    admin = await signIn(open, 'admin@test.hoiam', PASSWORD)
    const rules = {
      blocked: ['0987 654 321', 'anonymous'],
      callerIds: [
        { prefix: '', callerId: '02471022022' },
        { prefix: '028', callerId: '02838223344' },
        { prefix: '1022', callerId: '101' },
        { prefix: '+84 28 3823', callerId: '02838230000' },
      ],
    }
    expect(await replaceRules(rules)).toMatchObject({ status: 200, body: rules })
  })

  test.each(['84987654321', '0987654321', '+84987654321', 'anonymous', ''])(
    'an incoming call of the blocked caller "%s" hears the busy tone',
    async (from) => {
      const answer = await pushJson(open, recordedPush('new-call-in', { callId: 'blocked', from }))
      expect(answer).toMatchObject({ status: 200, body: { action: 'reject', reason: 'busy' } })
    },
  )

  test('others, other events and outgoing calls to the same number do not', async () => {
    expect((await pushJson(open, recordedPush('new-call-in'))).body).toEqual({})
    const hangup = recordedPush('hangup-in', { from: '0987654321', callId: 'blocked' })
    expect((await pushJson(open, hangup)).body).toEqual({})
    const back = recordedPush('new-call-out', { from: '0987654321' })
    expect((await pushJson(open, back)).body).toMatchObject({ action: 'dial' })
  })

  test.each([
    ['842838231234', '02838230000'],
    ['02838221234', '02838223344'],
    ['1022', '101'],
    ['0912345678', '02471022022'],
    ['493055571600', '02471022022'],
  ])('an outgoing call to %s shows %s, every time it is asked', async (to, callerId) => {
    const push = recordedPush('new-call-out', { callId: `to-${to}`, to })
    for (const answer of [await pushJson(open, push), await pushJson(open, push)]) {
      expect(answer).toMatchObject({
        status: 200,
        body: { action: 'dial', caller_id: callerId, number: to },
      })
    }
  })

  test.each([
    ['a word as number', { blocked: ['nobody'], callerIds: [] }, '/blocked/0'],
    [
      'no number to show',
      { blocked: [], callerIds: [{ prefix: '028', callerId: '' }] },
      '/callerIds/0/callerId',
    ],
    [
      'a prefix with a star',
      { blocked: [], callerIds: [{ prefix: '028*', callerId: '1' }] },
      '/callerIds/0/prefix',
    ],
    ['no list', { blocked: [] }, '/callerIds'],
  ])('rules with %s are refused', async (_, rules, pointer) => {
    expect(await replaceRules(rules)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    })
  })

  test('an outgoing call that no rule is for is left alone', async () => {
    await replaceRules({ blocked: [], callerIds: [{ prefix: '024', callerId: '02471022022' }] })
    expect((await pushJson(open, recordedPush('new-call-out'))).body).toEqual({})
  })
})
