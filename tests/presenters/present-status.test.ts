import { describe, expect, test } from 'vitest'
import holidays from '../../seeds/vietnam/holidays_vn.json' with { type: 'json' }
import { Answer } from '#contracts/answers'
import { ReportReceipt, ReportStatus } from '#contracts/reports'
import {
  CASE_EVENTS,
  type CaseEventName,
  CASE_STATUSES,
  type Language,
  LANGUAGES,
  REDIRECT_TARGETS,
  REJECT_REASONS,
} from '#contracts/vocabulary'
import { buildCalendar, settingsFromSeed } from '#domain/calendar-settings'
import { type Case, SYSTEM } from '#domain/case'
import { fieldNamesOf } from '#presenters/field-names'
import { presentAnswer } from '#presenters/present-answer'
import { presentReceipt, presentStatus } from '#presenters/present-status'
import { textsIn } from '#presenters/texts/in-language'
import {
  aCase,
  aCaseIn,
  anUnderstanding,
  aPlace,
  APPROVER,
  aResponse,
  aStep,
  by,
  frozen,
  NOON,
  OFFICER,
  ROADS,
} from '../support/builders.ts'

const names = fieldNamesOf([{ id: 'urban', name: { vi: 'Đô thị', en: 'Urban' } }])
const calendar = buildCalendar(settingsFromSeed(holidays))
const viewIn = (lang: Language) => ({ lang, fieldNames: names, calendar })
const status = (current: Case, at = NOON, lang: Language = 'vi') =>
  presentStatus(frozen(current), frozen(current), at, viewIn(lang))

/** What a step's `to` holds, where the citizen is told it; elsewhere it may be a colleague's name. */
const SHOWN_TO: Partial<Record<CaseEventName, string>> = {
  'case:extended': NOON.toISOString(),
  'case:reopened': NOON.toISOString(),
  'case:corrected': 'urban',
  'case:split': '2611048281',
  'case:redirected': 'complaint-desk',
  'case:rated': '5',
}

/** Everything that can happen to a case, done by an officer with a name. */
const FULL_RECORD = CASE_EVENTS.map((type) =>
  aStep({
    type,
    by: by(OFFICER),
    agency: ROADS,
    from: 'routed',
    to: SHOWN_TO[type] ?? OFFICER.name,
    reason: 'spam',
    text: 'lời của người dân',
  }),
)

describe.each(LANGUAGES)('the status a citizen sees (%s)', (lang) => {
  test.each(CASE_STATUSES)('keeps its contract for a case that is %s', (each) => {
    const view = status(aCaseIn(each), NOON, lang)
    expect(ReportStatus.safeParse(view).error?.issues ?? []).toEqual([])
    expect(view.statusText).toBe(textsIn(lang).status[each])
  })

  test('never names a member of staff', () => {
    const current = aCaseIn('published', {
      timeline: FULL_RECORD,
      notes: [{ id: 'n', by: OFFICER, at: NOON, text: 'ghi chú mật' }],
    })
    const sent = JSON.stringify(status(current, NOON, lang))
    for (const secret of [OFFICER.name, OFFICER.id, APPROVER.name, APPROVER.id, 'ghi chú mật']) {
      expect(sent).not.toContain(secret)
    }
  })

  test('shows every step that concerns the citizen, and no other', () => {
    const internal = ['case:drafted', 'case:sent-back', 'case:noted', 'case:revealed']
    const ofOthers = ['case:duplicate-joined', 'case:duplicate-left']
    const ofMessages = ['case:messaged', 'case:message-reported']
    const hidden = [...internal, ...ofOthers, ...ofMessages, 'case:deadline-warned']
    const shown = status(aCase({ timeline: FULL_RECORD }), NOON, lang).timeline
    expect(shown.map(({ type }) => type)).toEqual(
      CASE_EVENTS.filter((type) => !hidden.includes(type)),
    )
  })

  test('says each step in a full sentence', () => {
    for (const { text, type } of status(aCase({ timeline: FULL_RECORD }), NOON, lang).timeline) {
      expect(text, type).not.toMatch(/[{}]|undefined|null|Invalid/)
      expect(text.trim(), type).not.toBe('')
      // Nothing was left out of the middle of it.
      expect(text, type).not.toMatch(/ {2}|:\s*$/)
    }
  })

  test.each(REJECT_REASONS)('tells why it was rejected: %s', (reason) => {
    const step = aStep({ type: 'case:rejected', reason, text: 'Xin gửi lại' })
    const [shown] = status(aCase({ timeline: [step] }), NOON, lang).timeline
    expect(shown?.text).toContain(textsIn(lang).rejectReasons[reason])
    expect(shown?.text).toContain('Xin gửi lại')
  })

  test.each(REDIRECT_TARGETS)('tells where it was handed: %s', (target) => {
    const step = aStep({ type: 'case:redirected', to: target, reason: target })
    const [shown] = status(aCase({ timeline: [step] }), NOON, lang).timeline
    expect(shown?.text).toContain(textsIn(lang).redirectTargets[target])
  })
})

