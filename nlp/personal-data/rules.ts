import type { PersonalDataRules } from '../resources.ts'
import { meansBorn } from './birthdays.ts'

/** A stretch that a rule found, in the text that was searched. */
export type Finding = { readonly type: string; readonly start: number; readonly end: number }

/** Finds what one rule describes. */
export type Rule = { readonly type: string; readonly find: (text: string) => Finding[] }

type Check = (match: RegExpExecArray, text: string) => boolean

const CARD_LENGTHS = new Set([14, 15, 16, 17, 18, 19])
const TAX_WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3]
const TAX_WORDS = /(?:mst|m[aã] s[oố] thu[eế]|tax code)\D{0,15}$/iu
const OFFICIAL_MAIL = /\.gov\.vn$/i

/** "số 5 …", "12/3 …", "12B …": surely a house. */
const HOUSE_NUMBER = /^(?:s[oố]\s*(?:nh[aà]\s*)?\d|\d+(?:[A-Za-z]\b|[/-]\d))/iu
/** "25 đường Lê Lợi", but not "3 đường này". */
const NAMED_STREET = /^\d+\s*,?\s*(?:[nN]gõ|[hH]ẻm|[đĐ]ường|[pP]hố|[dD]uong)\s+\p{Lu}/u
const HOUSE_WORDS = /(?:nh[aà]|địa chỉ|dia chi|đ\/c)\s*:?\s*$/iu

/** The regular rules of the list, in their order of precedence, each with its check. */
export function compileRules(list: PersonalDataRules): Rule[] {
  const checks = checksFor(list)
  return list.order.flatMap((id) => {
    const rule = list.rules.find((each) => each.id === id)
    // Spoken digits and names want words, not letters: they have finders of their own.
    if (!rule || id === 'spoken_digits' || id === 'self_name') return []
    const expression = new RegExp(rule.regex, rule.flags)
    return [{ type: id, find: (text) => findAll(id, expression, checks[id], text) }]
  })
}

function findAll(
  type: string,
  expression: RegExp,
  check: Check | undefined,
  text: string,
): Finding[] {
  const findings: Finding[] = []
  for (const match of text.matchAll(expression)) {
    if (match[0] === '' || (check && !check(match, text))) continue
    findings.push({ type, ...valueRange(match) })
  }
  return findings
}

/** A rule with a context word marks the value in its first group; the context stays readable. */
function valueRange(match: RegExpExecArray): { start: number; end: number } {
  const value = match[1]
  if (value === undefined || value === '')
    return { start: match.index, end: match.index + match[0].trimEnd().length }
  const start = match.index + match[0].lastIndexOf(value)
  return { start, end: start + value.trimEnd().length }
}

function checksFor(list: PersonalDataRules): Readonly<Record<string, Check>> {
  const provinces = new Set(list.cccdProvinceCodes)
  return {
    phone_mobile: (match, text) => !TAX_WORDS.test(text.slice(0, match.index).slice(-30)),
    cccd: ([found]) => {
      const digits = digitsOf(found)
      return (
        digits.length === 12 && provinces.has(digits.slice(0, 3)) && /^[0-3]/.test(digits.slice(3))
      )
    },
    email: ([found]) => !OFFICIAL_MAIL.test(found),
    card_pan: ([found]) => CARD_LENGTHS.has(digitsOf(found).length) && passesLuhn(digitsOf(found)),
    address_house: (match, text) =>
      HOUSE_NUMBER.test(match[0]) ||
      NAMED_STREET.test(match[0]) ||
      HOUSE_WORDS.test(text.slice(Math.max(match.index - 12, 0), match.index)),
    dob: ({ index }, text) => meansBorn(text, index),
    tax_code: ([, digits = '']) => passesTaxCheck(digits),
  }
}

/** The digits of a text, nothing else. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  Array.from(digits)
    .reverse()
    .forEach((digit, at) => {
      const value = Number(digit) * (at % 2 === 1 ? 2 : 1)
      sum += value > 9 ? value - 9 : value
    })
  return sum % 10 === 0
}

function passesTaxCheck(digits: string): boolean {
  const sum = TAX_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return Number(digits[9]) === 10 - (sum % 11)
}
