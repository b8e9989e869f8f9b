import { afterEach, expect, test } from 'vitest'
import { TWILIO_DOORS } from '#telephony/twilio-doors'
import {
  type Hotline,
  PUBLIC_URL,
  signatureFor,
  signedPost,
  startHotline,
  twilioWebhook,
} from '../support/twilio-hotline.ts'
import { hotlinePorts } from '../support/twilio-ports.ts'

const DOORS = TWILIO_DOORS.map(({ name }) => name)
const FORM = 'application/x-www-form-urlencoded'

let hotline: Hotline
afterEach(async () => hotline.close())

test.each(DOORS)('POST /telephony/twilio/%s that names no call is 400', async (door) => {
  const ports = hotlinePorts()
  hotline = await startHotline(ports)
  const nameless = twilioWebhook('message-left')
  delete nameless['CallSid']
  const malformed = [
    {},
    nameless,
    { ...nameless, CallSid: '' },
    { ...nameless, CallSid: 'CA1; drop' },
    { ...nameless, CallSid: 'C'.repeat(65) },
    { ...nameless, CallSid: ['CA1', 'CA2'] },
    { ...nameless, CallSid: 'CA1', ParentCallSid: '<parent>' },
  ]
  for (const fields of malformed) expect((await hotline.send(door, fields)).status).toBe(400)
  expect((await ports.calls.list(null, 10)).items).toEqual([])
})

test.each([
  ['JSON', 'application/json', '{"CallSid":"CA1"}', { '{"CallSid":"CA1"}': '' }],
  ['a form that says it is not', 'text/plain', 'CallSid=CA1', { CallSid: 'CA1' }],
  ['a broken percent-encoding', FORM, 'CallSid=CA1&From=%ZZ', { CallSid: 'CA1', From: '%ZZ' }],
  ['broken UTF-8', FORM, 'CallSid=CA1&From=%ff', { CallSid: 'CA1', From: '\ufffd' }],
])('a signed body of %s is 400 and leaves nothing behind', async (_, type, body, fields) => {
  const ports = hotlinePorts()
  hotline = await startHotline(ports)
  for (const door of DOORS) {
    const path = `/telephony/twilio/${door}`
    const init = signedPost(signatureFor(PUBLIC_URL + path, fields), body)
    const headers = { ...init.headers, 'content-type': type }
    expect((await hotline.request(path, { ...init, headers })).status).toBe(400)
  }
  expect((await ports.calls.list(null, 10)).items).toEqual([])
})

test.each(['sms', 'sms-status'])(
  'POST /telephony/twilio/%s that names no message is 400',
  async (door) => {
    hotline = await startHotline(hotlinePorts())
    const fields = twilioWebhook('sms-received')
    for (const MessageSid of ['', 'SM1; drop', 'S'.repeat(65), ['SM1', 'SM2']]) {
      const malformed = { ...fields, MessageSid, SmsSid: '' }
      expect((await hotline.send(door, malformed)).status).toBe(400)
    }
    const path = `/telephony/twilio/${door}`
    const { headers } = signedPost(signatureFor(PUBLIC_URL + path, {}), '{}')
    const json = { ...headers, 'content-type': 'application/json' }
    const init = { method: 'POST', headers: json, body: '' }
    expect((await hotline.request(path, init)).status).toBe(400)
  },
)

test('markup and control characters in a webhook never reach the answer', async () => {
  const ports = hotlinePorts()
  hotline = await startHotline(ports)
  const nasty = '"><Say>hacked</Say><!-- \u0000\u0007 ]]>'
  const fields = twilioWebhook('message-left', { From: nasty, CallerName: nasty, Digits: nasty })
  for (const door of ['voice', 'recorded']) {
    const answer = await hotline.send(door, fields)
    expect(answer).toMatchObject({ status: 200, mediaType: 'text/xml' })
    expect(answer.text).not.toContain('hacked')
  }
  const [call] = (await ports.calls.list(null, 10)).items
  expect(call?.from).toBe('"><Say>hacked</Say><!--  ]]>')
})

test('an unknown call, an unknown status and a leg nobody mentioned answer 2xx', async () => {
  const ports = hotlinePorts()
  hotline = await startHotline(ports)
  expect((await hotline.send('status', twilioWebhook('call-status-unknown'))).status).toBe(204)
  expect((await hotline.send('status', twilioWebhook('leg-completed'))).status).toBe(204)
  expect((await hotline.send('recording-status', twilioWebhook('recording-absent'))).status).toBe(
    204,
  )
  const { items } = await ports.calls.list(null, 10)
  expect(items).toMatchObject([{ state: 'recording', endedAs: null, from: '+84912345678' }])
})
