import { describe, expect, test } from 'vitest'
import { Problem } from '#contracts/errors'
import { CASE_STATUSES, ERROR_CODES, LANGUAGES, type ErrorCode } from '#contracts/vocabulary'
import { DomainError, type Refusal, REFUSALS } from '#domain/errors'
import { StaleVersion } from '#domain/stale-version'
import { presentInvalid, presentProblem, refusalSentence } from '#presenters/present-problem'
import { textsIn } from '#presenters/texts/in-language'
import { fill } from '#presenters/texts/texts'
import { aCase, aStep, by, NOON, OFFICER } from '../support/builders.ts'

/** What the code that refuses tells along with the refusal. */
const DETAILS: Partial<Record<Refusal, Readonly<Record<string, string | number>>>> = {
  'call-taken': { by: 'Nguyễn Thị Lan' },
  'quiet-hours': { from: '21:00', until: '07:30' },
  'speech-to-text-failed': { server: 'http://127.0.0.1:9000', reason: 'answered 500' },
  'not-allowed': { action: 'route' },
  'status-forbids': { change: 'accept', status: 'closed' },
  'lead-not-open': { status: 'closed' },
  'version-stale': { seen: 1, current: 3 },
  'dispute-too-late': { days: 30 },
  'rate-limited': { seconds: 42 },
  'file-type': { name: 'anh.heif' },
  'file-heic': { name: 'IMG_0001.HEIC' },
  'file-broken': { name: 'anh.jpg' },
  'file-too-large': { name: 'anh.jpg' },
}

const STATUS_OF: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'not-allowed-now': 409,
  'too-large': 413,
  'unsupported-media': 415,
  'too-many-requests': 429,
  'proof-of-work-required': 428,
  unavailable: 503,
  'storage-full': 507,
  unexpected: 500,
}

describe.each(LANGUAGES)('in the language %s', (lang) => {
  test.each(REFUSALS)('the refusal %s is a full sentence with all of its values', (refusal) => {
    const details = DETAILS[refusal] ?? {}
    const places = placesIn(textsIn(lang).refusals[refusal])
    expect(places.filter((place) => !(place in details))).toEqual([])

    const sentence = refusalSentence(refusal, details, lang)
    expect(sentence).toMatch(/^\p{Lu}.*[.]$/u)
    expect(sentence).not.toMatch(/[{}]|undefined|“”/)
    for (const place of places) {
      if (place !== 'status') expect(sentence).toContain(String(details[place]))
    }
  })

  test.each(ERROR_CODES)('the code %s has a title and its status', (code) => {
    const problem = presentProblem(new DomainError(code, 'unexpected'), lang)
    expect(problem).toMatchObject({
      type: `/api/docs#problem-${code}`,
      status: STATUS_OF[code],
      code,
    })
    expect(problem.title).not.toBe('')
    expect(problem.title).not.toMatch(/[{}]/)
    expect(Problem.safeParse(problem).error?.issues ?? []).toEqual([])
  })

  test.each(CASE_STATUSES)('a status is told in words: %s', (status) => {
    const sentence = refusalSentence('status-forbids', { status }, lang)
    expect(sentence).toContain(textsIn(lang).status[status])
  })
})

test('both languages leave the same places to fill', () => {
  const [vi, en] = [textsIn('vi'), textsIn('en')]
  for (const part of ['status', 'steps', 'refusals', 'fields', 'titles'] as const) {
    const placesOf = (texts: Record<string, string>) =>
      Object.entries(texts).map(([name, sentence]) => [name, placesIn(sentence).sort()])
    expect(placesOf(vi[part])).toEqual(placesOf(en[part]))
  }
})

test('the two languages are two languages', () => {
  const [vi, en] = [textsIn('vi'), textsIn('en')]
  for (const refusal of REFUSALS) expect(vi.refusals[refusal]).not.toBe(en.refusals[refusal])
  for (const code of ERROR_CODES) expect(vi.titles[code]).not.toBe(en.titles[code])
})

test('a place without its value leaves nothing behind', () => {
  expect(fill('Gửi {name}, {again}{name}.', { name: 'Mai', again: null })).toBe('Gửi Mai, Mai.')
})

describe('a problem', () => {
  test('points at the field that was refused', () => {
    const error = new DomainError('invalid', 'phone-invalid', {}, '/contact/phone')
    const { errors, detail } = presentProblem(error, 'en')
    expect(errors).toEqual([{ pointer: '/contact/phone', reason: 'phone-invalid', detail }])
  })

  test('has no list of fields where no field is to blame', () => {
    expect(presentProblem(new DomainError('forbidden', 'not-allowed'), 'vi')).not.toHaveProperty(
      'errors',
    )
  })

  test('says when to try again, if trying again may help', () => {
    const retryAfter = (error: DomainError) => presentProblem(error, 'vi').retryAfterSeconds
    expect(retryAfter(new DomainError('too-many-requests', 'rate-limited', { seconds: 42 }))).toBe(
      42,
    )
    expect(retryAfter(new DomainError('unavailable', 'database-unavailable'))).toBeGreaterThan(0)
    expect(retryAfter(new DomainError('storage-full', 'disk-full'))).toBeGreaterThan(0)
    expect(retryAfter(new DomainError('not-found', 'case-not-found'))).toBeUndefined()
  })

  test('of a stale version says who changed what since', () => {
    const timeline = [
      aStep({ version: 1 }),
      aStep({ version: 2, type: 'case:accepted', by: by(OFFICER), text: '0912 345 678' }),
    ]
    const problem = presentProblem(new StaleVersion(aCase({ version: 2, timeline }), 1), 'vi')
    expect(problem).toMatchObject({
      code: 'conflict',
      currentVersion: 2,
      changes: [{ at: NOON.toISOString(), type: 'case:accepted', by: OFFICER.name }],
    })
    expect(JSON.stringify(problem)).not.toContain('0912')
  })

  test('of invalid input lists every field', () => {
    const errors = [
      { pointer: '/text', reason: 'required', detail: 'Bắt buộc.' },
      { pointer: '/lang', reason: 'choice', detail: 'Phải là một trong: vi, en.' },
    ]
    const problem = presentInvalid(errors, 'vi')
    expect(problem).toMatchObject({ code: 'invalid', status: 400, errors })
    expect(Problem.safeParse(problem).error?.issues ?? []).toEqual([])
  })
})

function placesIn(sentence: string): string[] {
  return Array.from(sentence.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? '')
}
