import { afterEach, expect, test } from 'vitest'
import { type Hotline, PUBLIC_URL, startHotline, twilioWebhook } from '../support/twilio-hotline.ts'
import { hotlinePorts, NOW } from '../support/twilio-ports.ts'
import { verbsOf } from '../support/twilio-twiml.ts'

let hotline: Hotline
afterEach(async () => hotline.close())

test('POST /telephony/twilio/voice greets in Vietnamese and English, then asks what to do', async () => {
  hotline = await startHotline(hotlinePorts())
  const answer = await hotline.send('voice', twilioWebhook('call-incoming'))
  expect(answer).toMatchObject({ status: 200, mediaType: 'text/xml' })
  const [gather, otherwise, ...more] = verbsOf(answer.text)
  expect(gather).toMatchObject({
    verb: 'Gather',
    attributes: {
      input: 'dtmf speech',
      language: 'vi-VN',
      numDigits: '1',
      actionOnEmptyResult: 'false',
      method: 'POST',
      action: expect.stringContaining(`${PUBLIC_URL}/telephony/twilio/menu?`) as string,
    },
  })
  expect(gather?.children.map(({ attributes }) => attributes)).toMatchObject([
    { language: 'vi-VN', voice: 'Google.vi-VN-Neural2-A' },
    { language: 'en-US' },
    { language: 'en-US' },
    { language: 'vi-VN' },
  ])
  expect(gather?.text).toMatch(/For English, press 9.*Để lại phản ánh, xin bấm phím 1/)
  // Where nobody answers, the same door hears of the silence.
  expect(otherwise).toMatchObject({ verb: 'Redirect', text: gather?.attributes['action'] })
  expect(more).toEqual([])
})

test('the greeting names the emergency numbers; the recording is announced before the beep', async () => {
  hotline = await startHotline(hotlinePorts())
  const greeted = await hotline.send('voice', twilioWebhook('call-incoming'))
  expect(greeted.text).toMatch(/một một ba[^]*one one three/)
  const answer = await hotline.send('menu', twilioWebhook('call-incoming', { Digits: '1' }))
  const [consent, record, ...otherwise] = verbsOf(answer.text)
  expect(consent?.text).toMatch(/ghi âm.*đồng ý.*tiếng bíp/)
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
  expect(otherwise.map(({ verb }) => verb)).toEqual(['Say', 'Hangup'])
  const english = await hotline.send(
    'menu?lang=en&tries=0',
    twilioWebhook('call-incoming', { Digits: '1' }),
  )
  expect(english.text).toMatch(/recorded.*agree.*beep/)
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
