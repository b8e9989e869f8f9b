import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_HOTLINE } from '#domain/hotline-settings'
import type { Case } from '#domain/case'
import { isUnheard } from '#use-cases/open-case-of-call'
import {
  type Fields,
  type Hotline,
  startHotline,
  twilioWebhook,
} from '../support/twilio-hotline.ts'
import { hotlinePorts } from '../support/twilio-ports.ts'
import { verbsOf } from '../support/twilio-twiml.ts'

const SAID = 'Đèn đường hẻm 42 Nguyễn Trãi bị hỏng cả tuần nay.'
const MORE = 'Số của tôi là 0912 345 678.'

let ports: ReturnType<typeof hotlinePorts>
let hotline: Hotline
beforeEach(async () => {
  ports = hotlinePorts()
  // Masked as a report is.
  const reader = { ...ports.reader, redact: (text: string) => text.replace(/\d[\d ]{8,}/g, '…') }
  Object.assign(ports, { reader })
  hotline = await startHotline(ports)
})
afterEach(async () => hotline.close())

const sentence = (seq: string, transcript: string, more: Fields = {}) =>
  hotline.send(
    'transcript',
    twilioWebhook('transcription-content', {
      SequenceId: seq,
      TranscriptionData: JSON.stringify({ transcript, confidence: 0.9 }),
      ...more,
    }),
  )
const SEND = {
  voice: () => hotline.send('voice', twilioWebhook('call-incoming')),
  first: () => sentence('2', SAID),
  second: () => sentence('3', MORE, { Timestamp: '2026-11-23T01:00:40Z' }),
  recorded: () => hotline.send('recorded', twilioWebhook('message-left')),
  file: () => hotline.send('recording-status', twilioWebhook('recording-completed')),
  ended: () => hotline.send('status', twilioWebhook('call-completed')),
}
type Name = keyof typeof SEND
const onlyCase = (): Case => {
  const [opened, ...others] = ports.openedCases.values()
  if (opened === undefined || others.length > 0) throw new Error('not one case')
  return opened
}

describe('what is said into a message', () => {
  test.each([
    ['recorded, file, first, second, ended'],
    ['first, second, recorded, file, ended'],
    ['file, first, recorded, second, ended'],
    ['first, recorded, second, file, ended'],
    ['ended, second, first, file, recorded'],
    ['second, first, ended, recorded, file'],
    ['voice, first, file, ended, second, recorded'],
  ])('becomes the text of one case, in the order %s', async (order) => {
    const names = order.split(', ') as Name[]
    for (const name of [...names, ...names]) {
      expect((await SEND[name]()).status).toBeLessThan(300)
      expect(ports.openedCases.size).toBeLessThan(2)
    }
    const opened = onlyCase()
    expect(opened.text).toBe(`${SAID} ${MORE}`)
    expect(opened.redactedText).not.toContain('345')
    expect(opened.summary).toContain('Đèn đường')
    // Understood and routed anew: no longer the field of what nobody has heard.
    expect(opened.field).toBe('telecom')
    expect(isUnheard(opened)).toBe(false)
    const call = (await ports.calls.list(null, 10)).items[0]
    expect(call).toMatchObject({ caseCode: opened.code, endedAs: 'voicemail' })
    expect(call?.transcript.map(({ speaker }) => speaker)).toEqual(['citizen', 'citizen'])
  })

  test('that all arrives at once becomes one case with all of it', async () => {
    const { voice: _, ...sends } = SEND
    const burst = [...Object.values(sends), ...Object.values(sends)]
    await Promise.all(burst.map((send) => send()))
    expect(onlyCase().text).toBe(`${SAID} ${MORE}`)
  })

  test('opens the case by its first sentence, which stays unheard until the message is over', async () => {
    await SEND.first()
    expect(isUnheard(onlyCase())).toBe(true)
    expect(onlyCase().status).toBe('triage')
    const answer = await SEND.recorded()
    expect(answer.text).toContain('Mã tra cứu là')
    expect(onlyCase().text).toBe(SAID)
  })

  test('does not replace what a person has worked on', async () => {
    await SEND.recorded()
    const opened = onlyCase()
    const by = { kind: 'staff', id: 'a', name: 'A' } as const
    const [first] = opened.timeline
    if (first === undefined) throw new Error('no record')
    const step = { ...first, type: 'case:noted', by, version: opened.version + 1 } as const
    const noted = { ...opened, version: opened.version + 1, timeline: [...opened.timeline, step] }
    await ports.cases.save(noted, opened.version)
    await SEND.first()
    expect(onlyCase()).toEqual(noted)
    const call = (await ports.calls.list(null, 10)).items[0]
    expect(call?.transcript).toHaveLength(1)
  })

  test('keeps the day that the caller was told, unless an earlier one is due', async () => {
    await SEND.recorded()
    const told = onlyCase().dueAt
    await SEND.first()
    expect(onlyCase().dueAt).toEqual(told)
  })

  test('of ten thousand characters and control characters is cut and cleaned, not refused', async () => {
    await sentence('2', `Đường\u0007 hỏng ${'rất nặng 🚧 '.repeat(850)}`)
    await sentence('3', 'x'.repeat(9_000))
    await SEND.recorded()
    expect(onlyCase().text).toMatch(/^Đường hỏng rất nặng 🚧/)
    expect(onlyCase().text.length).toBeLessThanOrEqual(10_000)
  })
})

