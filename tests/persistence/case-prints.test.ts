import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { shippedLikeness } from '#backend/understanding'
import type { Case } from '#domain/case'
import type { CasePrint } from '#domain/likeness'
import { mongoCasePrints } from '#persistence/case-prints'
import type { CasePrints } from '#use-cases/ports'
import { printCase, printOf, printOlderCases } from '#use-cases/print-case'
import { aCase, aResponse, aStep, NOON } from '../support/builders.ts'
import { aCode, type OpenDatabase, openDatabase } from './open-database.ts'

const likeness = shippedLikeness()
let database: OpenDatabase
let casePrints: CasePrints
beforeAll(async () => {
  database = await openDatabase()
  casePrints = mongoCasePrints(database.connection)
})
beforeEach(async () => {
  await database.connection.collection('case_prints').deleteMany({})
  await database.connection.collection('cases').deleteMany({})
})
afterAll(async () => {
  await database.close()
})

const DAY_MS = 86_400_000

async function sharing(print: CasePrint, changes: object = {}): Promise<readonly string[]> {
  const found = await casePrints.findSharing({
    keys: likeness.sightingKeys(print.sighting),
    since: new Date(NOON.getTime() - DAY_MS),
    until: new Date(NOON.getTime() + DAY_MS),
    limit: 10,
    ...changes,
  })
  return found.map(({ code }) => code).sort()
}

const aPrint = (overrides: Partial<Case> = {}) =>
  printOf(aCase({ code: aCode(), text: 'Đèn hẻm 42 Nguyễn Trãi hỏng', ...overrides }), likeness)

describe('prints', () => {
  test('come back as they were kept, found by a key they share', async () => {
    const print = aPrint()
    await casePrints.put(print)
    await casePrints.put(aPrint({ text: 'Chợ đêm xả rác xuống sông', place: null }))
    const [found, ...others] = await casePrints.findSharing({
      keys: likeness.sightingKeys(print.sighting),
      since: null,
      until: NOON,
      limit: 10,
    })
    expect(others).toEqual([])
    expect(likeness.likeness(print.sighting, found?.sighting ?? aPrint().sighting).score).toBe(
      likeness.likeness(print.sighting, print.sighting).score,
    )
    expect(found).toMatchObject({ code: print.code, version: print.version, answerPrint: null })
  })

  test('are looked for in their time, newest first, so many', async () => {
    const [old, day, now] = [-40, -1, 0].map((days) =>
      aPrint({ receivedAt: new Date(NOON.getTime() + days * DAY_MS) }),
    )
    if (!old || !day || !now) throw new Error('three prints')
    for (const each of [old, day, now]) await casePrints.put(each)
    expect(await sharing(now)).toEqual([day.code, now.code].sort())
    expect(await sharing(now, { limit: 1 })).toEqual([now.code])
  })

  test('of a later version win, whichever comes first', async () => {
    const code = aCode()
    const earlier = aPrint({ code, version: 1, text: 'Rác ở cầu Chợ Cầu' })
    const later = aPrint({ code, version: 3 })
    await casePrints.put(later)
    await casePrints.put(earlier)
    await casePrints.put(later)
    expect(await sharing(later)).toEqual([code])
    expect(
      await casePrints.findSharing({
        keys: earlier.keys.filter((key) => !later.keys.includes(key)),
        since: null,
        until: NOON,
        limit: 5,
      }),
    ).toEqual([])
  })
})

describe('changes', () => {
  const ports = () => ({ likeness, casePrints })

  test('of what a case is found by are kept, others cost nothing', async () => {
    const opened = aCase({ code: aCode() })
    const noted = aStep({ type: 'case:noted' })
    await printCase(opened, [noted], ports())
    expect(await sharing(printOf(opened, likeness))).toEqual([])
    await printCase(opened, [aStep(), noted], ports())
    expect(await sharing(printOf(opened, likeness))).toEqual([opened.code])
  })

  test('a case is an example of an answer only while it is public', () => {
    const publishedAt = NOON
    const response = aResponse({ state: 'published', publishedAt })
    const shown = aCase({ status: 'published', response, publishedAt, consents: ['publish'] })
    expect(printOf(shown, likeness).answerPrint).not.toBeNull()
    const others: Partial<Case>[] = [
      { consents: ['contact'] },
      { status: 'reopened' },
      { kind: 'denunciation' },
    ]
    for (const each of others) {
      expect(printOf({ ...shown, ...each }, likeness).answerPrint).toBeNull()
    }
  })

  test('a message on the line that nobody has heard is like no other', () => {
    const intake = { ...aCase().intake, idempotencyKey: 'call CA1' }
    const text = 'Người dân gọi tổng đài và để lại lời nhắn thoại dài 42 giây.'
    expect(printOf(aCase({ intake, text }), likeness).keys).toEqual([])
    // Once its words are written down it is a report like any other.
    expect(printOf(aCase({ intake }), likeness).keys).not.toEqual([])
  })
})

describe('cases from before', () => {
  test('get their prints once, and after a stop where it was left', async () => {
    const codes = Array.from({ length: 5 }, () => aCode())
    for (const code of codes) await database.cases.add(aCase({ code }))
    const ports = { likeness, casePrints }
    expect(await printOlderCases(ports, () => true)).toBe(0)
    expect(await printOlderCases(ports)).toBe(5)
    expect(await sharing(printOf(aCase(), likeness))).toEqual([...codes].sort())
    expect(await printOlderCases(ports)).toBe(0)
    // Another format makes them all anew.
    expect(await printOlderCases({ ...ports, likeness: { ...likeness, format: 99 } })).toBe(5)
  })
})
