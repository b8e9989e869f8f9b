import { describe, expect, test } from 'vitest'
import { errorAt, initialReport, reduceReport, stepOf } from '../../widgets/report/report-state.ts'
import type { ReportAction, ReportState } from '../../widgets/report/report-state.ts'
import { aReceipt } from './builders.ts'

function after(...actions: readonly ReportAction[]): ReportState {
  return actions.reduce(reduceReport, initialReport)
}

const badPhone = { pointer: '/contact/phone', reason: 'phone', detail: 'Số này không có thật.' }
const shortText = { pointer: '/text', reason: 'too-short', detail: 'Nội dung quá ngắn.' }

describe('a refused report', () => {
  test('turns to the first step that has something to mend', () => {
    const refused = after(
      { type: 'step-chosen', step: 'who' },
      { type: 'refused', refusal: 'Một số chỗ chưa đúng.', errors: [badPhone, shortText] },
    )
    expect(refused.step).toBe('what')
    expect(refused.refusal).toBe('Một số chỗ chưa đúng.')
  })

  test('stays where it is when nothing on the form is to blame', () => {
    const refused = after(
      { type: 'step-chosen', step: 'who' },
      { type: 'refused', refusal: 'Không gửi được.', errors: [] },
    )
    expect(refused.step).toBe('who')
    expect(refused.sending.phase).toBe('idle')
  })

  test('loses only the error of what is being mended', () => {
    const mending = after(
      { type: 'refused', refusal: '…', errors: [badPhone, shortText] },
      { type: 'draft-edited', change: { text: 'Đèn đường hỏng' } },
    )
    expect(errorAt(mending.errors, '/text')).toBeNull()
    expect(errorAt(mending.errors, '/contact/phone')).toBe(badPhone.detail)
  })
})

describe('a draft', () => {
  test('is complete after edits to its parts', () => {
    const edited = after(
      { type: 'draft-edited', change: { text: 'Đèn hỏng' } },
      { type: 'contact-edited', change: { phone: '0901234567' } },
      { type: 'contact-edited', change: { name: 'Lan' } },
    )
    expect(edited.draft).toMatchObject({
      text: 'Đèn hỏng',
      contact: { name: 'Lan', phone: '0901234567', email: '' },
    })
  })

  test('is gone once the report is received, and so are its photos and consents', () => {
    const file = new File(['x'], 'a.jpg')
    const received = after(
      { type: 'draft-edited', change: { text: 'Đèn hỏng' } },
      { type: 'photo-added', photo: { id: '1', file, url: null } },
      { type: 'consent-toggled', consent: 'publish', given: true },
      { type: 'received', receipt: aReceipt() },
    )
    expect(received).toEqual({ ...initialReport, receipt: aReceipt() })
  })
})

test('consents are separate and can be taken back', () => {
  const state = after(
    { type: 'consent-toggled', consent: 'publish', given: true },
    { type: 'consent-toggled', consent: 'contact', given: true },
    { type: 'consent-toggled', consent: 'publish', given: false },
  )
  expect(initialReport.consents).toEqual([])
  expect(state.consents).toEqual(['contact'])
})

test('what was understood stays in sight while a longer text is read', () => {
  const first = after({ type: 'preview-started' })
  expect(first.preview).toEqual({ phase: 'reading', value: null })
  expect(reduceReport(first, { type: 'preview-failed' }).preview.phase).toBe('failed')
})

test.each([
  ['/text', 'what'],
  ['/photos/2', 'what'],
  ['/place/unitCode', 'where'],
  ['/contact/email', 'who'],
  ['/consents/0', 'who'],
] as const)('the value at %s is given on the step “%s”', (pointer, step) => {
  expect(stepOf(pointer)).toBe(step)
})

test('an error inside a list belongs to the list', () => {
  const detail = 'Ảnh thứ ba không đọc được.'
  expect(errorAt([{ pointer: '/photos/2', reason: 'media', detail }], '/photos')).toBe(detail)
})
