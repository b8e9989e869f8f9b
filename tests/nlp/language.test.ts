import { expect, test } from 'vitest'
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
  ['街灯坏了三天', 'other'],
  ['ไฟถนนเสีย', 'other'],
  ['😀😀', 'other'],
  ['', 'other'],
])('%s → %s', (text, language) => {
  expect(detectLanguage(readWords(text))).toBe(language)
  expect(detectLanguage(readWords(text.normalize('NFD')))).toBe(language)
})
