import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CASE_STATUSES, OPEN_STATUSES, type CaseStatus } from '#contracts/vocabulary'
import { type Case, CITIZEN, SYSTEM } from '#domain/case'
import {
  acceptCase,
  type Change,
  correctCase,
  type Decision,
  decisionOn,
  extendCase,
  isLegal,
  LEGAL_FROM,
  redirectCase,
  rejectCase,
  returnCase,
  routeCase,
  triageCase,
  withdrawCase,
} from '#domain/case-life'
import {
  approveResponse,
  canDispute,
  closeCase,
  disputeCase,
  draftResponse,
  noteCase,
  rateCase,
  recordReveal,
  sendBackResponse,
  submitResponse,
  supplementCase,
  warnDeadline,
} from '#domain/case-response'
import { DomainError } from '#domain/errors'
import { mergeCase, unmergeCase } from '#domain/merged-case'
import { splitCase } from '#domain/sub-case'
import { openCase } from '#domain/open-case'
import { StaleVersion } from '#domain/stale-version'
import {
  aCase,
  aCaseIn,
  aDecision,
  anOpening,
  APPROVER,
  aResponse,
  aStep,
  by,
  frozen,
  NOON,
  OFFICER,
  ROADS,
  WARD,
} from '../support/builders.ts'

const LATER = new Date('2026-12-20T05:00:00Z')
const DAY_MS = 86_400_000

const A_PART = {
  start: 0,
  end: 9,
  code: '2611048281',
  field: 'electricity',
  topic: null,
  agency: WARD,
} as const

const A_LEAD = aCase({ code: '2611048281' })

/** Each change as somebody makes it. */
const MAKE: Record<Change, (current: Case, decision: Decision) => Case> = {
  route: (current, decision) => routeCase(current, WARD, null, decision),
  triage: (current, decision) => triageCase(current, 'unsure-field', decision),
  correct: (current, decision) => correctCase(current, 'traffic', null, decision),
  split: (current, decision) => splitCase(current, A_PART, decision),
  accept: (current, decision) => acceptCase(current, OFFICER, decision),
  return: (current, decision) => returnCase(current, 'not-our-area', null, WARD, decision),
  draft: (current, decision) => draftResponse(current, 'Đã sửa.', 'Đã sửa.', OFFICER, decision),
  submit: (current, decision) => submitResponse(current, decision),
  'send-back': (current, decision) => sendBackResponse(current, 'Nói rõ ngày', decision),
  approve: (current, decision) => approveResponse(current, APPROVER, decision),
  close: (current, decision) => closeCase(current, decision),
  rate: (current, decision) => rateCase(current, 5, null, decision),
  dispute: (current, decision) => disputeCase(current, 'Đèn lại tắt', LATER, decision),
  extend: (current, decision) => extendCase(current, LATER, 'Chờ vật tư', decision),
  reject: (current, decision) => rejectCase(current, 'spam', null, decision),
  redirect: (current, decision) => redirectCase(current, 'complaint-desk', null, decision),
  merge: (current, decision) => mergeCase(current, A_LEAD, 'Cùng cột đèn', decision),
  unmerge: (current, decision) => unmergeCase(current, 'Hẻm khác', decision),
  withdraw: (current, decision) => withdrawCase(current, decision),
  supplement: (current, decision) => supplementCase(current, 'Cột số 7', decision),
}
const CHANGES = Object.keys(MAKE) as Change[]

/** What may happen in each status (the life of a case as the design draws it), and nothing else. */
const MAY_HAPPEN: Record<CaseStatus, readonly Change[]> = {
  received: ['route', 'triage'],
  triage: [
    ...['route', 'triage', 'correct', 'split', 'reject', 'redirect', 'merge'],
    ...['withdraw', 'supplement'],
  ] as Change[],
  routed: [
    ...['route', 'triage', 'correct', 'split', 'accept', 'return', 'extend'],
    ...['reject', 'redirect', 'merge', 'withdraw', 'supplement'],
  ] as Change[],
  accepted: [
    ...['route', 'triage', 'correct', 'split', 'return', 'draft', 'submit', 'extend'],
    ...['reject', 'merge', 'withdraw', 'supplement'],
  ] as Change[],
  answered: ['send-back', 'approve', 'supplement'],
  published: ['close', 'rate', 'dispute'],
  closed: ['rate', 'dispute'],
  returned: [
    ...['route', 'triage', 'correct', 'split', 'reject', 'redirect', 'merge'],
    ...['withdraw', 'supplement'],
  ] as Change[],
  reopened: [
    ...['route', 'triage', 'correct', 'split', 'accept', 'return'],
    ...['extend', 'merge', 'withdraw', 'supplement'],
  ] as Change[],
  redirected: [],
  merged: ['unmerge'],
  rejected: [],
  withdrawn: [],
}

