import { afterEach, expect, test } from 'vitest'
import { acceptCall, enterQueue } from '#domain/call-queue'
import { TWILIO_DOORS } from '#telephony/twilio-doors'
import { saveCall } from '#use-cases/save-call'
import { fakeCompany } from '../support/call-control.ts'
import {
  type Fields,
  type Hotline,
  startHotline,
  twilioWebhook,
} from '../support/twilio-hotline.ts'
import { hotlinePorts, NOW } from '../support/twilio-ports.ts'

const CALL = String(twilioWebhook('menu-key')['CallSid'])
const ID = `twilio:${CALL}`

let hotline: Hotline
afterEach(async () => hotline.close())

/** Lan took the call of a caller who waits; her line has not come about yet. */
async function takenByLan(ports: ReturnType<typeof hotlinePorts>): Promise<void> {
  await hotline.send('menu?lang=vi&tries=0', twilioWebhook('menu-key', { Digits: '3' }))
  await saveCall(
    ID,
    (call) => {
      if (call === null) throw new Error('the call is not there')
      const waiting = enterQueue(call, { field: null, language: 'vi' }, NOW)
      return acceptCall(waiting, { id: 'lan', name: 'Lan' }, NOW)
    },
    ports,
  )
}

const joins = async (CallSid: string, ParticipantLabel?: string) => {
  const event: Fields = {
    ConferenceSid: 'CF1',
    FriendlyName: `call-${CALL}`,
    StatusCallbackEvent: 'participant-join',
    CallSid,
    ...(ParticipantLabel !== undefined && { ParticipantLabel }),
  }
  return (await hotline.send('conference', event)).status
}

test('a label that is not the agent’s own never makes a call answered by them', async () => {
  const ports = hotlinePorts()
  hotline = await startHotline(ports)
  await takenByLan(ports)
  const state = async () => (await ports.calls.findCall(ID))?.state
  const labels = ['lan', 'agent-', 'agent-bao', 'lead-lan', 'agent-lan<', 'agent-lan agent-lan', '']
  for (const [at, label] of labels.entries()) {
    expect(await joins(`CAleg${String(at)}`, label)).toBe(204)
    expect(await state(), label).toBe('ringing_agent')
  }
  expect(await joins('CAnobody')).toBe(204)
  expect(await state()).toBe('ringing_agent')
  expect(await joins('CAlan', 'agent-lan')).toBe(204)
  expect(await state()).toBe('talking')
})

test('every address in every answer is absolute, and ours', async () => {
  const settings = hotlinePorts().settings()
  const recordings = { keepDays: 365, areTalksRecorded: true }
  const change = { ...settings, hotline: { ...settings.hotline, isTranscribed: true, recordings } }
  const fields = twilioWebhook('message-left')
  const found = new Set<string>()
  for (const { name } of TWILIO_DOORS) {
    for (const Digits of ['', '1', '2', '3', '4']) {
      hotline = await startHotline(hotlinePorts({ settings: () => change }))
      const answer = await hotline.send(`${name}?call=${CALL}`, { ...fields, Digits })
      // Some are about conferences or sentences, and say nothing to a caller.
      expect(answer.status).toBeLessThan(500)
      const urls = answer.text.matchAll(/(\w*(?:action|url|callback(?:url)?))="([^"]*)"/gi)
      for (const [, attribute = '', url = ''] of urls) {
        found.add(attribute)
        // A conference's own waiting music is switched off.
        if (url !== '') expect(url).toMatch(/^https:\/\/hotline\.example\.vn\/telephony\/twilio\//)
      }
      for (const [, url = ''] of answer.text.matchAll(/<(?:Redirect|Play)[^>]*>([^<]*)</g)) {
        expect(url).toMatch(/^https:\/\/hotline\.example\.vn\/telephony\/twilio\//)
      }
      await hotline.close()
    }
  }
  expect([...found].sort()).toEqual([
    'action',
    'recordingStatusCallback',
    'statusCallback',
    'statusCallbackUrl',
    'waitUrl',
  ])
})

test('a recording is not fetched inside its webhook: whoever waits for an answer has it first', async () => {
  const callControl = fakeCompany()
  hotline = await startHotline(hotlinePorts({ callControl }))
  expect((await hotline.send('recorded', twilioWebhook('message-left'))).status).toBe(200)
  const reported = await hotline.send('recording-status', twilioWebhook('recording-completed'))
  expect(reported.status).toBe(204)
  expect(callControl.asked).toEqual([])
})

test('a conference whose caller was moved on by us is no citizen who hung up', async () => {
  const ports = hotlinePorts()
  hotline = await startHotline(ports)
  await takenByLan(ports)
  const leaves = async (ReasonParticipantLeft: string) => {
    await hotline.send('conference', {
      ConferenceSid: 'CF1',
      FriendlyName: `call-${CALL}`,
      StatusCallbackEvent: 'participant-leave',
      CallSid: CALL,
      ReasonParticipantLeft,
    })
    return (await ports.calls.findCall(ID))?.letGo ?? null
  }
  expect(await leaves('participant_updated_via_api')).toBeNull()
  expect(await leaves('conference_ended_via_api')).toBeNull()
  expect(await leaves('participant_hung_up')).toMatchObject({ by: 'citizen' })
})
