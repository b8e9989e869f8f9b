import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  clearDraft,
  idempotencyKey,
  loadDraft,
  saveDraft,
} from '../../widgets/report/draft-store.ts'
import { emptyDraft } from '../../widgets/report/report-state.ts'

const NOW = Date.parse('2026-11-23T08:00:00+07:00')
const DAY_MS = 86_400_000
const draft = { ...emptyDraft, text: 'Đèn đường hỏng', address: 'hẻm 42' }

beforeEach(() => {
  clearDraft()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a draft', () => {
  test('is there again on the next visit', () => {
    saveDraft(draft, NOW)
    expect(loadDraft(NOW + DAY_MS)).toEqual(draft)
  })

  test('is not kept for longer than a week', () => {
    saveDraft(draft, NOW)
    expect(loadDraft(NOW + 8 * DAY_MS)).toBeNull()
  })

  test('of an older form is completed', () => {
    const old = { savedAt: NOW, draft: { text: 'Đèn', contact: { phone: '090' } } }
    localStorage.setItem('hoiam.draft', JSON.stringify(old))
    const contact = { name: '', phone: '090', email: '' }
    expect(loadDraft(NOW)).toEqual({ ...emptyDraft, text: 'Đèn', contact })
  })

  test.each(['{', 'null', '7', '{"savedAt":1}'])('that reads %s is no draft', (saved) => {
    localStorage.setItem('hoiam.draft', saved)
    expect(loadDraft(NOW)).toBeNull()
  })

  test('leaves nothing behind when it is emptied or sent', () => {
    saveDraft(draft, NOW)
    idempotencyKey('a')
    saveDraft(emptyDraft, NOW)
    expect(localStorage.length).toBe(0)
  })

  test('is simply not kept where storage is forbidden', () => {
    const deny = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    vi.stubGlobal('localStorage', { getItem: deny, setItem: deny, removeItem: deny })
    saveDraft(draft, NOW)
    expect(loadDraft(NOW)).toBeNull()
    expect(idempotencyKey('a')).toBe(idempotencyKey('a'))
  })
})

describe('the key of a sending', () => {
  test('is the same for the same report and new for another', () => {
    const key = idempotencyKey('a')
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(idempotencyKey('a')).toBe(key)
    expect(idempotencyKey('b')).not.toBe(key)
  })

  test('is new for the same words once they were received', () => {
    const key = idempotencyKey('a')
    clearDraft()
    expect(idempotencyKey('a')).not.toBe(key)
  })
})