const LEADS_TO: Record<Change, CaseStatus | null> = {
  route: 'routed',
  triage: 'triage',
  correct: null,
  split: null,
  accept: 'accepted',
  return: 'returned',
  draft: null,
  submit: 'answered',
  'send-back': 'accepted',
  approve: 'published',
  close: 'closed',
  rate: 'closed',
  dispute: 'reopened',
  extend: null,
  reject: 'rejected',
  redirect: 'redirected',
  merge: 'merged',
  unmerge: 'routed',
  withdraw: 'withdrawn',
  supplement: null,
}

describe('every change in every status', () => {
  const all = CASE_STATUSES.flatMap((status) => CHANGES.map((change) => ({ status, change })))
  const legal = all.filter(({ status, change }) => MAY_HAPPEN[status].includes(change))
  const illegal = all.filter(({ status, change }) => !MAY_HAPPEN[status].includes(change))

  test('the table knows every change', () => {
    expect(Object.keys(LEGAL_FROM).sort()).toEqual([...CHANGES].sort())
  })

  test.each(legal)('$change is possible for a case that is $status', ({ status, change }) => {
    const current = frozen(aCaseIn(status))
    expect(isLegal(change, current)).toBe(true)
    const next = MAKE[change](current, aDecision())
    expect(next.status).toBe(LEADS_TO[change] ?? status)
    expect(next.version).toBe(2)
    expect(next.timeline.length).toBeGreaterThan(current.timeline.length)
  })

  test.each(illegal)('$change is refused for a case that is $status', ({ status, change }) => {
    const current = frozen(aCaseIn(status))
    expect(isLegal(change, current)).toBe(false)
    expect(refusalOf(() => MAKE[change](current, aDecision()))).toMatchObject({
      code: 'not-allowed-now',
      refusal: 'status-forbids',
      details: { change, status },
    })
  })
})

