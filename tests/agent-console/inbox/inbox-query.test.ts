import { describe, expect, test } from 'vitest'
import { inboxPath, parseInboxQuery } from '../../../agent-console/features/inbox/inbox-query.ts'

describe('the address of the inbox', () => {
  test('brings back the same view, filters and case', () => {
    const query = {
      view: 'overdue',
      q: 'đèn đường',
      sort: 'newest',
      status: 'accepted',
      field: 'urban',
      agency: 'lighting',
    } as const
    const url = new URL(inboxPath(query, '2611048273'), 'http://host')
    expect(url.pathname).toBe('/inbox/overdue/2611048273')
    expect(parseInboxQuery('overdue', url.searchParams)).toEqual(query)
  })

  test('what is not understood falls back to the open cases', () => {
    const search = new URLSearchParams('status=lost&sort=random')
    expect(parseInboxQuery('nowhere', search)).toEqual({
      view: 'open',
      q: '',
      sort: 'due',
      status: null,
      field: null,
      agency: null,
    })
  })
})
