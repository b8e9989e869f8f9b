import { digitsOf } from './rules.ts'

const PHONE = (text: string): string => {
  const digits = digitsOf(text)
  return `${digits.slice(0, 3)}${'*'.repeat(Math.max(digits.length - 5, 0))}${digits.slice(-2)}`
}

/** How each type of personal data is shown to those who may not see it: readable, not revealing. */
const MASKS: Readonly<Record<string, (text: string) => string>> = {
  phone_mobile: PHONE,
  phone_landline: PHONE,
  cccd: (text) => `${digitsOf(text).slice(0, 4)}${'*'.repeat(8)}`,
  email: (text) => `${text.slice(0, 1)}***${text.slice(text.indexOf('@'))}`,
  bank_account: (text) => `***${digitsOf(text).slice(-3)}`,
  card_pan: (text) => `**** ${digitsOf(text).slice(-4)}`,
  // An organisation's tax code is public; those of persons begin with 8.
  tax_code: (text) => (text.startsWith('8') ? '*'.repeat(10) : text),
  bhyt: (text) => `${text.replace(/[\s.-]/g, '').slice(0, 3)}${'*'.repeat(12)}`,
  plate: maskPlate,
  dob: maskBirthday,
  dossier: (text) => text.replace(/-\d{6}-\d+$/, '-******-****'),
  electricity_customer: (text) => `${text.slice(0, 2)}${'*'.repeat(text.length - 2)}`,
  address_house: (text) => text.replace(/\d+[A-Za-z]?(?:[/-]\d+[A-Za-z]?)*/g, '…'),
  spoken_digits: () => '***',
  self_name: initialsOf,
  person_name: initialsOf,
}

/** The mask of a piece of personal data. */
export function maskOf(type: string, text: string): string {
  return MASKS[type]?.(text) ?? '*'.repeat(Math.max(text.length, 3))
}

/** "Nguyễn Văn An" → "N. V. A." */
function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `${Array.from(word)[0]?.toUpperCase() ?? ''}.`)
    .join(' ')
}

/** "29-B1 123.45" → "29-B1 ***.**": the province and series stay. */
function maskPlate(text: string): string {
  return text.replace(/(?:\d{3}[.\s]?\d{2}|\d{4})$/, (number) => number.replace(/\d/g, '*'))
}

function maskBirthday(text: string): string {
  const year = /(?:19|20)\d{2}$/.exec(text)?.[0]
  if (year === undefined) return '**'
  return year === text ? `${year.slice(0, 2)}**` : `**/**/${year}`
}
