import { describe, expect, test } from 'vitest'
import { NewReport, ReportPreviewQuery } from '#contracts/reports'
import { messagesIn } from '../../widgets/i18n/messages.ts'
import { checkStep, previewQueryFrom, reportFrom, TEXT_MAX } from '../../widgets/report/outgoing.ts'
import { emptyDraft } from '../../widgets/report/report-state.ts'
import type { Draft } from '../../widgets/report/report-state.ts'

const t = messagesIn('vi')

const fullDraft: Draft = {
  text: ' Đèn đường hỏng ',
  fieldId: 'lighting',
  unit: { code: '27301', name: 'Phường Chợ Quán' },
  address: ' hẻm 42 ',
  pin: { lat: 10.757, lng: 106.683 },
  contact: { name: 'Lan', phone: ' 0901234567 ', email: 'lan@example.vn' },
}

describe('what the form sends', () => {
  test('is what the server’s contract asks for, filled in or not', () => {
    const full = reportFrom({ draft: fullDraft, consents: ['contact'] }, 'vi', null)
    const bare = reportFrom({ draft: { ...emptyDraft, text: 'Đèn' }, consents: [] }, 'en', null)
    expect(NewReport.parse(full)).toEqual(full)
    expect(NewReport.parse(bare)).toEqual({ text: 'Đèn', lang: 'en', consents: [] })
  })

  test('leaves empty boxes out and trims the others', () => {
    const contact = { name: '  ', phone: ' 0901234567 ', email: '' }
    const report = reportFrom({ draft: { ...fullDraft, contact }, consents: [] }, 'vi', null)
    expect(report).toMatchObject({ text: 'Đèn đường hỏng', contact: { phone: '0901234567' } })
    expect(report.contact).not.toHaveProperty('name')
  })

  test('names the page’s own unit when the citizen chose none', () => {
    const draft = { ...emptyDraft, text: 'Đèn' }
    expect(reportFrom({ draft, consents: [] }, 'vi', '79').place).toEqual({ unitCode: '79' })
    expect(reportFrom({ draft: fullDraft, consents: [] }, 'vi', '79').place?.unitCode).toBe('27301')
  })
})

test('the question what we understood carries no contact', () => {
  const query = previewQueryFrom(fullDraft, 'vi', null)
  expect(ReportPreviewQuery.parse(query)).toEqual(query)
  expect(JSON.stringify(query)).not.toContain('0901234567')
})

describe('before a step is left', () => {
  test('the text must say something, and not too much', () => {
    expect(checkStep('what', { ...emptyDraft, text: ' \n ' }, t)).toHaveLength(1)
    expect(checkStep('what', { ...emptyDraft, text: 'a'.repeat(TEXT_MAX + 1) }, t)).toHaveLength(1)
    expect(checkStep('what', { ...emptyDraft, text: 'a'.repeat(TEXT_MAX) }, t)).toEqual([])
  })

  test('no place and no contact is fine', () => {
    expect(checkStep('where', emptyDraft, t)).toEqual([])
    expect(checkStep('who', emptyDraft, t)).toEqual([])
  })

  test('a phone number and an e-mail address must look like one', () => {
    const contact = { name: '', phone: '12', email: 'lan' }
    const pointers = checkStep('who', { ...emptyDraft, contact }, t).map(({ pointer }) => pointer)
    expect(pointers).toEqual(['/contact/phone', '/contact/email'])
  })

  test.each(['0901234567', '+84 90 123 45 67', '(028) 3822-1234'])('%s passes', (phone) => {
    const contact = { name: '', phone, email: '' }
    expect(checkStep('who', { ...emptyDraft, contact }, t)).toEqual([])
  })
})
