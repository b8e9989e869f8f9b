import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AnswerQuery } from '#contracts/answers'
import { CaseQuery } from '#contracts/cases'
import type { Case } from '#domain/case'
import { isCaseCode } from '#domain/case-code'
import { acceptCase, decisionOn, rejectCase } from '#domain/case-life'
import { DomainError } from '#domain/errors'
import {
  aCase,
  aCaseIn,
  aContact,
  aStaffMember,
  by,
  NOON,
  OFFICER,
  ROADS,
  WARD,
} from '../support/builders.ts'
import { aCode, type OpenDatabase, openDatabase } from './open-database.ts'

let database: OpenDatabase
const agent = aStaffMember({ role: 'agent', id: 'agent-1' })
const lead = aStaffMember({ role: 'supervisor', id: 'lead-1' })
const officer = aStaffMember()

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(async () => {
  await database.close()
})

async function added(overrides: Partial<Case> = {}): Promise<Case> {
  const opened = aCase({ code: aCode(), ...overrides })
  expect(await database.cases.add(opened)).toEqual({ taken: null })
  return opened
}

const accepted = (current: Case) =>
  acceptCase(current, OFFICER, decisionOn(current, by(OFFICER), NOON))
const codesOf = (page: { items: readonly Case[] }) => page.items.map(({ code }) => code)
const list = async (query: object, staff = agent) =>
  database.cases.list(CaseQuery.parse({ view: 'all', ...query }), staff, NOON)

describe('a case', () => {
  test('comes back as it went in, dates and all', async () => {
    const opened = await added(aCaseIn('published', { code: aCode() }))
    expect(await database.cases.findByCode(opened.code)).toEqual(opened)
  })

  test('of nobody is null', async () => {
    expect(await database.cases.findByCode('1000000009')).toBeNull()
    expect(await database.cases.findByIdempotencyKey('no such key')).toBeNull()
    expect(await database.cases.findAnswer('1000000009')).toBeNull()
  })
})

describe('adding', () => {
  test('of many with one key at once, one is written and the others say why not', async () => {
    const idempotencyKey = randomUUID()
    const results = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { intake } = aCase()
        return database.cases.add(aCase({ code: aCode(), intake: { ...intake, idempotencyKey } }))
      }),
    )
    expect(results.filter(({ taken }) => taken === null)).toHaveLength(1)
    expect(results.filter(({ taken }) => taken === 'idempotency-key')).toHaveLength(19)
  })

  test('a code that is taken is told from a key that is taken', async () => {
    const { code } = await added()
    expect(await database.cases.add(aCase({ code }))).toEqual({ taken: 'code' })
  })

  test('many without a key live side by side', async () => {
    await Promise.all(Array.from({ length: 5 }, async () => added()))
  })
})