describe('the status', () => {
  test('tells new deadlines in the words and the time of Vietnam', () => {
    const to = '2026-12-02T10:00:00.000Z'
    const step = aStep({ type: 'case:extended', to, reason: 'Chờ vật tư' })
    const [vi] = status(aCase({ timeline: [step] })).timeline
    const [en] = status(aCase({ timeline: [step] }), NOON, 'en').timeline
    expect(vi?.text).toMatch(/17:00.*Thứ Tư|Thứ Tư.*17:00/)
    expect(vi?.text).toContain('02/12/2026')
    expect(en?.text).toMatch(/Wednesday/)
    expect(vi?.text).toContain('Chờ vật tư')
  })

  test('names the field by its name, also in the record', () => {
    const step = aStep({ type: 'case:corrected', from: 'other', to: 'urban' })
    const view = status(aCase({ timeline: [step] }), NOON, 'en')
    expect(view.fieldName).toBe('Urban')
    expect(view.timeline[0]?.text).toContain('Urban')
  })

  test('shows a response once it is published, not a draft on its way', () => {
    expect(status(aCaseIn('accepted')).response).toBeNull()
    expect(status(aCaseIn('answered')).response).toBeNull()
    expect(status(aCaseIn('published')).response).toEqual({
      text: aResponse().text,
      publishedAt: NOON.toISOString(),
    })
  })

  test('is overdue after the deadline, while somebody still owes an answer', () => {
    const due = { dueAt: NOON }
    const late = new Date(NOON.getTime() + 1)
    expect(status(aCaseIn('accepted', due), NOON).isOverdue).toBe(false)
    expect(status(aCaseIn('accepted', due), late).isOverdue).toBe(true)
    expect(status(aCaseIn('published', due), late).isOverdue).toBe(false)
    expect(status(aCaseIn('accepted', { dueAt: null }), late).isOverdue).toBe(false)
  })

  test('offers what the citizen may do now', () => {
    const offers = (current: Case, at = NOON) => {
      const { canRate, canDispute, canSupplement, canWithdraw } = status(current, at)
      return { canRate, canDispute, canSupplement, canWithdraw }
    }
    const nothing = { canRate: false, canDispute: false, canSupplement: false, canWithdraw: false }
    expect(offers(aCaseIn('routed'))).toEqual({
      ...nothing,
      canSupplement: true,
      canWithdraw: true,
    })
    expect(offers(aCaseIn('answered'))).toEqual({ ...nothing, canSupplement: true })
    expect(offers(aCaseIn('published'))).toEqual({ ...nothing, canRate: true, canDispute: true })
    const rated = aCaseIn('closed', { rating: { score: 5, comment: null } })
    expect(offers(rated)).toEqual({ ...nothing, canDispute: true })
    const monthLater = new Date(NOON.getTime() + 31 * 86_400_000)
    expect(offers(rated, monthLater)).toEqual(nothing)
    expect(offers(aCaseIn('rejected'))).toEqual(nothing)
  })
})

describe('the receipt', () => {
  test('says what it said the first time, whatever became of the case', () => {
    const now = aCaseIn('triage', { field: 'traffic' })
    const receipt = presentReceipt(now, '402913', viewIn('vi'))
    expect(receipt).toMatchObject({
      pin: '402913',
      status: 'routed',
      field: 'urban',
      fieldName: 'Đô thị',
      agency: ROADS,
    })
    expect(ReportReceipt.safeParse(receipt).error?.issues ?? []).toEqual([])
  })

  test.each(LANGUAGES)('advises to call for help in an emergency, and only then (%s)', (lang) => {
    const emergency = aCase({ understanding: anUnderstanding({ urgency: 'emergency' }) })
    const advice = presentReceipt(emergency, '402913', viewIn(lang)).emergencyAdvice
    for (const number of ['113', '114', '115']) expect(advice).toContain(number)
    expect(presentReceipt(aCase(), '402913', viewIn(lang)).emergencyAdvice).toBeNull()
  })
})

describe('a published answer', () => {
  const published = aCaseIn('published', {
    text: 'Tôi là Trần Thị Mai, 0912 345 678, đèn hỏng',
    redactedText: 'Tôi là T. T. M., 091*****78, đèn hỏng',
    rating: { score: 4, comment: 'Cảm ơn anh Bình, tôi là Mai' },
    timeline: [aStep({ text: 'số tôi 0912 345 678', by: SYSTEM })],
  })
  const answer = presentAnswer(frozen(published), 'vi', names)

  test('keeps its contract', () => {
    expect(Answer.safeParse(answer).error?.issues ?? []).toEqual([])
  })

  test('holds no personal data and nobody of the staff', () => {
    const sent = JSON.stringify(answer)
    const secrets = ['Trần Thị Mai', '0912', '912345678', 'mai.tran', '42 Nguyễn Trãi', 'Cảm ơn']
    for (const secret of [...secrets, OFFICER.name, APPROVER.name]) {
      expect(sent).not.toContain(secret)
    }
  })

  test('points at about a hundred metres, not at a house', () => {
    expect(answer).toMatchObject({ lat: 10.771, lng: 106.698 })
    const nowhere = presentAnswer(aCaseIn('published', { place: null }), 'vi', names)
    expect(nowhere).toMatchObject({ lat: null, lng: null, unitName: null })
    const pinless = aCaseIn('published', { place: aPlace({ lat: null, lng: null }) })
    expect(presentAnswer(pinless, 'vi', names)).toMatchObject({ lat: null, lng: null })
  })

  test('was on time up to the very deadline', () => {
    const answered = (dueAt: Date | null) =>
      presentAnswer(aCaseIn('published', { dueAt }), 'vi', names).wasOnTime
    expect(answered(NOON)).toBe(true)
    expect(answered(new Date(NOON.getTime() - 1))).toBe(false)
    expect(answered(null)).toBe(true)
  })
})
