import type { CaseQuery, CaseViewName } from '#contracts/cases'
import { CASE_STATUSES, type CaseStatus } from '#contracts/vocabulary'
import { CASE_VIEW_NAMES } from '../../lib/keys.ts'

/** What the inbox shows; it lives in the address, so that it can be shared and gone back to. */
export type InboxQuery = Pick<CaseQuery, 'view' | 'q' | 'sort'> & {
  readonly status: CaseStatus | null
  readonly field: string | null
  readonly agency: string | null
}

/** Reads the address; what is not understood is left out. */
export function parseInboxQuery(view: string | undefined, search: URLSearchParams): InboxQuery {
  return {
    view: isView(view) ? view : 'open',
    status: CASE_STATUSES.find((status) => status === search.get('status')) ?? null,
    field: search.get('field'),
    agency: search.get('agency'),
    q: search.get('q') ?? '',
    sort: search.get('sort') === 'newest' ? 'newest' : 'due',
  }
}

/** The address of a view, or of a case within it, keeping the filters. */
export function inboxPath(query: InboxQuery, code?: string | null): string {
  const search = new URLSearchParams()
  if (query.q !== '') search.set('q', query.q)
  if (query.status) search.set('status', query.status)
  if (query.field) search.set('field', query.field)
  if (query.agency) search.set('agency', query.agency)
  if (query.sort !== 'due') search.set('sort', query.sort)
  const path = code ? `/inbox/${query.view}/${code}` : `/inbox/${query.view}`
  return search.size === 0 ? path : `${path}?${search.toString()}`
}

/** True where the caller narrowed the view down. */
export function isNarrowed(query: InboxQuery): boolean {
  return query.q !== '' || query.status !== null || query.field !== null || query.agency !== null
}

function isView(view: string | undefined): view is CaseViewName {
  return (CASE_VIEW_NAMES as readonly (string | undefined)[]).includes(view)
}
