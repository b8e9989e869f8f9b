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

/** The code a person typed, spaces and dashes aside; null when a digit must be wrong. */
export function parseCaseCode(typed: string): string | null {
  const digits = digitsOf(typed)
  return /^[0-9]{10}$/.test(digits) && isChecked(digits) ? digits : null
}

/** The PIN a person typed, spaces aside; null when it cannot be one. */
export function parsePin(typed: string): string | null {
  const digits = digitsOf(typed)
  return /^[0-9]{6}$/.test(digits) ? digits : null
}

/** The code grouped for reading: `2611 048 273`. */
export function groupCode(code: string): string {
  return [code.slice(0, 4), code.slice(4, 7), code.slice(7)].join(' ')
}

/** The PIN grouped for reading: `604 118`. */
export function groupPin(pin: string): string {
  return [pin.slice(0, 3), pin.slice(3)].join(' ')
}

function digitsOf(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s.·_\p{Pd}\p{Cf}]/gu, '')
}

function isChecked(digits: string): boolean {
  let interim = '0'
  for (const digit of digits) interim = DAMM[Number(interim)]?.[Number(digit)] ?? ''
  return interim === '0'
}
