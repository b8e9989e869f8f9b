import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CaseView } from '#contracts/cases'
import { request, sendReport, signInAs } from '../support/test-server.ts'
import { fileUnfiledMessages } from '#use-cases/receive-message'
import { reportMessages } from '#use-cases/send-messages'
import { aPhone, aSid, eventually, type SmsCity, startSmsCity } from '../support/sms.ts'
import type { TakenMessage } from '../support/twilio-rest.ts'
import { PUBLIC_URL, sendWebhook, twilioWebhook } from '../support/twilio-hotline.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const STEP_MS = 50

let city: SmsCity
beforeAll(async () => {
  city = await startSmsCity()
})
beforeEach(() => {
  city.server.setTime(new Date())
})
afterAll(async () => {
  expect(city.server.unexpected).toEqual([])
  await city.end()
})

/** A case that came by the web, so that no receipt goes out before what the test sends. */
async function aCaseWithNumber(): Promise<{ phone: string; code: string }> {
  const phone = aPhone()
  const { code } = await sendReport(city.server, { contact: { phone } })
  return { phone, code }
}

async function write(code: string, text: string, headers = city.agent) {
  const { version } = await city.view(code)
  const path = `/api/cases/${code}/messages`
  return request(city.server, 'POST', path, { headers, body: { version, text } })
}

const takenBy = (phone: string) => city.rest.taken.filter(({ to }) => to === phone)
async function firstTaken(phone: string): Promise<TakenMessage> {
  const [first] = await eventually(
    () => takenBy(phone),
    (taken) => taken.length > 0,
  )
  if (first === undefined) throw new Error('nothing taken')
  return first
}

/** The clock goes on by a minute every moment, as a provider that is asked again later sees it. */
function whileTimePasses(): { stop(): void } {
  let at = Date.now()
  const timer = setInterval(() => {
    city.server.setTime(new Date((at += MINUTE_MS)))
  }, STEP_MS)
  return {
    stop: () => {
      clearInterval(timer)
    },
  }
}

const stateOf = ({ timeline }: CaseView) =>
  timeline.findLast(({ type }) => type === 'case:messaged')?.message
const untilState = async (code: string, state: string) =>
  eventually(
    async () => stateOf(await city.view(code)),
    (message) => message?.state === state,
  )

test('an agent’s message goes out and its delivery is seen on the case', async () => {
  const { phone, code } = await aCaseWithNumber()
  expect((await city.view(code)).messaging).toBe('ready')
  const answer = await write(code, 'Xin cho biết số cột đèn ạ')
  expect(answer.status).toBe(201)
  const { sid, body, statusCallback } = await firstTaken(phone)
  expect(body).toBe('Xin cho biết số cột đèn ạ')
  expect(statusCallback).toMatch(`${PUBLIC_URL}/telephony/twilio/sms-status?message=staff-`)
  await untilState(code, 'sending')
  for (const status of ['sent', 'delivered', 'sent', 'queued']) {
    expect(await city.tell(sid, status)).toBe(204)
  }
  expect(stateOf(await city.view(code))).toEqual({
    direction: 'outbound',
    state: 'delivered',
    errorCode: null,
  })
  // The same agent goes on with the case as it was seen: what the system noted is nobody's work.
  const { version } = answer.body as CaseView
  const note = await request(city.server, 'POST', `/api/cases/${code}/note`, {
    headers: city.agent,
    body: { version, text: 'đã nhắn' },
  })
  expect(note.status).toBe(200)
})

test('an answer to an agent’s message joins the case, also one that came by the web', async () => {
  const { phone, code } = await aCaseWithNumber()
  await write(code, 'Xin cho biết số cột đèn ạ')
  await city.text(phone, 'Cột số 7')
  const { timeline } = await city.view(code)
  expect(timeline.at(-1)).toMatchObject({ type: expect.stringMatching('case:') as string })
  expect(timeline.find(({ type }) => type === 'case:supplemented')?.text).toBe('Cột số 7')
  expect(await city.casesOf(phone)).toHaveLength(1)
})

