import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { attachCase, type Call, type CallEvent } from '#domain/call'
import { enterQueue, leaveQueue } from '#domain/call-queue'
import { applyCallEvent } from '#domain/call-progress'
import { mongoCallRepository } from '#persistence/call-repository'
import { connectDatabase, ensureIndexes } from '#persistence/connect'
import type { CallRepository } from '#use-cases/ports'
import { memoryCalls } from '../support/twilio-ports.ts'

const AT = Date.parse('2026-11-23T01:00:00Z')

function anEvent(callRef: string, overrides: Partial<CallEvent> = {}): CallEvent {
  return {
    provider: 'twilio',
    callRef,
    legRef: callRef,
    type: 'answered',
    seq: null,
    at: new Date(AT),
    direction: 'inbound',
    from: '+84912345678',
    to: null,
    cause: null,
    recording: null,
    ...overrides,
  }
}

function aCall(callRef: string, overrides: Partial<CallEvent> = {}): Call {
  return applyCallEvent(null, anEvent(callRef, overrides))
}

const message = {
  type: 'message-left',
  recording: { ref: 'RE1', url: null, durationSeconds: 42, state: null },
} as const

let connection: Connection
beforeAll(async () => {
  const uri = new URL(inject('mongodbUri'))
  uri.pathname = `/calls_${randomUUID().slice(0, 8)}`
  connection = await connectDatabase(uri.href)
  mongoCallRepository(connection)
  await ensureIndexes(connection)
})
afterAll(async () => {
  await connection.dropDatabase()
  await connection.close()
})

async function emptyMongo(): Promise<CallRepository> {
  await connection.collection('calls').deleteMany({})
  await connection.collection('call_events').deleteMany({})
  return mongoCallRepository(connection)
}

