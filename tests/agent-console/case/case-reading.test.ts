import { describe, expect, test } from 'vitest'
import { candidates } from '../../../agent-console/features/case/candidates.ts'
import { withRevealed } from '../../../agent-console/features/case/revealed.ts'
import { textSegments } from '../../../agent-console/lib/text-segments.ts'
import { aView } from '../support/builders.ts'

describe('the citizen’s words', () => {
  test('are marked by how much they weighed', () => {
    const segments = textSegments(
      'den duong bi hong toi om',
      [
        { start: 0, end: 9, weight: 3 },
        { start: 10, end: 17, weight: 1.2 },
        { start: 18, end: 24, weight: 0.3 },
      ],
      [],
    )
    expect(segments.filter((each) => each.strength > 0)).toEqual([
      { text: 'den duong', strength: 3, personalType: null },
      { text: 'bi hong', strength: 2, personalType: null },
      { text: 'toi om', strength: 1, personalType: null },
    ])
  })

  test('evidence and personal data may overlap, and no letter is lost', () => {
    const text = 'gọi số 0912 345 678 nhé'
    const segments = textSegments(
      text,
      [{ start: 4, end: 11, weight: 1 }],
      [{ start: 7, end: 19, type: 'phone_mobile' }],
    )
    expect(segments.map((each) => each.text).join('')).toBe(text)
    expect(segments.find((each) => each.text === '0912')).toEqual({
      text: '0912',
      strength: 3,
      personalType: 'phone_mobile',
    })
  })

  test('offsets beyond the text do no harm', () => {
    const segments = textSegments('ngắn', [{ start: 2, end: 99, weight: 1 }], [])
    expect(segments.map((each) => each.text)).toEqual(['ng', 'ắn'])
  })
})

describe('the fields to choose from', () => {
  const guess = {
    field: 'urban',
    confidence: 0.9,
    alternatives: [
      { field: 'electricity', confidence: 0.06 },
      { field: 'traffic', confidence: 0.02 },
      { field: 'water', confidence: 0.01 },
    ],
    isFieldConfirmed: false,
  }

  test('are the present one and the two likeliest others', () => {
    expect(candidates(guess).map(({ field }) => field)).toEqual(['urban', 'electricity', 'traffic'])
  })

  test('a field that a person set claims no confidence of the model', () => {
    const set = { ...guess, field: 'health', isFieldConfirmed: true }
    expect(candidates(set)[0]).toEqual({ field: 'health', confidence: null })
  })

  test('a field that a person took from the alternatives keeps its own confidence, once', () => {
    const set = { ...guess, field: 'electricity', isFieldConfirmed: true }
    expect(candidates(set)).toEqual([
      { field: 'electricity', confidence: 0.06 },
      { field: 'traffic', confidence: 0.02 },
      { field: 'water', confidence: 0.01 },
    ])
  })
})

describe('contact data that was asked for with a reason', () => {
  const contact = { name: 'Nguyễn Thị A', phone: '0912345678', email: null, isMasked: false }
  const masked = { ...contact, phone: '09•• ••• 678', isMasked: true }

  test('stays on the screen when the case is read again', () => {
    const revealed = aView({ contact, text: 'lien he 0912 345 678' })
    const read = aView({ version: 9, contact: masked, text: 'lien he 09•• ••• 678' })
    expect(withRevealed(read, revealed)).toMatchObject({
      version: 9,
      contact,
      text: 'lien he 0912 345 678',
    })
  })

  test('words that the citizen added since are read as they come', () => {
    const supplemented = {
      at: '2026-11-23T04:00:00.000Z',
      type: 'case:supplemented' as const,
      by: { kind: 'citizen' as const, name: '' },
      from: null,
      to: null,
      reason: null,
      text: null,
      message: null,
    }
    const read = aView({ contact: masked, text: 'dài hơn', timeline: [supplemented] })
    expect(withRevealed(read, aView({ contact })).text).toBe('dài hơn')
  })
})
