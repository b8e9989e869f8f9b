import type { PersonalDataRules } from '../resources.ts'
import { meansBorn } from './birthdays.ts'

/** A stretch that a rule found, in the text that was searched. */
export type Finding = { readonly type: string; readonly start: number; readonly end: number }

/** Finds what one rule describes. */
export type Rule = { readonly type: string; readonly find: (text: string) => Finding[] }

type Check = (match: RegExpExecArray, text: string) => boolean

const CARD_LENGTHS = new Set([14, 15, 16, 17, 18, 19])
const TAX_WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3]
const TAX_WORDS = /(?:mst|m[aã] s[oố] thu[eế]|tax code)\D{0,30}$/iu
const CARD_WORDS = /(?:th[eẻ]|card|atm|visa|napas|mastercard)\D{0,20}$/iu
/** What operators' numbers begin with, after the country's code or the zero. */
const MOBILE = /^(?:3\d|5[125689]|7[06-9]|8[1-9]|9\d)\d{7}$/
/** "3/2" after a word for a time or a street is a day, not a house. */
const DAY_WORDS =
  /(?:ngày|ngay|hôm|sáng|trưa|chiều|tối|đêm|từ|đến|tới|trước|sau|lúc|đường|phố|tháng)\s*$/iu
const DAY = /^(?:0?[1-9]|[12]\d|3[01])\/(?:0?[1-9]|1[0-2])(?![\d/])/
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
    const type = rule.type ?? id
    return [{ type, find: (text) => findAll(type, expression, checks[id], text) }]
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
    phone_mobile: ({ 0: found, index }, text) =>
      isMobile(found) && !TAX_WORDS.test(before(text, index)),
    cccd: ([found]) => {
      const digits = digitsOf(found)
      return (
        provinces.has(digits.slice(0, 3)) &&
        /^[0-3]/.test(digits.slice(3)) &&
        (groupsOf(found)[0]?.length ?? 0) >= 3
      )
    },
    email: ([found]) => !OFFICIAL_MAIL.test(found),
    card_pan: ({ 0: found, index }, text) =>
      CARD_LENGTHS.has(digitsOf(found).length) &&
      (passesLuhn(digitsOf(found)) || CARD_WORDS.test(before(text, index))),
    bank_account_before: ({ 0: found }) => !/0{5}$/.test(digitsOf(found)),
    address_house: (match, text) => !isDay(match, text) && isHouse(match, text),
    address_street: (match, text) => !isDay(match, text),
    dob: ({ index }, text) => meansBorn(text, index),
    tax_code: ({ 1: digits = '', index }, text) =>
      passesTaxCheck(digits) || TAX_WORDS.test(before(text, index)),
  }
}

/** How far before a match a word may tell what it is. */
const REACH = 45

/** The words before a match, which tell what it is. */
function before(text: string, index: number): string {
  return text.slice(Math.max(index - REACH, 0), index)
}

/** The digits of a mobile number, grouped as people group one: "09.12.2025 10 30" is a time. */
function isMobile(found: string): boolean {
  const national = digitsOf(found.replace(/^[Oo]/, '0')).replace(/^(?:0084|84)?0?/, '')
  if (!MOBILE.test(national)) return false
  const groups = groupsOf(found)
  const [first = '', second = ''] = groups
  if (/^\(?(?:\+|84|0084)/.test(found) || first.length >= 3) return true
  if (second.length >= 3) return true
  const isEven = groups.every(({ length }) => length === first.length)
  return isEven && new Set(found.match(/\D/g)).size === 1
}

function groupsOf(found: string): string[] {
  return found.split(/\D+/).filter((group) => group !== '')
}

function isDay({ 0: found, index }: RegExpExecArray, text: string): boolean {
  return DAY.test(found) && DAY_WORDS.test(before(text, index))
}

function isHouse({ 0: found, index }: RegExpExecArray, text: string): boolean {
  return (
    HOUSE_NUMBER.test(found) || NAMED_STREET.test(found) || HOUSE_WORDS.test(before(text, index))
  )
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
