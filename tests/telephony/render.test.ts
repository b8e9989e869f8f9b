import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_HOTLINE } from '#domain/hotline-settings'
import { receiptPlan } from '#telephony/call-plans'
import { renderTwiml } from '#telephony/twilio/render'
import type { CallPlan } from '#telephony/provider'
import { verbsOf } from '../support/twilio-twiml.ts'

const DOORS_URL = 'https://hotline.example.vn/telephony/twilio'

test.each([
  ['markup', '</Say><Hangup/><Say>', '</Say><Hangup/><Say>'],
  ['an ampersand and quotes', `Trần & "Con" 'Cty'`, `Trần & "Con" 'Cty'`],
  ['the end of a CDATA section', ']]>', ']]>'],
  ['control characters', 'a\u0000b\u0007c\u001bd', 'abcd'],
  ['lone surrogates', 'a\ud800b\udfffc', 'abc'],
  ['an emoji and Vietnamese', 'Đường hỏng 🚧', 'Đường hỏng 🚧'],
])('%s in what is said stays text', (_, text, said) => {
  const twiml = renderTwiml([{ type: 'say', lang: 'vi', text }], DOORS_URL)
  expect(verbsOf(twiml)).toMatchObject([{ verb: 'Say', text: said }])
})

test('a public address with an ampersand stays one attribute', () => {
  const plan = [{ type: 'record', maxSeconds: 180, silenceSeconds: 8 }] as const
  const [record] = verbsOf(renderTwiml(plan, 'https://example.vn/a&b"c'))
  expect(record?.attributes['action']).toMatch(/^https:\/\/example\.vn\/a&b"c\/recorded#/)
})

test('a case without a deadline is told without one', () => {
  const twiml = renderTwiml(
    receiptPlan(DEFAULT_HOTLINE, 'vi', { code: '2611048273', dueAt: null }, null),
    DOORS_URL,
  )
  expect(twiml).not.toMatch(/Hạn trả lời|undefined|NaN/)
  expect(twiml).toContain('hai, sáu, một, một, không, bốn, tám, hai, bảy, ba')
  expect(twiml).toContain('two, six, one, one, zero, four, eight, two, seven, three')
})

test('the day of the answer is the day in Vietnam', () => {
  const dueAt = new Date('2026-12-31T17:30:00Z')
  const twiml = renderTwiml(
    receiptPlan(DEFAULT_HOTLINE, 'vi', { code: '2611048273', dueAt }, null),
    DOORS_URL,
  )
  expect(twiml).toContain('ngày 1 tháng 1 năm 2027')
})

test('nothing that is said, played, hinted or carried on is ever markup', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('</Say><Dial>1</Dial>', ']]>', '<!--', '&#0;', '"><x y="', '\u0000\ud800'),
  )
  fc.assert(
    fc.property(anyText, anyText, (text, other) => {
      const plan: CallPlan = [
        { type: 'say', lang: 'vi', text },
        { type: 'play', url: text },
        {
          type: 'gather',
          lang: 'en',
          door: 'menu',
          query: { lang: text },
          prompts: [{ type: 'say', lang: 'en', text: other }],
          digits: null,
          isSpeechHeard: true,
          hints: [text, other],
          silenceSeconds: 5,
        },
        { type: 'join-conference', callRef: other, isCaller: true },
        { type: 'go-to', door: 'wait', query: { lang: other } },
      ]
      const twiml = renderTwiml(plan, DOORS_URL)
      expect(twiml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
      // Every tag is one that the plan asked for, in this order.
      const tags = [...twiml.matchAll(/<([A-Za-z]+)/g)].map(([, tag]) => tag)
      expect(tags.join(' ')).toBe('Response Say Play Gather Say Dial Conference Redirect')
    }),
    { numRuns: 300 },
  )
})

test('each step is the verb that carries it out', () => {
  const plan: CallPlan = [
    { type: 'pause', seconds: 2 },
    { type: 'play', url: null },
    { type: 'transcribe', lang: 'en' },
    { type: 'wait-in-queue' },
    { type: 'leave-queue' },
    { type: 'join-conference', callRef: 'CA1', isCaller: true },
    { type: 'go-to', door: 'menu', query: { lang: 'vi' } },
    { type: 'hang-up' },
  ]
  const verbs = verbsOf(renderTwiml(plan, DOORS_URL))
  expect(verbs.map(({ verb }) => verb)).toEqual([
    'Pause',
    'Play',
    'Start',
    'Enqueue',
    'Leave',
    'Dial',
    'Redirect',
    'Hangup',
  ])
  expect(verbs[1]?.text).toBe(`${DOORS_URL}/waiting-music.wav`)
  expect(verbs[2]?.children[0]?.attributes).toMatchObject({
    languageCode: 'en-US',
    track: 'both_tracks',
    statusCallbackUrl: expect.stringContaining(`${DOORS_URL}/transcript#`) as string,
  })
  const [conference] = verbs[5]?.children ?? []
  expect(verbs[5]?.attributes['action']).toContain('/left-conference#')
  expect(conference).toMatchObject({
    verb: 'Conference',
    text: 'call-CA1',
    attributes: {
      startConferenceOnEnter: 'true',
      endConferenceOnExit: 'false',
      waitUrl: '',
      statusCallbackEvent: 'start end join leave mute hold',
      statusCallback: expect.stringContaining('/conference#') as string,
    },
  })
  expect(verbs[6]).toMatchObject({
    text: expect.stringContaining('/menu?lang=vi#') as string,
    attributes: { method: 'POST' },
  })
})

test('any number of digits is ended by a hash alone', () => {
  const question = {
    type: 'gather',
    lang: 'vi',
    door: 'case-code',
    prompts: [{ type: 'pause', seconds: 1 }],
    digits: null,
    isSpeechHeard: false,
    silenceSeconds: 9,
  } as const
  const [gather] = verbsOf(renderTwiml([question], DOORS_URL))
  expect(gather?.attributes).toMatchObject({ finishOnKey: '#', timeout: '9', input: 'dtmf' })
  expect(gather?.attributes).not.toHaveProperty('numDigits')
  expect(gather?.children[0]?.verb).toBe('Pause')
})
