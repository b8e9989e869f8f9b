import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseRow, CaseViewName } from '#contracts/cases'
import { CASE_STATUSES, OPEN_STATUSES } from '#contracts/vocabulary'
import type { InboxQuery } from '../../../agent-console/features/inbox/inbox-query.ts'
import { liveRowsReducer, NOTHING_HEARD } from '../../../agent-console/features/inbox/live-rows.ts'
import { type Snapshot, visibleRows } from '../../../agent-console/features/inbox/visible-rows.ts'
import { aRow, aSession, toldOf } from '../support/builders.ts'

const NOW = new Date('2026-11-23T03:00:00.000Z')
const OPEN: InboxQuery = {
  view: 'open',
  q: '',
  sort: 'due',
  status: null,
  field: null,
  agency: null,
}
const OFFICER = aSession()
const AGENT = aSession({ id: 'lan', role: 'agent', agency: null })
const SUPERVISOR = aSession({ id: 'chau', role: 'supervisor', agency: null })

const whole = (rows: readonly CaseRow[], join = 1): Snapshot => ({ rows, isComplete: true, join })

function heard(rows: readonly CaseRow[], join = 1) {
  const changes = rows.map((row) => ({ changed: toldOf(row), join }))
  return liveRowsReducer(NOTHING_HEARD, { type: 'heard', changes }).heard
}

function codes(rows: readonly CaseRow[]): string[] {
  return rows.map((row) => row.code)
}

describe('the rows of the inbox', () => {
  test('a new case comes in at the place its deadline gives it', () => {
    const early = aRow({ code: '1', dueAt: '2026-11-24T00:00:00.000Z' })
    const late = aRow({ code: '3', dueAt: '2026-11-28T00:00:00.000Z' })
    const between = aRow({ code: '2', dueAt: '2026-11-25T00:00:00.000Z' })
    const rows = visibleRows(whole([early, late]), heard([between]), OPEN, OFFICER, NOW)
    expect(codes(rows)).toEqual(['1', '2', '3'])
  })

  test('an event older than the snapshot is passed over', () => {
    const now = aRow({ version: 4, status: 'accepted' })
    const rows = visibleRows(whole([now]), heard([aRow({ version: 3 })]), OPEN, OFFICER, NOW)
    expect(rows).toEqual([now])
  })

  test('a case that was closed leaves the open ones', () => {
    const closed = aRow({ version: 2, status: 'closed' })
    expect(visibleRows(whole([aRow()]), heard([closed]), OPEN, OFFICER, NOW)).toEqual([])
  })

  test('an officer loses a case that moved to another agency, an agent keeps it', () => {
    const moved = aRow({ version: 2, agency: { id: 'power', name: 'Điện lực' } })
    expect(visibleRows(whole([aRow()]), heard([moved]), OPEN, OFFICER, NOW)).toEqual([])
    expect(visibleRows(whole([aRow()]), heard([moved]), OPEN, AGENT, NOW)).toEqual([moved])
  })

  test('a case that became restricted stays with supervisors alone', () => {
    const restricted = aRow({ version: 2, kind: 'denunciation', isRestricted: true })
    expect(visibleRows(whole([aRow()]), heard([restricted]), OPEN, AGENT, NOW)).toEqual([])
    expect(visibleRows(whole([aRow()]), heard([restricted]), OPEN, SUPERVISOR, NOW)).toHaveLength(1)
  })

  test('filters by field and state hold for what comes in live', () => {
    const water = aRow({ code: '1', field: 'water' })
    const urban = aRow({ code: '2', field: 'urban' })
    const query = { ...OPEN, field: 'water' }
    expect(codes(visibleRows(whole([]), heard([water, urban]), query, AGENT, NOW))).toEqual(['1'])
  })

  test('a row beyond the last one read waits for its page', () => {
    const last = aRow({ code: '1', dueAt: '2026-11-25T00:00:00.000Z' })
    const later = aRow({ code: '2', dueAt: '2026-11-27T00:00:00.000Z' })
    const page: Snapshot = { rows: [last], isComplete: false, join: 1 }
    expect(codes(visibleRows(page, heard([later]), OPEN, AGENT, NOW))).toEqual(['1'])
  })

  test('what was heard before the connection was lost does not come back over a newer snapshot', () => {
    const gone = aRow({ code: '1', version: 3 })
    const rows = visibleRows(whole([], 2), heard([gone], 1), OPEN, AGENT, NOW)
    expect(rows).toEqual([])
  })

  test('a search shows what the server found, brought up to date', () => {
    const query = { ...OPEN, q: 'den' }
    const newer = aRow({ version: 2, status: 'accepted' })
    const other = aRow({ code: '9' })
    expect(visibleRows(whole([aRow()]), heard([newer, other]), query, AGENT, NOW)).toEqual([newer])
  })
})

