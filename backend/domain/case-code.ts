import type { Language } from '#contracts/vocabulary'

// Damm's quasigroup of order 10: notices every single wrong digit and every adjacent swap.
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const

const SPOKEN: Record<Language, readonly string[]> = {
  vi: ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'],
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
}

// Longer than anyone writes a code, short enough to cost nothing.
const MAX_TYPED_LENGTH = 64

/** The code of a case: nine digits and the check digit that makes a typing error noticeable. */
export function caseCode(nineDigits: string): string {
  if (!/^[0-9]{9}$/.test(nineDigits)) throw new RangeError('A case code is made from nine digits')
  return nineDigits + checkDigit(nineDigits)
}

/** Whether the text is exactly a code as we write it: ten digits, the last one right. */
export function isCaseCode(text: string): boolean {
  return /^[0-9]{10}$/.test(text) && checkDigit(text) === '0'
}

/** The code a person typed, with spaces, dots, dashes or full-width digits; null if it is none. */
export function parseCaseCode(text: string): string | null {
  if (text.length > MAX_TYPED_LENGTH) return null
  const digits = text.normalize('NFKC').replace(/[\s.·_\p{Pd}\p{Cf}]/gu, '')
  return isCaseCode(digits) ? digits : null
}

/** The code grouped for reading: `2611 048 273`. */
export function formatCaseCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4, 7)} ${code.slice(7)}`
}

/** The words for the code's digits, to be said one by one. */
export function spokenDigits(code: string, lang: Language): string[] {
  return Array.from(code.matchAll(/[0-9]/g), ([digit]) => SPOKEN[lang][Number(digit)] ?? '')
}

/** '0' for digits that already end in their check digit. */
function checkDigit(digits: string): string {
  let interim = '0'
  for (const digit of digits) interim = DAMM[Number(interim)]?.[Number(digit)] ?? ''
  return interim
}
