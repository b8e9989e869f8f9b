import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { ANONYMOUS } from '#domain/call'

const NUMBER_MAX_LENGTH = 100
const WITHHELD = new Set(['', 'anonymous', 'restricted', 'private', 'unknown', 'unavailable'])

/** Dialled inside the country only, so never written with +84: 1800 and 1900 lines. */
const SERVICE_LINE = /^(?:\+84|0084|84|0)?(1[89]00\d{4,6})$/
/** Extensions, 113, 1022: longer than any of them and shorter than any subscriber's number. */
const SHORT_MAX_LENGTH = 6

/**
 * A party's number as we keep it: E.164 for `0…`, `84…` and international digits without a plus;
 * short numbers, service lines and names as they are; `ANONYMOUS` where withheld.
 */
export function partyNumber(given: string): string {
  const sip = /^sips?:([^@;]+)/i.exec(given)
  const party = (sip?.[1] ?? given).replace(/\p{C}/gu, '').trim().slice(0, NUMBER_MAX_LENGTH)
  if (WITHHELD.has(party.toLowerCase())) return ANONYMOUS
  const dialled = party.replace(/[\s().-]/g, '')
  if (!/^\+?\d+$/.test(dialled)) return party
  if (dialled.length <= SHORT_MAX_LENGTH) return dialled
  return SERVICE_LINE.exec(dialled)?.[1] ?? inFull(dialled) ?? dialled
}

function inFull(dialled: string): string | null {
  const readings = /^[+0]/.test(dialled) ? [dialled] : [dialled, `+${dialled}`]
  for (const reading of readings) {
    const number = parsePhoneNumberFromString(reading, 'VN')
    if (number?.isValid() === true) return number.number
  }
  return null
}

/** The beginning of numbers, as an administrator writes it, in the form of `partyNumber`. */
export function numberPrefix(given: string): string {
  const digits = given.replace(/[\s().-]/g, '')
  return digits.replace(/^00/, '+').replace(/^0/, '+84').replace(/^84/, '+84')
}