describe('of a transcription', () => {
  test.each(['transcription-started', 'transcription-partial', 'transcription-stopped'])(
    '%s changes nothing',
    async (name) => {
      expect((await hotline.send('transcript', twilioWebhook(name))).status).toBe(204)
      expect((await ports.calls.list(null, 10)).items).toEqual([])
    },
  )

  test('an error is in the log, under either pair of names', async () => {
    await hotline.send('transcript', twilioWebhook('transcription-error'))
    const {
      TranscriptionErrorCode: _code,
      TranscriptionError: _text,
      ...bare
    } = twilioWebhook('transcription-error', {
      ErrorCode: '32655',
      ErrorMessage: 'Provider unavailable',
      TranscriptionEvent: 'error',
    })
    await hotline.send('transcript', bare)
    expect(hotline.logged).toEqual(['a transcription failed', 'a transcription failed'])
  })

  test.each(['', 'null', '{}', '[1', '{"transcript":7}', '{"transcript":"  "}'])(
    'content of %s is none',
    async (TranscriptionData) => {
      const fields = twilioWebhook('transcription-content', { TranscriptionData })
      expect((await hotline.send('transcript', fields)).status).toBe(204)
      expect(ports.openedCases.size).toBe(0)
    },
  )

  test('the other track is the agent’s, and opens no case', async () => {
    await sentence('2', 'Xin chào, tổng đài xin nghe.', { Track: 'outbound_track' })
    const call = (await ports.calls.list(null, 10)).items[0]
    expect(call?.transcript).toMatchObject([{ speaker: 'agent' }])
    expect(ports.openedCases.size).toBe(0)
  })

  test('a talk with an agent is nobody’s message', async () => {
    await SEND.voice()
    const call = (await ports.calls.list(null, 10)).items[0]
    if (call === undefined) throw new Error('no call')
    const talking = { ...call, version: call.version + 1, agent: { id: 'a', name: 'A' } }
    await ports.calls.saveCall(talking, call.version)
    await SEND.first()
    await SEND.ended()
    expect(ports.openedCases.size).toBe(0)
  })
})

test('a message is written down while it is spoken where an administrator wants it', async () => {
  const settings = { ...ports.settings(), hotline: { ...DEFAULT_HOTLINE, isTranscribed: true } }
  Object.assign(ports, { settings: () => settings })
  const answer = await hotline.send('menu', twilioWebhook('menu-key', { Digits: '1' }))
  const [consent, start, record] = verbsOf(answer.text)
  expect([consent?.verb, start?.verb, record?.verb]).toEqual(['Say', 'Start', 'Record'])
  expect(start?.children).toMatchObject([
    {
      verb: 'Transcription',
      attributes: {
        languageCode: 'vi-VN',
        track: 'inbound_track',
        statusCallbackUrl: expect.stringMatching(
          /^https:.*\/telephony\/twilio\/transcript#/,
        ) as string,
      },
    },
  ])
})