describe('saving', () => {
  test('a version that somebody else has made meanwhile is refused, and theirs stays', async () => {
    const opened = await added()
    const winner = accepted(opened)
    await database.cases.save(winner, opened.version)
    const loser = rejectCase(opened, 'spam', null, decisionOn(opened, by(OFFICER), NOON))
    const refusal = await database.cases
      .save(loser, opened.version)
      .catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DomainError)
    expect(refusal).toMatchObject({ code: 'conflict', refusal: 'version-stale' })
    expect(await database.cases.findByCode(opened.code)).toEqual(winner)
  })

  test('of twenty who save the same version, one wins', async () => {
    const opened = await added()
    const saves = await Promise.allSettled(
      Array.from({ length: 20 }, async () => database.cases.save(accepted(opened), 1)),
    )
    expect(saves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('a case that does not exist cannot be saved', async () => {
    const ghost = aCase({ code: aCode(), version: 2 })
    await expect(database.cases.save(ghost, 1)).rejects.toMatchObject({ refusal: 'version-stale' })
    expect(await database.cases.findByCode(ghost.code)).toBeNull()
  })
})

describe('searching', () => {
  test('contact data find a case for the centre alone', async () => {
    const contact = aContact({
      name: 'Y Blǔt Êban',
      phone: '+84933222111',
      email: 'y.blut@buon.example',
    })
    const { code } = await added({ contact })
    for (const q of [
      'y blut eban',
      'Êban',
      '0933 222 111',
      '+84 933.222.111',
      '093322',
      'y.blut@buon.example',
    ]) {
      expect(codesOf(await list({ q })), q).toEqual([code])
      expect(codesOf(await list({ q }, officer)), q).toEqual([])
    }
  })

  test('a phone number that could pass for a code is a phone number too', async () => {
    // Its tenth digit happens to be the check digit of the nine before.
    const number = Array.from(
      { length: 100 },
      (_, last) => `09122330${String(last).padStart(2, '0')}`,
    )
    const lookAlike = number.find(isCaseCode) ?? ''
    expect(lookAlike).not.toBe('')
    const phone = lookAlike.replace(/^0/, '+84')
    const { code } = await added({ contact: aContact({ phone }) })
    expect(codesOf(await list({ q: lookAlike }))).toEqual([code])
    expect(codesOf(await list({ q: lookAlike }, officer))).toEqual([])
  })

  test('the words of a place are found however long the text is', async () => {
    const long = Array.from({ length: 400 }, (_, word) => `tu${String(word)}`).join(' ')
    const place = { ...aCase().place, address: 'ngõ Thổ Quan' } as Case['place']
    const { code } = await added({ redactedText: long, place })
    expect(codesOf(await list({ q: 'tho quan' }))).toEqual([code])
  })

  test('what looks like a pattern is only words', async () => {
    for (const q of ['.*', '$where', '(', '[a-z]+', '\\']) {
      await expect(list({ q })).resolves.toBeDefined()
    }
  })
})

describe('who sees what', () => {
  test('an officer lists the cases of one agency, an agent none that are restricted', async () => {
    const ours = await added({ agency: ROADS })
    const theirs = await added({ agency: WARD })
    const secret = await added({ agency: null, kind: 'denunciation' })
    const seen = async (staff: typeof officer) => codesOf(await list({ limit: 200 }, staff))
    const [byOfficer, byAgent, byLead] = [await seen(officer), await seen(agent), await seen(lead)]
    expect(byOfficer).toContain(ours.code)
    expect(byOfficer).not.toContain(theirs.code)
    expect(byAgent).toEqual(expect.arrayContaining([ours.code, theirs.code]))
    expect(byAgent).not.toContain(secret.code)
    expect(byLead).toContain(secret.code)
    const counts = await database.cases.counts(officer, NOON)
    expect(counts.all).toBe(byOfficer.length)
  })

  test('an officer of no agency sees nothing', async () => {
    expect(codesOf(await list({}, aStaffMember({ agencyId: null })))).toEqual([])
  })
})

describe('a page of a list', () => {
  test.each(['newest', 'due'] as const)(
    '(%s) stays in place while cases arrive and change',
    async (sort) => {
      const agency = { id: `agency-${sort}`, name: 'Cơ quan' }
      const staff = aStaffMember({ agencyId: agency.id })
      const mine = await Promise.all(
        Array.from({ length: 9 }, async (_, index) =>
          added({
            agency,
            // Three of them share each moment.
            receivedAt: new Date(NOON.getTime() + Math.floor(index / 3) * 1_000),
            dueAt: index < 6 ? new Date(NOON.getTime() + Math.floor(index / 3) * 60_000) : null,
          }),
        ),
      )
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await list(
          { sort, limit: 2, ...(cursor === undefined ? {} : { cursor }) },
          staff,
        )
        seen.push(...codesOf(page))
        cursor = page.nextCursor ?? undefined
        // Before everything that is still to come, in either order.
        await added({
          agency,
          receivedAt: new Date(NOON.getTime() + 3_600_000),
          dueAt: new Date(NOON.getTime() - 3_600_000),
        })
      } while (cursor !== undefined)
      expect([...seen].sort()).toEqual(mine.map(({ code }) => code).sort())
    },
  )

  test('the public list holds what is answered and agreed to, and nothing else', async () => {
    const shown = await added(aCaseIn('published', { code: aCode() }))
    const hidden = [
      aCaseIn('published', { code: aCode(), consents: ['contact'] }),
      aCaseIn('published', { code: aCode(), kind: 'complaint' }),
      aCaseIn('accepted', { code: aCode() }),
      aCaseIn('withdrawn', { code: aCode() }),
    ]
    for (const each of hidden) await database.cases.add(each)
    const listed = codesOf(await database.cases.listAnswers(AnswerQuery.parse({ limit: 50 })))
    expect(listed).toContain(shown.code)
    for (const { code } of hidden) {
      expect(listed).not.toContain(code)
      expect(await database.cases.findAnswer(code)).toBeNull()
    }
  })
})

describe('nearing deadlines', () => {
  test('come soonest first and in batches that join without a gap', async () => {
    const at = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000)
    const own = await openDatabase()
    try {
      const due = [5, 1, 3, 3, 3, 2, 4].map((minutes) =>
        aCase({ code: aCode(), dueAt: at(minutes) }),
      )
      const others = [
        aCase({ code: aCode(), dueAt: at(1), warnedLevel: 100 }),
        aCase({ code: aCode(), dueAt: at(1_000) }),
        aCase({ code: aCode(), dueAt: null }),
        aCaseIn('withdrawn', { code: aCode() }),
      ]
      for (const each of [...due, ...others]) await own.cases.add(each)
      const seen: Case[] = []
      let batch: readonly Case[]
      do {
        batch = await own.cases.findNearingDeadline(at(60), 2, seen.at(-1))
        seen.push(...batch)
      } while (batch.length > 0)
      expect(seen.map(({ dueAt }) => dueAt)).toEqual([1, 2, 3, 3, 3, 4, 5].map(at))
      expect(new Set(seen.map(({ code }) => code)).size).toBe(due.length)
    } finally {
      await own.close()
    }
  })
})
