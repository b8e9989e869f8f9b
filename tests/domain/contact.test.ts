import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskEmail, maskName, maskPhone, readContact, toE164 } from '#domain/contact'
import { DomainError } from '#domain/errors'

describe('a phone number', () => {
  test.each([
    ['0912 345 678', '+84912345678'],
    ['0912.345.678', '+84912345678'],
    ['0912-345-678', '+84912345678'],
    ['+84 912 345 678', '+84912345678'],
    ['+84 (0)912 345 678', '+84912345678'],
    ['84912345678', '+84912345678'],
    ['0084912345678', '+84912345678'],
    ['０９１２３４５６７８', '+84912345678'],
    ['0312 345 678', '+84312345678'],
    ['(024) 3822 1234', '+842438221234'],
    ['028 3829 7000', '+842838297000'],
    ['1900 1234', '+8419001234'],
    ['1900 561234', '+841900561234'],
    ['+1 202 555 0123', '+12025550123'],
  ])('%s is %s', (written, expected) => {
    expect(toE164(written)).toBe(expected)
  })

  test.each([
    ['nothing', ''],
    ['letters', 'không có'],
    ['an emergency number', '113'],
    ['too few digits', '0912 345 67'],
    ['too many digits', '0912 345 6789'],
    ['eleven digits as before 2018', '0123 456 7890'],
    ['an area code that is none', '0000 000 000'],
    ['two numbers', '0912345678 hoặc 0987654321'],
    ['a withheld number', 'anonymous'],
    ['NUL bytes', '\0\0\0'],
  ])('is refused where it is %s', (_what, written) => {
    expect(refusalOf(() => toE164(written))).toMatchObject({
      code: 'invalid',
      refusal: 'phone-invalid',
      pointer: '/contact/phone',
    })
  })

  test('is E.164 or refused, whatever somebody types', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: 'binary' }), (written) => {
        const refusal = refusalOf(() => {
          expect(toE164(written)).toMatch(/^\+[1-9]\d{6,14}$/)
        })
        if (refusal !== null) expect(refusal).toBeInstanceOf(DomainError)
      }),
    )
  })

  test('means the same however often it is normalised', () => {
    expect(toE164(toE164('0912 345 678'))).toBe(toE164('0912 345 678'))
  })
})

describe('contact data', () => {
  test('are none where nothing was left', () => {
    expect(readContact(undefined)).toBeNull()
    expect(readContact({})).toBeNull()
  })

  test.each([
    [{ name: 'Mai' }, { name: 'Mai', phone: null, email: null }],
    [{ phone: '0912 345 678' }, { name: null, phone: '+84912345678', email: null }],
    [{ email: 'Mai.Tran@Example.VN' }, { name: null, phone: null, email: 'mai.tran@example.vn' }],
  ])('keep what there is of them: %o', (given, expected) => {
    expect(readContact(given)).toEqual(expected)
  })

  test('are refused with a number that cannot exist', () => {
    expect(refusalOf(() => readContact({ name: 'Mai', phone: '12' }))).toMatchObject({
      refusal: 'phone-invalid',
    })
  })
})

describe('a mask', () => {
  test.each([
    ['+84912345678', '091••••678'],
    ['+842438221234', '024•••••234'],
    ['+12025550123', '+12••••••123'],
  ])('of %s is %s', (phone, expected) => {
    expect(maskPhone(phone)).toBe(expected)
  })

  test('of a phone number hides at least three digits, whatever its length', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9][0-9]{3,14}$/), (phone) => {
        expect(maskPhone(phone)).toMatch(/•{3}/)
        expect(maskPhone(phone)).not.toContain(phone.slice(-7))
      }),
    )
  })

  test.each([
    ['Nguyễn Thị Hoa', 'Nguyễn ••• H.'],
    ['Nguyễn Hoa', 'Nguyễn ••• H.'],
    ['  Trần   Mai ', 'Trần ••• M.'],
    ['Hoa', 'H•••'],
    ['Đạt', 'Đ•••'],
    ['Mai 🌸', 'Mai ••• 🌸.'],
    ['', '•••'],
  ])('of the name “%s” is “%s”', (name, expected) => {
    expect(maskName(name)).toBe(expected)
  })

  test.each([
    ['hoa.nguyen@example.vn', 'h•••@example.vn'],
    ['h@example.vn', 'h•••@example.vn'],
  ])('of %s is %s', (email, expected) => {
    expect(maskEmail(email)).toBe(expected)
  })

  test('of a name never holds a given name', () => {
    const word = fc.stringMatching(/^[A-ZĐ][a-zăâêôơư]{2,7}$/)
    fc.assert(
      fc.property(word, fc.array(word, { minLength: 1, maxLength: 4 }), (family, given) => {
        const hidden = given.filter((each) => !family.includes(each))
        const masked = maskName([family, ...given].join(' '))
        for (const each of hidden) expect(masked).not.toContain(each)
      }),
    )
  })
})

function refusalOf(decide: () => unknown): unknown {
  try {
    decide()
  } catch (error) {
    return error
  }
  return null
}
