import { expect, test } from 'vitest'
import { smsSegments } from '#contracts/sms-segments'

test.each([
  ['nothing', '', 'GSM-7', 0, 0],
  ['plain letters in one part', 'a'.repeat(160), 'GSM-7', 160, 1],
  ['plain letters in two', 'a'.repeat(161), 'GSM-7', 161, 2],
  ['as many as two parts hold', 'a'.repeat(306), 'GSM-7', 306, 2],
  ['one more', 'a'.repeat(307), 'GSM-7', 307, 3],
  ['signs that take two places', '€'.repeat(80), 'GSM-7', 160, 1],
  ['a sign of two places at a seam', 'a'.repeat(152) + '€' + 'a'.repeat(152), 'GSM-7', 306, 3],
  ['Vietnamese in one part', 'ư'.repeat(70), 'UCS-2', 70, 1],
  ['Vietnamese in two', 'ư'.repeat(71), 'UCS-2', 71, 2],
  ['as many as two parts hold', 'ư'.repeat(134), 'UCS-2', 134, 2],
  ['one more', 'ư'.repeat(135), 'UCS-2', 135, 3],
  ['emoji, of which none is cut', '😱'.repeat(67), 'UCS-2', 134, 3],
  ['one letter beyond the plain ones', 'a'.repeat(100) + 'đ', 'UCS-2', 101, 2],
])('%s', (_, text, encoding, unitCount, segmentCount) => {
  expect(smsSegments(text)).toEqual({ encoding, unitCount, segmentCount })
})
