import { describe, expect, test } from 'vitest'
import {
  CASE_ACTIONS,
  CASE_STATUSES,
  type CaseAction,
  type CaseStatus,
  KINDS,
  type Role,
  ROLES,
} from '#contracts/vocabulary'
import {
  allowedActions,
  canAdminister,
  canSeeCalls,
  canSeeCase,
  canSeeContact,
  isRestricted,
  mustBeAllowed,
} from '#domain/access'
import type { Case } from '#domain/case'
import { DomainError } from '#domain/errors'
import {
  aCase,
  aCaseIn,
  APPROVER,
  aResponse,
  aStaffMember,
  ROADS,
  WARD,
} from '../support/builders.ts'

const CENTRE: readonly Role[] = ['agent', 'supervisor', 'administrator']
const AGENCY: readonly Role[] = ['officer', 'approver']
const EVERYWHERE: readonly CaseStatus[] = CASE_STATUSES

/** Who may do what while a case is in which status, for a case that they may see. */
const MATRIX: Record<CaseAction, { roles: readonly Role[]; while: readonly CaseStatus[] }> = {
  correct: { roles: CENTRE, while: ['triage', 'routed', 'accepted', 'returned', 'reopened'] },
  split: { roles: CENTRE, while: ['triage', 'routed', 'accepted', 'returned', 'reopened'] },
  route: {
    roles: CENTRE,
    while: ['received', 'triage', 'routed', 'accepted', 'returned', 'reopened'],
  },
  note: { roles: ROLES, while: EVERYWHERE },
  reject: { roles: CENTRE, while: ['triage', 'routed', 'accepted', 'returned'] },
  redirect: { roles: CENTRE, while: ['triage', 'routed', 'returned'] },
  extend: {
    roles: [...AGENCY, 'supervisor', 'administrator'],
    while: ['routed', 'accepted', 'reopened'],
  },
  merge: { roles: ROLES, while: ['triage', 'routed', 'accepted', 'returned', 'reopened'] },
  unmerge: { roles: ROLES, while: ['merged'] },
  accept: { roles: AGENCY, while: ['routed', 'reopened'] },
  return: { roles: AGENCY, while: ['routed', 'accepted', 'reopened'] },
  draft: { roles: AGENCY, while: ['accepted'] },
  submit: { roles: AGENCY, while: ['accepted'] },
  reveal: { roles: AGENCY, while: EVERYWHERE },
  approve: { roles: ['approver'], while: ['answered'] },
  'send-back': { roles: ['approver'], while: ['answered'] },
}

/** The case in a status, still at the officer's agency, so that status alone decides. */
function atRoads(status: CaseStatus, overrides: Partial<Case> = {}): Case {
  return aCaseIn(status, { agency: ROADS, ...overrides })
}

describe.each(ROLES)('%s', (role) => {
  const staff = aStaffMember({ role })

  test.each(CASE_STATUSES)(
    'has exactly the actions of the matrix on a case that is %s',
    (status) => {
      const current = atRoads(status)
      const expected = CASE_ACTIONS.filter((action) => {
        const row = MATRIX[action]
        const hasDeadline = action !== 'extend' || current.dueAt !== null
        return row.roles.includes(role) && row.while.includes(status) && hasDeadline
      })
      expect(allowedActions(staff, current).sort()).toEqual(expected.sort())
    },
  )

  test.each(CASE_ACTIONS)(
    'is refused or let through at %s, by role and then by status',
    (action) => {
      for (const status of CASE_STATUSES) {
        const refusal = refusalOf(() => {
          mustBeAllowed(action, staff, atRoads(status))
        })
        const { roles, while: statuses } = MATRIX[action]
        if (!roles.includes(role)) {
          expect(refusal).toMatchObject({ code: 'forbidden', refusal: 'not-allowed' })
        } else if (!statuses.includes(status)) {
          expect(refusal).toMatchObject({ code: 'not-allowed-now', refusal: 'status-forbids' })
        } else expect(refusal).toBeNull()
      }
    },
  )
})

