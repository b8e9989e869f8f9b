import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Agent, newAgent } from '#domain/agent'
import { DEFAULT_HOTLINE } from '#domain/hotline-settings'
import type { Ports } from '#use-cases/ports'
import {
  type Fields,
  type Hotline,
  PUBLIC_URL,
  startHotline,
  twilioWebhook,
} from '../support/twilio-hotline.ts'
import { hotlinePorts, NOW } from '../support/twilio-ports.ts'
import { verbsOf } from '../support/twilio-twiml.ts'

const ID = `twilio:${String(twilioWebhook('menu-key')['CallSid'])}`

let ports: Ports
let hotline: Hotline
beforeEach(async () => start())
afterEach(async () => hotline.close())

async function start(change: Partial<Ports> = {}): Promise<void> {
  ports = hotlinePorts(change)
  hotline = await startHotline(ports)
}
async function restart(change: Partial<Ports>): Promise<void> {
  await hotline.close()
  await start(change)
}
function withQueue(queue: Partial<(typeof DEFAULT_HOTLINE)['queue']>): Partial<Ports> {
  const settings = hotlinePorts().settings()
  const changed = { ...DEFAULT_HOTLINE, queue: { ...DEFAULT_HOTLINE.queue, ...queue } }
  return { settings: () => ({ ...settings, hotline: changed }) }
}

const enter = (CallSid?: string, more: Fields = {}) =>
  hotline.send(
    'menu?lang=vi&tries=0',
    twilioWebhook('menu-key', { Digits: '3', ...(CallSid && { CallSid }), ...more }),
  )
const wait = () => hotline.send('wait', twilioWebhook('queue-waiting'))
const offer = (Digits: string, more: Fields = {}) =>
  hotline.send('wait-offer?lang=vi', twilioWebhook('queue-waiting', { Digits, ...more }))
const left = (how: string) => hotline.send('left-queue', twilioWebhook(`queue-left-${how}`))
const call = async () => ports.calls.findCall(ID)

describe('a caller who wants an agent', () => {
  test('waits in the line, which is kept before the provider is told', async () => {
    const verbs = verbsOf((await enter()).text)
    expect(verbs.map(({ verb }) => verb)).toEqual(['Say', 'Enqueue'])
    expect(verbs[1]).toMatchObject({
      text: 'hotline',
      attributes: {
        waitUrl: expect.stringContaining('/telephony/twilio/wait#') as string,
        waitUrlMethod: 'POST',
        action: expect.stringContaining('/telephony/twilio/left-queue#') as string,
      },
    })
    expect(await call()).toMatchObject({
      state: 'queued',
      language: 'vi',
      ivrPath: ['menu:3', 'queue'],
      queue: { field: null, language: 'vi', enteredAt: NOW, leftAt: null },
    })
    await enter()
    expect((await call())?.ivrPath).toEqual(['menu:3', 'queue', 'menu:3'])
    expect(await ports.calls.findWaiting()).toHaveLength(1)
  })

  test('leaves a message where too many wait', async () => {
    await restart(withQueue({ maxWaiting: 2 }))
    await enter('CAone')
    await enter('CAtwo')
    const answer = await enter()
    expect(answer.text).toMatch(/rất nhiều người đang chờ[^]*<Record/)
    expect(await call()).toMatchObject({ queue: null })
    // Who has ended without a word waits no longer.
    await hotline.send('status', twilioWebhook('call-completed', { CallSid: 'CAone' }))
    expect((await enter()).text).toContain('<Enqueue')
  })
})

