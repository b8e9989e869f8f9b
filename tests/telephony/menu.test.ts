import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HotlineSettings } from '#contracts/hotline'
import { caseCode } from '#domain/case-code'
import { DEFAULT_HOTLINE } from '#domain/hotline-settings'
import {
  type Fields,
  type Hotline,
  startHotline,
  twilioWebhook,
} from '../support/twilio-hotline.ts'
import { hotlinePorts } from '../support/twilio-ports.ts'
import { verbsOf } from '../support/twilio-twiml.ts'

// Monday 23 November 2026, 08:00 in Vietnam, is working time; 01:00 is not.
const AT_NIGHT = new Date('2026-11-22T18:00:00Z')

let ports: ReturnType<typeof hotlinePorts>
let hotline: Hotline
beforeEach(async () => {
  ports = hotlinePorts()
  hotline = await startHotline(ports)
})
afterEach(async () => hotline.close())

const pressed = (Digits: string, more: Fields = {}) =>
  hotline.send('menu?lang=vi&tries=0', twilioWebhook('menu-key', { Digits, ...more }))
const said = (SpeechResult: string, query = 'lang=vi&tries=0') =>
  hotline.send(`menu?${query}`, twilioWebhook('menu-speech', { SpeechResult }))
const call = async () => (await ports.calls.list(null, 1)).items[0]

/** Which way an answer goes. */
function wayOf(twiml: string): string {
  const verbs = verbsOf(twiml)
  if (verbs.some(({ verb }) => verb === 'Enqueue')) return 'agent'
  if (verbs.some(({ verb }) => verb === 'Record')) return 'leave-report'
  const gather = verbs.find(({ verb }) => verb === 'Gather')
  const door = /twilio\/([a-z-]+)/.exec(gather?.attributes['action'] ?? '')?.[1]
  if (door !== undefined) return door === 'case-code' ? 'hear-status' : door
  return twiml.includes('sẽ gọi lại') || twiml.includes('call you back') ? 'call-back' : 'end'
}

/** Starts again with settings that differ. */
async function restart(change: Partial<HotlineSettings>, now?: Date): Promise<void> {
  await hotline.close()
  const before = hotlinePorts()
  const settings = { ...before.settings(), hotline: { ...DEFAULT_HOTLINE, ...change } }
  ports = { ...before, settings: () => settings, ...(now && { now: () => now }) }
  hotline = await startHotline(ports)
}

describe('a key', () => {
  test.each([
    ['1', 'leave-report'],
    ['2', 'hear-status'],
    ['3', 'agent'],
    ['4', 'call-back'],
  ])('%s leads to %s, and the call log says so', async (key, way) => {
    expect(wayOf((await pressed(key)).text)).toBe(way)
    expect((await call())?.ivrPath[0]).toBe(`menu:${key}`)
  })

  test('9 changes to English, and back', async () => {
    const english = await pressed('9')
    expect(wayOf(english.text)).toBe('menu')
    expect(english.text).toContain('lang=en')
    expect(english.text).toContain('To leave a report, press 1.')
    expect((await call())?.language).toBe('en')
    const back = await hotline.send(
      'menu?lang=en&tries=0',
      twilioWebhook('menu-key', { Digits: '9' }),
    )
    expect(back.text).toContain('lang=vi')
  })

  test('that an administrator gave something else does that, and no language is offered on 9', async () => {
    await restart({ menu: [{ key: '9', action: 'call-back', words: { vi: [], en: [] } }] })
    const greeted = await hotline.send('voice', twilioWebhook('call-incoming'))
    expect(greeted.text).toContain('Để được gọi lại, xin bấm phím 9.')
    expect(greeted.text).not.toContain('For English')
    expect(wayOf((await pressed('9')).text)).toBe('call-back')
  })
})

describe('what is said', () => {
  test.each([
    ['Dạ cho tôi gặp tổng đài viên ạ.', 'agent'],
    ['cho toi gap tong dai vien', 'agent'],
    ['CHO TÔI GẶP TỔNG ĐÀI VIÊN', 'agent'],
    ['cho tôi gặp tổng đài viên'.normalize('NFD'), 'agent'],
    ['alo em ơi anh muốn phản ánh chuyện cái đèn đường', 'leave-report'],
    ['tra cứu', 'hear-status'],
    ['xem kết quả phản ánh', 'leave-report'],
    ['nhờ bên mình gọi lại cho chị', 'call-back'],
    ['số ba', 'agent'],
    ['phím 2 ạ', 'hear-status'],
    ['bốn', 'call-back'],
  ])('"%s" leads to %s', async (speech, way) => {
    expect(wayOf((await said(speech)).text)).toBe(way)
  })

  test.each([
    ['I would like to talk to an agent please', 'agent'],
    ['please call me back', 'call-back'],
    ['press two', 'hear-status'],
  ])('"%s" leads to %s; English goes on in English', async (speech, way) => {
    const answer = await said(speech, 'lang=en&tries=0')
    expect(wayOf(answer.text)).toBe(way)
    expect(answer.text).not.toContain('Xin vui lòng')
  })

  test('English words at the Vietnamese menu change the language of what follows', async () => {
    const answer = await said('leave a message')
    expect(verbsOf(answer.text)[0]?.attributes['language']).toBe('en-US')
    expect((await call())?.language).toBe('en')
    expect(wayOf((await said('English please')).text)).toBe('menu')
  })
})