describe('old snapshot + events = fresh snapshot', () => {
  const agencies = [
    { id: 'lighting', name: 'Trung tâm Hạ tầng kỹ thuật' },
    { id: 'power', name: 'Điện lực' },
    null,
  ]
  const state = fc.record({
    status: fc.constantFrom(...CASE_STATUSES),
    agency: fc.constantFrom(...agencies),
    field: fc.constantFrom('urban', 'water', null),
    isRestricted: fc.boolean(),
    dueAt: fc.constantFrom(
      '2026-11-23T02:00:00.000Z',
      '2026-11-23T16:59:00.000Z',
      '2026-11-23T17:00:00.000Z',
      null,
    ),
  })
  const histories = fc.array(fc.array(state, { minLength: 1, maxLength: 5 }), { maxLength: 12 })
  const views: CaseViewName[] = [
    'open',
    'triage',
    'due-today',
    'overdue',
    'awaiting-approval',
    'closed',
    'all',
  ]

  test('for every view, person, order and repetition of events', () => {
    fc.assert(
      fc.property(
        histories,
        fc.constantFrom(...views),
        fc.constantFrom('due' as const, 'newest' as const),
        fc.constantFrom(OFFICER, AGENT, SUPERVISOR),
        fc.array(fc.nat(), { minLength: 80, maxLength: 80 }),
        (lives, view, sort, viewer, shuffle) => {
          const query = { ...OPEN, view, sort }
          const versions = lives.map((life, index) =>
            life.map((changes, age) => aRow({ code: String(index), version: age + 1, ...changes })),
          )
          const first = versions.flatMap((rows) => rows.slice(0, 1))
          const newest = versions.flatMap((rows) => rows.slice(-1))
          // Everything that was told, some of it twice, in any order.
          const told = versions.flat().flatMap((row, index) => (index % 3 ? [row] : [row, row]))
          const mixed = told
            .map((row, index) => ({ row, key: shuffle[index % shuffle.length] ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ row }) => row)
          const old = whole(serverList(first, query, viewer.role))
          const fresh = serverList(newest, query, viewer.role)
          expect(visibleRows(old, heard(mixed), query, viewer, NOW)).toEqual(fresh)
        },
      ),
    )
  })
})

/** The server's own rules, written down again. */
function serverList(rows: readonly CaseRow[], query: InboxQuery, role: string): CaseRow[] {
  const open = (row: CaseRow) => OPEN_STATUSES.some((status) => status === row.status)
  const due = (row: CaseRow) => row.dueAt ?? '9999-12-31'
  const inView: Record<CaseViewName, (row: CaseRow) => boolean> = {
    mine: () => false,
    open,
    triage: (row) => ['triage', 'returned'].includes(row.status),
    'due-today': (row) =>
      open(row) && due(row) >= NOW.toISOString() && due(row) < '2026-11-23T17:00:00.000Z',
    overdue: (row) => open(row) && due(row) < NOW.toISOString(),
    'awaiting-approval': (row) => row.status === 'answered',
    closed: (row) => !open(row),
    all: () => true,
  }
  const seen = rows.filter(
    (row) =>
      (role === 'supervisor' || !row.isRestricted) &&
      (role !== 'officer' || row.agency?.id === 'lighting') &&
      inView[query.view](row),
  )
  const key = (row: CaseRow) =>
    query.sort === 'newest' ? row.receivedAt + row.code : due(row) + row.code
  const ascending = seen.sort((a, b) => (key(a) < key(b) ? -1 : 1))
  return query.sort === 'newest' ? ascending.reverse() : ascending
}
