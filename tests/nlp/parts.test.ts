import { describe, expect, test } from 'vitest'
import { createPartFinder } from '../../nlp/parts/find-parts.ts'
import { createWordReader } from '../../nlp/text/words.ts'

const SIGNS = { lighting: /đèn|den/u, water: /nước|nuoc/u, school: /trường|truong/u }

/** Sure of a field where one sign stands alone, torn where several do. */
function rank(text: string) {
  const named = Object.entries(SIGNS).filter(([, sign]) => sign.test(text.toLowerCase()))
  if (named.length === 0) return [{ label: 'other', confidence: 0.9 }]
  return named.map(([label]) => ({ label, confidence: 0.95 / named.length }))
}

const find = createPartFinder(rank)
const readWords = createWordReader()
const isPlain = (text: string) => text === text.normalize('NFD').replace(/\p{M}/gu, '')
const partsOf = (text: string) =>
  find(text, readWords(text), isPlain(text)).map(({ start, end, field }) => [
    field,
    text.slice(start, end),
  ])

describe('a text of two matters is divided where it goes over', () => {
  test.each([
    ['Đèn hẻm này hỏng cả tuần.', 'Nước máy thì đục ngầu mấy hôm'],
    ['Đèn hẻm này hỏng cả tuần', 'ngoài ra nước máy đục ngầu'],
    ['den hem nay hong ca tuan', 'voi lai nuoc may duc ngau'],
    ['den hem nay hong ca tuan', 'mot chuyen nua la nuoc may duc ngau'],
    ['Đèn hẻm này hỏng cả tuần,', 'còn nước máy thì đục ngầu'],
    ['đèn hẻm này hỏng cả tuần', 'thứ hai là nước máy đục ngầu'],
    ['Đèn hẻm này hỏng cả tuần', 'voi lai nuoc may duc ngau'],
    ['1. Đèn hẻm này hỏng cả tuần', '2. Nước máy đục ngầu mấy hôm'],
    ['Đèn hẻm này hỏng cả tuần', 'nhân tiện cho hỏi nước máy đục ngầu'],
  ])('%s | %s', (first, second) => {
    const text = `${first}\n${second}`
    const [before, after] = partsOf(text)
    expect([before?.[0], after?.[0]]).toEqual(['lighting', 'water'])
    expect(second).toContain(after?.[1])
    expect(text.startsWith(before?.[1] ?? '-')).toBe(true)
  })

  test('in one line without any punctuation, by what people say', () => {
    const text = 'dạ đèn hẻm này hỏng cả tuần với lại nước máy nhà em đục ngầu luôn á'
    expect(partsOf(text)).toEqual([
      ['lighting', 'dạ đèn hẻm này hỏng cả tuần'],
      ['water', 'với lại nước máy nhà em đục ngầu luôn á'],
    ])
  })

  test('three matters make three parts that cover the text', () => {
    const text =
      'Đèn hẻm này hỏng cả tuần. Nước máy đục ngầu mấy hôm. Trường thu tiền quá nhiều khoản.'
    const parts = find(text, readWords(text), false)
    expect(parts.map(({ field }) => field)).toEqual(['lighting', 'water', 'school'])
    expect(parts[0]?.start).toBe(0)
    expect(parts.at(-1)?.end).toBe(text.length)
  })
})

describe('one matter stays whole', () => {
  test.each([
    '',
    'Đèn hẻm này hỏng cả tuần. Đề nghị thay đèn sớm, ngoài ra lắp thêm đèn ở cuối hẻm.',
    'Đèn hẻm này hỏng cả tuần. Cảm ơn các anh chị đã đọc thư này.',
    'Đèn và nước hỏng cả tuần nay',
    'Đèn hỏng. Nước đục.',
  ])('%j', (text) => {
    expect(partsOf(text)).toEqual([])
  })
})

test('a text of ten thousand sentences is read in a moment', () => {
  expect(partsOf('Đèn hẻm này hỏng cả tuần. '.repeat(10_000))).toEqual([])
})
