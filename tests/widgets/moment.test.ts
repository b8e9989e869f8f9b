import { describe, expect, test } from 'vitest'
import { dueInWords, momentInWords, timeLeft } from '../../widgets/format/moment.ts'
import { messagesIn } from '../../widgets/i18n/messages.ts'

function readerAt(now: string, lang: 'vi' | 'en' = 'vi') {
  return { lang, t: messagesIn(lang), now: Date.parse(now) }
}

describe('a deadline', () => {
  test('is said in words, in Vietnam’s time, whatever the device’s', () => {
    const reader = readerAt('2026-11-23T08:00:00+07:00')
    expect(dueInWords('2026-11-26T10:00:00Z', reader)).toBe('Thứ Năm, 26/11, 17:00')
    expect(dueInWords('2026-11-26T17:30:00Z', reader)).toBe('Thứ Sáu, 27/11, 00:30')
  })

  test('is said in English too', () => {
    const reader = readerAt('2026-11-23T08:00:00+07:00', 'en')
    expect(dueInWords('2026-11-26T10:00:00Z', reader)).toBe('Thursday, 26 November, 17:00')
    expect(timeLeft('2026-11-24T10:00:00Z', 1, reader)).toBe('1 working day left')
  })

  test('says the working days that the server counted', () => {
    const due = '2026-11-30T17:00:00+07:00'
    expect(timeLeft(due, 2, readerAt('2026-11-26T08:00:00+07:00'))).toBe('còn 2 ngày làm việc')
  })

  test('is today until it passes, and then overdue', () => {
    const due = '2026-11-23T17:00:00+07:00'
    expect(timeLeft(due, 0, readerAt('2026-11-23T00:01:00+07:00'))).toBe('hôm nay')
    expect(timeLeft(due, 0, readerAt(due))).toBe('đã quá hạn')
  })
})

describe('a moment', () => {
  const now = '2026-11-23T00:30:00+07:00'

  test('of today and of yesterday is named so, by Vietnam’s midnight', () => {
    expect(momentInWords('2026-11-23T00:10:00+07:00', readerAt(now))).toBe('00:10 hôm nay')
    expect(momentInWords('2026-11-22T23:50:00+07:00', readerAt(now))).toBe('23:50 hôm qua')
  })

  test('further back has its date', () => {
    expect(momentInWords('2026-11-20T08:12:00+07:00', readerAt(now))).toBe('08:12, 20/11/2026')
  })
})
