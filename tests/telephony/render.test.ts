import { expect, test } from 'vitest'
import { DEFAULT_HOTLINE } from '#domain/hotline-settings'
import { receiptPlan } from '#telephony/call-plans'
import { renderTwiml } from '#telephony/twilio/render'
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
