import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadPersonalDataRules } from '../../nlp/cli/seeds.ts'
import { createDraftReviewer } from '../../nlp/drafts/review-draft.ts'
import { createPersonalDataFinder } from '../../nlp/personal-data/find-personal-data.ts'
import type { Kind } from '../../nlp/reading.ts'

const review = createDraftReviewer(createPersonalDataFinder(loadPersonalDataRules()))
const FIXTURE = new URL('../fixtures/response-drafts.tsv', import.meta.url)
const DRAFTS = readFileSync(FIXTURE, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [hints = '', kind = '', question = '', draft = ''] = line.split('\t')
    const codes = hints === '-' ? [] : hints.split(',').sort()
    return { codes, kind: kind as Kind, question, draft }
  })

const codesOf = (draft: string, question = '', kind: Kind = 'report', names: string[] = []) =>
  review(draft, { text: question, kind, knownNames: names }).map(({ code }) => code)
const stripped = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

describe('drafts as officers write them', () => {
  test.each(DRAFTS)('$draft → $codes', ({ codes, kind, question, draft }) => {
    expect(codesOf(draft, question, kind).sort()).toEqual(codes)
  })

  test.each(DRAFTS)('without diacritics: $draft → $codes', ({ codes, kind, question, draft }) => {
    expect(codesOf(stripped(draft), stripped(question), kind).sort()).toEqual(codes)
  })
})

test('personal data, copied words and refusals are shown where they stand', () => {
  const question = 'Đèn đường hẻm 42 Nguyễn Trãi hỏng cả tuần nay tối om rất nguy hiểm'
  const draft = `Về việc ${question}, số của bà 0912 345 678: không thuộc thẩm quyền.`
  const hints = review(draft, { text: question, kind: 'report', knownNames: [] })
  const shown = (code: string) =>
    hints
      .filter((hint) => hint.code === code)
      .flatMap(({ spans }) => spans.map(({ start, end }) => draft.slice(start, end)))
  expect(shown('personal-data')).toEqual(['0912 345 678'])
  expect(shown('generic-refusal')).toEqual(['không thuộc thẩm quyền'])
  expect(shown('repeats-question')).toEqual([question])
})

test('the name of the citizen is found however it is written', () => {
  const draft = 'Thưa cô Mai, đèn đã được thay ngày 25/11. Tổng đài: 1900 1234.'
  expect(codesOf(draft, '', 'report', ['Trần Thị Mai'])).toEqual(['personal-data'])
})

test('a draft that has hardly begun is left alone', () => {
  expect(codesOf('')).toEqual([])
  expect(codesOf('Kính gửi bà')).toEqual([])
})

describe('a draft of ten thousand characters is reviewed at the speed of typing', () => {
  // Where work grew with the square of the length, the last ones took up to a second.
  test.each([
    'Chúng tôi ghi nhận ý kiến của ông bà và trân trọng cảm ơn. ',
    'anh Nguyễn Văn Nam, cán bộ chị Mai ',
    'của anh gọi 0912 345 678 liên hệ ',
    '1',
    'a-',
  ])('%s…', (unit) => {
    const draft = unit.repeat(Math.ceil(10_000 / unit.length)).slice(0, 10_000)
    const question = { text: draft, kind: 'report', knownNames: ['Nguyễn Văn Nam'] } as const
    expect(review(`${draft} xin lưu ý`, question)).not.toEqual(review('', question))
  })
})
