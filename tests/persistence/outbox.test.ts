import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Case } from '#domain/case'
import { decisionOn } from '#domain/case-life'
import { noteCase } from '#domain/case-response'
import { aCase, by, NOON, OFFICER } from '../support/builders.ts'
import { aCode, type OpenDatabase, openDatabase } from './open-database.ts'

let database: OpenDatabase

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(async () => {
  await database.close()
})

async function added(): Promise<Case> {
  const opened = aCase({ code: aCode() })
  await database.cases.add(opened)
  return opened
}

const LATER = new Date(NOON.getTime() + 3_600_000)
const pendingOf = async (code: string) => {
  const pending = await database.outbox.findPending(LATER, 1_000)
  return pending.find(({ changed }) => changed.code === code)
}
const noted = (current: Case) =>
  noteCase(
    current,
    { id: randomUUID(), by: OFFICER, at: NOON, text: 'x' },
    decisionOn(current, by(OFFICER), NOON),
  )

test('a change waits with its steps until it is marked', async () => {
  const opened = await added()
  expect(await pendingOf(opened.code)).toEqual({ changed: opened, steps: opened.timeline })
  await database.outbox.markTold([{ code: opened.code, fromVersion: 1, version: 1 }])
  expect(await pendingOf(opened.code)).toBeUndefined()
})

test('a change is left alone while the process that made it may still be telling', async () => {
  const { code } = await added()
  const pending = await database.outbox.findPending(NOON, 1_000)
  expect(pending.map(({ changed }) => changed.code)).not.toContain(code)
})

test('a mark does not clear a version that came after it', async () => {
  const opened = await added()
  const next = noted(opened)
  await database.cases.save(next, 1)
  await database.outbox.markTold([{ code: opened.code, fromVersion: 1, version: 1 }])
  const pending = await pendingOf(opened.code)
  expect(pending?.steps.map(({ version }) => version)).toEqual([2])
  await database.outbox.markTold([{ code: opened.code, fromVersion: 2, version: 2 }])
  expect(await pendingOf(opened.code)).toBeUndefined()
})

test('a mark does not clear a version that came before it and was never told', async () => {
  const opened = await added()
  const next = noted(opened)
  await database.cases.save(next, 1)
  await database.outbox.markTold([{ code: opened.code, fromVersion: 2, version: 2 }])
  const pending = await pendingOf(opened.code)
  expect(pending?.steps.map(({ version }) => version)).toEqual([1, 2])
  expect(pending?.changed).toEqual(next)
})

test('marks of several cases touch only their own', async () => {
  const [a, b] = [await added(), await added()]
  await database.outbox.markTold([{ code: a.code, fromVersion: 1, version: 1 }])
  await database.outbox.markTold([])
  expect(await pendingOf(a.code)).toBeUndefined()
  expect(await pendingOf(b.code)).toBeDefined()
})
