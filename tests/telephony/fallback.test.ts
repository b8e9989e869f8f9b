import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CallEvent } from '#domain/call'
import { consentAtOf } from '#domain/call-record'
import { DomainError } from '#domain/errors'
import { fileCallEventJournal } from '#persistence/call-event-journal'
import { recordCallEvents } from '#use-cases/record-call'
import { type Hotline, startHotline, twilioWebhook } from '../support/twilio-hotline.ts'
import { hotlinePorts, memoryCalls, NOW } from '../support/twilio-ports.ts'
import { verbsOf } from '../support/twilio-twiml.ts'

const away = () => Promise.reject(new DomainError('unavailable', 'database-unavailable'))

let folder: string
let hotline: Hotline
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoiam-journal-'))
  const calls = { ...memoryCalls(), addEvent: away, findCall: away, saveCall: away }
  hotline = await startHotline(hotlinePorts({ calls }))
})
afterEach(async () => {
  await hotline.close()
  await rm(folder, { recursive: true, force: true })
})

async function replayed(journal: ReturnType<typeof fileCallEventJournal>): Promise<CallEvent[]> {
  const told: CallEvent[] = []
  await journal.replay((event) => Promise.resolve(told.push(event)))
  return told
}

test('the fallback takes a message without the database, and stores it when that is back', async () => {
  const asked = await hotline.send(
    'fallback',
    twilioWebhook('call-incoming', { ErrorCode: '11200' }),
  )
  const record = verbsOf(asked.text).find(({ verb }) => verb === 'Record')
  expect(record?.attributes['action']).toContain('/telephony/twilio/fallback-recorded')
  expect(record?.attributes['recordingStatusCallback']).toContain('/fallback-reported')

  const left = await hotline.send('fallback-recorded', twilioWebhook('message-left'))
  expect(left.status).toBe(200)
  const reported = await hotline.send('fallback-reported', twilioWebhook('recording-completed'))
  expect(reported.status).toBe(204)

  const journal = fileCallEventJournal(folder)
  await journal.append(hotline.waiting)
  const back = hotlinePorts()
  expect(await journal.replay(async (event) => recordCallEvents([event], back))).toBe(3)
  expect(back.openedCases.size).toBe(1)
  // The caller was told of the recording, though nothing could be noted then.
  const [call] = (await back.calls.list(null, 1)).items
  const [recording] = call?.recordings ?? []
  const toldAt = call && recording && consentAtOf(call, recording)
  expect(toldAt).toEqual(new Date(NOW.getTime() - (recording?.durationSeconds ?? 0) * 1_000))
  // Told once: the next run finds nothing.
  expect(await replayed(journal)).toEqual([])
})

test('what the usual doors could not record waits too, and is still asked for again', async () => {
  expect((await hotline.send('voice', twilioWebhook('call-incoming'))).status).toBe(200)
  const recorded = await hotline.send('recording-status', twilioWebhook('recording-completed'))
  expect(recorded.status).toBe(503)
  expect(hotline.waiting.map(({ type }) => type)).toEqual(['answered', 'recording-reported'])
})

test('a run that is cut short tells the rest at the next, and a line cut off is passed over', async () => {
  await hotline.send('voice', twilioWebhook('call-incoming'))
  const [event] = hotline.waiting
  if (event === undefined) throw new Error('nothing waits')
  const journal = fileCallEventJournal(folder)
  await journal.append([event, { ...event, legRef: 'CA2', callRef: 'CA2' }])
  let count = 0
  const dying = journal.replay(() => {
    count += 1
    return count === 2 ? Promise.reject(new Error('the machine goes down')) : Promise.resolve()
  })
  await expect(dying).rejects.toThrow('the machine goes down')

  const file = join(folder, 'call-events-under-way.ndjson')
  await writeFile(file, `${await readFile(file, 'utf8')}{"provider":"twi`)
  const told = await replayed(fileCallEventJournal(folder))
  expect(told.map(({ callRef }) => callRef)).toEqual([event.callRef, 'CA2'])
  expect(told[0]?.at).toEqual(event.at)
})

test('an unsigned request is refused at the fallback as everywhere', async () => {
  const path = '/telephony/twilio/fallback'
  expect((await hotline.request(path, { method: 'POST', body: 'CallSid=CA1' })).status).toBe(403)
})
