import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caseCode, formatCaseCode, isCaseCode } from '#domain/case-code'
import { groupCode, groupPin, parseCaseCode, parsePin } from '../../widgets/format/case-code.ts'

const nineDigits = fc.stringMatching(/^[0-9]{9}$/)

describe('the code a citizen types', () => {
  test('is taken exactly when the server would take it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{10}$/), (digits) => {
        expect(parseCaseCode(digits) !== null).toBe(isCaseCode(digits))
      }),
    )
  })

  test('may be grouped, dashed, or in full-width digits', () => {
    fc.assert(
      fc.property(nineDigits, (digits) => {
        const code = caseCode(digits)
        const fullWidth = code.replace(/\d/g, (digit) =>
          String.fromCharCode(0xff10 + Number(digit)),
        )
        expect(parseCaseCode(` ${formatCaseCode(code)} `)).toBe(code)
        expect(parseCaseCode(`${code.slice(0, 4)}-${code.slice(4, 7)}–${code.slice(7)}`)).toBe(code)
        expect(parseCaseCode(fullWidth)).toBe(code)
      }),
    )
  })

  test('with one wrong digit is noticed before anything is sent', () => {
    fc.assert(
      fc.property(nineDigits, fc.nat(9), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const code = caseCode(digits)
        const wrong = (Number(code[at]) + by) % 10
        expect(parseCaseCode(code.slice(0, at) + String(wrong) + code.slice(at + 1))).toBeNull()
      }),
    )
  })

  test('is shown grouped as the server groups it', () => {
    const code = caseCode('261104827')
    expect(groupCode(code)).toBe(formatCaseCode(code))
    expect(groupPin('604118')).toBe('604 118')
  })
})

test('a PIN has six digits, spaces aside', () => {
  expect(parsePin(' 604 118 ')).toBe('604118')
  expect(parsePin('60411')).toBeNull()
  expect(parsePin('60411a')).toBeNull()
})