describe('any sequence of decisions', () => {
  const ANYTIME = {
    note: (current: Case, decision: Decision) =>
      noteCase(current, { id: 'n', by: OFFICER, at: decision.at, text: 'Đã gọi' }, decision),
    reveal: (current: Case, decision: Decision) => recordReveal(current, 'Gọi lại', decision),
    warn: (current: Case, decision: Decision) => warnDeadline(current, 80, decision),
  } as const
  const make = { ...MAKE, ...ANYTIME }
  type Name = keyof typeof make
  const NAMES = Object.keys(make) as Name[]
  const ONWARD: readonly Name[] = [
    'route',
    'accept',
    'draft',
    'submit',
    'approve',
    'close',
    'rate',
    'dispute',
  ]

  /** A decision to try: any at all, one that is legal now, or one that brings the case onward. */
  type Move = {
    readonly of: 'all' | 'legal' | 'onward'
    readonly pick: number
    readonly afterDays: number
  }
  const moves = fc.array(
    fc.record<Move>({
      of: fc.constantFrom('all', 'legal', 'onward', 'onward'),
      pick: fc.nat({ max: 1_000 }),
      afterDays: fc.nat({ max: 20 }),
    }),
    { minLength: 1, maxLength: 40 },
  )

  function chosen({ of, pick }: Move, current: Case): Name {
    const legal = NAMES.filter((name) => name in ANYTIME || isLegal(name as Change, current))
    const onward = ONWARD.filter((name) => legal.includes(name))
    const choices = { all: NAMES, legal, onward: onward.length > 0 ? onward : legal }[of]
    return choices[pick % choices.length] ?? 'note'
  }

  /** Every case on the way; refused decisions leave no trace. */
  function lifeOf(sequence: readonly Move[]): { cases: Case[]; refused: unknown[] } {
    let current = frozen(openCase(anOpening()))
    let at = current.receivedAt
    const cases = [current]
    const refused: unknown[] = []
    for (const move of sequence) {
      at = new Date(at.getTime() + move.afterDays * DAY_MS)
      try {
        const decide = make[chosen(move, current)]
        current = frozen(decide(current, decisionOn(current, by(OFFICER), at)))
        cases.push(current)
      } catch (error) {
        refused.push(error)
      }
    }
    return { cases, refused }
  }

  function everyStep(check: (before: Case, after: Case) => void): void {
    fc.assert(
      fc.property(moves, (sequence) => {
        const { cases } = lifeOf(sequence)
        cases.slice(1).forEach((after, index) => {
          const before = cases[index]
          if (before !== undefined) check(before, after)
        })
      }),
      { numRuns: 400 },
    )
  }

  test('makes exactly one version per decision', () => {
    everyStep((before, after) => {
      expect(after.version).toBe(before.version + 1)
      const added = after.timeline.slice(before.timeline.length)
      expect(added.map(({ version }) => version)).toEqual(added.map(() => after.version))
    })
  })

  test('only ever adds to the record', () => {
    everyStep((before, after) => {
      expect(after.timeline.length).toBeGreaterThan(before.timeline.length)
      expect(after.timeline.slice(0, before.timeline.length)).toEqual(before.timeline)
    })
  })

  test('is refused only with a reason that a person understands', () => {
    fc.assert(
      fc.property(moves, (sequence) => {
        for (const error of lifeOf(sequence).refused) {
          expect(error).toBeInstanceOf(DomainError)
          expect(error).toMatchObject({ code: 'not-allowed-now' })
        }
      }),
    )
  })

  test('never leaves a case at an agency without an agency, nor in triage with one', () => {
    const atAgency: CaseStatus[] = ['routed', 'accepted', 'answered', 'published', 'closed']
    everyStep((_before, after) => {
      if (atAgency.includes(after.status)) expect(after.agency).not.toBeNull()
      if (after.status === 'triage' || after.status === 'returned') {
        expect(after.agency).toBeNull()
        expect(after.triageReason).not.toBeNull()
      }
      if (after.status === 'routed') expect(after.triageReason).toBeNull()
    })
  })

  test('publishes only what somebody else than its author approved', () => {
    everyStep((_before, { response }) => {
      if (response?.state !== 'published') return
      expect(response.approvedBy?.id).not.toBe(response.draftedBy.id)
      expect(response.publishedAt).not.toBeNull()
    })
  })

  test('never takes a case back from where it ends', () => {
    const ends: CaseStatus[] = ['rejected', 'redirected', 'withdrawn']
    everyStep((before, after) => {
      if (ends.includes(before.status)) expect(after.status).toBe(before.status)
      // A merged case comes back to where it stood, and nowhere else.
      if (before.status === 'merged') {
        expect(['merged', before.mergedInto?.status]).toContain(after.status)
      }
      // A closed case comes back by a dispute alone.
      if (before.status === 'closed') expect(['closed', 'reopened']).toContain(after.status)
    })
  })

  test('keeps every answer that was ever published', () => {
    everyStep((before, after) => {
      if (before.response?.state !== 'published') return
      expect([...after.pastResponses, after.response]).toContainEqual(before.response)
    })
  })

  test('reaches the whole life of a case', () => {
    const seen = new Set<CaseStatus>()
    fc.assert(
      fc.property(moves, (sequence) => {
        for (const { status } of lifeOf(sequence).cases) seen.add(status)
      }),
      { numRuns: 500, seed: 2611 },
    )
    expect(CASE_STATUSES.filter((each) => !seen.has(each))).toEqual([])
  })
})

describe('the record', () => {
  test('says who sent a case where, and from whom', () => {
    const next = routeCase(aCase(), WARD, 'Hẻm của phường', aDecision())
    expect(next.timeline.at(-1)).toEqual({
      at: NOON,
      type: 'case:routed',
      by: by(OFFICER),
      version: 2,
      from: ROADS.name,
      to: WARD.name,
      agency: WARD,
      reason: 'Hẻm của phường',
      text: null,
    })
  })

  test('keeps two steps of one decision in one version', () => {
    const decision = decisionOn(aCase(), by(OFFICER), NOON)
    const corrected = correctCase(aCase(), 'traffic', 'road_damage', decision)
    const next = routeCase(corrected, WARD, null, decision)
    expect(next.version).toBe(2)
    expect(next.timeline.slice(1).map(({ type, version }) => `${type} ${version}`)).toEqual([
      'case:corrected 2',
      'case:routed 2',
    ])
  })
})

