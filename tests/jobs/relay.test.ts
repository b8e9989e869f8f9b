import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Case, TimelineStep } from '#domain/case'
import { decisionOn } from '#domain/case-life'
import { noteCase } from '#domain/case-response'
import { type Consumer, createRelay, type Relay } from '#jobs/relay'
import { aCode, type OpenDatabase, openDatabase } from '../persistence/open-database.ts'
import { aCase, by, NOON, OFFICER } from '../support/builders.ts'

type Heard = { readonly code: string; readonly versions: readonly number[] }

let database: OpenDatabase
let relays: Relay[]
let heard: Heard[]
let at: Date
beforeAll(async () => {
  database = await openDatabase()
})
beforeEach(() => {
  relays = []
  heard = []
  at = NOON
})
afterEach(async () => {
  await Promise.all(relays.map(async (relay) => relay.stop()))
})
afterAll(async () => {
  await database.close()
})

const hear: Consumer = (changed, steps) => {
  heard.push({ code: changed.code, versions: steps.map(({ version }) => version) })
}

/** A process that tells `consumers`; a crash is a process that is never stopped. */
function aProcess(...consumers: Consumer[]): Relay {
  const relay = createRelay(
    database.outbox,
    consumers,
    { now: () => at },
    pino({ level: 'silent' }),
  )
  relays.push(relay)
  return relay
}

async function opened(): Promise<Case> {
  const current = aCase({ code: aCode() })
  await database.cases.add(current)
  return current
}

async function changed(current: Case): Promise<Case> {
  const note = { id: 'a note', by: OFFICER, at: NOON, text: 'x' }
  const next = noteCase(current, note, decisionOn(current, by(OFFICER), NOON))
  await database.cases.save(next, current.version)
  return next
}

const newSteps = (current: Case): readonly TimelineStep[] =>
  current.timeline.filter(({ version }) => version === current.version)
const told = (code: string) =>
  heard.filter((each) => each.code === code).map(({ versions }) => versions)
const pendingCodes = async () => {
  const later = new Date(NOON.getTime() + 86_400_000)
  return (await database.outbox.findPending(later, 1_000)).map((each) => each.changed.code)
}
/** Moves the clock on, so that what is untold counts as left behind. */
const later = () => (at = new Date(NOON.getTime() + 60_000))

test('a change is told once by the process that made it, and then no more', async () => {
  const relay = aProcess(hear)
  const current = await opened()
  relay.publish(current, current.timeline)
  await relay.stop()
  expect(told(current.code)).toEqual([[1]])
  expect(await pendingCodes()).not.toContain(current.code)

  later()
  aProcess(hear).start()
  const witness = await opened()
  await expect.poll(() => told(witness.code)).toEqual([[1]])
  expect(told(current.code)).toEqual([[1]])
})

test('what a crash left untold between save and tell is told by the next start', async () => {
  const current = await changed(await opened())
  later()
  aProcess(hear).start()
  await expect.poll(() => told(current.code)).toEqual([[1, 2]])
  await expect.poll(pendingCodes).not.toContain(current.code)
})

test('what a crash left untold is told even where the case moved on before the next look', async () => {
  const first = await opened()
  // The next process knows only of its own change.
  const second = await changed(first)
  const next = aProcess(hear)
  next.publish(second, newSteps(second))
  await next.stop()
  expect(told(first.code)).toEqual([[2]])
  later()
  aProcess(hear).start()
  await expect.poll(() => told(first.code).flat()).toContain(1)
})

test('a consumer that fails hears it again, though later changes went through', async () => {
  let isBroken = true
  const learned: number[] = []
  const relay = aProcess((_changed, steps) => {
    if (isBroken) throw new Error('away for a moment')
    learned.push(...steps.map(({ version }) => version))
  })
  const first = await opened()
  relay.publish(first, first.timeline)
  const second = await changed(first)
  isBroken = false
  relay.publish(second, newSteps(second))
  await relay.stop()
  expect(learned).toEqual([2])

  later()
  const next = aProcess(hear)
  next.start()
  await expect.poll(() => told(first.code).flat()).toEqual([1, 2])
})

test('changes of one case are told in their order', async () => {
  const relay = aProcess(hear)
  let current = await opened()
  relay.publish(current, current.timeline)
  for (let change = 0; change < 5; change++) {
    current = await changed(current)
    relay.publish(current, newSteps(current))
  }
  await relay.stop()
  expect(told(current.code)).toEqual([[1], [2], [3], [4], [5], [6]])
  expect(await pendingCodes()).not.toContain(current.code)
})

test('stopping waits for a slow consumer and marks what it heard', async () => {
  const finished: string[] = []
  const relay = aProcess(async ({ code }) => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    finished.push(code)
  })
  const current = await opened()
  relay.publish(current, current.timeline)
  await relay.stop()
  expect(finished).toEqual([current.code])
  expect(await pendingCodes()).not.toContain(current.code)
})

test('a backlog larger than one batch is told without waiting for the next look', async () => {
  const all: Case[] = []
  for (let round = 0; round < 8; round++) {
    all.push(...(await Promise.all(Array.from({ length: 30 }, async () => opened()))))
  }
  later()
  const relay = aProcess(hear)
  relay.start()
  await expect.poll(() => heard.length, { timeout: 4_000 }).toBeGreaterThanOrEqual(all.length)
  await relay.stop()
  expect(new Set(heard.map(({ code }) => code)).size).toBe(heard.length)
})
