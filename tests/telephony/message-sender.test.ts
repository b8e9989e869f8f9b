import { afterAll, beforeAll, expect, test } from 'vitest'
import { messageSender } from '#telephony/message-sender'
import { twilioRestClient } from '#telephony/twilio/rest-client'
import { MessageRefused } from '#use-cases/ports/messages'
import { request, sendReport } from '../support/test-server.ts'
import { aPhone, startSmsCity } from '../support/sms.ts'
import { startTwilioRest, type TwilioRest } from '../support/twilio-rest.ts'

const ACCOUNT = {
  accountSid: 'AC0123456789abcdef0123456789abcdef',
  authToken: 'a token',
  apiKey: { sid: 'SK1', secret: 'a secret' },
}
const MESSAGE = { id: 'staff-1', to: '+84912345678', text: 'Xin chào' }

let rest: TwilioRest
beforeAll(async () => {
  rest = await startTwilioRest()
})
afterAll(async () => rest.close())

const aSender = (messagingFrom: string | null) =>
  messageSender({ ...ACCOUNT, apiBase: rest.url, messagingFrom }, 'https://hotline.example.vn/')

test('a messaging service sends with the API key, and asks to be told at our address', async () => {
  const service = `MG${'0'.repeat(32)}`
  const sid = await aSender(service)?.send(MESSAGE)
  expect(rest.taken.at(-1)).toMatchObject({
    sid,
    from: service,
    authorization: `Basic ${Buffer.from('SK1:a secret').toString('base64')}`,
    statusCallback:
      'https://hotline.example.vn/telephony/twilio/sms-status?message=staff-1#rc=3&rp=5xx,ct,rt',
  })
})

test.each([
  [{ status: 400, code: 21_211 }, true],
  [{ status: 400, code: 21_610 }, true],
  [{ status: 429, code: 20_429 }, false],
  [{ status: 401, code: 20_003 }, false],
  [{ status: 500, code: 20_500 }, false],
  ['lose-answer', false],
] as const)('%j is the last word: %s', async (answer, isRefused) => {
  rest.answerNext(answer)
  const failure = await aSender('HOIAM')
    ?.send(MESSAGE)
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Error)
  expect(failure instanceof MessageRefused).toBe(isRefused)
})

test('a provider that never answers is waited for as long as told', async () => {
  rest.answerNext('never-answer')
  const client = await twilioRestClient({ ...ACCOUNT, apiBase: rest.url }, 100)
  await expect(
    client.messages.create({ to: '+84912345678', body: 'x', from: 'X' }),
  ).rejects.toThrow(/timeout/)
})

test('with another base, no other host of Twilio is ever asked', async () => {
  const client = await twilioRestClient({ ...ACCOUNT, apiBase: rest.url })
  await expect(client.video.v1.rooms.list()).rejects.toThrow(/does not stand for video.twilio.com/)
})

test('without a sender nothing is sent, and whoever would write is told so', async () => {
  expect(aSender(null)).toBeNull()
  const city = await startSmsCity({ isSending: false })
  const phone = aPhone()
  expect((await city.text(phone, 'Đèn đường hẻm 42 Nguyễn Trãi hỏng')).status).toBe(200)
  expect((await city.text(phone, 'TRANGTHAI')).status).toBe(200)
  expect(await city.casesOf(phone)).toHaveLength(1)
  const { code } = await sendReport(city.server, { contact: { phone: aPhone() } })
  const view = await city.view(code)
  expect(view.messaging).toBe('no-sender')
  const answer = await request(city.server, 'POST', `/api/cases/${code}/messages`, {
    headers: city.agent,
    body: { version: view.version, text: 'Xin chào' },
  })
  expect(answer).toMatchObject({ status: 409, body: { code: 'not-allowed-now' } })
  expect(city.rest.attemptCount()).toBe(0)
  expect(city.server.unexpected).toEqual([])
  await city.end()
})
