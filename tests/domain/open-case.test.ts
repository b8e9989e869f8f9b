import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acceptCase, routeCase } from '#domain/case-life'
import { openCase, summaryOf, withReceipt } from '#domain/open-case'
import {
  aDecision,
  anOpening,
  anUnderstanding,
  frozen,
  NOON,
  OFFICER,
  ROADS,
} from '../support/builders.ts'

describe('a new case', () => {
  test('is received by the citizen’s hand, at no agency, in version 1', () => {
    const opened = openCase(frozen(anOpening()))
    expect(opened).toMatchObject({
      version: 1,
      status: 'received',
      agency: null,
      assignee: null,
      response: null,
      notes: [],
      returnCount: 0,
      isExtended: false,
      warnedLevel: 0,
      receivedAt: NOON,
      clockStartedAt: NOON,
    })
    expect(opened.timeline).toEqual([
      expect.objectContaining({
        type: 'case:opened',
        by: { kind: 'citizen' },
        version: 1,
        at: NOON,
      }),
    ])
  })

  test('is about what was understood', () => {
    const understanding = anUnderstanding({ kind: 'question', urgency: 'high' })
    expect(openCase(anOpening({ understanding }))).toMatchObject({
      kind: 'question',
      urgency: 'high',
      field: 'urban',
      topic: 'lighting',
      understanding,
    })
  })

  test('is about the field that the citizen chose instead, without the other field’s topic', () => {
    expect(openCase(anOpening({ chosenField: 'traffic' }))).toMatchObject({
      field: 'traffic',
      topic: null,
    })
    expect(openCase(anOpening({ chosenField: 'urban' })).topic).toBe('lighting')
  })

  test('waits without a field where nothing was understood', () => {
    const understanding = anUnderstanding({ field: null, topic: null, abstain: true })
    expect(openCase(anOpening({ understanding }))).toMatchObject({ field: null, topic: null })
  })

  test('shows in lists no more than the redacted words', () => {
    const opened = openCase(anOpening())
    expect(opened.summary).toContain('091*****78')
    expect(opened.summary).not.toContain('0912 345 678')
  })
})

describe('the receipt', () => {
  test('says where the case went first', () => {
    const routed = withReceipt(routeCase(openCase(anOpening()), ROADS, null, aDecision()))
    expect(routed.intake).toMatchObject({
      receiptStatus: 'routed',
      receiptField: 'urban',
      receiptAgency: ROADS,
      receiptDueAt: anOpening().dueAt,
    })
  })

  test('reads the same for ever, whatever becomes of the case', () => {
    const routed = withReceipt(routeCase(openCase(anOpening()), ROADS, null, aDecision()))
    const accepted = acceptCase(routed, OFFICER, aDecision({ version: 3 }))
    expect(accepted.intake).toEqual(routed.intake)
  })

  test('keeps what recognises a repeated submission', () => {
    expect(withReceipt(openCase(anOpening())).intake).toMatchObject(anOpening().intake)
  })
})

describe('a summary', () => {
  test('is a short text as it is, on one line', () => {
    expect(summaryOf('  Đèn hỏng\n\tở hẻm 42  ')).toBe('Đèn hỏng ở hẻm 42')
  })

  test('of a long text ends at a word’s end', () => {
    const summary = summaryOf('đường ngập '.repeat(40))
    expect(summary).toMatch(/(đường|ngập)…$/)
    expect(summary.length).toBeLessThanOrEqual(141)
  })

  test('of one endless word is cut all the same', () => {
    expect(summaryOf('x'.repeat(1_000))).toBe(`${'x'.repeat(140)}…`)
  })

  test('never tears a character in two', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 100, maxLength: 400, unit: 'grapheme' }), (text) => {
        expect(summaryOf(text)).not.toMatch(/\p{Surrogate}/u)
      }),
    )
    expect(summaryOf(`x${'🌸'.repeat(100)}`)).toBe(`x${'🌸'.repeat(69)}…`)
  })

  test('is the text’s own beginning', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'grapheme' }), (text) => {
        const line = text.replace(/\s+/g, ' ').trim()
        expect(line.startsWith(summaryOf(text).replace(/…$/, ''))).toBe(true)
      }),
    )
  })
})
