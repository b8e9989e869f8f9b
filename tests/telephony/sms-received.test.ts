import { afterAll, beforeAll, expect, test } from 'vitest'
import { request } from '../support/test-server.ts'
import { aPhone, aSid, eventually, type SmsCity, startSmsCity } from '../support/sms.ts'
import { verbsOf } from '../support/twilio-twiml.ts'

const DAY_MS = 86_400_000
const LIGHT = 'Đèn đường hẻm 42 Nguyễn Trãi, phường Bến Thành hỏng cả tuần nay'

let city: SmsCity
beforeAll(async () => {
  city = await startSmsCity()
})
afterAll(async () => {
  expect(city.server.unexpected).toEqual([])
  await city.end()
})

const repliesTo = (phone: string) => city.rest.taken.filter(({ to }) => to === phone)
const repliesOnce = async (phone: string, count: number) =>
  eventually(
    () => repliesTo(phone),
    (replies) => replies.length >= count,
  )

test('a text message opens one case however often it is delivered, and its receipt goes out', async () => {
  const phone = aPhone()
  const sid = aSid()
  const deliveries = await Promise.all(
    Array.from({ length: 6 }, async () => city.text(phone, LIGHT, { MessageSid: sid })),
  )
  for (const { status, text } of deliveries) {
    expect(status).toBe(200)
    expect(verbsOf(text)).toEqual([])
  }
  const [opened, ...others] = await city.casesOf(phone)
  expect(others).toEqual([])
  expect(opened).toMatchObject({ channel: 'sms', lang: 'vi', text: LIGHT, consents: ['contact'] })
  expect(opened?.contact?.phone).toBe(phone)

  const [receipt] = await repliesOnce(phone, 1)
  expect(receipt?.from).toBe('+842471022022')
  expect(receipt?.body).toContain(opened?.code)
  expect(receipt?.body).toMatch(/hạn trả lời \d\d\/\d\d\/20\d\d/)
  await city.text(phone, LIGHT, { MessageSid: sid })
  expect(await city.casesOf(phone)).toHaveLength(1)
  const read = await request(city.server, 'GET', `/api/reports/${opened?.code ?? ''}`, {
    headers: { 'X-Report-Phone': phone },
  })
  expect(read.status).toBe(200)
})

test('an English report is answered in English, in the plain alphabet', async () => {
  const phone = aPhone()
  await city.text(phone, 'The street light in Nguyen Trai alley 42 has been broken for a week')
  const [receipt] = await repliesOnce(phone, 1)
  expect(receipt?.body).toMatch(/^We have received your report/)
})

test('a second message joins the open case for seven days, and then opens another', async () => {
  const phone = aPhone()
  await city.text(phone, LIGHT)
  const sid = aSid()
  for (let copy = 0; copy < 3; copy++) {
    await city.text(phone, 'Gần cột số 7, trước nhà 42/9', { MessageSid: sid })
  }
  const [joined, ...others] = await city.casesOf(phone)
  expect(others).toEqual([])
  const added = joined?.timeline.filter(({ type }) => type === 'case:supplemented')
  expect(added).toMatchObject([
    {
      text: 'Gần cột số 7, trước nhà 42/9',
      by: { kind: 'citizen' },
      message: { direction: 'inbound', state: null },
    },
  ])

  city.server.setTime(new Date(Date.now() + 8 * DAY_MS))
  await city.text(phone, 'Rác đổ tràn ra đường Lê Lợi')
  city.server.setTime(new Date())
  expect(await city.casesOf(phone)).toHaveLength(2)
})

test('two halves of one report at the same moment make one case', async () => {
  const phone = aPhone()
  await Promise.all([city.text(phone, LIGHT), city.text(phone, 'Tối om, rất nguy hiểm')])
  expect(await city.casesOf(phone)).toHaveLength(1)
})

test.each([
  ['1,600 characters', 'Nước ngập đường, '.repeat(100).slice(0, 1_600).trim()],
  [
    'emoji, half of one, and marks apart',
    '🚧 Hố ga mất nắp 😱\ud83d đường Lê Lợi'.normalize('NFD'),
  ],
  ['markup', '<Response><Message>x</Message></Response> & "rác" \'đầy\''],
  ['control characters', 'Rác\u0000 đầy\u0007 đường\r\nLê Lợi'],
])('%s is taken in', async (_, body) => {
  const phone = aPhone()
  const { status, text } = await city.text(phone, body)
  expect(status).toBe(200)
  expect(verbsOf(text)).toEqual([])
  const [opened] = await city.casesOf(phone)
  const kept = body
    .replace(/\r\n/g, '\n')
    .replace(/[\u0000-\u0008]|\p{Surrogate}/gu, '')
    .normalize('NFC')
  // A form carries no half of a character: it arrives as the sign for what is missing.
  expect(opened?.text.replaceAll('\ufffd', '')).toBe(kept)
})

