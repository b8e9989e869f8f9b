import { beforeAll, describe, expect, test } from 'vitest'
import { loadCorpus, loadTaxonomy, loadTextFacts } from '#nlp/cli/seeds'
import { createClassifier } from '#nlp/learning/classifier'
import { createCorrections } from '#nlp/learning/corrections'
import { createLabelExplainer } from '#nlp/learning/explain-label'
import { decodeModel, encodeModel } from '#nlp/learning/model-file'
import type { Head, Model } from '#nlp/learning/model'
import { trainModel } from '#nlp/learning/train'
import { shortFormsOf } from '#nlp/routing/lessons'

const ADDED = 'electricity'
const SHOT_COUNT = 120

let model: Model
let head: Head
const corpus = loadCorpus().fields
const others = corpus.filter(({ field }) => field !== ADDED)
// Every fifth text of the others is kept out of training.
const unseen = others.filter((_, at) => at % 5 === 0)
const own = corpus.filter(({ field }) => field === ADDED)
const shots = own.slice(0, SHOT_COUNT)
const later = own.slice(SHOT_COUNT)
const topics = loadTaxonomy().fields.find(({ id }) => id === ADDED)?.subtopics ?? []
const keywords = topics.flatMap((topic) => [topic.name, ...topic.keywords])
// A few texts of every other field, so that a new one does not swallow them.
const anchors = others
  .filter((_, at) => at % 5 === 1 && at % 3 === 0)
  .map(({ field, text }) => ({ label: field, text }))

beforeAll(() => {
  // Three fifths teach enough, in half the time of all that is left.
  const examples = others
    .filter((_, at) => [1, 2, 3].includes(at % 5))
    .map(({ field, text }) => ({ label: field, text }))
  const lesson = { name: 'field', examples }
  const shortForms = shortFormsOf(loadTextFacts())
  model = decodeModel(encodeModel(trainModel([lesson], { seed: 1, shortForms })))
  const [first] = model.heads
  if (!first) throw new Error('no head')
  head = first
}, 180_000)

/** A layer of corrections, and what it makes of texts. */
function aLayer(sources: Parameters<typeof createCorrections>[2] = {}) {
  const { score } = createClassifier(model)
  const corrections = createCorrections(model, head, sources)
  const correct = (text: string) => corrections.correct(text, score(text, [head]))
  const fieldOf = (text: string) => corrections.judge(correct(text)).ranked[0]?.label
  const recall = (texts: readonly { field: string; text: string }[]) =>
    texts.filter(({ field, text }) => fieldOf(text) === field).length / texts.length
  return { corrections, correct, fieldOf, recall }
}

describe('corrections', () => {
  test('without any decision change nothing', () => {
    const { correct, corrections } = aLayer()
    const text = 'Nước máy đục ngầu ba hôm nay'
    const plain = createClassifier(model).score(text)
    expect([...correct(text).columns]).toEqual([...plain.columns])
    expect(corrections.labels()).toEqual(head.labels)
  })

  test('turn a decision that people take again and again, and leave the rest alone', () => {
    const { corrections, fieldOf, recall } = aLayer({ anchors })
    const before = recall(unseen)
    const text = 'Xe lu của công ty Z đỗ trước cổng trường mầm non cả tuần'
    expect(fieldOf(text)).not.toBe('tax')
    for (let time = 0; time < 12; time++) corrections.learn({ text, label: 'tax' })
    expect(fieldOf(text)).toBe('tax')
    expect(fieldOf('xe lu cong ty Z do truoc cong truong mam non ca tuan')).toBe('tax')
    expect(recall(unseen)).toBeGreaterThan(before - 0.03)
  })

  test('are the same for the same decisions in the same order', () => {
    const scores = [1, 2].map(() => {
      const { corrections, correct } = aLayer({ added: [{ label: ADDED, keywords }], anchors })
      for (const { text, field } of shots.slice(0, 20)) corrections.learn({ text, label: field })
      return [...correct('mất điện cả xóm').columns]
    })
    expect(scores[0]).toEqual(scores[1])
  })

  test('find a field that was just added by its keywords, with and without diacritics', () => {
    const { fieldOf } = aLayer({ added: [{ label: ADDED, keywords }], anchors })
    expect(fieldOf('Khu tôi mất điện từ tối qua đến giờ')).toBe(ADDED)
    expect(fieldOf('khu toi mat dien tu toi qua den gio')).toBe(ADDED)
    expect(fieldOf('Nước máy đục ngầu ba hôm nay')).not.toBe(ADDED)
  })

  test('after 120 examples find two thirds of a new field and keep the others', () => {
    const { corrections, recall } = aLayer({ added: [{ label: ADDED, keywords }], anchors })
    const before = recall(unseen)
    for (const { text, field } of shots) corrections.learn({ text, label: field })
    expect(recall(later)).toBeGreaterThanOrEqual(0.65)
    expect(recall(unseen)).toBeGreaterThan(before - 0.06)
  })

  test.each(['', '😀😀', '漢字', '\ud800', 'từ '.repeat(300_000)])('learn from %.9s', (text) => {
    const { corrections, correct } = aLayer()
    corrections.learn({ text, label: 'tax' })
    expect(correct('thuế đất').columns.every(Number.isFinite)).toBe(true)
  })
})

describe('an explanation', () => {
  const texts = [
    'Ổ gà to đùng trên đường Lê Lợi, xe té hoài!',
    'o ga to dung tren duong le loi',
    'đường hư ko ai sửa hết trơn á?',
    'Anh [họ tên] ở [địa chỉ] báo mất nước, gọi [số điện thoại]',
  ].flatMap((text) => [text, text.normalize('NFD')])

  test.each(texts)('adds up to the score of every label: %s', (text) => {
    const explain = createLabelExplainer(model, head)
    const { columns } = createClassifier(model).score(text)
    for (const [at, label] of head.labels.entries()) {
      const { score, bias, contributions } = explain(text, label)
      const sum = contributions.reduce((total, { weight }) => total + weight, bias)
      expect(sum).toBe(score)
      expect(score).toBeCloseTo(columns[head.firstColumn + at] ?? NaN, 9)
    }
  })

  test.each(texts)('points at whole words of the text as it was given: %s', (text) => {
    const { contributions } = createLabelExplainer(model, head)(text, 'traffic')
    expect(contributions.length).toBeGreaterThan(5)
    for (const { start, end } of contributions) {
      const named = text.slice(start, end)
      expect(named).toMatch(/^[\p{L}\p{N}?!]/u)
      // Nothing of a word is left outside: neither its letters nor its combining marks.
      expect(text.slice(end)).not.toMatch(/^[\p{L}\p{M}\p{N}]/u)
      expect(text.slice(0, start)).not.toMatch(/[\p{L}\p{N}]$/u)
    }
  })

  test('holds what was learnt since, for labels old and added', () => {
    const { corrections, correct } = aLayer({ added: [{ label: ADDED, keywords }], anchors })
    for (const { text, field } of shots.slice(0, 30)) corrections.learn({ text, label: field })
    const explain = createLabelExplainer(model, head, corrections)
    const text = 'Mất điện, đèn giao thông tắt'
    const { columns } = correct(text)
    for (const [at, label] of corrections.labels().entries()) {
      expect(explain(text, label).score).toBeCloseTo(columns[at] ?? NaN, 9)
    }
    const keyword = explain(text, ADDED).contributions.find(({ view }) => view === 'keyword')
    expect(text.slice(keyword?.start, keyword?.end)).toBe('Mất điện')
  })
})
