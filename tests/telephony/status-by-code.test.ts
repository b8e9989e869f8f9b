import { afterEach, beforeEach, expect, test } from 'vitest'
import { caseCode } from '#domain/case-code'
import {
  type Fields,
  type Hotline,
  startHotline,
  twilioWebhook,
} from '../support/twilio-hotline.ts'
import { hotlinePorts } from '../support/twilio-ports.ts'

const NOBODYS = caseCode('100000000')
const SOMEBODY_ELSE = '+84987654321'

let ports: ReturnType<typeof hotlinePorts>
let hotline: Hotline
let code: string
beforeEach(async () => {
  ports = hotlinePorts()
  hotline = await startHotline(ports)
  await hotline.send('recorded', twilioWebhook('message-left', { CallSid: 'CAearlier' }))
  code = [...ports.openedCases.keys()][0] ?? ''
})
afterEach(async () => hotline.close())

const typed = (Digits: string, fields: Fields = {}, tries = 0) =>
  hotline.send(
    `case-code?lang=vi&tries=${tries}`,
    twilioWebhook('menu-key', { Digits, CallSid: 'CAasks', ...fields }),
  )
const pin = (Digits: string, fields: Fields = {}, tries = 0) =>
  hotline.send(
    `case-pin?lang=vi&tries=${tries}&code=${code}`,
    twilioWebhook('menu-key', { Digits, CallSid: 'CAasks', From: SOMEBODY_ELSE, ...fields }),
  )
const callOf = (ref: string) => ports.calls.findCall(`twilio:${ref}`)

test('the number that filed a case hears its status and dates, and nothing else', async () => {
  const answer = await typed(code)
  expect(answer.text).toContain('đang ở tình trạng: Đang phân loại, từ ngày 23 tháng 11 năm 2026')
  expect(answer.text).toMatch(/Hạn trả lời là ngày \d+ tháng \d+/)
  expect(answer.text).toContain('<Hangup')
  expect(answer.text).not.toMatch(/912345678|lời nhắn thoại|PIN/)
  expect((await callOf('CAasks'))?.ivrPath).toContain('status:heard')
  await hotline.send('status', twilioWebhook('call-completed', { CallSid: 'CAasks' }))
  expect((await callOf('CAasks'))?.endedAs).toBe('self_service')
})

test.each([SOMEBODY_ELSE, '+266696687'])('another number (%s) needs the PIN', async (From) => {
  const asked = await typed(code, { From })
  expect(asked.text).toMatch(/<Gather[^>]*numDigits="6"/)
  expect(asked.text).not.toContain('tình trạng')
  const told = await pin(ports.secrets.pinFor(code), { From })
  expect(told.text).toContain('Đang phân loại')
})

test('a code that is nobody’s sounds like one that is somebody else’s', async () => {
  const words = (text: string) => text.replace(/code=\d+/g, 'code=…')
  const unknown = await typed(NOBODYS, { From: SOMEBODY_ELSE })
  expect(words(unknown.text)).toBe(words((await typed(code, { From: SOMEBODY_ELSE })).text))
})

test('a typing error is noticed at once, and the third wrong answer ends in a message', async () => {
  const mistyped = `${code.slice(0, 9)}${(Number(code.at(-1)) + 1) % 10}`
  const first = await typed(mistyped)
  expect(first.text).toMatch(/chưa đúng[^]*mười chữ số/)
  expect(first.text).toContain('tries=1')
  const second = await pin('000000', {}, 1)
  expect(second.text).toContain('tries=2')
  const third = await hotline.send(
    'case-code?lang=vi&tries=2',
    twilioWebhook('menu-silence', { CallSid: 'CAasks' }),
  )
  expect(third.text).toMatch(/sai nhiều lần[^]*<Record/)
  // The menu gives no new tries to the same call.
  const again = await hotline.send(
    'menu',
    twilioWebhook('menu-key', { Digits: '2', CallSid: 'CAasks' }),
  )
  expect(again.text).toMatch(/sai nhiều lần[^]*<Record/)
})

test('a repeated webhook is one try, not two', async () => {
  for (let repeat = 0; repeat < 5; repeat++) await typed('1234')
  const again = await hotline.send(
    'menu',
    twilioWebhook('menu-key', { Digits: '2', CallSid: 'CAasks' }),
  )
  expect(again.text).toContain('tries=1')
})

test('the PIN of a case cannot be guessed from many numbers, nor cases from one number', async () => {
  for (let index = 0; index < 10; index++) {
    await pin('000000', { From: `+8498765430${index}`, CallSid: `CAguess${index}` })
  }
  const right = await pin(ports.secrets.pinFor(code), { CallSid: 'CAlast' })
  expect(right.text).toContain('sai nhiều lần')
  for (let index = 0; index < 20; index++) {
    await typed(NOBODYS, { From: '+84911111111', CallSid: `CAmany${index}` })
  }
  const next = await typed(NOBODYS, { From: '+84911111111', CallSid: 'CAmore' })
  expect(next.text).toContain('sai nhiều lần')
})

test('those who know their PIN may ask all day', async () => {
  for (let index = 0; index < 25; index++) {
    await typed(code, { From: SOMEBODY_ELSE, CallSid: `CAday${index}` })
    const told = await pin(ports.secrets.pinFor(code), { CallSid: `CAday${index}` })
    expect(told.text).toContain('Đang phân loại')
  }
})
