import { afterEach, describe, expect, test } from 'vitest'
import type { Call } from '#domain/call'
import { spokenDigits } from '#domain/case-code'
import { type Hotline, startHotline, twilioWebhook } from '../support/twilio-hotline.ts'
import { hotlinePorts } from '../support/twilio-ports.ts'
import { verbsOf } from '../support/twilio-twiml.ts'

type HotlinePorts = ReturnType<typeof hotlinePorts>

const WEBHOOKS = [
  ['voice', twilioWebhook('call-incoming')],
  ['recorded', twilioWebhook('message-left')],
  ['recording-status', twilioWebhook('recording-completed')],
  ['status', twilioWebhook('call-completed')],
] as const

let hotline: Hotline
afterEach(async () => hotline.close())

async function onlyCall(ports: HotlinePorts): Promise<Call> {
  const { items } = await ports.calls.list(null, 10)
  const [call] = items
  if (call === undefined || items.length > 1) throw new Error(`${items.length} calls`)
  return call
}

/**
 * The call without what depends on the order of arrival: its code, how long it takes to say that, and
 * how often the call was saved.
 */
function settled(call: Call): Call {
  const letGo = call.letGo && { ...call.letGo, at: call.startedAt }
  return { ...call, version: 1, caseCode: null, ...(letGo && { letGo }) }
}

/** A deadline is at the end of a working day, which is the same day in UTC. */
function dayInWords(due: Date | null | undefined): string {
  if (due == null) throw new Error('no deadline')
  return `ngày ${due.getUTCDate()} tháng ${due.getUTCMonth() + 1} năm ${due.getUTCFullYear()}`
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  )
}

describe('a message left on the hotline', () => {
  test('becomes a case of the phone channel that a person sorts', async () => {
    const ports = hotlinePorts()
    hotline = await startHotline(ports)
    for (const [door, fields] of WEBHOOKS) await hotline.send(door, fields)
    const [opened] = ports.openedCases.values()
    expect(opened).toMatchObject({
      channel: 'phone',
      status: 'triage',
      triageReason: 'unsure-field',
      lang: 'vi',
      contact: { phone: '+84912345678' },
      consents: ['contact'],
    })
    expect(opened?.text).toMatch(/lời nhắn thoại dài 42 giây/)
    expect(opened?.text).not.toContain('912345678')
    expect(await onlyCall(ports)).toMatchObject({
      caseCode: opened?.code,
      state: 'ended',
      endedAs: 'voicemail',
      endedAt: new Date('2026-11-23T01:01:15Z'),
      recordings: [{ ref: twilioWebhook('message-left')['RecordingSid'], state: 'completed' }],
    })
  })

  test('is answered with the code, digit by digit and twice, and the day of the answer', async () => {
    const ports = hotlinePorts()
    hotline = await startHotline(ports)
    await hotline.send('voice', twilioWebhook('call-incoming'))
    const answer = await hotline.send('recorded', twilioWebhook('message-left'))
    const [opened] = ports.openedCases.values()
    const digits = spokenDigits(opened?.code ?? '', 'vi').join(', ')
    const verbs = verbsOf(answer.text)
    const vietnamese = verbs.filter(({ attributes }) => attributes['language'] === 'vi-VN')
    expect(digits.split(', ')).toHaveLength(10)
    expect(vietnamese.filter(({ text }) => text.includes(digits))).toHaveLength(2)
    expect(vietnamese.map(({ text }) => text).join(' ')).toContain(dayInWords(opened?.dueAt))
    expect(verbs.at(-1)?.verb).toBe('Hangup')
    expect(answer.text).not.toContain('PIN')
  })

  test('of an anonymous caller has no contact, and the caller hears the PIN instead', async () => {
    const ports = hotlinePorts()
    hotline = await startHotline(ports)
    await hotline.send('voice', twilioWebhook('call-incoming-anonymous'))
    const answer = await hotline.send('recorded', twilioWebhook('message-left-anonymous'))
    const [opened] = ports.openedCases.values()
    expect(opened).toMatchObject({ contact: null, consents: [] })
    const pin = spokenDigits(ports.secrets.pinFor(opened?.code ?? ''), 'vi').join(', ')
    expect(answer.text).toContain(`PIN để xem kết quả là: ${pin}`)
  })

  test.each(['client:agent-7', '+1', '1022'])(
    'from %s, no number to call, is taken too',
    async (From) => {
      const ports = hotlinePorts()
      hotline = await startHotline(ports)
      await hotline.send('recorded', twilioWebhook('message-left', { From }))
      expect([...ports.openedCases.values()]).toMatchObject([{ contact: null }])
      expect((await onlyCall(ports)).from).toBe(From)
    },
  )

  test('by hanging up is a case and the end of the call', async () => {
    const ports = hotlinePorts()
    hotline = await startHotline(ports)
    await hotline.send('recorded', twilioWebhook('message-left-by-hanging-up'))
    expect(ports.openedCases.size).toBe(1)
    expect(await onlyCall(ports)).toMatchObject({ state: 'ended', endedAs: 'voicemail' })
    await hotline.send('recording-status', twilioWebhook('recording-completed'))
    expect((await onlyCall(ports)).recordings).toHaveLength(1)
  })
})

