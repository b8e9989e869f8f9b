import { describe, expect, test } from 'vitest'
import { createClassifier } from '#nlp/learning/classifier'
import type { LabelledText } from '#nlp/learning/labelled-text'
import { decodeModel, encodeModel } from '#nlp/learning/model-file'
import { createTextVectors } from '#nlp/learning/text-vector'
import { trainModel } from '#nlp/learning/train'

const COMPLAINTS = ['bị hỏng', 'hỏng rồi', 'trước nhà tôi', 'mong phường xử lý']
const SUBJECTS = ['đèn đường', 'nước máy', 'rác thải', 'học phí', 'street lights']
const EXAMPLES: LabelledText[] = SUBJECTS.flatMap((subject) =>
  COMPLAINTS.map((complaint) => ({ label: subject, text: `${subject} ${complaint}` })),
)

const bytes = encodeModel(trainModel([{ name: 'label', examples: EXAMPLES }], { seed: 1 }))
const model = decodeModel(bytes)
const vectors = createTextVectors(model)

/** How alike two texts are read: 1 for the same, about half of it for the same letters alone. */
function alikeness(one: string, other: string): number {
  const a = vectors.vectorOf(one)
  const b = vectors.vectorOf(other)
  const valueIn = new Map(Array.from(b.rows, (row, at) => [row, b.values[at] ?? 0]))
  const product = a.rows.reduce(
    (sum, row, at) => sum + (a.values[at] ?? 0) * (valueIn.get(row) ?? 0),
    0,
  )
  return product / Math.sqrt(a.square * b.square)
}

describe('a word that was never met', () => {
  test.each([
    ['with a letter left out', 'phưng', 'phường'],
    ['with a letter doubled', 'phườngg', 'phường'],
    ['with two letters swapped', 'phườgn', 'phường'],
    ['with the key beside', 'phườnh', 'phường'],
    ['without diacritics', 'phuongg', 'phuong'],
    ['in English', 'stret lihgts', 'street lights'],
  ])('%s is read as the one it was meant to be', (_, typed, meant) => {
    expect(alikeness(typed, meant)).toBeGreaterThan(0.6)
  })

  test.each([
    ['is two slips away', 'phưgg', 'phường'],
    ['is too short', 'mn', 'mong'],
    ['is a number', 'h0c', 'học'],
    ['is written in other letters', 'фưng', 'phường'],
  ])('and %s stays as it was typed', (_, typed, meant) => {
    expect(alikeness(typed, meant)).toBeLessThan(0.45)
  })

  test('stands in the evidence where it was typed', () => {
    const text = 'Gửi phường: rác thảii trước nhà'
    const spans = vectors.occurrencesOf(text).map(({ start, end }) => text.slice(start, end))
    expect(spans).toContain('thảii')
    expect(spans).toContain('rác thảii')
  })

  test('makes a verdict less sure though it was mended', () => {
    const [head] = model.heads
    if (!head) throw new Error('no head')
    const { score } = createClassifier(model)
    expect(score('rác thảii trước nhà').knownShare).toBeLessThan(
      score('rác thải trước nhà').knownShare,
    )
  })
})

test('a model that knows no words is read, and mends none', () => {
  const { version: _, ...current } = model
  const none = { from: new Uint32Array(1), letters: new Int32Array(0), tones: new Int32Array(0) }
  const wordless = { ...current, vocabulary: { ...current.vocabulary, words: none } }
  const read = decodeModel(encodeModel(wordless))
  expect(read.vocabulary.words.tones).toHaveLength(0)
  const { score } = createClassifier(read)
  expect(score('rác thải').columns).toEqual(createClassifier(model).score('rác thải').columns)
  expect(score('rác thảii').columns).not.toEqual(createClassifier(model).score('rác thảii').columns)
})
