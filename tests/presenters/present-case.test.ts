import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CaseView } from '#contracts/cases'
import { CASE_STATUSES, ROLES } from '#contracts/vocabulary'
import { type Case, CITIZEN, SYSTEM } from '#domain/case'
import { presentCase, presentStep } from '#presenters/present-case'
import { presentRow } from '#presenters/present-row'
import {
  aCase,
  aCaseIn,
  anUnderstanding,
  aStaffMember,
  aStep,
  by,
  frozen,
  NOON,
  OFFICER,
} from '../support/builders.ts'

/** Stands for the reader: hides digits. */
const mask = (text: string) => text.replaceAll(/\d/g, '*')

const agent = aStaffMember({ role: 'agent' })
const officer = aStaffMember({ role: 'officer' })

const TEXT = 'Tôi là Trần Thị Mai, gọi 0912 345 678. Mất điện ở tổ 42, đèn hẻm 42 hỏng'
const REDACTED = 'Tôi là T. T. M., gọi 091*****78. Mất điện ở tổ 42, đèn hẻm 42 hỏng'

/** The case whose deciding words are `words`, each at the place after `after`. */
function withEvidence(words: readonly [after: string, word: string][], overrides = {}): Case {
  const evidence = words.map(([after, word], index) => {
    const start = TEXT.indexOf(`${after}${word}`) + after.length
    return { start, end: start + word.length, weight: 1 / (index + 2) }
  })
  const phone = TEXT.indexOf('0912')
  const personalData = [{ start: phone, end: phone + '0912 345 678'.length, type: 'phone_mobile' }]
  return aCase({
    text: TEXT,
    redactedText: REDACTED,
    understanding: anUnderstanding({ evidence, personalData }),
    ...overrides,
  })
}

/** What stands in the view's text where the evidence points, with the word before it. */
function pointedAt({ text, evidence }: CaseView): string[] {
  return evidence.map(({ start, end }) => {
    const before = /\S*\s*$/.exec(text.slice(0, start))?.[0] ?? ''
    return before + text.slice(start, end)
  })
}

test.each(CASE_STATUSES)('a case that is %s keeps the contract for every role', (status) => {
  for (const role of ROLES) {
    const view = presentCase(frozen(aCaseIn(status)), aStaffMember({ role }), { mask })
    expect(CaseView.safeParse(view).error?.issues ?? []).toEqual([])
  }
})

describe('an officer', () => {
  test('sees the citizen masked', () => {
    expect(presentCase(aCase(), officer, { mask }).contact).toEqual({
      name: 'Trần ••• M.',
      phone: '091••••678',
      email: 'm•••@example.vn',
      isMasked: true,
    })
  })

  test('reads the text without personal data, and is not told where they were', () => {
    const view = presentCase(withEvidence([]), officer, { mask })
    expect(view.text).toBe(REDACTED)
    expect(view.personalData).toEqual([])
  })

  test('is sent nothing that holds the name or the number', () => {
    const sent = JSON.stringify(presentCase(withEvidence([['', 'Mất điện']]), officer, { mask }))
    for (const secret of ['Trần Thị Mai', '912345678', '0912 345 678', 'mai.tran']) {
      expect(sent).not.toContain(secret)
    }
  })

  test('sees all of it where it was revealed', () => {
    const view = presentCase(withEvidence([]), officer, { mask, isRevealed: true })
    expect(view.text).toBe(TEXT)
    expect(view.contact).toMatchObject({ phone: '+84912345678', isMasked: false })
    expect(view.personalData).toHaveLength(1)
  })

  test('sees no contact where the citizen left none', () => {
    expect(presentCase(aCase({ contact: null }), officer, { mask }).contact).toBeNull()
  })
})

test('an agent sees the citizen as they are', () => {
  const view = presentCase(withEvidence([]), agent, { mask })
  expect(view.text).toBe(TEXT)
  expect(view.contact).toMatchObject({ name: 'Trần Thị Mai', isMasked: false })
})

