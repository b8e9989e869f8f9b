import { expect, test } from 'vitest'
import type { CallEvent } from '#domain/call'
import { IdempotencyKey } from '#http/reports'
import { TWILIO_DOORS } from '#telephony/twilio-doors'
import type { CallDoor } from '#telephony/provider'
import { recordCallEvents } from '#use-cases/record-call'
import { type Fields, twilioWebhook } from '../support/twilio-hotline.ts'
import { hotlinePorts, NOW } from '../support/twilio-ports.ts'

function eventsOf(door: CallDoor, name: string, overrides: Fields = {}): readonly CallEvent[] {
  const found = TWILIO_DOORS.find((each) => each.name === door)
  const events = found?.parse(twilioWebhook(name, overrides), NOW, {})?.events
  if (events === undefined) throw new Error(`${name} is not about a call`)
  return events
}

const incoming = eventsOf('voice', 'call-incoming')
const messageLeft = eventsOf('recorded', 'message-left')
const recorded = eventsOf('recording-status', 'recording-completed')
const completed = eventsOf('status', 'call-completed')

test('webhooks of one call that save it at the same moment lose nothing of each other', async () => {
  const ports = hotlinePorts()
  const all = [incoming, messageLeft, recorded, completed]
  await Promise.all(all.map((events) => recordCallEvents(events, ports)))
  const call = await ports.calls.findCall(incoming[0] ? 'twilio:' + incoming[0].callRef : '')
  expect(call).toMatchObject({
    from: '+84912345678',
    endedAs: 'voicemail',
    recordings: [{ durationSeconds: 42, state: 'completed' }],
  })
  expect([...ports.openedCases.keys()]).toEqual([call?.caseCode])
})

test('a case that another webhook opened meanwhile, in other words, is the case of the call', async () => {
  const ports = hotlinePorts()
  const winner = await recordCallEvents(messageLeft, ports)
  let missesLeft = 2
  const cases = {
    ...ports.cases,
    // What a webhook sees that looked just before the winner wrote: once itself, once at intake.
    findByIdempotencyKey: async (key: string) =>
      missesLeft-- > 0 ? null : ports.cases.findByIdempotencyKey(key),
  }
  const longer = eventsOf('recorded', 'message-left', { RecordingDuration: '43' })
  expect(await recordCallEvents(longer, { ...ports, cases })).toEqual(winner)
  expect(ports.openedCases.size).toBe(1)
})

test('a client of the web door cannot take the key of a call beforehand', async () => {
  const opened = await recordCallEvents(messageLeft, hotlinePorts())
  expect(opened?.intake.idempotencyKey).toContain(messageLeft[0]?.callRef)
  expect(IdempotencyKey.safeParse(opened?.intake.idempotencyKey).success).toBe(false)
})

test('a call that cannot be saved for others is given up, not tried for ever', async () => {
  const ports = hotlinePorts()
  const calls = { ...ports.calls, saveCall: () => Promise.resolve(false) }
  await expect(recordCallEvents(incoming, { ...ports, calls })).rejects.toThrow('version-stale')
})

test('an installation without the field "other" takes messages too', async () => {
  const ports = hotlinePorts()
  const settings = () => ({ ...ports.settings(), fields: [] })
  expect(await recordCallEvents(messageLeft, { ...ports, settings })).toMatchObject({
    channel: 'phone',
    status: 'triage',
  })
})

test.each([
  ['far away from ours', 'Fri, 01 Jan 2010 00:00:00 +0000'],
  ['no time at all', 'yesterday'],
])("a provider's clock that is %s is not believed", (_, Timestamp) => {
  const [event] = eventsOf('status', 'call-completed', { Timestamp })
  expect(event?.at).toEqual(NOW)
})

test.each(['-5', '1e3', '4.2', '99999999999', 'soon', ''])(
  'a length of "%s" is no length, and an address that is none is left out',
  (RecordingDuration) => {
    const [event] = eventsOf('recording-status', 'recording-completed', {
      RecordingDuration,
      RecordingUrl: 'not an address',
    })
    expect(event?.recording).toMatchObject({ durationSeconds: null, url: null, state: 'completed' })
  },
)