const failed = [
  ['sent', undefined],
  ['undelivered', '30003'],
  ['undelivered', undefined],
] as const
test('whatever the order, a failure keeps its code and the state never goes back', async () => {
  await Promise.all(
    permutationsOf(failed).map(async (order) => {
      const { phone, code } = await aCaseWithNumber()
      await write(code, 'Xin chào')
      const { sid } = await firstTaken(phone)
      for (const [status, errorCode] of [...order, ...order])
        await city.tell(sid, status, errorCode)
      expect(stateOf(await city.view(code)), JSON.stringify(order)).toEqual({
        direction: 'outbound',
        state: 'undelivered',
        errorCode: '30003',
      })
    }),
  )
})

test('a word about a message that is here before the provider’s answer is not lost', async () => {
  const { phone, code } = await aCaseWithNumber()
  city.rest.answerNext('lose-answer')
  await write(code, 'Xin chào')
  const { sid } = await firstTaken(phone)
  await city.tell(sid, 'delivered')
  await untilState(code, 'delivered')
  city.server.setTime(new Date(Date.now() + HOUR_MS))
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  expect(takenBy(phone)).toHaveLength(1)
})

test('what the provider took, though its answer was lost, is not sent twice', async () => {
  const { phone, code } = await aCaseWithNumber()
  city.rest.answerNext('lose-answer')
  await write(code, 'Chỉ một lần thôi')
  await firstTaken(phone)
  const passing = whileTimePasses()
  await untilState(code, 'sending')
  passing.stop()
  expect(takenBy(phone)).toHaveLength(1)
})

test('a provider that is busy is asked again later, one that refuses is not', async () => {
  const busy = await aCaseWithNumber()
  city.rest.answerNext({ status: 503, code: 20_503 }, { status: 429, code: 20_429 })
  const before = city.rest.attemptCount()
  await write(busy.code, 'Lần thứ ba được')
  await eventually(
    () => city.rest.attemptCount(),
    (count) => count === before + 1,
  )
  expect(stateOf(await city.view(busy.code))).toMatchObject({ state: 'queued', errorCode: null })
  const passing = whileTimePasses()
  await firstTaken(busy.phone)
  passing.stop()
  expect(city.rest.attemptCount()).toBe(before + 3)

  const refused = await aCaseWithNumber()
  city.rest.answerNext({ status: 400, code: 21_211 })
  await write(refused.code, 'Không bao giờ được')
  expect(await untilState(refused.code, 'failed')).toMatchObject({ errorCode: '21211' })
  expect(takenBy(refused.phone)).toEqual([])
})

test('a number that told the provider STOP is not written to again', async () => {
  const { code } = await aCaseWithNumber()
  city.rest.answerNext({ status: 400, code: 21_610 })
  await write(code, 'Xin chào')
  await untilState(code, 'failed')
  expect(await write(code, 'Xin chào lần nữa')).toMatchObject({ status: 409 })
})

test('who refuses messages while one waits is not sent it', async () => {
  const { phone, code } = await aCaseWithNumber()
  const before = city.rest.attemptCount()
  city.rest.answerNext({ status: 503, code: 20_503 })
  await write(code, 'Chậm mất rồi')
  await eventually(
    () => city.rest.attemptCount(),
    (count) => count === before + 1,
  )
  await city.text(phone, 'HUY')
  const passing = whileTimePasses()
  expect(await untilState(code, 'failed')).toMatchObject({ errorCode: 'opted-out' })
  passing.stop()
  expect(takenBy(phone)).toEqual([])
})