describe('danger', () => {
  test.each(['cứu với cháy nhà rồi', 'CHAY NHA', 'có tai nạn ở ngã tư', 'help me there is a fire'])(
    '"%s" brings the advice first, then the menu again',
    async (speech) => {
      const answer = await said(speech)
      expect(wayOf(answer.text)).toBe('menu')
      const [advice] = verbsOf(answer.text)[0]?.children ?? []
      expect(advice?.text).toMatch(/một một ba|one one three/)
    },
  )

  test('with a choice brings the advice, then what was chosen', async () => {
    const verbs = verbsOf((await said('cháy nhà, cho tôi gặp tổng đài viên')).text)
    expect(verbs.map(({ verb }) => verb)).toEqual(['Say', 'Say', 'Enqueue'])
    expect(verbs[0]?.text).toContain('một một bốn')
  })

  test('is not heard in words that only look like it', async () => {
    expect((await said('xe chạy nhanh quá, nhà bên cạnh')).text).not.toContain('Xin đừng chờ')
  })

  test('has a key of its own where an administrator gave it one, at every question', async () => {
    const words = { vi: ['nguy'], en: [] }
    await restart({ menu: [...DEFAULT_HOTLINE.menu, { key: '0', action: 'emergency', words }] })
    const pin = `case-pin?code=${caseCode('100000000')}`
    for (const door of ['menu', 'case-code', pin, 'instead', 'wait-offer']) {
      const answer = await hotline.send(door, twilioWebhook('menu-key', { Digits: '0' }))
      expect(answer.text).toContain('Xin đừng chờ ở đây')
      expect(answer.text).toMatch(/<Gather|<Redirect/)
    }
    expect((await said('nguy quá')).text).toContain('Xin đừng chờ ở đây')
  })
})

describe('a caller who is not understood', () => {
  const nothing = (tries: number) =>
    hotline.send(`menu?lang=vi&tries=${tries}`, twilioWebhook('menu-silence'))

  test('by silence is asked again, and leaves a message after the third time', async () => {
    const answers = [await nothing(0), await nothing(1), await nothing(2)]
    expect(answers.map(({ text }) => wayOf(text))).toEqual(['menu', 'menu', 'leave-report'])
    expect(answers[0]?.text).toContain('tries=1')
    expect(answers[1]?.text).not.toContain('chưa rõ lựa chọn')
  })

  test.each([
    ['a wrong key', { Digits: '7' }],
    ['a star', { Digits: '*' }],
    ['ten thousand characters', { SpeechResult: 'à thì là mà '.repeat(900) }],
    ['characters of another script', { SpeechResult: '你好，我想投诉。' }],
    ['nothing but marks', { SpeechResult: '?!… \u0000\ufffd 🚧' }],
    ['letters for keys', { Digits: 'hangup' }],
    ['markup', { SpeechResult: '</Say><Dial>+84900000000</Dial>' }],
  ])('by %s is asked again, and leaves a message after the third time', async (_, fields) => {
    const ways: string[] = []
    for (const tries of [0, 1, 2]) {
      const webhook = twilioWebhook('menu-silence', fields)
      const answer = await hotline.send(`menu?lang=vi&tries=${tries}`, webhook)
      expect(answer.text).not.toContain('Dial')
      ways.push(wayOf(answer.text))
    }
    expect(ways).toEqual(['menu', 'menu', 'leave-report'])
  })

  test.each(['tries=x&lang=fr', 'tries=-1', 'lang=vi&lang=en&tries=99'])(
    'at an odd address (%s) starts at the beginning',
    async (query) => {
      const answer = await hotline.send(`menu?${query}`, twilioWebhook('menu-silence'))
      expect(answer.text).toContain('tries=1')
    },
  )
})

describe('after hours', () => {
  test.each([
    ['night', AT_NIGHT],
    // No quiet hour, but nobody works.
    ['Saturday', new Date('2026-11-21T05:00:00Z')],
  ])('(%s) a call back is promised for Monday morning, or a message taken', async (_, now) => {
    await restart({}, now)
    const answer = await pressed('3')
    expect(wayOf(answer.text)).toBe('instead')
    expect(answer.text).toContain('hết giờ làm việc')
    const promised = await hotline.send('instead', twilioWebhook('menu-key', { Digits: '1' }))
    expect(wayOf(promised.text)).toBe('call-back')
    const [callBack] = await ports.callBacks.listOpen(10)
    expect(callBack).toMatchObject({ phone: '+84912345678', reason: 'asked', language: 'vi' })
    expect(callBack?.dueAt.toISOString()).toMatch(/^2026-11-23T00:\d\d/)
    const silent = await hotline.send('instead', twilioWebhook('menu-silence'))
    expect(wayOf(silent.text)).toBe('leave-report')
  })

  test('of a hotline that is always open there are agents', async () => {
    await restart({ hours: 'always' }, AT_NIGHT)
    expect(wayOf((await pressed('3')).text)).toBe('agent')
  })
})

describe('a call back', () => {
  test('is promised once however often the webhook comes, and is how the call ended', async () => {
    for (let repeat = 0; repeat < 3; repeat++) await pressed('4')
    expect(await ports.callBacks.listOpen(10)).toHaveLength(1)
    await hotline.send('status', twilioWebhook('call-completed'))
    expect(await call()).toMatchObject({ endedAs: 'callback_requested' })
  })

  test('cannot be promised to a number that is withheld: a message is taken', async () => {
    const answer = await pressed('4', { From: '+266696687' })
    expect(wayOf(answer.text)).toBe('leave-report')
    expect(await ports.callBacks.listOpen(10)).toEqual([])
  })
})

test('an administrator’s own sentence is said in the place of ours', async () => {
  const greeting = { vi: 'Chào bà con & cô bác', en: 'Hello' }
  await restart({ texts: { greeting } })
  const answer = await hotline.send('voice', twilioWebhook('call-incoming'))
  expect(verbsOf(answer.text)[0]?.children[0]?.text).toBe(greeting.vi)
})
