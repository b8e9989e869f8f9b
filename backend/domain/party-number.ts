import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { ANONYMOUS } from './call.ts'

const NUMBER_MAX_LENGTH = 100
const WITHHELD = new Set(['', 'anonymous', 'restricted', 'private', 'unknown', 'unavailable'])

/** Dialled inside the country only, so never written with +84: 1800 and 1900 lines. */
const SERVICE_LINE = /^(?:\+84|0084|84|0)?(1[89]00\d{4,6})$/
/** Extensions, 113, 1022: longer than any of them and shorter than any subscriber's number. */
const SHORT_MAX_LENGTH = 6

/** As SIP has it (`sip:101@pbx`), and as Asterisk names its channels (`PJSIP/101-00000a1c`). */
const LINE = /^(?:sips?:([^@;]+)|(?:PJ)?SIP\/([^@;/-]+))/i

/** Lines inside an exchange. */
const EXTENSION = /^\d{2,8}$/
const E164 = /^\+\d{7,15}$/

/**
 * A party's number as we keep it: E.164 for `0…`, `84…` and international digits without a plus;
 * short numbers, service lines and names as they are; `ANONYMOUS` where withheld.
 */
export function partyNumber(given: string): string {
  const line = LINE.exec(given.trim())
  const party = (line?.[1] ?? line?.[2] ?? given)
    .replace(/\p{C}/gu, '')
    .trim()
    .slice(0, NUMBER_MAX_LENGTH)
  if (WITHHELD.has(party.toLowerCase())) return ANONYMOUS
  const dialled = party.replace(/[\s().-]/g, '')
  if (!/^\+?\d+$/.test(dialled)) return party
  if (dialled.length <= SHORT_MAX_LENGTH) return dialled
  return SERVICE_LINE.exec(dialled)?.[1] ?? inFull(dialled) ?? dialled
}

/** The telephone of somebody of ours: an extension, or a number in E.164; null for anything else. */
export function staffTelephone(given: string): string | null {
  const number = partyNumber(given)
  return EXTENSION.test(number) || E164.test(number) ? number : null
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
