import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  caseCode,
  formatCaseCode,
  isCaseCode,
  parseCaseCode,
  spokenDigits,
} from '#domain/case-code'

const nineDigits = fc.stringMatching(/^[0-9]{9}$/)
const position = fc.integer({ min: 0, max: 9 })

test('a code is the nine digits and a check digit', () => {
  fc.assert(
    fc.property(nineDigits, (digits) => {
      const code = caseCode(digits)
      expect(code).toMatch(/^[0-9]{10}$/)
      expect(code.startsWith(digits)).toBe(true)
      expect(isCaseCode(code)).toBe(true)
    }),
  )
})

test('the check digit is the one of Damm’s published example', () => {
  expect(caseCode('000000572')).toBe('0000005724')
})

test('every single wrong digit is noticed', () => {
  fc.assert(
    fc.property(nineDigits, position, fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
      const code = caseCode(digits)
      const wrong = String((Number(code[at]) + shift) % 10)
      expect(isCaseCode(code.slice(0, at) + wrong + code.slice(at + 1))).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('every swap of two different neighbours is noticed', () => {
  fc.assert(
    fc.property(nineDigits, fc.integer({ min: 0, max: 8 }), (digits, at) => {
      const code = caseCode(digits)
      const pair = code.slice(at, at + 2)
      const swapped = code.slice(0, at) + pair.slice(1) + pair.slice(0, 1) + code.slice(at + 2)
      fc.pre(swapped !== code)
      expect(isCaseCode(swapped)).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('nothing but nine digits becomes a code', () => {
  expect(() => caseCode('26110482')).toThrow(RangeError)
  expect(() => caseCode('2611048２7')).toThrow(RangeError)
})

const code = caseCode('261104827')

test.each([
  ['as written', code],
  ['as shown', formatCaseCode(code)],
  ['with dots', `${code.slice(0, 4)}.${code.slice(4)}`],
  ['with dashes of any kind', `${code.slice(0, 4)}–${code.slice(4, 7)}-${code.slice(7)}`],
  ['with spaces around, one of them unbreakable', ` ${code.slice(0, 4)}\u00a0${code.slice(4)}\n`],
  [
    'in full-width digits',
    Array.from(code, (d) => String.fromCodePoint(0xff10 + Number(d))).join(''),
  ],
  ['with an invisible mark from copying', `\u200b${code}\ufeff`],
])('a code is understood %s', (_case, typed) => {
  expect(parseCaseCode(typed)).toBe(code)
})

test.each([
  ['nothing', ''],
  ['one digit less', code.slice(1)],
  ['one digit more', `${code}0`],
  ['a wrong check digit', code.slice(0, 9) + String((Number(code[9]) + 1) % 10)],
  ['letters within', `${code.slice(0, 5)}a${code.slice(5)}`],
  [
    'digits of another script',
    Array.from(code, (d) => String.fromCodePoint(0x660 + Number(d))).join(''),
  ],
  ['a megabyte', code.padStart(1_000_000, ' ')],
])('%s is no code', (_case, typed) => {
  expect(parseCaseCode(typed)).toBeNull()
})

test('a code is shown in groups of four, three and three', () => {
  expect(formatCaseCode('2611048273')).toBe('2611 048 273')
})

test('a code is said digit by digit', () => {
  expect(spokenDigits('2611 048 273', 'vi').join(' ')).toBe(
    'hai sáu một một không bốn tám hai bảy ba',
  )
  expect(spokenDigits('9057', 'en')).toEqual(['nine', 'zero', 'five', 'seven'])
})
