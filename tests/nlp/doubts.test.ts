import { describe, expect, test } from 'vitest'
import { crossVerdicts } from '#nlp/learning/cross-verdicts'
import { createContradictionFinder, type Decided, findUnlikely } from '#nlp/learning/doubts'
import { isNotWorse } from '#nlp/learning/not-worse'
import { compareOutcomes } from '#nlp/learning/compare'
import { createPrinter } from '#nlp/likeness/print'
import { countWords, encodeWordCounts } from '#nlp/likeness/word-counts'

const SUBJECTS = ['đèn đường', 'nước máy', 'rác thải', 'học phí']
const ENDINGS = ['bị hỏng', 'nhiều quá', 'lâu rồi', 'ở xóm tôi', 'mong xử lý', 'chưa ai lo']
const BACKGROUND = SUBJECTS.flatMap((label) =>
  ENDINGS.map((ending) => ({ label, text: `${label} ${ending}` })),
)
const print = createPrinter()
const likeness = {
  wordCounts: encodeWordCounts(countWords(BACKGROUND.map(({ text }) => print(text)))),
  shortForms: {},
}

const decided = (id: string, text: string, label: string, by = 'an'): Decided => ({
  id,
  text,
  label,
  by,
})

describe('a contradiction', () => {
  test.each([
    ['the same text', 'Đèn đường ngõ 5 tắt ba hôm nay rồi'],
    ['without diacritics', 'den duong ngo 5 tat ba hom nay roi'],
    ['one word more', 'Đèn đường ngõ 5 tắt ba hôm nay rồi ạ'],
  ])('is seen: %s under another label', (_, text) => {
    const finder = createContradictionFinder(likeness)
    expect(finder.add(decided('1', 'Đèn đường ngõ 5 tắt ba hôm nay rồi', 'đèn đường'))).toBeNull()
    expect(finder.add(decided('2', text, 'học phí'))).toEqual({
      id: '2',
      reason: 'contradicts',
      expected: 'đèn đường',
      against: '1',
    })
  })

  test('is seen in long texts, among many that are alike', () => {
    const finder = createContradictionFinder(likeness)
    const long = (topic: string) =>
      `Kính gửi ủy ban, tôi xin phản ánh ${topic} ở khu phố tôi, ` +
      Array.from({ length: 60 }, (_, at) => `${topic} chuyện thứ ${String(at)}`).join(', ')
    for (let at = 0; at < 50; at++) {
      expect(finder.add(decided(`n${String(at)}`, long(`việc ${String(at)} nhé`), 'x'))).toBeNull()
    }
    const again = `${long('việc 17 nhé')} xin cảm ơn`
    expect(finder.add(decided('y', again, 'y'))).toMatchObject({ against: 'n17' })
  })

  test('is not seen in the same label, nor in another text', () => {
    const finder = createContradictionFinder(likeness)
    finder.add(decided('1', 'Đèn đường ngõ 5 tắt ba hôm nay rồi', 'đèn đường'))
    expect(finder.add(decided('2', 'Đèn đường ngõ 5 tắt ba hôm nay rồi', 'đèn đường'))).toBeNull()
    expect(finder.add(decided('3', 'Học phí tăng gấp đôi từ năm nay rồi', 'học phí'))).toBeNull()
  })
})

test('what is doubted raises no doubts itself, unless an administrator kept it', () => {
  const text = 'Đèn đường ngõ 5 tắt ba hôm nay rồi'
  const finder = createContradictionFinder(likeness)
  finder.add(decided('1', text, 'đèn đường'))
  expect(finder.add(decided('2', text, 'học phí'))).not.toBeNull()
  expect(finder.add(decided('3', text, 'đèn đường'))).toBeNull()
  expect(finder.add(decided('2', text, 'học phí'), true)).toBeNull()
  expect(finder.add(decided('4', text, 'đèn đường'))).toMatchObject({ against: '2' })
})

describe('an unlikely decision', () => {
  const honest = SUBJECTS.flatMap((label, at) =>
    ENDINGS.map((ending, each) =>
      decided(
        `h${String(at)}-${String(each)}`,
        `${label} phường ${ending}`,
        label,
        `p${String(at)}`,
      ),
    ),
  )

  function doubtsOf(decisions: readonly Decided[]) {
    return findUnlikely(decisions, crossVerdicts(decisions, BACKGROUND, { seed: 1 }))
  }

  test('is none where people agree', () => {
    expect(doubtsOf(honest)).toEqual([])
  })

  test('stands out alone, with what the others would have said', () => {
    const wrong = decided('x', 'rác thải chất đống đầu ngõ', 'học phí', 'p0')
    expect(doubtsOf([...honest, wrong])).toEqual([
      { id: 'x', reason: 'unlikely', expected: 'rác thải', against: null },
    ])
  })

  test('of one person against all is said so', () => {
    const poison = ENDINGS.map((ending, at) =>
      decided(`x${String(at)}`, `nước máy khu B ${ending}`, 'học phí', 'mallory'),
    )
    const doubts = doubtsOf([...honest, ...poison])
    expect(doubts.map(({ id }) => id).sort()).toEqual(poison.map(({ id }) => id))
    expect(new Set(doubts.map(({ reason }) => reason))).toEqual(new Set(['one-against-all']))
  })
})

describe('a new model', () => {
  const outcomes = (right: number, count: number) =>
    Array.from({ length: count }, (_, at) => ({
      label: 'a',
      predicted: at < right ? 'a' : 'b',
      confidence: 1,
      abstain: false,
    }))

  test.each([
    [50, 60, true],
    [50, 50, true],
    [50, 49, true],
    [50, 40, false],
  ])('beside one that is right %d times, right %d times: goes live is %s', (a, b, wanted) => {
    expect(isNotWorse(compareOutcomes(outcomes(a, 80), outcomes(b, 80)))).toBe(wanted)
  })
})
