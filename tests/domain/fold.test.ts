import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldVietnamese, searchTokens } from '#domain/fold'

test.each([
  ['diacritics', 'Đèn đường hẻm 42 Nguyễn Trãi bị hỏng', 'den duong hem 42 nguyen trai bi hong'],
  ['decomposed letters', 'Đường phố'.normalize('NFD'), 'duong pho'],
  ['look-alikes of Đ', 'Ðường ðèn ɖi', 'duong den di'],
  ['full-width letters', 'ＡＢＣ１２', 'abc12'],
  ['letters dressed up as symbols', '𝐂ứ𝐮 𝐆𝐈Ú𝐏', 'cuu giup'],
  ['space of every kind', '  a\u00a0\n b\t c ', 'a b c'],
  ['invisible characters', 'đư\u200bờng\ufeff', 'duong'],
  ['typographic apostrophes', 'd’Ivoire', "d'ivoire"],
])('%s are folded', (_case, text, folded) => {
  expect(foldVietnamese(text)).toBe(folded)
})

test('folding what is folded changes nothing', () => {
  const vietnamese = fc.constantFrom('Đ', 'ấ', 'ỹ', 'Ư', 'Ð', '\u0301', 'a', '.', ' ')
  const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit))
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(vietnamese, anyUnit) }), (text) => {
      const folded = foldVietnamese(text)
      expect(foldVietnamese(folded)).toBe(folded)
    }),
  )
})

test('the words of a text are each listed once, without signs', () => {
  expect(searchTokens('Rác, rác! Số 12/4 – "RAC"')).toEqual(['rac', 'so', '12', '4'])
})

test('a word too long to search for is left out', () => {
  expect(searchTokens(`${'a'.repeat(41)} ${'b'.repeat(40)}`)).toEqual(['b'.repeat(40)])
})

test('no text gives more than 200 words', () => {
  const text = Array.from({ length: 1_000 }, (_, index) => `w${String(index)}`).join(' ')
  expect(searchTokens(text)).toHaveLength(200)
})
