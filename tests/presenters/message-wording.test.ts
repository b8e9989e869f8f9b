import { describe, expect, test } from 'vitest'
import { smsSegments } from '#contracts/sms-segments'
import { CASE_STATUSES, LANGUAGES } from '#contracts/vocabulary'
import { messageWording } from '#presenters/message-wording'
import { aCase } from '../support/builders.ts'

const wording = messageWording('https://phananh.thanhpho.gov.vn/')
const DUE = new Date('2026-12-01T09:00:00Z')

describe.each(LANGUAGES)('automatic messages in %s', (lang) => {
  test.each(['sms', 'phone'] as const)(
    'a receipt of %s fits two parts, in danger too',
    (channel) => {
      for (const urgency of ['normal', 'emergency'] as const) {
        const opened = aCase({ lang, channel, urgency })
        for (const receiptDueAt of [DUE, null]) {
          const text = wording.receipt({ ...opened, intake: { ...opened.intake, receiptDueAt } })
          expect(smsSegments(text).segmentCount).toBeLessThanOrEqual(2)
          expect(text).toContain(opened.code)
          expect(text.includes('01/12/2026')).toBe(receiptDueAt !== null)
          expect(text.includes('113')).toBe(urgency === 'emergency')
          expect(text).toContain(
            channel === 'sms' ? (lang === 'vi' ? 'TRANGTHAI' : 'STATUS') : `/cases/${opened.code}`,
          )
        }
      }
    },
  )

  test('every status fits two parts and tells nothing of the report', () => {
    for (const status of CASE_STATUSES) {
      const current = aCase({ lang, status, dueAt: DUE })
      const text = wording.status(current)
      expect(smsSegments(text).segmentCount).toBeLessThanOrEqual(2)
      expect(text).toContain(current.code)
    }
  })

  test('the notice of an answer has the address', () => {
    const { code } = aCase()
    expect(wording.answered(aCase({ lang }))).toContain(
      `https://phananh.thanhpho.gov.vn/cases/${code}`,
    )
  })
})

test('an address that is too long is left out rather than sent in three parts', () => {
  const long = messageWording(`https://phananh.example.vn/${'x'.repeat(200)}`)
  const text = long.receipt(aCase({ channel: 'phone' }))
  expect(smsSegments(text).segmentCount).toBeLessThanOrEqual(2)
})
