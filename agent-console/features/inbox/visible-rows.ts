import type { CaseRow } from '#contracts/cases'
import type { Session } from '#contracts/staff'
import { isOpen } from '../../lib/due.ts'
import { dayOf } from '../../lib/time.ts'
import type { InboxQuery } from './inbox-query.ts'
import type { HeardRow } from './live-rows.ts'

/** The part of the inbox that was read from the server. */
export type Snapshot = {
  readonly rows: readonly CaseRow[]
  /** False while the server holds more rows after these. */
  readonly isComplete: boolean
  /** The join of the rooms before which it was asked for. */
  readonly join: number
}

type Viewer = Pick<Session, 'id' | 'role' | 'agency'>

/**
 * The rows to show: the snapshot brought up to date by what was heard. For complete knowledge it is
 * what a fresh snapshot would be; rows the server selected are only doubted by a newer version.
 */
export function visibleRows(
  snapshot: Snapshot,
  heard: ReadonlyMap<string, HeardRow>,
  query: InboxQuery,
  viewer: Viewer,
  now: Date,
): CaseRow[] {
  const order = comparison(query)
  const last = snapshot.rows.at(-1)
  const listed = new Set(snapshot.rows.map((row) => row.code))
  const kept = snapshot.rows.flatMap((row) => {
    const newer = heard.get(row.code)?.row
    if (!newer || newer.version <= row.version) return [row]
    return mayStay(newer, query, viewer, now) ? [newer] : []
  })
  const added = [...heard.values()]
    .filter(({ row, join }) => !listed.has(row.code) && join >= snapshot.join)
    .map(({ row }) => row)
    .filter((row) => mayEnter(row, query, viewer, now))
    // What sorts after the last row read comes with the next page, in its place.
    .filter((row) => snapshot.isComplete || (last !== undefined && order(row, last) < 0))
  return [...kept, ...added].sort(order)
}

/** True where a row that the server listed still is what was asked for. */
function mayStay(row: CaseRow, query: InboxQuery, viewer: Viewer, now: Date): boolean {
  return (
    maySee(row, viewer) &&
    isInView(row, query, now) &&
    (query.status === null || row.status === query.status) &&
    (query.field === null || row.field === query.field) &&
    (query.agency === null || row.agency?.id === query.agency)
  )
}

/**
 * True where a row that the server did not list is surely asked for now. Two things only the server
 * knows: what a search finds, and in which cases of others the viewer had a hand.
 */
function mayEnter(row: CaseRow, query: InboxQuery, viewer: Viewer, now: Date): boolean {
  if (query.q !== '' || (query.view === 'mine' && row.assignee?.id !== viewer.id)) return false
  return mayStay(row, query, viewer, now)
}

function maySee(row: CaseRow, viewer: Viewer): boolean {
  if (viewer.role === 'supervisor' || viewer.role === 'administrator') return true
  if (row.isRestricted) return false
  return viewer.role === 'agent' || (viewer.agency !== null && row.agency?.id === viewer.agency.id)
}

function isInView(row: CaseRow, { view }: InboxQuery, now: Date): boolean {
  const isDueBefore = (moment: Date) =>
    isOpen(row.status) && row.dueAt !== null && new Date(row.dueAt).getTime() < moment.getTime()
  switch (view) {
    case 'mine':
    case 'open':
      return isOpen(row.status)
    case 'triage':
      return row.status === 'triage' || row.status === 'returned'
    case 'due-today':
      return isDueBefore(endOfDay(now)) && !isDueBefore(now)
    case 'overdue':
      return isDueBefore(now)
    case 'awaiting-approval':
      return row.status === 'answered'
    case 'closed':
      return !isOpen(row.status)
    case 'all':
      return true
  }
}

function endOfDay(now: Date): Date {
  return new Date(`${dayOf(new Date(now.getTime() + 86_400_000))}T00:00:00+07:00`)
}

/** The server's order; the code settles ties, so that rows never swap places. */
function comparison({ sort }: InboxQuery): (a: CaseRow, b: CaseRow) => number {
  if (sort === 'newest') {
    return (a, b) => compare(b.receivedAt, a.receivedAt) || compare(b.code, a.code)
  }
  return (a, b) => compare(dueKey(a), dueKey(b)) || compare(a.code, b.code)
}

/** Without a deadline a case comes last. */
function dueKey(row: CaseRow): string {
  return row.dueAt ?? '9999'
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