describe('another agency’s case', () => {
  test.each(AGENCY)('does not exist for an %s', (role) => {
    const stranger = aStaffMember({ role, agencyId: WARD.id })
    expect(canSeeCase(stranger, aCase())).toBe(false)
    expect(canSeeContact(stranger, aCase())).toBe(false)
    expect(allowedActions(stranger, aCase())).toEqual([])
    for (const action of CASE_ACTIONS) {
      const refusal = refusalOf(() => {
        mustBeAllowed(action, stranger, aCase())
      })
      expect(refusal).toMatchObject({ code: 'not-found', refusal: 'case-not-found' })
    }
  })

  test.each(AGENCY)('a case at no agency does not exist for an %s, with or without one', (role) => {
    const waiting = aCaseIn('triage')
    expect(canSeeCase(aStaffMember({ role }), waiting)).toBe(false)
    expect(canSeeCase(aStaffMember({ role, agencyId: null }), waiting)).toBe(false)
  })

  test.each(CENTRE)('is seen by an %s', (role) => {
    expect(canSeeCase(aStaffMember({ role }), aCase({ agency: WARD }))).toBe(true)
    expect(canSeeCase(aStaffMember({ role }), aCaseIn('triage'))).toBe(true)
  })
})

describe('complaints and denunciations', () => {
  test.each(KINDS)('a %s is restricted only where its own law says so', (kind) => {
    expect(isRestricted({ kind })).toBe(kind === 'complaint' || kind === 'denunciation')
  })

  const both = ['complaint', 'denunciation'] as const
  test.each(both)('a %s is seen by supervisors and administrators alone', (kind) => {
    const restricted = aCase({ kind })
    const seers = ROLES.filter((role) => canSeeCase(aStaffMember({ role }), restricted))
    expect(seers).toEqual(['supervisor', 'administrator'])
    const actors = ROLES.filter((role) => allowedActions(aStaffMember({ role }), restricted).length)
    expect(actors).toEqual(['supervisor', 'administrator'])
  })
})

describe('the citizen’s contact data', () => {
  test.each(ROLES)('are shown without asking to the centre, not to an agency: %s', (role) => {
    expect(canSeeContact(aStaffMember({ role }), aCase())).toBe(CENTRE.includes(role))
  })

  test('of a denunciation are not shown to an agent', () => {
    const restricted = aCase({ kind: 'denunciation' })
    expect(canSeeContact(aStaffMember({ role: 'agent' }), restricted)).toBe(false)
  })

  test('need no revealing where the citizen left none', () => {
    const anonymous = aCase({ contact: null })
    expect(allowedActions(aStaffMember(), anonymous)).not.toContain('reveal')
  })
})

describe('buttons that would only be refused', () => {
  test('an approver is not offered to approve what they wrote', () => {
    const own = aCaseIn('answered', { response: aResponse({ draftedBy: APPROVER }) })
    expect(allowedActions(aStaffMember({ role: 'approver' }), own)).not.toContain('approve')
    expect(allowedActions(aStaffMember({ role: 'approver' }), own)).toContain('send-back')
  })

  test('no second extension is offered, nor one of a case without a deadline', () => {
    const offered = (current: Case) => allowedActions(aStaffMember(), current).includes('extend')
    expect(offered(aCase())).toBe(true)
    expect(offered(aCase({ isExtended: true }))).toBe(false)
    expect(offered(aCase({ dueAt: null }))).toBe(false)
  })
})

describe('the rest of the house', () => {
  test.each(ROLES)(
    '%s: administers only as administrator, reads calls only at the centre',
    (role) => {
      expect(canAdminister(aStaffMember({ role }))).toBe(role === 'administrator')
      expect(canSeeCalls(aStaffMember({ role }))).toBe(CENTRE.includes(role))
    },
  )
})

function refusalOf(check: () => void): unknown {
  try {
    check()
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError)
    return error
  }
  return null
}