test('a message of pictures alone becomes a case for a person, which says how many', async () => {
  const phone = aPhone()
  await city.text(phone, '', { NumMedia: '2', MediaUrl0: 'https://api.twilio.com/a' })
  const [opened] = await city.casesOf(phone)
  expect(opened).toMatchObject({ status: 'triage', field: 'other' })
  expect(opened?.text).toContain('2 tệp')
})

test('an empty message, and one from a name, answer 200; nothing is ever sent to a name', async () => {
  const phone = aPhone()
  expect((await city.text(phone, ' \n ')).status).toBe(200)
  expect(await city.casesOf(phone)).toEqual([])
  expect((await city.text('VIETTEL', 'Khuyến mãi 50% thẻ nạp hôm nay')).status).toBe(200)
  expect(city.rest.taken.map(({ to }) => to)).not.toContain('VIETTEL')
})

test('the status is told to the number that filed it, however it is asked for', async () => {
  const phone = aPhone()
  await city.text(phone, LIGHT)
  const [opened] = await city.casesOf(phone)
  const code = opened?.code ?? ''
  await repliesOnce(phone, 1)
  const ways = [
    `TRANGTHAI ${code}`,
    `trang thai ${code}`,
    `Trạng thái: ${code.slice(0, 4)} ${code.slice(4, 7)} ${code.slice(7)}.`,
    `trangthai${code}`,
    `STATUS ${code}`,
  ]
  await Promise.all(ways.map(async (way) => city.text(phone, way)))
  const replies = (await repliesOnce(phone, 1 + ways.length)).slice(1)
  for (const { body } of replies) {
    expect(body).toContain(code)
    expect(body).not.toContain('Nguyễn Trãi')
  }
  expect(replies.some(({ body }) => body.startsWith('Report '))).toBe(true)
  expect(await city.casesOf(phone)).toHaveLength(1)

  const other = aPhone()
  await city.text(other, `TRANGTHAI ${code}`)
  const [refused] = await repliesOnce(other, 1)
  await city.text(other, 'TRANGTHAI 1234567890')
  expect((await repliesOnce(other, 2))[1]?.body).toBe(refused?.body)
  await city.text(other, 'TRANGTHAI')
  expect((await repliesOnce(other, 3))[2]?.body).toMatch(/ví dụ: TRANGTHAI/)
  expect(await city.casesOf(other)).toEqual([])
})

test('a number is told its status ten times an hour, and a repeat of the question once', async () => {
  const phone = aPhone()
  const sid = aSid()
  for (let copy = 0; copy < 3; copy++) await city.text(phone, 'TRANGTHAI', { MessageSid: sid })
  for (let asked = 0; asked < 14; asked++) await city.text(phone, 'TRANGTHAI 2611048273')
  const kept = await city.server.ports.messages.log.countSince(phone, 'status', new Date(0))
  expect(kept).toBe(10)
})

test('a report that begins like a question for the status is a report', async () => {
  const phone = aPhone()
  await city.text(phone, 'Trạng thái mặt đường 123 Lê Lợi rất tệ, nhiều ổ gà')
  expect(await city.casesOf(phone)).toHaveLength(1)
})

test.each(['STOP', 'Hủy'])(
  '“%s” ends messages to a number until it asks for them again',
  async (word) => {
    const phone = aPhone()
    await city.text(phone, word)
    expect(await city.casesOf(phone)).toEqual([])
    await city.text(phone, LIGHT)
    const [opened] = await city.casesOf(phone)
    const asked = { version: opened?.version, text: 'Xin cho biết số nhà' }
    const path = `/api/cases/${opened?.code ?? ''}/messages`
    const refused = await request(city.server, 'POST', path, { headers: city.agent, body: asked })
    expect(refused).toMatchObject({ status: 409, body: { code: 'not-allowed-now' } })
    expect(repliesTo(phone)).toEqual([])

    await city.text(phone, 'BATLAI')
    const taken = await request(city.server, 'POST', path, { headers: city.agent, body: asked })
    expect(taken.status).toBe(201)
    expect((await repliesOnce(phone, 1))[0]?.body).toBe('Xin cho biết số nhà')
  },
)

test('what Twilio has answered is recorded and never answered again', async () => {
  const phone = aPhone()
  // Any text as answer to the webhook would be sent to the citizen as a message.
  const empty = {
    status: 200,
    mediaType: 'text/xml',
    text: expect.stringMatching(/<Response\/>$/) as string,
  }
  expect(await city.text(phone, 'STOP', { OptOutType: 'STOP' })).toMatchObject(empty)
  expect(await city.text(phone, 'HELP', { OptOutType: 'HELP' })).toMatchObject(empty)
  expect(await city.text(aPhone(), 'Đèn đường số 4 hỏng')).toMatchObject(empty)
  expect(await city.casesOf(phone)).toEqual([])
  expect(await city.server.ports.messages.log.isOptedOut(phone)).toBe(true)
  await city.text(phone, 'START', { OptOutType: 'START' })
  expect(await city.server.ports.messages.log.isOptedOut(phone)).toBe(false)
  expect(repliesTo(phone)).toEqual([])
})