describe('routing', () => {
  test('a new agency starts afresh: nobody is assigned, nothing is suggested', () => {
    const returned = aCaseIn('returned', { suggestedAgency: WARD, assignee: OFFICER })
    expect(routeCase(returned, WARD, null, aDecision())).toMatchObject({
      agency: WARD,
      assignee: null,
      suggestedAgency: null,
      triageReason: null,
    })
  })

  test('a corrected field was said by a person', () => {
    expect(correctCase(aCase(), 'traffic', null, aDecision())).toMatchObject({
      field: 'traffic',
      topic: null,
      isFieldConfirmed: true,
    })
  })

  test('whoever accepts a case answers for it', () => {
    expect(acceptCase(aCase(), OFFICER, aDecision()).assignee).toEqual(OFFICER)
  })

  test('after the second “not ours” an arbiter decides', () => {
    const once = returnCase(aCase(), 'not-our-field', null, null, aDecision())
    expect(once).toMatchObject({ returnCount: 1, triageReason: 'returned' })
    const again = routeCase(once, WARD, null, aDecision({ version: 3 }))
    const twice = returnCase(again, 'not-our-level', null, ROADS, aDecision({ version: 4 }))
    expect(twice).toMatchObject({
      returnCount: 2,
      triageReason: 'returned-twice',
      suggestedAgency: ROADS,
    })
  })

  test.each([
    ['rejected', () => rejectCase(aCase(), 'spam', null, aDecision())],
    ['redirected', () => redirectCase(aCase(), 'denunciation-desk', null, aDecision())],
    ['withdrawn', () => withdrawCase(aCase(), aDecision())],
  ])('a case that is %s owes no answer any more', (_status, decide) => {
    expect(decide()).toMatchObject({ dueAt: null, triageReason: null })
  })
})

describe('more time', () => {
  test('is given once, with a reason, and warnings begin anew', () => {
    const next = extendCase(aCase({ warnedLevel: 80 }), LATER, 'Chờ vật tư', aDecision())
    expect(next).toMatchObject({ dueAt: LATER, isExtended: true, warnedLevel: 0 })
    expect(next.timeline.at(-1)).toMatchObject({ reason: 'Chờ vật tư', to: LATER.toISOString() })
  })

  test('is refused a second time', () => {
    const extended = aCase({ isExtended: true })
    expect(refusalOf(() => extendCase(extended, LATER, 'Nữa', aDecision()))).toMatchObject({
      code: 'not-allowed-now',
      refusal: 'already-extended',
    })
  })
})

describe('the response', () => {
  test('cannot be submitted before it is written', () => {
    const current = aCaseIn('accepted', { response: null })
    expect(refusalOf(() => submitResponse(current, aDecision()))).toMatchObject({
      refusal: 'response-empty',
    })
  })

  test('is not approved by whoever wrote it last', () => {
    const own = aCaseIn('answered', { response: aResponse({ draftedBy: APPROVER }) })
    expect(refusalOf(() => approveResponse(own, APPROVER, aDecision()))).toMatchObject({
      code: 'forbidden',
      refusal: 'approver-wrote-it',
    })
  })

  test('carries the approver’s name and the time once it is published', () => {
    const at = new Date(NOON.getTime() + DAY_MS)
    const next = approveResponse(aCaseIn('answered'), APPROVER, aDecision({ at }))
    expect(next).toMatchObject({
      publishedAt: at,
      response: { state: 'published', approvedBy: APPROVER, publishedAt: at },
    })
  })

  test('that is sent back says why until it is submitted again', () => {
    const back = sendBackResponse(aCaseIn('answered'), 'Nói rõ ngày', aDecision())
    expect(back.response).toMatchObject({ state: 'sent-back', sentBackReason: 'Nói rõ ngày' })
    const again = submitResponse(back, aDecision({ version: 3 }))
    expect(again.response).toMatchObject({ state: 'submitted', sentBackReason: null })
  })

  test('that is written anew belongs to its new author', () => {
    const rewritten = draftResponse(aCaseIn('accepted'), 'Mới', 'Mới', APPROVER, aDecision())
    expect(rewritten.response).toMatchObject({ text: 'Mới', draftedBy: APPROVER, state: 'draft' })
  })
})

