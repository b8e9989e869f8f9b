import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { newAgent } from '#domain/agent'
import type { Call } from '#domain/call'
import { NOTHING_KNOWN } from '#domain/call-progress'
import { enterQueue, leaveQueue, offerTo } from '#domain/call-queue'
import { mongoAgentRepository } from '#persistence/agent-repository'
import { mongoAgentSpells } from '#persistence/agent-spells'
import { mongoCallBackRepository } from '#persistence/call-back-repository'
import { callDocument, mongoCallRepository } from '#persistence/call-repository'
import { connectDatabase, ensureIndexes } from '#persistence/connect'
import { encodeCursor } from '#persistence/cursor'
import type { CallRepository } from '#use-cases/ports'
import type { AgentRepository, CallBackRepository } from '#use-cases/ports/telephony'

const AT = new Date('2026-11-23T02:00:00Z')
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1_000)
const LAN = { id: 'lan', name: 'Lan' }

let connection: Connection
let calls: CallRepository
let callBacks: CallBackRepository
let agents: AgentRepository
beforeAll(async () => {
  const uri = new URL(inject('mongodbUri'))
  uri.pathname = `/live_${randomUUID().slice(0, 8)}`
  connection = await connectDatabase(uri.href)
  calls = mongoCallRepository(connection)
  callBacks = mongoCallBackRepository(connection)
  agents = mongoAgentRepository(connection, mongoAgentSpells(connection))
  await ensureIndexes(connection)
})
afterAll(async () => {
  await connection.dropDatabase()
  await connection.close()
})

function aCall(callRef: string, from: string): Call {
  const id = `twilio:${callRef}`
  return { ...NOTHING_KNOWN, id, provider: 'twilio', callRef, startedAt: AT, from, version: 1 }
}

test('a call is found in the queue while it waits, at its agent while it is theirs, and no longer', async () => {
  const waiting = enterQueue(aCall('CA1', '+84912345678'), { field: null, language: 'vi' }, AT)
  await calls.saveCall(waiting, 0)
  expect((await calls.findWaiting()).map(({ id }) => id)).toEqual(['twilio:CA1'])
  const rung = offerTo(waiting, LAN, AT, 20)
  expect(await calls.saveCall(rung, waiting.version)).toBe(true)
  expect(await calls.findRungOut(later(19), 10)).toEqual([])
  expect(await calls.findRungOut(later(20), 10)).toHaveLength(1)
  const left = { ...leaveQueue(rung, 'answered', later(5)), agent: LAN }
  await calls.saveCall(left, rung.version)
  expect(await calls.findWaiting()).toEqual([])
  expect(await calls.findRungOut(later(60), 10)).toEqual([])
  expect((await calls.findBusy('lan'))?.id).toBe('twilio:CA1')
  expect(await calls.findUnsettled(10)).toHaveLength(1)
  expect(await calls.findSilent(later(4), 10)).toEqual([])
  expect(await calls.findSilent(later(6), 10)).toHaveLength(1)
  expect(await calls.findOfNumber('+84912345678', 10)).toHaveLength(1)
})

test('every question about live calls reads an index that holds live calls alone', async () => {
  const over = Array.from({ length: 500 }, (_, index) => ({
    ...aCall(`CB${String(index)}`, `+8490${String(1_000_000 + index)}`),
    state: 'ended' as const,
    endedAt: AT,
  }))
  await connection.collection('calls').insertMany(over.map(callDocument) as never[])
  const long = { $gt: new Date(0) }
  const questions = {
    waitingSince: long,
    ringsUntil: { $lte: AT },
    busyAgentId: 'nobody',
    unsettledSince: long,
    wrapUpUntil: { $lte: AT },
    heardAt: { $lt: AT },
    number: '+84901000007',
    isUnheard: true,
  }
  for (const [field, question] of Object.entries(questions)) {
    const plan = await connection
      .collection('calls')
      .find({ [field]: question })
      .explain('executionStats')
    expect(JSON.stringify(plan), field).toContain('IXSCAN')
    const { totalDocsExamined } = plan['executionStats'] as { totalDocsExamined: number }
    expect(totalDocsExamined, field).toBeLessThan(10)
  }
})

test('a page of the log, a day and the counts on the wall read no more than they tell of', async () => {
  const asked: { collection: string; filter: object; options: object }[] = []
  const old = Array.from({ length: 300 }, (_, index) => ({
    ...aCall(`CC${String(index)}`, '+84912345678'),
    startedAt: new Date(AT.getTime() - (index + 1) * 3_600_000),
    state: 'ended' as const,
    endedAt: AT,
  }))
  await connection.collection('calls').insertMany(old.map(callDocument) as never[])
  const last = encodeCursor({ at: old[99]?.startedAt ?? AT, id: 'twilio:CC99' })
  const note = (collection: string, _method: string, filter: object, options: object) =>
    asked.push({ collection, filter, options })
  connection.set('debug', note)
  expect((await calls.list(last, 10)).items[0]?.id).toBe('twilio:CC100')
  const day = await calls.findCounted(later(-86_400), later(-3_600), 1_000)
  expect(day).toHaveLength(23)
  expect(day[0]).not.toHaveProperty('callRef')
  expect(await callBacks.countDue(AT)).toBe(0)
  connection.set('debug', false)

  const examined = []
  for (const { collection, filter, options } of asked) {
    const found = connection.collection(collection).find(filter, options)
    const plan = await found.explain('executionStats')
    expect(JSON.stringify(plan), collection).toContain('IXSCAN')
    examined.push((plan['executionStats'] as { totalDocsExamined: number }).totalDocsExamined)
  }
  const [page = Infinity, ofDay, due] = examined
  expect(page).toBeLessThan(20)
  expect([ofDay, due]).toEqual([23, 0])
})

test('a message counts as unheard until somebody listened to it', async () => {
  const before = await calls.countUnheard()
  const recording = { ref: 'RE1', url: null, durationSeconds: 20, state: 'completed' } as const
  const left = { ...aCall('CD1', '+84912345679'), recordings: [recording] }
  await calls.saveCall(left, 0)
  expect(await calls.countUnheard()).toBe(before + 1)
  const heard = { ...left, version: 2, recordings: [{ ...recording, heardAt: AT }] }
  await calls.saveCall(heard, 1)
  expect(await calls.countUnheard()).toBe(before)
})

test('of several writers of an agent one wins', async () => {
  const agent = { ...newAgent('lan', 'Lan', AT), version: 1 }
  expect(await agents.save(agent, 0)).toBe(true)
  expect(await agents.save(agent, 0)).toBe(false)
  const next = { ...agent, state: 'away' as const, version: 2 }
  const won = await Promise.all([agents.save(next, 1), agents.save(next, 1)])
  expect(won.filter(Boolean)).toHaveLength(1)
  expect(await agents.findById('lan')).toEqual(next)
  expect(await agents.list()).toEqual([next])
})