describe('a recording without a message', () => {
  test.each([
    ['recorded', 'message-silent'],
    ['recording-status', 'recording-absent'],
    ['recording-status', 'recording-failed'],
  ])('(%s: %s) opens no case', async (door, fixture) => {
    const ports = hotlinePorts()
    hotline = await startHotline(ports)
    expect((await hotline.send(door, twilioWebhook(fixture))).status).toBeLessThan(300)
    expect(ports.openedCases.size).toBe(0)
    expect((await onlyCall(ports)).caseCode).toBeNull()
  })

  test('is answered with a word that nothing was heard', async () => {
    hotline = await startHotline(hotlinePorts())
    const answer = await hotline.send('recorded', twilioWebhook('message-silent'))
    expect(answer.text).toContain('chưa nghe thấy lời nhắn')
    expect(verbsOf(answer.text).at(-1)?.verb).toBe('Hangup')
  })
})

describe('the webhooks of one call', () => {
  test('give one case and the same call in every order, each sent twice', async () => {
    const calls: Call[] = []
    for (const order of permutations(WEBHOOKS)) {
      const ports = hotlinePorts()
      hotline = await startHotline(ports)
      for (const [door, fields] of [...order, ...order.toReversed()]) {
        expect((await hotline.send(door, fields)).status).toBeLessThan(300)
      }
      expect(ports.openedCases.size).toBe(1)
      const call = await onlyCall(ports)
      expect(ports.openedCases.has(call.caseCode ?? '')).toBe(true)
      calls.push(settled(call))
      await hotline.close()
    }
    expect(calls).toHaveLength(24)
    for (const call of calls) expect(call).toEqual(calls[0])
  })

  test('give one case when they all arrive at the same moment, many times', async () => {
    const ports = hotlinePorts()
    hotline = await startHotline(ports)
    const burst = Array.from({ length: 5 }, () => WEBHOOKS).flat()
    const answers = await Promise.all(burst.map(([door, fields]) => hotline.send(door, fields)))
    expect(answers.every(({ status }) => status < 300)).toBe(true)
    expect(ports.openedCases.size).toBe(1)
    expect(await onlyCall(ports)).toMatchObject({ state: 'ended', endedAs: 'voicemail' })
  })

  test('give one case where they tell lengths that differ', async () => {
    const ports = hotlinePorts()
    hotline = await startHotline(ports)
    await Promise.all([
      hotline.send('recorded', twilioWebhook('message-left')),
      hotline.send(
        'recording-status',
        twilioWebhook('recording-completed', { RecordingDuration: '43' }),
      ),
    ])
    expect(ports.openedCases.size).toBe(1)
    expect((await onlyCall(ports)).recordings).toMatchObject([{ durationSeconds: 43 }])
  })

  test('tell the same code however often the message is told', async () => {
    hotline = await startHotline(hotlinePorts())
    const answers = new Set<string>()
    for (let repeat = 0; repeat < 3; repeat++) {
      answers.add((await hotline.send('recorded', twilioWebhook('message-left'))).text)
    }
    expect(answers.size).toBe(1)
  })

  test('of two calls give two cases', async () => {
    const ports = hotlinePorts()
    hotline = await startHotline(ports)
    await hotline.send('recorded', twilioWebhook('message-left'))
    await hotline.send('recorded', twilioWebhook('message-left', { CallSid: 'CAanother' }))
    expect(ports.openedCases.size).toBe(2)
  })
})
