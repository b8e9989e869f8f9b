import { afterEach, expect, test } from 'vitest'
import { type Hotline, PUBLIC_URL, startHotline, twilioWebhook } from '../support/twilio-hotline.ts'
import { hotlinePorts, NOW } from '../support/twilio-ports.ts'
import { verbsOf } from '../support/twilio-twiml.ts'

let hotline: Hotline
afterEach(async () => hotline.close())

test('POST /telephony/twilio/voice greets in Vietnamese and English, then takes a message', async () => {
  hotline = await startHotline(hotlinePorts())
  const answer = await hotline.send('voice', twilioWebhook('call-incoming'))
  expect(answer).toMatchObject({ status: 200, mediaType: 'text/xml' })
  const [vietnamese, english, record, ...otherwise] = verbsOf(answer.text)
  expect(vietnamese).toMatchObject({
    verb: 'Say',
    attributes: { language: 'vi-VN', voice: 'Google.vi-VN-Neural2-A' },
  })
  expect(english).toMatchObject({ verb: 'Say', attributes: { language: 'en-US' } })
  expect(record).toMatchObject({
    verb: 'Record',
    attributes: {
      maxLength: '180',
      finishOnKey: '#',
      playBeep: 'true',
      action: expect.stringContaining(`${PUBLIC_URL}/telephony/twilio/recorded`) as string,
      recordingStatusCallback: expect.stringContaining(
        `${PUBLIC_URL}/telephony/twilio/recording-status`,
      ) as string,
    },
  })
  // Where nobody speaks, Twilio goes on with the verbs after Record.
  expect(otherwise.map(({ verb }) => verb)).toEqual(['Say', 'Say', 'Hangup'])
})

test('the greeting announces the recording and the emergency numbers before the beep', async () => {
  hotline = await startHotline(hotlinePorts())
  const answer = await hotline.send('voice', twilioWebhook('call-incoming'))
  const [vietnamese, english] = verbsOf(answer.text)
  expect(vietnamese?.text).toMatch(/một một ba.*ghi âm.*đồng ý.*tiếng bíp/)
  expect(english?.text).toMatch(/one one three.*recorded.*agree.*beep/)
})

test('an incoming call is in the call log at once', async () => {
  const ports = hotlinePorts()
  hotline = await startHotline(ports)
  await hotline.send('voice', twilioWebhook('call-incoming'))
  expect((await ports.calls.list(null, 10)).items).toMatchObject([
    {
      provider: 'twilio',
      direction: 'inbound',
      state: 'ivr',
      from: '+84912345678',
      to: '+842471022022',
      startedAt: NOW,
      endedAs: null,
      caseCode: null,
    },
  ])
})

test.each([
  '+266696687',
  'anonymous',
  'Anonymous',
  'RESTRICTED',
  '',
  'sip:anonymous@anonymous.invalid',
])('a caller whose number comes as "%s" is anonymous', async (From) => {
  const ports = hotlinePorts()
  hotline = await startHotline(ports)
  await hotline.send('voice', twilioWebhook('call-incoming', { From }))
  expect((await ports.calls.list(null, 10)).items).toMatchObject([{ from: 'anonymous' }])
})

test('a caller who gives up before speaking abandoned the call', async () => {
  const ports = hotlinePorts()
  hotline = await startHotline(ports)
  await hotline.send('voice', twilioWebhook('call-incoming'))
  await hotline.send('status', twilioWebhook('call-canceled'))
  expect((await ports.calls.list(null, 10)).items).toMatchObject([
    { state: 'ended', endedAs: 'canceled', endedAt: new Date('2026-11-23T01:00:04Z') },
  ])
  expect(ports.openedCases.size).toBe(0)
})
