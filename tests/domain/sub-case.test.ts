import { describe, expect, test } from 'vitest'
import type { Case } from '#domain/case'
import { openParts, openSubCase, splitCase } from '#domain/sub-case'
import {
  aCase,
  aDecision,
  anUnderstanding,
  by,
  frozen,
  NOON,
  OFFICER,
  ROADS,
  WARD,
} from '../support/builders.ts'

const TEXT = 'Đèn hẻm 42 hỏng cả tuần. Ngoài ra nước máy đục ngầu.'
const WATER = { start: TEXT.indexOf('Ngoài ra'), end: TEXT.length }
const TAKEN = { ...WATER, code: '2611048281', field: 'water', topic: null, agency: WARD }
const READING = {
  pinHash: 'hash of the PIN',
  redactedText: 'Ngoài ra nước máy đục ngầu.',
  understanding: anUnderstanding({ field: 'water', topic: 'quality' }),
  dueAt: new Date('2026-12-02T05:00:00Z'),
  contentHash: 'hash of the part',
}
const aText = (more: Partial<Case> = {}) => frozen(aCase({ text: TEXT, ...more }))
const decisionOn = (current: Case) =>
  aDecision({ by: by(OFFICER), at: NOON, version: current.version + 1 })
const split = (current: Case, taken = TAKEN) => splitCase(current, taken, decisionOn(current))

describe('a matter taken out of a case', () => {
  test('leaves the case with its lead, names who supports, and is on the record', () => {
    const main = split(aText())
    expect(main).toMatchObject({ version: 2, status: 'routed', agency: ROADS, text: TEXT })
    expect(main.subCases).toEqual([TAKEN])
    expect(main.timeline.at(-1)).toMatchObject({
      type: 'case:split',
      to: TAKEN.code,
      reason: 'water',
      by: by(OFFICER),
    })
  })

  test('becomes a case with its own words alone, for the same citizen, under the same clock', () => {
    const main = split(aText())
    const opened = openSubCase(main, TAKEN, READING)
    expect(opened).toMatchObject({
      code: TAKEN.code,
      version: 1,
      text: 'Ngoài ra nước máy đục ngầu.',
      field: 'water',
      isFieldConfirmed: true,
      contact: main.contact,
      consents: main.consents,
      receivedAt: main.receivedAt,
      attachments: [],
      mainCase: { code: main.code, lead: ROADS },
    })
    expect(JSON.stringify(opened)).not.toContain('hẻm 42 hỏng')
    expect(opened.timeline.map(({ type, from }) => [type, from])).toEqual([
      ['case:opened', null],
      ['case:split', main.code],
    ])
  })

  test('is as protected as the case it comes from', () => {
    const main = split(aText({ kind: 'denunciation' }))
    expect(openSubCase(main, TAKEN, READING).kind).toBe('denunciation')
  })

  test.each([
    ['beyond the end', { start: 3, end: TEXT.length + 1 }],
    ['backwards', { start: 9, end: 3 }],
    ['of nothing but a space', { start: 3, end: 4 }],
    ['of the whole', { start: 0, end: TEXT.length }],
  ])('is refused where it is a stretch %s', (_name, span) => {
    expect(() => split(aText(), { ...TAKEN, ...span })).toThrow(
      expect.objectContaining({ refusal: 'part-senseless' }),
    )
  })

  test('is taken once', () => {
    const again = { ...TAKEN, code: '2611048299', start: WATER.start + 3 }
    expect(() => split(split(aText()), again)).toThrow(
      expect.objectContaining({ refusal: 'part-taken' }),
    )
  })
})

test('offered are the parts of another field that were not taken yet', () => {
  const parts = [
    { start: 0, end: 24, field: 'urban', confidence: 0.9 },
    { ...WATER, field: 'water', confidence: 0.8 },
  ]
  const current = aText({ understanding: anUnderstanding({ parts }) })
  expect(openParts(current).map(({ field }) => field)).toEqual(['water'])
  expect(openParts(split(current))).toEqual([])
  expect(openParts(aText())).toEqual([])
})