describe('while waiting', () => {
  test('a caller hears the place in the line, music and the offer, again and again', async () => {
    await enter('CA0before')
    await enter()
    const [gather, again] = verbsOf((await wait()).text)
    expect(gather?.children.map(({ verb }) => verb)).toEqual(['Say', 'Say', 'Play'])
    expect(gather?.children.at(-1)?.text).toBe(`${PUBLIC_URL}/telephony/twilio/waiting-music.wav`)
    expect(gather?.text).toContain('vị trí thứ 2')
    expect(gather?.text).toContain('Để được gọi lại mà vẫn giữ thứ tự, xin bấm phím 1')
    expect(gather?.attributes).toMatchObject({ input: 'dtmf', numDigits: '1' })
    expect(again).toMatchObject({
      verb: 'Redirect',
      text: expect.stringContaining('/wait#') as string,
    })
  })

  test('the melody is ours: anyone may fetch it, a small sound file', async () => {
    const url = `http://127.0.0.1:${String(hotline.port)}/telephony/twilio/waiting-music.wav`
    const response = await fetch(url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('audio/wav')
    expect(response.headers.get('cache-control')).toContain('max-age')
    const sound = Buffer.from(await response.arrayBuffer())
    expect(sound.length).toBeLessThanOrEqual(200_000)
    expect(sound.toString('latin1', 0, 4) + sound.toString('latin1', 8, 12)).toBe('RIFFWAVE')
    // µ-law, one channel, 8,000 samples a second: what a telephone line carries.
    expect([20, 22].map((at) => sound.readUInt16LE(at))).toEqual([7, 1])
    expect(sound.readUInt32LE(24)).toBe(8_000)
    expect(sound.readUInt32LE(54)).toBe(sound.length - 58)
    expect((await fetch(url, { method: 'POST' })).status).toBe(403)
  })

  test('the wait is estimated where agents are at work, and the music is the administrator’s', async () => {
    const busy: Agent = { ...newAgent('a', 'A', NOW), state: 'talking' }
    const agents = { ...({} as NonNullable<Ports['agents']>), list: () => Promise.resolve([busy]) }
    const musicUrl = 'https://example.vn/nhac?a=1&b=2'
    await restart({ agents, ...withQueue({ musicUrl }) })
    await enter()
    const [gather] = verbsOf((await wait()).text)
    expect(gather?.text).toContain('khoảng 4 phút')
    expect(gather?.children.at(-1)).toMatchObject({ verb: 'Play', text: musicUrl })
  })

  test('only what is allowed there is said: no recording, no new line', async () => {
    await enter()
    for (const answer of [await wait(), await offer('1'), await offer('5')]) {
      const verbs = new Set(verbsOf(answer.text).map(({ verb }) => verb))
      const allowed = ['Play', 'Say', 'Pause', 'Hangup', 'Redirect', 'Leave', 'Gather']
      expect([...verbs].filter((verb) => !allowed.includes(verb))).toEqual([])
    }
  })

  test('the key of the offer leaves the line for a call back, promised once', async () => {
    await enter()
    expect(verbsOf((await offer('1')).text).map(({ verb }) => verb)).toEqual(['Leave'])
    expect((await left('leave')).text).toMatch(/sẽ gọi lại[^]*<Hangup/)
    await offer('1')
    expect(await ports.callBacks.listOpen(10)).toMatchObject([
      { phone: '+84912345678', callId: ID, dueAt: NOW, state: 'due' },
    ])
    expect(await call()).toMatchObject({ queue: { leftAs: 'call-back', leftAt: NOW } })
    await hotline.send('status', twilioWebhook('call-completed'))
    expect(await call()).toMatchObject({ endedAs: 'callback_requested' })
  })

  test('who leaves the line for a call back keeps the place that they had in it', async () => {
    let now = NOW
    const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
    await restart({ now: () => now })
    await enter()
    now = minutes(5)
    const other = { CallSid: 'CAother', From: '+84987654321', Digits: '4' }
    await hotline.send('menu?lang=vi&tries=0', twilioWebhook('menu-key', other))
    now = minutes(10)
    await offer('1')
    expect(await ports.callBacks.listOpen(10)).toMatchObject([
      { phone: '+84912345678', dueAt: NOW },
      { phone: '+84987654321', dueAt: minutes(5) },
    ])
  })

  test('a number that agents may not call is promised nothing: it stays in the line', async () => {
    const From = '+8419001234'
    await enter(undefined, { From })
    expect((await offer('1', { From })).text).toMatch(/không gọi lại được[^]*<Redirect/)
    expect(await ports.callBacks.listOpen(10)).toEqual([])
  })

  test('a withheld number stays in the line', async () => {
    await enter(undefined, { From: 'anonymous' })
    const answer = await offer('1', { From: 'anonymous' })
    expect(answer.text).toMatch(/không gọi lại được[^]*<Redirect/)
    expect(await ports.calls.findWaiting()).toHaveLength(1)
  })
})

describe('the end of the wait', () => {
  test.each([['left-queue first'], ['status first']])(
    'by hanging up is an abandoned call (%s)',
    async (order) => {
      await enter()
      const ended = () => hotline.send('status', twilioWebhook('call-completed'))
      if (order === 'status first') await ended()
      await left('hangup')
      if (order !== 'status first') await ended()
      expect(await call()).toMatchObject({
        state: 'ended',
        endedAs: 'abandoned',
        queue: { leftAs: 'abandoned' },
      })
      expect(await ports.calls.findWaiting()).toEqual([])
    },
  )

  test.each(['full', 'error'])('by the provider (%s) is a message', async (how) => {
    await enter()
    expect((await left(how)).text).toContain('<Record')
    expect(await call()).toMatchObject({ queue: { leftAs: 'voicemail' } })
  })

  test('by a word nobody has heard of is a message too', async () => {
    await enter()
    const fields = twilioWebhook('queue-left-leave', { QueueResult: 'teleported' })
    expect((await hotline.send('left-queue', fields)).text).toContain('<Record')
  })

  test.each(['redirected', 'bridged'])('by an agent (%s) says nothing', async (how) => {
    await enter()
    expect(verbsOf((await left(how)).text)).toEqual([])
  })

  test('of a call nobody knows is answered all the same', async () => {
    expect((await left('hangup')).status).toBe(200)
    expect((await left('error')).text).toContain('<Record')
  })
})

test('after the talk there is a last word for a caller who is still there', async () => {
  await enter()
  const answer = await hotline.send('left-conference', twilioWebhook('conference-left'))
  expect(verbsOf(answer.text).map(({ verb }) => verb)).toEqual(['Say', 'Hangup'])
})
