import { describe, expect, test } from 'vitest'
import { createClassifier } from '#nlp/learning/classifier'
import { compareOutcomes } from '#nlp/learning/compare'
import { evaluate, predictAll } from '#nlp/learning/evaluate'
import type { LabelledText } from '#nlp/learning/labelled-text'
import { decodeModel, encodeModel, ModelFileError } from '#nlp/learning/model-file'
import { LessonError, trainModel } from '#nlp/learning/train'

const SUBJECTS = ['đèn đường', 'ổ gà', 'nước máy', 'rác thải', 'tiền điện', 'học phí']
const COMPLAINTS = ['bị hỏng', 'nhiều quá', 'lâu rồi', 'ở xóm tôi', 'mong xử lý', 'chưa ai lo']
const EXAMPLES: LabelledText[] = SUBJECTS.flatMap((subject) =>
  COMPLAINTS.flatMap((complaint) => [
    { label: subject, text: `${subject} ${complaint}` },
    { label: subject, text: `Kính gửi phường, ${subject} khu phố ${complaint} rồi ạ.` },
  ]),
)

function learn(examples: readonly LabelledText[], seed = 1) {
  const bytes = encodeModel(trainModel([{ name: 'label', examples }], { seed }))
  const model = decodeModel(bytes)
  const [head] = model.heads
  if (!head) throw new Error('no head')
  const classifier = createClassifier(model)
  const judge = (text: string) => classifier.judge(head, classifier.score(text))
  return { bytes, classifier, head, judge }
}

const learnt = learn(EXAMPLES)

describe('a verdict', () => {
  test('names known labels, and the confidences never sum to more than 1', () => {
    const { ranked } = learnt.judge('den duong truoc nha toi bi hong')
    expect(ranked[0]?.label).toBe('đèn đường')
    expect(ranked.every(({ label }) => SUBJECTS.includes(label))).toBe(true)
    expect(ranked.reduce((sum, { confidence }) => sum + confidence, 0)).toBeLessThanOrEqual(
      1.000001,
    )
  })

  test('is the same for composed and decomposed text, and for old and new tone marks', () => {
    const scores = (text: string) => learnt.classifier.score(text).columns
    const text = 'Nước máy hòa lẫn bùn, thúy'
    expect(scores(text.normalize('NFD'))).toEqual(scores(text))
    expect(scores(text.replace('hòa', 'hoà').replace('thúy', 'thuý'))).toEqual(scores(text))
    expect(scores(text.toUpperCase())).toEqual(scores(text))
  })

  test('sees through invisible letters and letters of other scripts', () => {
    const scores = (text: string) => learnt.classifier.score(text).columns
    expect(scores('r\u200bác thải')).toEqual(scores('rác thải'))
    expect(scores('rác thảі')).toEqual(scores('rác thải'))
  })

  test.each(['', ' ', '😀😀😀', '????', '漢字仮名', '\ud800', 'zxcvb qwrtp'])(
    'on %j is left to a person',
    (text) => {
      expect(learnt.judge(text).abstain).toBe(true)
    },
  )

  test('is less sure the more of the words were never met', () => {
    const confidence = (text: string) => learnt.judge(text).ranked[0]?.confidence ?? 0
    const half = confidence('đèn đường zxcvb qwrtp')
    expect(half).toBeLessThan(confidence('đèn đường'))
    expect(confidence('đèn đường zxcvb qwrtp bnmvc lkjhg')).toBeLessThan(half)
  })

  test('is the same to the bit, whatever and however much was read before', () => {
    const { model, score } = createClassifier(learnt.classifier.model)
    for (let at = 0; at < 20_000; at += 4) {
      score([at, at + 1, at + 2, at + 3].map((each) => `mới${each.toString(36)}`).join(' '))
    }
    const long = 'đènđườngtrướcnhàtôibịhỏnglâurồi'
    const odd = ['', 'đèn đèn đèn', `${long} đèn ${long}`, 'rác thảii', '😀 đèn', 'ĐÈN den đén']
    for (const text of [...odd, ...EXAMPLES.map((example) => example.text)]) {
      const fresh = createClassifier(model).score(text)
      expect(score(text)).toEqual(fresh)
      expect(score(text)).toEqual(fresh)
    }
  })

  test('on a megabyte of text is given', () => {
    expect(learnt.judge('đèn đường hỏng '.repeat(70_000)).ranked[0]?.label).toBe('đèn đường')
  })
})

describe('an explanation', () => {
  const explain = (text: string) =>
    learnt.classifier.explain(text, learnt.head, 'đèn đường', 'rác thải')

  test.each([
    'Đèn đường ở hẻm tôi hỏng, rác thải nhiều',
    'đèn đường đèn đường, đèn! đèn! đường đến đường',
    'rác thảii trước nhà, đườgn tối',
    'den duong hong, rac thai nhieu',
    `${'đènđường'.repeat(6)} rácthảinhiềuquá đèn`,
  ])('of %j is exact: it adds up to the difference of the scores', (text) => {
    const { columns } = learnt.classifier.score(text)
    const [one, other] = ['đèn đường', 'rác thải'].map((label) => learnt.head.labels.indexOf(label))
    const biases = learnt.classifier.model.biases
    const bias = (biases[one ?? 0] ?? 0) - (biases[other ?? 0] ?? 0)
    const sum = explain(text).reduce((total, { weight }) => total + weight, bias)
    expect(sum).toBeCloseTo((columns[one ?? 0] ?? 0) - (columns[other ?? 0] ?? 0), 6)
  })

  test('is given word by word', () => {
    const text = 'Đèn đường ở hẻm tôi hỏng, rác thải nhiều'
    const words = explain(text).map(({ start, end }) => text.slice(start, end))
    expect(words.slice(0, 2)).toEqual(['Đèn', 'đường'])
  })
})

