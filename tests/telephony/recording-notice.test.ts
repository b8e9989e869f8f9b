import { afterEach, describe, expect, test } from 'vitest'
import type { HotlineSettings } from '#contracts/hotline'
import type { Call } from '#domain/call'
import { consentAtOf, recordOf } from '#domain/call-record'
import { DEFAULT_HOTLINE } from '#domain/hotline-settings'
import type { Ports } from '#use-cases/ports'
import { type Hotline, startHotline, twilioWebhook } from '../support/twilio-hotline.ts'
import { hotlinePorts, NOW } from '../support/twilio-ports.ts'
import { verbsOf } from '../support/twilio-twiml.ts'

const ID = `twilio:${String(twilioWebhook('menu-key')['CallSid'])}`

let hotline: Hotline
let ports: Ports
afterEach(async () => hotline.close())

async function start(change: Partial<HotlineSettings> = {}): Promise<void> {
  const settings = hotlinePorts().settings()
  const hotlineSettings = { ...DEFAULT_HOTLINE, ...change }
  ports = hotlinePorts({ settings: () => ({ ...settings, hotline: hotlineSettings }) })
  hotline = await startHotline(ports)
}

const RECORDED = { keepDays: 365, areTalksRecorded: true }
const choose = async (Digits: string) =>
  hotline.send('menu?lang=vi&tries=0', twilioWebhook('menu-key', { Digits }))
const join = async (Direction = 'inbound') =>
  hotline.send('join', twilioWebhook('menu-key', { Digits: '', Direction }))

async function theCall(): Promise<Call> {
  const call = await ports.calls.findCall(ID)
  if (call === null) throw new Error('the call is not there')
  return call
}

describe('before a message', () => {
  const silent = { vi: 'Xin nói sau tiếng bíp.', en: 'Speak after the beep.' }

  test('the recording is announced, whatever an administrator wrote in its place', async () => {
    await start({ texts: { consent: silent } })
    const [said, record] = verbsOf((await choose('1')).text)
    expect(said?.text).toMatch(/được ghi âm.*Xin nói sau tiếng bíp/)
    expect(record?.verb).toBe('Record')
    const fallback = await hotline.send('fallback', twilioWebhook('call-incoming'))
    expect(fallback.text).toMatch(/được ghi âm[^]*is recorded[^]*<Record/)
  })

  test.each([
    [{ vi: 'Xin chào. Lời nhắn sẽ được thu âm.', en: 'Hello. We record this.' }],
    [{ vi: 'LOI NHAN DUOC GHI AM.', en: 'Recording starts now.' }],
  ])('a sentence of their own that says so stands alone: %j', async (consent) => {
    await start({ texts: { consent } })
    const [said] = verbsOf((await choose('1')).text)
    expect(said?.text).toBe(consent.vi)
  })

  test('that nothing is recorded is no announcement', async () => {
    await start({ texts: { consent: { vi: 'Lời nhắn không bị ghi âm.', en: 'Not recorded.' } } })
    const [said] = verbsOf((await choose('1')).text)
    expect(said?.text).toContain('Cuộc gọi này được ghi âm')
  })
})

describe('before a talk', () => {
  test('nothing is said of a recording where talks are not recorded', async () => {
    await start()
    const waits = await choose('3')
    const joins = await join()
    expect(waits.text + joins.text).not.toMatch(/ghi âm|recorded/)
    expect(consentAtOf(await theCall(), { of: 'talk' })).toBeNull()
  })

  test('who waits hears it once, and that they did is on record', async () => {
    await start({ recordings: RECORDED })
    const verbs = verbsOf((await choose('3')).text)
    expect(verbs.map(({ verb }) => verb)).toEqual(['Say', 'Say', 'Enqueue'])
    expect(verbs[1]?.text).toMatch(/được ghi âm/)
    await expect.poll(async () => consentAtOf(await theCall(), { of: 'talk' })).toEqual(NOW)
    expect(verbsOf((await join()).text).map(({ verb }) => verb)).toEqual(['Dial'])
  })

  test('an administrator’s own words cannot leave it out', async () => {
    const recorded = { vi: 'Xin giữ máy.', en: 'Please hold.' }
    await start({ recordings: RECORDED, texts: { recorded } })
    expect((await choose('3')).text).toMatch(/Cuộc gọi này được ghi âm.*Xin giữ máy/)
  })

  test('a citizen whom we call hears it before the agent, in both languages', async () => {
    await start({ recordings: RECORDED })
    const verbs = verbsOf((await join('outbound-api')).text)
    expect(verbs.map(({ verb }) => verb)).toEqual(['Say', 'Say', 'Dial'])
    expect(verbs.map(({ text }) => text).join()).toMatch(/được ghi âm.*is recorded/)
    await expect.poll(async () => consentAtOf(await theCall(), { of: 'talk' })).toEqual(NOW)
  })
})

describe('who hung up, where the last words were ours', () => {
  const endsAfter = async (seconds: number) => {
    await start()
    await hotline.send('voice', twilioWebhook('call-incoming'))
    await hotline.send('recorded?lang=vi', twilioWebhook('message-left', { Digits: '#' }))
    await expect.poll(async () => (await theCall()).letGo ?? null).not.toBeNull()
    const Timestamp = new Date(NOW.getTime() + seconds * 1_000).toUTCString()
    await hotline.send('status', twilioWebhook('call-completed', { Timestamp }))
    return recordOf(await theCall()).endedBy
  }

  test('is the citizen, before the words can have been said', async () => {
    expect(await endsAfter(4)).toBe('citizen')
  })

  test('is us after them', async () => {
    expect(await endsAfter(90)).toBe('system')
  })
})