test('a message is written once however often the button is pressed', async () => {
  const { phone, code } = await aCaseWithNumber()
  const { version } = await city.view(code)
  const options = { headers: city.agent, body: { version, text: 'Xin chào' } }
  const answers = await Promise.all(
    [1, 2, 3].map(async () => request(city.server, 'POST', `/api/cases/${code}/messages`, options)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  await firstTaken(phone)
  expect(takenBy(phone)).toHaveLength(1)
})

test('POST /api/cases/:code/messages is for people of the centre, with words, for a case with a number', async () => {
  const { code } = await aCaseWithNumber()
  const officer = (await signInAs(city.server, 'officer', 'ubnd-xa@26743')).headers
  const seen = await request(city.server, 'GET', `/api/cases/${code}`, { headers: officer })
  expect(seen).toMatchObject({ status: 200, body: { messaging: null } })
  expect((await write(code, 'Xin chào', officer)).status).toBe(403)
  expect((await write(code, 'Xin chào', {})).status).toBe(401)
  for (const text of ['', ' ', 'x'.repeat(1_601), 'a\u0000']) {
    expect((await write(code, text)).status).toBe(400)
  }
  const numberless = await sendReport(city.server, { contact: { name: 'Mai' } })
  expect((await city.view(numberless.code)).messaging).toBe('no-number')
  expect((await write(numberless.code, 'Xin chào')).status).toBe(409)

  await write(code, 'Bà Mai ơi, số 0987 654 321 gọi không được')
  const masked = await request(city.server, 'GET', `/api/cases/${code}`, { headers: officer })
  expect(JSON.stringify(masked.body)).not.toContain('0987 654 321')
})

test('a case that came by text is told when it is answered', async () => {
  const phone = aPhone()
  const place = 'Đèn đường hẻm 42 Nguyễn Trãi, phường Bến Thành, TPHCM hỏng'
  await city.text(phone, place)
  const [opened] = await city.casesOf(phone)
  const code = opened?.code ?? ''
  const officer = (await signInAs(city.server, 'officer', 'ubnd-xa@26743')).headers
  const approver = (await signInAs(city.server, 'approver', 'ubnd-xa@26743')).headers
  const act = async (action: string, headers: Record<string, string>, body: object = {}) => {
    const { version } = await city.view(code)
    const path = `/api/cases/${code}/${action}`
    const answer = await request(city.server, 'POST', path, { headers, body: { version, ...body } })
    if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`)
  }
  if (opened?.agency?.id !== 'ubnd-xa@26743') {
    await act('route', city.agent, { agencyId: 'ubnd-xa@26743', reason: 'đúng địa bàn' })
  }
  await act('accept', officer)
  await act('draft', officer, { text: 'Đã thay bóng đèn.' })
  await act('submit', officer)
  await act('approve', approver)
  const taken = await eventually(
    () => takenBy(phone),
    (messages) => messages.length === 2,
  )
  expect(taken[1]?.body).toContain(`${PUBLIC_URL}/cases/${code}`)
  expect(taken[1]?.body).not.toContain('bóng đèn')
})

test('a progress webhook about no message of ours answers 2xx, about none at all 400', async () => {
  const unknown = twilioWebhook('sms-delivered')
  const send = async (fields: Parameters<typeof sendWebhook>[3]) =>
    (await sendWebhook(city.server.url, PUBLIC_URL, 'sms-status', fields)).status
  expect(await send(unknown)).toBe(204)
  expect(await send({ ...unknown, MessageStatus: 'teleported', SmsStatus: '' })).toBe(204)
  expect(await send({ MessageStatus: 'sent' })).toBe(400)
})

test('what a crash left half done is done once, and once only', async () => {
  const { log } = city.server.ports.messages
  const phone = aPhone()
  const at = city.server.ports.now()
  // Kept by a webhook that was killed before it made anything of it, and sent again by Twilio.
  const kept = { id: aSid(), from: phone, text: 'Rác tràn lề đường Lê Lợi', mediaCount: 0, at }
  await log.addReceived({ ...kept, answeredOrder: null })
  city.server.setTime(new Date(at.getTime() + HOUR_MS))
  await Promise.all([
    fileUnfiledMessages(city.server.ports),
    city.text(phone, kept.text, { MessageSid: kept.id }),
  ])
  await fileUnfiledMessages(city.server.ports)
  expect(await city.casesOf(phone)).toHaveLength(1)

  // Known to be delivered, but killed before the case was told.
  const { code } = await aCaseWithNumber()
  await write(code, 'Xin chào')
  await untilState(code, 'sending')
  const id = (await city.server.ports.cases.findByCode(code))?.messages?.[0]?.id ?? ''
  const known = await log.find(id)
  if (known === null) throw new Error('not kept')
  expect(await log.replace(known, { ...known, state: 'delivered' })).toBe(true)
  await reportMessages(city.server.ports)
  await reportMessages(city.server.ports)
  const { timeline } = await city.view(code)
  const reports = timeline.filter(({ type }) => type === 'case:message-reported')
  expect(reports.map(({ to }) => to)).toEqual(['sending', 'delivered'])
})

function permutationsOf<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) =>
    permutationsOf(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  )
}