describe('the deciding words', () => {
  test('are pointed at in the text as it was written', () => {
    const view = presentCase(withEvidence([['. ', 'Mất điện']]), agent, { mask })
    expect(pointedAt(view)).toEqual(['678. Mất điện'])
  })

  test('are found again in the masked text', () => {
    const words: [string, string][] = [
      ['. ', 'Mất điện'],
      ['42, ', 'đèn'],
    ]
    expect(pointedAt(presentCase(withEvidence(words), officer, { mask }))).toEqual([
      '091*****78. Mất điện',
      '42, đèn',
    ])
  })

  test('are the same occurrence of the word, not an earlier one', () => {
    const view = presentCase(withEvidence([['hẻm ', '42']]), officer, { mask })
    expect(pointedAt(view)).toEqual(['hẻm 42'])
  })

  test('are never part of another word', () => {
    const text = 'Trần Văn Gia báo ngang nhà rò rỉ ga'
    const evidence = [{ start: text.length - 2, end: text.length, weight: 1 }]
    const current = aCase({
      text,
      redactedText: 'T. V. G. báo ngang nhà rò rỉ ga',
      understanding: anUnderstanding({ evidence }),
    })
    const view = presentCase(current, officer, { mask })
    expect(view.evidence).toEqual([
      { start: view.text.length - 2, end: view.text.length, weight: 1 },
    ])
  })

  test('keep the order in which they were given: the heaviest first', () => {
    const words: [string, string][] = [
      ['hẻm ', '42'],
      ['. ', 'Mất điện'],
    ]
    for (const staff of [agent, officer]) {
      const { text, evidence } = presentCase(withEvidence(words), staff, { mask })
      expect(evidence.map(({ start, end }) => text.slice(start, end))).toEqual(['42', 'Mất điện'])
    }
  })

  test('that were masked away are left out', () => {
    const view = presentCase(withEvidence([['gọi ', '0912 345 678']]), officer, { mask })
    expect(view.evidence).toEqual([])
  })

  test('point at themselves in any masked text', () => {
    const word = fc.constantFrom('điện', 'nước', 'mất', 'hỏng', 'rác', 'Mai')
    const words = fc.array(word, { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(words, fc.nat(), (sentence, pick) => {
        const at = pick % sentence.length
        fc.pre(sentence[at] !== 'Mai')
        const start = sentence.slice(0, at).join(' ').length + (at === 0 ? 0 : 1)
        const end = start + (sentence[at] ?? '').length
        const masked = sentence.map((each) => (each === 'Mai' ? '***' : each))
        const current = aCase({
          text: sentence.join(' '),
          redactedText: masked.join(' '),
          understanding: anUnderstanding({ evidence: [{ start, end, weight: 1 }] }),
        })
        const expected = masked.slice(0, at).join(' ').length + (at === 0 ? 0 : 1)
        expect(presentCase(current, officer, { mask }).evidence).toEqual([
          { start: expected, end: expected + end - start, weight: 1 },
        ])
      }),
    )
  })
})

describe('the record', () => {
  test.each([
    [CITIZEN, { kind: 'citizen', name: 'Người dân' }],
    [SYSTEM, { kind: 'system', name: 'Hệ thống' }],
    [by(OFFICER), { kind: 'staff', name: OFFICER.name }],
  ])('names who did it: %o', (actor, expected) => {
    expect(presentStep(aStep({ by: actor, at: NOON }))).toMatchObject({
      by: expected,
      at: NOON.toISOString(),
    })
  })
})

test('a row of the inbox holds neither name nor number nor the text itself', () => {
  const current = aCase({ text: TEXT, redactedText: REDACTED, summary: REDACTED })
  const sent = JSON.stringify(presentRow(current))
  for (const secret of [
    'Trần Thị Mai',
    '912345678',
    '0912 345 678',
    'mai.tran',
    '42 Nguyễn Trãi',
  ]) {
    expect(sent).not.toContain(secret)
  }
})

test('a row says whether the case is restricted', () => {
  expect(presentRow(aCase()).isRestricted).toBe(false)
  expect(presentRow(aCase({ kind: 'denunciation' })).isRestricted).toBe(true)
})
