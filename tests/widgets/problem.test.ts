import { describe, expect, test } from 'vitest'
import type { Problem } from '#contracts/errors'
import { failureSentence } from '../../widgets/api/failure-sentence.ts'
import { failureOf, isTemporary, RequestFailure } from '../../widgets/api/problem.ts'
import { messagesIn } from '../../widgets/i18n/messages.ts'

const NOW = Date.parse('2026-11-23T01:00:00Z')
const t = messagesIn('vi')

function aProblem(overrides: Partial<Problem> = {}): string {
  const problem: Problem = {
    type: 'about:blank',
    title: 'Invalid',
    status: 422,
    code: 'invalid',
    detail: 'Một số chỗ chưa đúng.',
    ...overrides,
  }
  return JSON.stringify(problem)
}

describe('an answer that is no success', () => {
  test.each([408, 429, 500, 502, 503, 504, 507])('%i may pass', (status) => {
    expect(isTemporary(failureOf(status, '', null, NOW))).toBe(true)
  })

  test.each([400, 403, 404, 409, 413, 415, 422, 501])('%i will not', (status) => {
    expect(isTemporary(failureOf(status, '', null, NOW))).toBe(false)
  })

  test('says how long to wait, in the body or in the header, in seconds or as a date', () => {
    const inBody = aProblem({ retryAfterSeconds: 30 })
    expect(failureOf(503, inBody, '5', NOW).retryAfterMs).toBe(30_000)
    expect(failureOf(503, '', '5', NOW).retryAfterMs).toBe(5_000)
    expect(failureOf(503, '', 'Mon, 23 Nov 2026 01:00:10 GMT', NOW).retryAfterMs).toBe(10_000)
    expect(failureOf(503, '', 'soon', NOW).retryAfterMs).toBeNull()
  })

  test('speaks in the server’s own words', () => {
    const errors = [{ pointer: '/text', reason: 'x', detail: 'Quá ngắn.' }]
    const failure = failureOf(422, aProblem({ errors }), null, NOW)
    expect(failureSentence(failure, t)).toBe('Một số chỗ chưa đúng.')
    expect(failure.fieldErrors).toEqual(errors)
  })

  test('from something in between still gets a sentence', () => {
    const page = '<html>502 Bad Gateway</html>'
    expect(failureSentence(failureOf(502, page, null, NOW), t)).toBe(t.failure.unavailable)
    expect(failureSentence(failureOf(403, page, null, NOW), t)).toBe(t.failure.unexpected)
  })
})

test('no connection is told from a slow server', () => {
  expect(failureSentence(new RequestFailure('offline'), t)).toBe(t.failure.offline)
  expect(failureSentence(new RequestFailure('timeout'), t)).toBe(t.failure.timeout)
})
