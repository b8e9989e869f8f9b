import { request as httpRequest } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { TWILIO_DOORS } from '#telephony/twilio-doors'
import {
  formOf,
  type Hotline,
  PUBLIC_URL,
  signatureFor,
  signedPost,
  startHotline,
  twilioWebhook,
} from '../support/twilio-hotline.ts'
import { hotlinePorts } from '../support/twilio-ports.ts'

const DOORS = [...TWILIO_DOORS.map(({ name }) => name), 'sms', 'sms-status'] as const
const incoming = twilioWebhook('call-incoming')

let hotline: Hotline
afterEach(async () => hotline.close())

/** Nothing of a refused webhook may have been kept. */
async function expectNothingKept(ports: ReturnType<typeof hotlinePorts>): Promise<void> {
  expect((await ports.calls.list(null, 10)).items).toEqual([])
  expect(ports.openedCases.size).toBe(0)
}

test.each([...DOORS, '', 'unheard-of', 'voice/extra', 'menu?lang=vi&tries=0'])(
  'POST /telephony/twilio/%s without a signature, or with a wrong one, is 403',
  async (door) => {
    const ports = hotlinePorts()
    hotline = await startHotline(ports)
    const path = `/telephony/twilio/${door}`
    const body = formOf(incoming)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const wrong = [
      { method: 'POST', headers: form, body },
      signedPost('', body),
      signedPost('not base64 at all', body),
      signedPost(signatureFor(PUBLIC_URL + path, incoming, 'another token'), body),
      signedPost(signatureFor(`${PUBLIC_URL}${path}&x=1`, incoming), body),
      signedPost(signatureFor(PUBLIC_URL + path, { ...incoming, From: '+84900000000' }), body),
      signedPost(signatureFor('http://127.0.0.1' + path, incoming), body),
    ]
    for (const init of wrong) {
      expect((await hotline.request(path, init)).status).toBe(403)
    }
    await expectNothingKept(ports)
  },
)

test.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
  '%s of a webhook is 403 unsigned and 405 signed',
  async (method) => {
    hotline = await startHotline(hotlinePorts())
    const path = '/telephony/twilio/voice'
    expect((await hotline.request(path, { method })).status).toBe(403)
    const signature = signatureFor(PUBLIC_URL + path, {})
    const answer = await hotline.request(path, {
      method,
      headers: { 'x-twilio-signature': signature },
    })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('POST')
  },
)

test('a signed webhook to an address that we do not have is 404', async () => {
  hotline = await startHotline(hotlinePorts())
  expect((await hotline.send('unheard-of', incoming)).status).toBe(404)
})

test.each([
  ['one megabyte', 'application/x-www-form-urlencoded', 'a='.padEnd(1_000_000, 'x')],
  ['JSON', 'application/json', JSON.stringify(incoming)],
  ['broken percent-encoding', 'application/x-www-form-urlencoded', 'CallSid=%ZZ'],
  ['an unknown charset', 'application/x-www-form-urlencoded; charset=martian', formOf(incoming)],
  ['no type', '', formOf(incoming)],
])('an unsigned body of %s is 403 too', async (_, type, body) => {
  hotline = await startHotline(hotlinePorts())
  for (const door of DOORS) {
    const init = { method: 'POST', headers: { 'content-type': type }, body }
    expect((await hotline.request(`/telephony/twilio/${door}`, init)).status).toBe(403)
  }
})

test.each(['gzip', 'br', 'nonsense'])(
  'a body said to be %s but broken is 403',
  async (encoding) => {
    hotline = await startHotline(hotlinePorts())
    const body = encoding === 'br' ? gzipSync(formOf(incoming)) : formOf(incoming)
    const init = { method: 'POST', headers: { 'content-encoding': encoding }, body }
    expect((await hotline.request('/telephony/twilio/voice', init)).status).toBe(403)
  },
)

test('every webhook is 403 where no telephone company is set up, and the log says so once', async () => {
  hotline = await startHotline(hotlinePorts(), { isConfigured: false })
  for (const door of DOORS) expect((await hotline.send(door, incoming)).status).toBe(403)
  expect(hotline.logged).toEqual([expect.stringMatching(/no Twilio auth token/)])
})

test.each([
  'https://hotline.example.vn',
  'https://hotline.example.vn/',
  'https://hotline.example.vn:8443',
  'https://example.vn/hoi-am',
  'https://example.vn:8443/hoi-am/',
  'http://192.0.2.7:3000',
])('a signature for the public address %s holds behind a proxy', async (publicUrl) => {
  hotline = await startHotline(hotlinePorts(), { publicUrl })
  const answer = await hotline.send('voice', incoming)
  expect(answer.status).toBe(200)
  expect(answer.text).toContain(
    `action="${publicUrl.replace(/\/$/, '')}/telephony/twilio/menu?lang=vi&amp;tries=0#`,
  )
})

test('what a request says about its own host and protocol changes nothing', async () => {
  hotline = await startHotline(hotlinePorts())
  const path = '/telephony/twilio/voice'
  const init = signedPost(signatureFor(`https://evil.example${path}`, incoming), formOf(incoming))
  const headers = {
    ...init.headers,
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
  }
  expect((await hotline.request(path, { ...init, headers })).status).toBe(403)
})

test('a request for a whole URL instead of a path is 403', async () => {
  const publicUrl = 'https://hotline.example.vn:8443'
  hotline = await startHotline(hotlinePorts(), { publicUrl })
  const target = 'http://hotline.example.vn/telephony/twilio/voice'
  const body = formOf(incoming)
  const { headers } = signedPost(signatureFor(target, incoming), body)
  const status = await new Promise((resolve, reject) => {
    const sent = httpRequest({ port: hotline.port, method: 'POST', path: target, headers })
    sent.on('response', (response) => resolve(response.resume().statusCode))
    sent.on('error', reject).end(body)
  })
  expect(status).toBe(403)
})

test('a query is part of what is signed', async () => {
  hotline = await startHotline(hotlinePorts())
  const path = "/telephony/twilio/voice?note=it's%20a%20test"
  const init = signedPost(signatureFor(PUBLIC_URL + path, incoming), formOf(incoming))
  expect((await hotline.request(path, init)).status).toBe(200)
  expect((await hotline.request(`${path}2`, init)).status).toBe(403)
})

test('fields that come twice, look odd or are new are signed like any other', async () => {
  hotline = await startHotline(hotlinePorts())
  const fields = {
    ...incoming,
    StatusCallbackEvent: ['initiated', 'answered'],
    __proto__polluted: 'no',
    'a[b]': '[c]',
    CallerName: '  Nguyễn & "Con" <b>  ',
    Empty: '',
  }
  expect((await hotline.send('voice', fields)).status).toBe(200)
})