describe('training', () => {
  test('gives the same bytes for the same texts and seed', () => {
    expect(learn(EXAMPLES).bytes).toEqual(learnt.bytes)
  })

  test('takes one label, a label with one example, and a text with two labels', () => {
    expect(learn([{ label: 'a', text: 'một' }]).judge('một').ranked[0]?.label).toBe('a')
    const odd = learn([
      ...EXAMPLES,
      { label: 'hiếm', text: 'cầu treo đứt cáp' },
      { label: 'ổ gà', text: 'rác thải bị hỏng' },
    ])
    expect(odd.judge('cầu treo đứt cáp').ranked[0]?.label).toBe('hiếm')
    expect(odd.judge('rác thải bị hỏng').ranked).toHaveLength(4)
  })

  test('refuses nothing to learn, and more labels than it can hold', () => {
    expect(() => learn([])).toThrow(LessonError)
    const many = Array.from({ length: 10_000 }, (_, at) => ({ label: String(at), text: 'một hai' }))
    expect(() => learn(many)).toThrow(/10000 labels/)
  })

  test('fits its confidences on development texts where there are some', () => {
    const development = SUBJECTS.map((label) => ({ label, text: `${label} trước nhà` }))
    const model = trainModel([{ name: 'label', examples: EXAMPLES, development }], { seed: 1 })
    expect(model.heads[0]?.heldOut?.count).toBe(development.length)
    const stray = [{ label: 'lạ', text: 'gì đó' }]
    expect(() =>
      trainModel([{ name: 'label', examples: EXAMPLES, development: stray }], { seed: 1 }),
    ).toThrow(/"lạ"/)
  })
})

describe('a model file', () => {
  test.each([
    ['a foreign file', new TextEncoder().encode('{"not": "a model"}')],
    ['an empty file', new Uint8Array()],
    ['a file cut short', learnt.bytes.slice(0, learnt.bytes.length - 5)],
    ['a file cut in its header', learnt.bytes.slice(0, 40)],
  ])('%s is refused', (_, bytes) => {
    expect(() => decodeModel(bytes)).toThrow(ModelFileError)
  })

  test('is refused when one byte has changed, wherever it is', () => {
    for (const share of [0.01, 0.4, 0.99]) {
      const damaged = Uint8Array.from(learnt.bytes)
      const at = Math.max(33, Math.floor(damaged.length * share))
      damaged[at] = (damaged[at] ?? 0) ^ 1
      expect(() => decodeModel(damaged)).toThrow(/damaged/)
    }
  })

  test('is read from any place in a buffer, and its version changes with what was learnt', () => {
    const shifted = new Uint8Array(learnt.bytes.length + 3)
    shifted.set(learnt.bytes, 3)
    const { version } = decodeModel(learnt.bytes)
    expect(decodeModel(shifted.subarray(3)).version).toBe(version)
    expect(decodeModel(learn(EXAMPLES.slice(1)).bytes).version).not.toBe(version)
  })
})

describe('an evaluation', () => {
  test('counts what was right, and how far confidence was off', () => {
    const outcome = { confidence: 0.9, abstain: false }
    const result = evaluate([
      { ...outcome, label: 'a', predicted: 'a' },
      { ...outcome, label: 'a', predicted: 'a' },
      { ...outcome, label: 'b', predicted: 'a', confidence: 0.4, abstain: true },
      { ...outcome, label: 'b', predicted: 'b' },
    ])
    expect(result.accuracy).toBe(0.75)
    expect(result.macroF1).toBeCloseTo((0.8 + 2 / 3) / 2)
    expect(result.ece).toBeCloseTo((3 * 0.1 + 0.4) / 4)
    expect(result.coverageAt95).toBe(0.75)
    expect(result.automatic).toEqual({ coverage: 0.75, precision: 1 })
    expect(result.perLabel['b']).toMatchObject({ precision: 1, recall: 0.5, count: 2 })
  })

  test('compares two models by the texts only one of them got right', () => {
    const a = predictAll(learnt.classifier, learnt.head, EXAMPLES)
    const worse = a.map((outcome, at) => (at < 10 ? { ...outcome, predicted: '?' } : outcome))
    expect(compareOutcomes(a, a)).toMatchObject({ onlyA: 0, onlyB: 0, p: 1 })
    const comparison = compareOutcomes(a, worse)
    expect(comparison.onlyA).toBeGreaterThan(5)
    expect(comparison.p).toBeLessThan(0.05)
  })
})
