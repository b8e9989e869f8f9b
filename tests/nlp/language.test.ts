import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadCorpus } from '#nlp/cli/seeds'
import { detectLanguage } from '#nlp/language'
import { createWordReader } from '#nlp/text/words'

const readWords = createWordReader()

test.each([
  ['Đèn đường trước nhà tôi hỏng cả tuần nay', 'vi'],
  ['Mạng wifi FPT chỗ em lag quá ad ơi', 'vi'],
  ['den duong truoc nha toi hong ca tuan nay', 'vi-plain'],
  ['nuoc yeu qua ko tam dc mn oi', 'vi-plain'],
  ['The street light in front of my house is broken', 'en'],
  ['Garbage has not been collected since Monday', 'en'],
  ['Bonjour, la rue est en panne depuis trois jours', 'other'],
  ['Mon voisin fait du bruit la nuit', 'other'],
  ['Er is al drie dagen geen water', 'other'],
  ['街灯坏了三天', 'other'],
  ['ไฟถนนเสีย', 'other'],
  ['😀😀', 'other'],
  ['', 'other'],
])('%s → %s', (text, language) => {
  expect(detectLanguage(readWords(text))).toBe(language)
  expect(detectLanguage(readWords(text.normalize('NFD')))).toBe(language)
})

describe('texts of twenty characters and more', () => {
  const plain = (text: string) =>
    text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
  const shareOf = (texts: readonly string[], language: string) => {
    const long = texts.filter((text) => text.length >= 20)
    const right = long.filter((text) => detectLanguage(readWords(text)) === language)
    process.stdout.write(`${language}: ${right.length} of ${long.length}\n`)
    return right.length / long.length
  }
  const corpus = loadCorpus().fields.map(({ text }) => text)

  test('in Vietnamese are known with diacritics and without', () => {
    const accented = corpus.filter(
      (text) => (text.match(/[^\p{ASCII}]/gu) ?? []).length > text.length / 10,
    )
    expect(shareOf(accented, 'vi')).toBeGreaterThan(0.99)
    expect(shareOf(corpus.map(plain), 'vi-plain')).toBeGreaterThan(0.99)
  })

  test('in thirty other languages and scripts are taken for neither Vietnamese nor English', () => {
    const file = readFileSync(new URL('../fixtures/languages.tsv', import.meta.url), 'utf8')
    const others = file
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')[1] ?? '')
    expect(others.length).toBeGreaterThan(90)
    expect(shareOf(others, 'other')).toBeGreaterThan(0.99)
  })

  test('decked with pictures stay what they are', () => {
    const text = 'Hàng đẹp lắm, shop giao nhanh'
    expect(detectLanguage(readWords(text + '😄'.repeat(60)))).toBe('vi')
    expect(detectLanguage(readWords(`${plain(text)} ${'👍 '.repeat(60)}`))).toBe('vi-plain')
  })
})