describe('the citizen’s word', () => {
  const after = (days: number) => aDecision({ at: new Date(NOON.getTime() + days * DAY_MS) })

  test('a rating closes the case and is given once', () => {
    const rated = rateCase(aCaseIn('published'), 4, 'Tốt', aDecision())
    expect(rated).toMatchObject({ status: 'closed', rating: { score: 4, comment: 'Tốt' } })
    expect(refusalOf(() => rateCase(rated, 5, null, aDecision({ version: 3 })))).toMatchObject({
      refusal: 'already-rated',
    })
  })

  test('a case that closed by itself may still be rated', () => {
    const closed = closeCase(aCaseIn('published'), aDecision({ by: SYSTEM }))
    expect(rateCase(closed, 3, null, aDecision({ version: 3 })).rating?.score).toBe(3)
  })

  test('a dispute starts the clock again and keeps the answer of before', () => {
    const published = aCaseIn('published', {
      rating: { score: 1, comment: null },
      isExtended: true,
      warnedLevel: 100,
    })
    const decision = after(3)
    const reopened = disputeCase(published, 'Đèn lại tắt', LATER, { ...decision, by: CITIZEN })
    expect(reopened).toMatchObject({
      status: 'reopened',
      agency: ROADS,
      clockStartedAt: decision.at,
      dueAt: LATER,
      isExtended: false,
      warnedLevel: 0,
      rating: null,
      response: null,
      publishedAt: null,
      disputeReason: 'Đèn lại tắt',
      pastResponses: [published.response],
    })
    expect(reopened.timeline.slice(1).map(({ type }) => type)).toEqual([
      'case:disputed',
      'case:reopened',
    ])
  })

  test('can be a dispute on the thirtieth day, not after', () => {
    const published = aCaseIn('published')
    expect(canDispute(published, after(30).at)).toBe(true)
    expect(disputeCase(published, 'Chưa xong', LATER, after(30)).status).toBe('reopened')
    const tooLate = { ...after(30), at: new Date(after(30).at.getTime() + 1) }
    expect(canDispute(published, tooLate.at)).toBe(false)
    expect(refusalOf(() => disputeCase(published, 'Chưa', LATER, tooLate))).toMatchObject({
      code: 'not-allowed-now',
      refusal: 'dispute-too-late',
      details: { days: 30 },
    })
  })

  test.each(OPEN_STATUSES)('cannot be a dispute while a case is %s', (status) => {
    expect(canDispute(aCaseIn(status), NOON)).toBe(false)
  })
})

describe('what is always possible', () => {
  test.each(CASE_STATUSES)('a note, a reveal and a warning on a case that is %s', (status) => {
    const current = frozen(aCaseIn(status))
    const note = { id: 'n', by: OFFICER, at: NOON, text: 'Đã gọi' }
    const noted = noteCase(current, note, aDecision())
    expect(noted).toMatchObject({ status, version: 2, notes: [note] })
    // What the note says is for the notes alone.
    expect(noted.timeline.at(-1)).toMatchObject({ type: 'case:noted', text: null })

    const revealed = recordReveal(current, 'Gọi lại', aDecision())
    expect(revealed.timeline.at(-1)).toMatchObject({ type: 'case:revealed', reason: 'Gọi lại' })

    expect(warnDeadline(current, 80, aDecision({ by: SYSTEM })).warnedLevel).toBe(80)
  })
})

describe('a stale version', () => {
  test('tells what was added since the version that the caller saw, oldest first', () => {
    const steps = [1, 2, 2, 3].map((version) => aStep({ version, type: 'case:noted' }))
    const current = aCase({ version: 3, timeline: steps })
    const refused = new StaleVersion(current, 1)
    expect(refused).toMatchObject({
      code: 'conflict',
      refusal: 'version-stale',
      currentVersion: 3,
      details: { seen: 1, current: 3 },
    })
    expect(refused.changes).toEqual(steps.slice(1))
  })
})

function refusalOf(decide: () => unknown): unknown {
  try {
    decide()
  } catch (error) {
    return error
  }
  return null
}