describe.each([
  ['in MongoDB', emptyMongo],
  ['in memory, for tests', () => Promise.resolve(memoryCalls())],
])('a call log %s', (_, emptyLog) => {
  test('keeps an event once', async () => {
    const calls = await emptyLog()
    const event = anEvent('CA1', message)
    expect(await calls.addEvent(event)).toBe(true)
    expect(await calls.addEvent({ ...event, at: new Date(AT + 9_000) })).toBe(false)
    expect(await calls.addEvent({ ...event, legRef: 'CA2' })).toBe(true)
  })

  test('keeps one of many copies that arrive at the same moment', async () => {
    const calls = await emptyLog()
    const copies = Array.from({ length: 20 }, () => calls.addEvent(anEvent('CA1')))
    expect((await Promise.all(copies)).filter(Boolean)).toHaveLength(1)
  })

  test('gives a call back as it was saved', async () => {
    const calls = await emptyLog()
    const call = aCall('CA1', message)
    expect(await calls.findCall(call.id)).toBeNull()
    expect(await calls.saveCall(call, 0)).toBe(true)
    const found = await calls.findCall(call.id)
    expect(found).toEqual(call)
    // Even the order of its parts: an event that says nothing new must be noticed.
    expect(found && applyCallEvent(found, anEvent('CA1', message))).toBe(found)
  })

  test('saves over the version that was loaded and over no other', async () => {
    const calls = await emptyLog()
    const call = aCall('CA1')
    await calls.saveCall(call, 0)
    const ended = applyCallEvent(call, anEvent('CA1', { type: 'ended', cause: 'completed' }))
    expect(await calls.saveCall(call, 0)).toBe(false)
    expect(await calls.saveCall(ended, call.version)).toBe(true)
    expect(await calls.saveCall({ ...call, version: 2 }, call.version)).toBe(false)
    expect((await calls.findCall(call.id))?.state).toBe('ended')
  })

  test('lets one of several writers of a version win', async () => {
    const calls = await emptyLog()
    await calls.saveCall(aCall('CA1'), 0)
    const codes = ['1', '2', '3', '4', '5']
    const won = await Promise.all(
      codes.map((code) => calls.saveCall(attachCase(aCall('CA1'), code), 1)),
    )
    expect(won.filter(Boolean)).toHaveLength(1)
    expect((await calls.findCall('twilio:CA1'))?.caseCode).toBe(codes[won.indexOf(true)])
  })

  test('finds the messages that wait for a case, oldest first', async () => {
    const calls = await emptyLog()
    await calls.saveCall(aCall('CA1', { ...message, at: new Date(AT + 2_000) }), 0)
    await calls.saveCall(aCall('CA2', { ...message, at: new Date(AT + 1_000) }), 0)
    await calls.saveCall(attachCase(aCall('CA3', message), '2611048273'), 0)
    await calls.saveCall(aCall('CA4'), 0)
    const waiting = await calls.findAwaitingCase(10)
    expect(waiting.map(({ callRef }) => callRef)).toEqual(['CA2', 'CA1'])
    expect(await calls.findAwaitingCase(1)).toHaveLength(1)
  })

  test('finds who waits for an agent, until they leave or hang up', async () => {
    const calls = await emptyLog()
    const wanted = { field: null, language: 'vi' } as const
    for (const ref of ['CA1', 'CA2', 'CA3', 'CA4']) await calls.saveCall(aCall(ref), 0)
    for (const ref of ['CA1', 'CA2', 'CA3']) {
      await calls.saveCall(enterQueue(aCall(ref), wanted, new Date(AT)), 1)
    }
    const [one, two] = [await calls.findCall('twilio:CA1'), await calls.findCall('twilio:CA2')]
    if (one === null || two === null) throw new Error('not there')
    await calls.saveCall(leaveQueue(one, 'call-back', new Date(AT)), one.version)
    const end = anEvent('CA2', { type: 'ended', cause: 'completed' })
    await calls.saveCall(applyCallEvent(two, end), two.version)
    expect((await calls.findWaiting()).map(({ callRef }) => callRef)).toEqual(['CA3'])
  })

  test('finds the recorded messages that nobody wrote down, of late, oldest first', async () => {
    const calls = await emptyLog()
    const completed = {
      type: 'recording-reported',
      recording: { ...message.recording, state: 'completed' },
    } as const
    const segment = { seq: 1, speaker: 'citizen', at: new Date(AT), text: 'a' } as const
    await calls.saveCall(aCall('CA1', { ...completed, at: new Date(AT + 2_000) }), 0)
    await calls.saveCall(aCall('CA2', { ...completed, at: new Date(AT + 1_000) }), 0)
    await calls.saveCall(aCall('CA3', { ...completed, at: new Date(AT - 1_000) }), 0)
    await calls.saveCall(aCall('CA4', message), 0)
    await calls.saveCall(aCall('CA5', { ...completed, segment }), 0)
    const found = await calls.findUntranscribed(new Date(AT), 10)
    expect(found.map(({ callRef }) => callRef)).toEqual(['CA2', 'CA1'])
    expect(await calls.findUntranscribed(new Date(AT), 1)).toHaveLength(1)
  })

  test('lists the newest first', async () => {
    const calls = await emptyLog()
    for (const second of [2, 1, 3]) {
      await calls.saveCall(aCall(`CA${second}`, { at: new Date(AT + second * 1_000) }), 0)
    }
    const page = await calls.list(null, 10)
    expect(page.items.map(({ callRef }) => callRef)).toEqual(['CA3', 'CA2', 'CA1'])
    expect(page.nextCursor).toBeNull()
  })
})

describe('pages of a call log in MongoDB', () => {
  test('hold every call once, those of one moment too', async () => {
    const calls = await emptyMongo()
    // Seven calls in three moments, three to a page.
    for (let index = 0; index < 7; index++) {
      await calls.saveCall(aCall(`CA${index}`, { at: new Date(AT + (index % 3) * 1_000) }), 0)
    }
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await calls.list(cursor, 3)
      seen.push(...page.items.map(({ callRef }) => callRef))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(['CA5', 'CA2', 'CA4', 'CA1', 'CA6', 'CA3', 'CA0'])
  })

  test.each(['', 'nonsense', 'W10', 'bnVsbA'])(
    'a cursor "%s" that is not ours is refused',
    async (cursor) => {
      const calls = await emptyMongo()
      await expect(calls.list(cursor, 3)).rejects.toMatchObject({ code: 'invalid' })
    },
  )
})
